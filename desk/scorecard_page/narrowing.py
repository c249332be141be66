"""What a reader may narrow the scorecard to, and the order it stands in. All of it is in the address."""

from collections.abc import Iterable

from django import forms

from core.documents.forms import OfficeForm
from governance.papers.models import Commentary
from measures.charts.palette import Tone
from measures.models import Measure, PlanMeasure
from measures.presenters.marks import Mark
from measures.presenters.ordering import ORDERS
from measures.presenters.scorecard import ORDINARY, Row
from measures.trends.key import NO_DATA, NOT_ENOUGH_DATA

SIGNALS = {  # the beginning of the symbols' names
    "spike": "Unusual latest month",
    "short-run": "Three months together",
    "long-run": "Eight months together",
    "trend": "Monthly figures rising or falling",
    "rolling": "Twelve-month figure rising or falling",
    "peers": "Outside the range of peers, or moving apart",
    NO_DATA: "No data",
    NOT_ENOUGH_DATA: "Not enough data",
    "none": "No signal",
}
WAYS = {"worse": Tone.CONCERN, "better": Tone.IMPROVEMENT}
NOT_WRITTEN = "none"
COLUMNS = {
    "measure": "Measure",
    "quarter": "Quarter",
    "change": "Quarter’s change on a year ago",
    "rolling": "Twelve months",
    "rolling_change": "Twelve months’ change on a year ago",
    "usual": "Latest month against its usual range",
    "peers": "Standing among peers",
    "signals": "Number of signals",
    "commentary": "Commentary",
}


class ScorecardFilter(OfficeForm):
    priority = forms.ChoiceField(label="Priority", required=False)
    signal = forms.ChoiceField(label="Signal", required=False, choices=[("", "Any or none"), *SIGNALS.items()])
    way = forms.ChoiceField(
        label="Getting", required=False, choices=[("", "Better or worse"), ("worse", "Worse"), ("better", "Better")]
    )
    owner = forms.ChoiceField(label="Owner", required=False)
    frequency = forms.ChoiceField(label="How often", required=False, choices=[("", "Any"), *Measure.Frequency.choices])
    commentary = forms.ChoiceField(
        label="Commentary",
        required=False,
        choices=[("", "Any"), (NOT_WRITTEN, "Not begun"), *Commentary.State.choices],
    )
    sort = forms.ChoiceField(
        label="Order",
        required=False,
        choices=[
            ("", "As in the plan"),
            *((name, f"{words}, lowest first") for name, words in COLUMNS.items()),
            *((f"-{name}", f"{words}, highest first") for name, words in COLUMNS.items()),
        ],
    )
    show = forms.ChoiceField(required=False, choices=[("", ""), ("exceptions", "")], widget=forms.HiddenInput)

    def __init__(self, *args: object, places: Iterable[PlanMeasure], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        held = list(places)
        priorities = {str(one.priority.number): str(one.priority) for one in held}
        owners = sorted({one.measure.owner_role for one in held} - {""})
        self.fields["priority"].choices = [("", "All"), *priorities.items()]
        self.fields["owner"].choices = [("", "Anyone"), *((one, one) for one in owners)]

    @property
    def asked(self) -> dict[str, str]:
        """What was chosen; a choice that there is not narrows nothing."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}

    @property
    def is_narrowed(self) -> bool:
        return any(value for name, value in self.asked.items() if name not in ("show", "sort"))

    @property
    def order(self) -> tuple[str, bool]:
        """The column and whether the highest stands first; no column for the plan's own order."""
        asked = self.asked["sort"]
        column = asked.removeprefix("-")
        return (column, asked.startswith("-")) if column in ORDERS else ("", False)

    def lets(self, place: PlanMeasure, row: Row) -> bool:
        """Whether a measure is among those asked for."""
        asked = self.asked
        marks = [*row.signals, *row.peers]
        wanted = (
            (asked["priority"], asked["priority"] == str(place.priority.number)),
            (asked["show"], row.is_exception),
            (asked["signal"], _has_signal(row, asked["signal"])),
            (asked["way"], _goes(marks, asked["way"])),
            (asked["owner"], asked["owner"] == row.measure.owner_role),
            (asked["frequency"], asked["frequency"] == row.measure.frequency),
            (asked["commentary"], asked["commentary"] == (row.commentary or NOT_WRITTEN)),
        )
        return all(holds for chosen, holds in wanted if chosen)


def _has_signal(row: Row, wanted: str) -> bool:
    if wanted == "none":
        return row.signal_count == 0
    if wanted == "peers":
        return any(one.slug not in ORDINARY for one in row.peers)
    return any(one.slug.startswith(wanted) for one in row.signals)


def _goes(marks: list[Mark], way: str) -> bool:
    return bool(way) and any(one.tone is WAYS[way] for one in marks)
