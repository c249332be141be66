"""Rows of a sheet into rows of the record, by a mapping a person has confirmed (see `mapping`).

Wide tables are turned: a cell becomes a row, and remembers the row and the heading it came from.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from measures.parsing.mapping import (
    AREA,
    BREAKDOWN,
    END,
    FIGURES,
    IGNORE,
    LONG,
    MEASURE,
    MEASURES_ACROSS,
    MONTH,
    MONTHS_ACROSS,
    PERIOD,
    START,
    VALUE,
    checked_columns,
    dropped,
    heading_position,
    headings,
    headings_by_role,
    unassigned,
)
from measures.parsing.months import NO_MONTH, Months, NotAMonth, looks_month_first, parse_month, parse_months
from measures.parsing.problems import WARNING, Unreadable, column_letter, quote
from measures.parsing.report import Collector, Report
from measures.parsing.spans import MONTHLY, Span, Spans, read_spans
from measures.parsing.table import Table, TextColumn

MOST_ROWS = 5_000_000  # rows of the record one file may make, after columns are turned into rows


@dataclass(frozen=True)
class ParsedRow:
    """One row as it was read, for showing; the hot path works on the columns of `Rows`. `texts` has a text a role."""

    row: int
    column: str | None
    measure: str
    area: str
    breakdown: str
    month: int | None
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Rows:
    """n rows by column: `row_numbers` and `months` int32[n] (NO_MONTH where the month could not be read), and
    TextColumns.

    `figures` has one TextColumn for each of FIGURES the file holds. Several rows can come from one row of the file
    where its columns were turned into rows: `across_codes` int32[n] then says from which of the headings `across`.
    Where the file gives a start and an end, `months` are the last months and `spans` says of which kind of period.
    `left_out` rows were put aside by "only" and "last_row"; `ignored` are the headings not used.
    """

    row_numbers: np.ndarray
    months: np.ndarray
    measures: TextColumn
    figures: Mapping[str, TextColumn]
    areas: TextColumn | None = None
    breakdowns: TextColumn | None = None
    headings: Mapping[str, str] = field(default_factory=dict)
    across: tuple[str, ...] = ()
    across_codes: np.ndarray | None = None
    blank_rows: int = 0
    left_out: int = 0
    ignored: tuple[str, ...] = ()
    spans: Spans | None = None

    def __len__(self) -> int:
        return len(self.row_numbers)

    def column(self, role: str, position: int) -> str | None:
        """The heading over what this row has for a role, to name it in a message."""
        if role in self.headings:
            return self.headings[role]
        return None if self.across_codes is None else self.across[self.across_codes[position]]

    def by_span(self) -> Iterator[tuple[Span, "Rows"]]:
        """The rows of each kind and length of period; within one, the last month says which period is meant."""
        if self.spans is None:
            yield MONTHLY, self
            return
        for code in np.unique(self.spans.codes).tolist():
            yield self.spans.spans[code], self._taken(np.flatnonzero(self.spans.codes == code))

    def _taken(self, at: np.ndarray) -> "Rows":
        return replace(
            self,
            row_numbers=self.row_numbers[at],
            months=self.months[at],
            measures=self.measures.taken(at),
            figures={role: column.taken(at) for role, column in self.figures.items()},
            areas=self.areas.taken(at) if self.areas else None,
            breakdowns=self.breakdowns.taken(at) if self.breakdowns else None,
            spans=None,
        )

    def parsed(self, position: int) -> ParsedRow:
        month = int(self.months[position])
        return ParsedRow(
            int(self.row_numbers[position]),
            self.column(VALUE, position),
            self.measures[position],
            self.areas[position] if self.areas else "",
            self.breakdowns[position] if self.breakdowns else "",
            None if month == NO_MONTH else month,
            {role: column[position] for role, column in self.figures.items()},
        )


@dataclass(frozen=True)
class Applied:
    """`rows` is None when the mapping does not fit the file; the report then says why."""

    rows: Rows | None
    report: Report


def apply(table: Table, mapping: Mapping[str, Any]) -> Applied:
    """The table's rows by a confirmed mapping. Never raises at the file: problems are in the report."""
    collector = Collector()
    try:
        position = heading_position(table, mapping)
        columns = checked_columns(table, position, mapping)
        body, left_out = _body(table, position, columns, mapping)
        _check_unnamed(table, position, mapping, body, collector)
        rows = _LAYOUTS[mapping["layout"]](table, columns, body, mapping, collector)
    except Unreadable as refusal:
        collector.extend([refusal.problem])
        return Applied(None, collector.report())
    if not len(rows):
        collector.add(
            "no_rows", "There are no rows below the headings. Check the file, and which row holds the headings."
        )
    ignored = tuple(name for name, role in mapping["columns"].items() if role == IGNORE and name in columns)
    rows = replace(rows, blank_rows=table.blank_rows, left_out=left_out, ignored=ignored)
    return Applied(rows, collector.report())


def _body(
    table: Table, position: int, columns: Mapping[str, TextColumn], mapping: Mapping[str, Any]
) -> tuple[np.ndarray, int]:
    """Positions int[m] of the rows to use, and how many below the heading were put aside."""
    below = np.arange(len(table)) > position
    used = below.copy()
    if mapping.get("last_row"):
        used &= table.row_numbers <= mapping["last_row"]
    for name, texts in mapping.get("only", {}).items():
        column, wanted = columns[name], {text.strip() for text in texts}
        used &= _among(column, wanted)
    for name, role in mapping["columns"].items():
        if role in (MEASURE, AREA):
            used &= ~_among(columns[name], dropped(mapping, "measures" if role == MEASURE else "areas"))
    return np.flatnonzero(used), int(below.sum() - used.sum())


def _among(column: TextColumn, wanted: set[str]) -> np.ndarray:
    """Mask bool[n] of the rows whose text, blanks at its ends aside, is wanted."""
    return np.array([text.strip() in wanted for text in column.texts], dtype=bool)[column.codes]


def _check_unnamed(
    table: Table, position: int, mapping: Mapping[str, Any], body: np.ndarray, collector: Collector
) -> None:
    """A column that has cells but no heading is not dropped in silence: often a comma has split a figure."""
    for index, name in enumerate(headings(table, position)):
        column = table.columns[index]
        if column[position].strip() or name in mapping["columns"]:
            continue
        filled = np.array([bool(text.strip()) for text in column.texts], dtype=bool)[column.codes[body]]
        if filled.any():
            row = int(table.row_numbers[body[np.argmax(filled)]])
            collector.add(
                "no_heading",
                f"Row {row:,} has something in column {column_letter(index)}, which has no heading. Give it one, "
                "or put figures with a thousands separator in quotation marks.",
                row=row,
                column=name,
            )


def _by_role(columns: Mapping[str, TextColumn], mapping: Mapping[str, Any], body: np.ndarray) -> dict[str, TextColumn]:
    roles = {role: columns[name].taken(body) for name, role in mapping["columns"].items() if role != IGNORE}
    if MEASURE not in roles and mapping.get("measure"):
        roles[MEASURE] = TextColumn(np.zeros(len(body), dtype=np.int32), [mapping["measure"]])
    return roles


def _long(
    table: Table, columns: Mapping[str, TextColumn], body: np.ndarray, mapping: Mapping[str, Any], collector: Collector
) -> Rows:
    roles = _by_role(columns, mapping, body)
    new = [name for name in unassigned(columns, mapping) if name not in mapping.get("only", {})]
    if new:
        names = ", ".join(map(quote, new))
        collector.add("new_column", f"The file has columns nobody has placed yet: {names}.", severity=WARNING)
    numbers = table.row_numbers[body]
    named = headings_by_role(mapping)
    figures = {role: roles[role] for role in FIGURES if role in roles}
    spans = None
    if MONTH in roles:
        months = _read_months(roles[MONTH], numbers, mapping, collector)
    else:
        day_first = mapping.get("day_first", True)
        spans = read_spans(roles[START], roles[END], roles.get(PERIOD), numbers, named, collector, day_first=day_first)
        months, named = spans.last, {**named, MONTH: named[END]}
    return Rows(numbers, months, roles[MEASURE], figures, roles.get(AREA), roles.get(BREAKDOWN), named, spans=spans)


def _months_across(
    table: Table, columns: Mapping[str, TextColumn], body: np.ndarray, mapping: Mapping[str, Any], collector: Collector
) -> Rows:
    roles = _by_role(columns, mapping, body)
    months: dict[str, int] = {}
    for name in unassigned(columns, mapping):
        try:
            months[name] = parse_month(name, day_first=mapping.get("day_first", True))
        except NotAMonth as problem:
            message = f"{problem} If the column is not part of the table, leave it out."
            collector.add(problem.code, message, row=mapping["heading_row"], column=name)
    first = {month: name for name, month in reversed(months.items())}
    for name, month in months.items():
        if first[month] != name:
            message = f"The headings {quote(first[month])} and {quote(name)} are the same month. Keep one of the two."
            collector.add("duplicate_month", message, row=mapping["heading_row"], column=name)
    names = [name for name, month in months.items() if first[month] == name]
    rows = _turned(table, columns, roles, body, names, mapping)
    return replace(rows, months=np.tile(np.array([months[name] for name in names], dtype=np.int32), len(body)))


def _measures_across(
    table: Table, columns: Mapping[str, TextColumn], body: np.ndarray, mapping: Mapping[str, Any], collector: Collector
) -> Rows:
    roles = _by_role(columns, mapping, body)
    months = _read_months(roles[MONTH], table.row_numbers[body], mapping, collector)
    names = [name for name in unassigned(columns, mapping) if name not in dropped(mapping)]
    rows = _turned(table, columns, roles, body, names, mapping)
    return replace(rows, months=np.repeat(months, len(names)))


def _turned(
    table: Table,
    columns: Mapping[str, TextColumn],
    roles: Mapping[str, TextColumn],
    body: np.ndarray,
    names: Sequence[str],
    mapping: Mapping[str, Any],
) -> Rows:
    """The named columns as one column of values: n = m rows x k names, the k of one row together."""
    if not names:
        raise Unreadable("wrong_columns", "No column holds figures. Choose the columns again.")
    if len(body) * len(names) > MOST_ROWS:
        raise Unreadable(
            "too_many_rows", f"The table holds more than {MOST_ROWS:,} figures. Split it and upload the parts."
        )
    texts: list[str] = []
    codes = np.empty((len(body), len(names)), dtype=np.int32)
    for index, name in enumerate(names):
        codes[:, index] = columns[name].codes[body] + len(texts)
        texts.extend(columns[name].texts)
    repeated = {role: TextColumn(np.repeat(column.codes, len(names)), column.texts) for role, column in roles.items()}
    across_codes = np.tile(np.arange(len(names), dtype=np.int32), len(body))
    return Rows(
        np.repeat(table.row_numbers[body], len(names)),
        np.empty(0, dtype=np.int32),
        repeated.get(MEASURE, TextColumn(across_codes, names)),
        {VALUE: TextColumn(codes.ravel(), texts)},
        repeated.get(AREA),
        repeated.get(BREAKDOWN),
        headings_by_role(mapping),
        tuple(names),
        across_codes,
    )


def _read_months(
    column: TextColumn, numbers: np.ndarray, mapping: Mapping[str, Any], collector: Collector
) -> np.ndarray:
    """Months int32[m] of a column, each different text read once; every row with a bad one is reported."""
    day_first = mapping.get("day_first", True)
    read = parse_months(column.texts, day_first=day_first)
    heading = headings_by_role(mapping)[MONTH]
    for code in sorted({problem.code for problem in read.problems.values()}):
        _report_months(code, column, read, numbers, heading, collector)
    used = [column.texts[code] for code in np.flatnonzero(column.counts()).tolist()]
    if day_first and looks_month_first(used):
        collector.add(
            "month_first",
            f"The dates in {quote(heading)}, such as {quote(used[0])}, look as if the month came before the day; "
            "they were read day first. Say so if that is wrong.",
            column=heading,
            severity=WARNING,
        )
    return read.months[column.codes]


def _report_months(
    code: str, column: TextColumn, read: Months, numbers: np.ndarray, heading: str, collector: Collector
) -> None:
    bad = np.zeros(len(column.texts), dtype=bool)
    bad[[position for position, problem in read.problems.items() if problem.code == code]] = True
    at = np.flatnonzero(bad[column.codes])
    collector.add_rows(
        code, numbers[at], lambda i: str(read.problems[int(column.codes[at[i]])]), column=lambda _: heading
    )


_LAYOUTS = {LONG: _long, MONTHS_ACROSS: _months_across, MEASURES_ACROSS: _measures_across}
