"""One figure entered by hand, with its reason."""

from typing import Any

from django import forms

from core.documents.forms import OfficeForm
from measures import by_hand
from measures.known import WITHOUT_DENOMINATOR
from measures.models import Measure, Series
from measures.parsing.mapping import DENOMINATOR, MARGIN, MONTH, NUMERATOR, SAMPLE_SIZE, VALUE

MONTH_LABELS = {
    Measure.Frequency.MONTHLY: "Month",
    Measure.Frequency.QUARTERLY: "Last month of the quarter",
    Measure.Frequency.ROLLING: "Last month of the twelve",
    Measure.Frequency.SAMPLE: "Month of the sample",
}
ABOVE = {
    Measure.Kind.RATIO: "How many did",
    Measure.Kind.AUDIT_SAMPLE: "How many met the standard",
    Measure.Kind.DURATION: "Total time, such as 12:30 or 750 seconds",
}
BELOW = {Measure.Kind.RATIO: "Out of", Measure.Kind.AUDIT_SAMPLE: "Out of how many examined"}


class ObservationForm(OfficeForm):
    """The fields depend on the measure's kind. `typed` holds what was found once the form is valid."""

    series = forms.ModelChoiceField(Series.objects.none(), label="Which figure", empty_label=None)
    reason = forms.CharField(
        label="Reason",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Why it is entered by hand, and where the figure comes from. It is kept in the history.",
    )
    provisional = forms.BooleanField(label="This figure is provisional", required=False)
    head = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure = measure
        self.typed: by_hand.Typed | None = None
        kept = measure.series.filter(area__is_own=True).select_related("measure", "area").order_by("breakdown")
        self.fields["series"].queryset = kept
        self.fields["series"].label_from_instance = lambda one: one.breakdown or "The whole measure"
        if len(kept) == 1:
            self.fields["series"].initial, self.fields["series"].widget = kept[0].pk, forms.HiddenInput()
        self.roles = self._add_figures(measure)
        self.order_fields(["series", *self.roles, "reason", "provisional", "head"])

    def _add_figures(self, measure: Measure) -> list[str]:
        labels = {MONTH: MONTH_LABELS[Measure.Frequency(measure.frequency)]}
        if measure.kind in WITHOUT_DENOMINATOR:
            labels[VALUE] = f"Figure ({measure.unit})"
        else:
            labels |= {
                NUMERATOR: ABOVE.get(measure.kind, "Numerator"),
                DENOMINATOR: BELOW.get(measure.kind, "Divided by"),
            }
        if measure.kind == Measure.Kind.SURVEY:
            labels |= {MARGIN: "Margin of error, percentage points", SAMPLE_SIZE: "Number of answers"}
        for role, label in labels.items():
            needed = role not in (MARGIN, SAMPLE_SIZE)
            self.fields[role] = forms.CharField(label=label, max_length=40, required=needed)
            said = "Enter the figure" if role == VALUE else f"Enter the {label[0].lower()}{label[1:]}"
            self.fields[role].error_messages["required"] = said
        self.fields[MONTH].help_text = "For example 2019-09 or September 2019."
        return list(labels)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors:
            texts = {role: cleaned[role] for role in self.roles}
            self.typed = by_hand.check(cleaned["series"], texts, provisional=cleaned["provisional"])
            for role, sentences in self.typed.problems.items():
                for sentence in sentences:
                    self.add_error(role if role in self.fields else None, sentence)
        return cleaned
