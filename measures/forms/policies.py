"""Which small numbers of a measure are hidden."""

from typing import Any

from django import forms

from core.documents.forms import OfficeForm, VersionField
from measures.disclosure import NEVER_SMALL
from measures.models import Measure

HIDDEN = ((True, "Hide counts below five"), (False, "Show every count as it is"))
ZEROS = ((True, "Show nought as it is"), (False, "Hide nought with them, as “<5”"))


def _is_true(value: str) -> bool:
    return value == "True"


class PolicyForm(OfficeForm):
    """Of a survey only the fewest answers are asked for, of a count only the rest; `seen` is the effect last shown."""

    version = VersionField()
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    suppress_small = forms.TypedChoiceField(
        label="Counts below five",
        choices=HIDDEN,
        coerce=_is_true,
        widget=forms.RadioSelect,
        help_text="A count of one to four may point at a person. What is hidden here is hidden from everybody outside "
        "the office, in every paper, chart and file.",
    )
    zeros_shown = forms.TypedChoiceField(
        label="Nought, where counts below five are hidden", choices=ZEROS, coerce=_is_true, widget=forms.RadioSelect
    )
    fewest_answers = forms.IntegerField(
        label="Fewest answers of a part of the survey",
        min_value=1,
        max_value=10_000,
        help_text="A part that fewer people answered is not shown; the survey as a whole always is.",
    )
    small_numbers_reason = forms.CharField(
        label="Why",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stands on the measure’s page. Say what weighs for and against, and who agreed.",
    )

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure = measure
        of_survey = measure.kind == Measure.Kind.SURVEY
        for name in ("suppress_small", "zeros_shown") if of_survey else ("fewest_answers",):
            del self.fields[name]

    @property
    def policy(self) -> dict[str, Any]:
        """The three settings: those asked for as they were given, the rest as they are."""
        names = ("suppress_small", "zeros_shown", "fewest_answers")
        return {name: self.cleaned_data.get(name, getattr(self.measure, name)) for name in names}

    @property
    def disputed(self) -> list[str]:
        return [name for name in self.fields if name not in ("version", "seen")]

    @staticmethod
    def has_use(measure: Measure) -> bool:
        return measure.kind == Measure.Kind.SURVEY or measure.kind not in NEVER_SMALL
