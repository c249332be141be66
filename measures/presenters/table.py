"""Rows for spreadsheets: numbers as numbers, words that no spreadsheet can take for a formula."""

from measures.figures import MeasureFigures
from measures.models import PlanMeasure
from measures.presenters.marks import peer_marks, signal_marks
from measures.presenters.values import number
from measures.trends.periods import month_words
from measures.trends.ruleset import Ruleset

HEADINGS = (
    "Priority",
    "Measure",
    "Figures to",
    "Quarter",
    "Quarter, change on a year ago",
    "Quarter, change in per cent",
    "Twelve months",
    "Twelve months, change on a year ago",
    "Twelve months, change in per cent",
    "Margin",
    "Unit",
    "Peers",
    "Signals",
    "Ruleset",
)
STATISTICS = (
    "quarter",
    "quarter_on_year_change",
    "quarter_on_year_percentage",
    "rolling12",
    "rolling12_on_year_change",
    "rolling12_on_year_percentage",
)
SAMPLE_IN_PLACE_OF = {"quarter": "sample", "quarter_on_year_change": "sample_change"}
COULD_BE_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def words(text: str) -> str:
    """Text that a spreadsheet shows and does not work out."""
    return f"'{text}" if text.startswith(COULD_BE_FORMULA) else text


def safe(cell: object) -> object:
    """A cell of a CSV file, which says nothing of what is text."""
    return words(cell) if isinstance(cell, str) else cell


def scorecard_line(place: PlanMeasure, held: MeasureFigures, ruleset: Ruleset) -> list[object]:
    """One measure under `HEADINGS`; what cannot be said is empty. A CSV file wants `safe` round each cell."""
    measure = held.measure
    return [
        str(place.priority),
        measure.name,
        month_words(held.as_of),
        *(_value(held, name) for name in STATISTICS),
        held.reading.margin if held.reading else None,
        measure.unit,
        "; ".join(one.words for one in peer_marks(held)),
        "; ".join(one.words for one in signal_marks(held, ruleset)),
        ruleset.identity,
    ]


def _value(held: MeasureFigures, name: str) -> float | str | None:
    wanted = name if name in held.names else SAMPLE_IN_PLACE_OF.get(name, name)
    if wanted not in held.names:
        return None
    figure = held.figure(wanted)
    return figure.withheld or number(figure.value)
