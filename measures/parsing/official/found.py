"""What a format makes of a file, the same for all of them.

Everything read is accounted for: `read` = `kept` + what is in `aside`, in the format's own unit (rows of a list, cells
of a table). Nothing is dropped without a reason that the person sees.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from measures.parsing.coding import ColumnBuilder
from measures.parsing.mapping import (
    AREA,
    BREAKDOWN,
    END,
    LONG,
    MEASURE,
    PERIOD,
    SAMPLE_SIZE,
    START,
    VALUE,
    VERSION,
)
from measures.parsing.months import month_text
from measures.parsing.report import Report
from measures.parsing.table import Table

LICENCE = "Contains public sector information licensed under the Open Government Licence v3.0."
HEADINGS = {
    "Measure": MEASURE,
    "Area": AREA,
    "Breakdown": BREAKDOWN,
    "From": START,
    "To": END,
    "Period": PERIOD,
    "Figure": VALUE,
    "Asked": SAMPLE_SIZE,
}
MONTH, YEAR_TO, SAMPLE = "month", "year-to", "sample"


class View(NamedTuple):
    """A file as a format sees it: `rows` of text and their numbers as a spreadsheet shows them, the sheet they are from
    ("" for a file without sheets), the name the file came under, and what the person has answered so far."""

    rows: Sequence[Sequence[str]]
    numbers: Sequence[int]
    sheet: str
    name: str
    answers: Mapping[str, str]

    def heads(self, position: int = 0) -> list[str]:
        """The cells of a row in lower case, blanks made single."""
        row = self.rows[position] if position < len(self.rows) else ()
        return [" ".join(cell.split()).casefold() for cell in row]


class Line(NamedTuple):
    """One figure. `first` and `last` are months; `value` is the text of the file, or a number worked out from it."""

    row: int
    measure: str
    area: str
    breakdown: str
    first: int
    last: int
    kind: str
    value: str
    sample: str = ""


class People(NamedTuple):
    """How many people lived in an area in the middle of a year."""

    row: int
    area: str
    year: int
    value: int


class Check(NamedTuple):
    """Whether the publisher's own totals are met, in a sentence."""

    sentence: str
    holds: bool


class Question(NamedTuple):
    """What the file does not say itself. `kind` is "force", "month" (the month a year ends with) or "text"."""

    name: str
    label: str
    kind: str
    help: str = ""
    guess: str = ""


@dataclass(frozen=True)
class Found:
    """`title` and `notes` tell the person what it is and what is kept. `measures`: name -> (kind, unit) to define it by
    where the record does not have it. `people` instead of `lines` for a table of populations. `corrections`: figures
    below zero are the publisher's own corrections. `questions` still to be answered leave it without lines."""

    format: str
    title: str
    notes: tuple[str, ...] = ()
    lines: Sequence[Line] = ()
    people: Sequence[People] = ()
    unit: str = "rows"
    read: int = 0
    kept: int = 0
    aside: Mapping[str, int] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    questions: tuple[Question, ...] = ()
    measures: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    corrections: bool = False
    report: Report = field(default_factory=Report)
    licence: str = LICENCE


def table_of(found: Found) -> Table:
    """The lines as a table with a row a figure, in the layout of `mapping_of`; its headings are row 0."""
    builder = ColumnBuilder()
    builder.add([tuple(HEADINGS)])
    lines = found.lines
    months = {month: month_text(month) for line in lines for month in (line.first, line.last)}
    rows = [
        (one.measure, one.area, one.breakdown, months[one.first], months[one.last], one.kind, one.value, one.sample)
        for one in lines
    ]
    builder.add(rows)
    columns = builder.columns()
    kept = builder.row_numbers
    kept[0] = 0
    for position, line in enumerate(lines, 1):
        kept[position] = line.row
    return Table.from_codes("", columns, kept, 0)


def mapping_of(found: Found) -> dict[str, object]:
    """The mapping that reads `table_of`; see `mapping`."""
    said = {"version": VERSION, "layout": LONG, "heading_row": 0, "columns": dict(HEADINGS), "format": found.format}
    return said | ({"corrections": True} if found.corrections else {})
