"""Notes on the data, and new phases of a measure."""

from typing import Any

from django import forms

from core.documents.forms import OfficeForm, VersionField
from measures.models import Measure, PhaseChange
from measures.models.period import month_end, month_index, month_start
from measures.parsing.months import NotAMonth, parse_month


class MonthField(forms.CharField):
    """A month as people write it; comes out as its first day, or its last with `ends`."""

    def __init__(self, *, ends: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "For example 2019-09 or September 2019.")
        super().__init__(max_length=40, **kwargs)
        self.ends = ends

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            month = parse_month(text)
        except NotAMonth as problem:
            raise forms.ValidationError(str(problem), "invalid") from None
        return month_end(month) if self.ends else month_start(month)

    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%Y-%m") if hasattr(value, "strftime") else value


class NoteForm(OfficeForm):
    version = VersionField(required=False)
    title = forms.CharField(label="Title", max_length=160, help_text="Short, as it will stand beside a figure.")
    text = forms.CharField(
        label="What a reader must know",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="What happened to the data, and what that does to the figures.",
    )
    starts = MonthField(label="First month")
    ends = MonthField(label="Last month", required=False, ends=True, help_text="Leave it empty if it still holds.")
    exclude = forms.BooleanField(
        label="Leave these months out of averages and limits",
        required=False,
        help_text="The months are still shown, hollow, but later months are not judged by them.",
    )
    measures = forms.ModelMultipleChoiceField(
        Measure.objects.in_use(),
        label="Measures it is about",
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", "The last month must not be before the first month")
        return cleaned


class PhaseForm(OfficeForm):
    """`seen` is the effect that was last shown."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    measure = forms.ModelChoiceField(Measure.objects.in_use(), label="Measure", empty_label="Choose a measure")
    month = MonthField(label="First month of the new phase")
    reason = forms.CharField(
        label="Reason",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What changed in the world or in the counting, so that earlier months are no fair comparison.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        measure, month = cleaned.get("measure"), cleaned.get("month")
        if measure and month:
            first = month_start(month_index(month))
            if PhaseChange.objects.filter(measure=measure, month=first).exists():
                self.add_error("month", "A new phase of this measure from that month is there already")
        return cleaned
