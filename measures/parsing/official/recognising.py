"""Which official format a file is in: the one table of them, and the one way in.

A format of incidents is counted while its file is read, row by row, and may be large; the others are looked at as a
whole. What no format recognises is an ordinary table, of which a person says what each column holds.
"""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import ModuleType

from measures.parsing.official import (
    financial_years,
    home_office,
    lookups,
    ons_pfa,
    open_tables,
    outcomes,
    population,
    rolling,
    searches,
    street,
    tidy,
)
from measures.parsing.official.found import Found, View, mapping_of, table_of
from measures.parsing.problems import Unreadable
from measures.parsing.report import Collector, merge
from measures.parsing.table import Reading, Table

LONG, HEAD_ROWS = 50_000, 5_000  # rows of a table that is looked at in part first, and how many of them
Rows = Iterable[tuple[int, list[str]]]
INCIDENTS: tuple[ModuleType, ...] = (street, outcomes, searches)  # recognises(heads), count(heads, rows, view)
TABLES: tuple[tuple[Callable[[View], bool], Callable[[View], Found]], ...] = (
    (ons_pfa.recognises, ons_pfa.read),
    (home_office.recognises, home_office.read),
    (open_tables.recognises, open_tables.read),
    (rolling.recognises, rolling.read),
    (population.recognises, population.read),
    (street.recognises_counts, street.read_counts),
    (tidy.recognises, tidy.read),
    (financial_years.recognises, financial_years.read),
    (lookups.recognises, lookups.read),
)


def of_incidents(head: bytes) -> ModuleType | None:
    """The format of incidents whose headings these first bytes begin with."""
    first = head.removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0]
    try:
        heads = next(csv.reader([first.decode().rstrip("\r")]), [])
    except (UnicodeDecodeError, csv.Error):
        return None
    return next((module for module in INCIDENTS if module.recognises(tidy_heads(heads))), None)


def tidy_heads(heads: Sequence[str]) -> list[str]:
    return [" ".join(head.split()).casefold() for head in heads]


def preferred_sheet(sheets: list[str]) -> str | None:
    """The sheet of an official workbook to open first; None for any other workbook."""
    return ons_pfa.prefers(sheets) or home_office.prefers(sheets)


def as_official(reading: Reading, name: str, answers: Mapping[str, str]) -> Reading:
    """The reading of a table with what its format makes of it; as it was where no format recognises it."""
    if reading.table is None or not len(reading.table):
        return reading
    if len(reading.table) > LONG and _reader_of(view_of(reading.table, name, answers, rows=HEAD_ROWS)) is None:
        return reading  # a format says in its first rows what it is, and a million rows of lists take a second to make
    view = view_of(reading.table, name, answers)
    reads = _reader_of(view)
    return with_found(reading, lambda: reads(view)) if reads else reading


def _reader_of(view: View) -> Callable[[View], Found] | None:
    return next((read for recognises, read in TABLES if recognises(view)), None)


def view_of(table: Table, name: str, answers: Mapping[str, str], rows: int | None = None) -> View:
    """A table as the formats look at it; `rows`: no more than its first ones."""
    texts = [[column.texts[code] for code in column.codes[:rows].tolist()] for column in table.columns]
    lists = list(map(list, zip(*texts, strict=True)))
    return View(lists, table.row_numbers[:rows].tolist(), table.name, name, answers)


def with_found(reading: Reading, read: Callable[[], Found]) -> Reading:
    """The reading with the figures found; where a format refuses, with its sentence and without a table."""
    try:
        found = read()
    except Unreadable as refusal:
        collector = Collector()
        collector.extend([refusal.problem])
        return _replaced(reading, None, merge([reading.report, collector.report()]), None)
    table = None if found.questions or found.people else table_of(found)
    return _replaced(reading, table, merge([reading.report, found.report]), found)


def _replaced(reading: Reading, table: Table | None, report: object, found: Found | None) -> Reading:
    return Reading(
        found.format if found else reading.format,
        table,
        report,  # type: ignore[arg-type]
        reading.sheets,
        reading.details,
        mapping_of(found) if found else None,
        found,
    )
