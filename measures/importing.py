"""A file on its way in: read, recognised, checked against the record, set beside what it holds. Nothing is stored here.

`inspect` looks at the columns, `prepare` does the whole way to figures ready to store, and is done again when the
import is accepted: the file itself is the truth, not what was remembered of it.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from core.accounts.clock import today
from measures import known, storing
from measures.known import Known
from measures.models import ImportBatch, Period, SourceMapping
from measures.models.period import month_end, month_index, month_start
from measures.parsing import formats, guard, headings, layout, mapping, workbook
from measures.parsing.problems import Problem
from measures.parsing.report import Collector, Report, merge
from measures.parsing.spans import Span
from measures.parsing.table import Reading
from measures.validation import Comparison, SeriesKey, Unplaced, Values, compare, validate

SMALL_BYTES = 400_000  # of text: about ten thousand rows, done while the person waits; more goes to a job
SAMPLE_ROWS, SAMPLE_COLUMNS, SAMPLE_LENGTH = 12, 60, 60  # rows, columns and characters shown of a file
Progress = Callable[[float, float, str], None]


def no_progress(done: float, total: float, words: str = "") -> None:
    """For callers with nobody waiting."""


def is_small(batch: ImportBatch) -> bool:
    """Whether the file is done in the request. A workbook never is: opening one takes a process of its own."""
    with batch.file.path.open("rb") as held:
        return batch.file.size <= SMALL_BYTES and not workbook.recognises(held.read(guard.CHUNK_BYTES))


@dataclass(frozen=True)
class Inspection:
    """What was found in a file before anybody said how to read it. `mapping` is empty when it cannot be read; `saved`
    when it is the one that was confirmed for such a file before."""

    report: Report
    mapping: dict[str, Any]
    options: dict[str, Any]
    saved: bool
    summary: dict[str, Any]


def inspect(batch: ImportBatch, progress: Progress = no_progress) -> Inspection:
    """Read the file and propose how to read its columns, or take what was confirmed for this source last time."""
    progress(0, 2, "Reading the file")
    reading, options = _first_reading(batch)
    if reading.table is None:
        summary = {"format": reading.format, "sheets": _sheets(reading)}
        return Inspection(reading.report, {}, options, False, summary)
    progress(1, 2, "Recognising the columns")
    proposal = headings.propose(reading.table, options.get("heading_row"))
    confirmed = _saved_mapping(batch, reading)
    chosen = confirmed or {**proposal.mapping, **(reading.mapping or {})}
    names = known.names_of_source(batch.source)
    if names:
        chosen = {**chosen, "measures": names | chosen.get("measures", {})}
    summary = {
        "format": reading.format,
        "details": dict(reading.details),
        "sheets": _sheets(reading),
        "headings": list(proposal.headings)[:SAMPLE_COLUMNS],
        "sample": _sample(reading, chosen["heading_row"]),
        "rows": len(reading.table),
        "notes": list(proposal.notes),
        "needs_measure": proposal.needs_measure,
    }
    return Inspection(reading.report, chosen, options, confirmed is not None, summary)


def _first_reading(batch: ImportBatch) -> tuple[Reading, dict[str, Any]]:
    """The file read as it was last time for this source, where that can be done with this one."""
    if batch.options:
        return _read(batch, batch.options), batch.options
    reading = _read(batch, {})
    last = SourceMapping.objects.filter(source=batch.source).order_by("-pk").values_list("options", flat=True).first()
    sheets = {sheet.name for sheet in reading.sheets}
    if last and (last.get("sheet") in sheets or (last.get("encoding") and reading.table is None)):
        kept = {name: last[name] for name in ("sheet", "encoding") if last.get(name)}
        return _read(batch, kept), kept
    return reading, {}


def _read(batch: ImportBatch, options: dict[str, Any]) -> Reading:
    return formats.read(batch.file.read(), sheet=options.get("sheet"), encoding=options.get("encoding"))


def _saved_mapping(batch: ImportBatch, reading: Reading) -> dict[str, Any] | None:
    """The mapping confirmed for this source and these very headings, the latest first."""
    for saved in SourceMapping.objects.filter(source=batch.source).order_by("-pk"):
        position = np.flatnonzero(reading.table.row_numbers == saved.mapping.get("heading_row"))
        if len(position) and saved.signature == signature(mapping.headings(reading.table, int(position[0]))):
            return saved.mapping
    return None


def signature(names: Sequence[str]) -> str:
    """The hash of a file's headings, in order; months among them do not count, since they change every month."""
    lasting = [name for name in names if not headings.is_month(name)]
    return hashlib.sha256("\x1f".join(lasting).encode()).hexdigest()


def _sheets(reading: Reading) -> list[dict[str, Any]]:
    return [{"name": sheet.name, "hidden": sheet.hidden} for sheet in reading.sheets]


def _sample(reading: Reading, heading_row: int) -> list[dict[str, Any]]:
    """The first rows from the headings on, as they stand in the file."""
    numbers = reading.table.row_numbers
    first = int(np.searchsorted(numbers, heading_row))
    shown = range(first, min(first + SAMPLE_ROWS, len(reading.table)))
    return [
        {
            "row": int(numbers[row]),
            "cells": [cell[:SAMPLE_LENGTH] for cell in reading.table.cells(row)[:SAMPLE_COLUMNS]],
        }
        for row in shown
    ]


@dataclass(frozen=True)
class Part:
    """The figures of one kind and length of period. `series` are primary keys by the codes of `values`, 0 for none."""

    span: Span
    values: Values
    comparison: Comparison
    series: tuple[int, ...]
    heads: dict[tuple[int, int], int]


@dataclass(frozen=True)
class Prepared:
    """A file as far as it could be taken. It may be stored when the report is clean and `new_series` is empty."""

    report: Report
    parts: tuple[Part, ...] = ()
    unknown_measures: tuple[Unplaced, ...] = ()
    unknown_areas: tuple[Unplaced, ...] = ()
    new_series: tuple[SeriesKey, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    signature: str = ""

    @property
    def is_ready(self) -> bool:
        return self.report.is_clean and not self.new_series

    def fingerprint(self) -> str:
        """Of the figures, what they are of, and the heads of the record they were compared with."""
        digest = hashlib.sha256()
        for part in self.parts:
            series = [part.series[code] for code in part.values.series_codes.tolist()]
            pairs = list(zip(series, part.values.months.tolist(), strict=True))
            heads = [part.heads.get(pair, 0) for pair in pairs]
            digest.update(repr((part.span, pairs, heads, part.values.figures())).encode())
        return digest.hexdigest()

    def given(self) -> storing.Given:
        """Everything to store; the periods are made where they are first needed."""
        cells: list[storing.Cell] = []
        rows: list[int | None] = []
        heads: list[int] = []
        figures = []
        for part in self.parts:
            periods = _periods(part)
            series = [part.series[code] for code in part.values.series_codes.tolist()]
            pairs = list(zip(series, part.values.months.tolist(), strict=True))
            cells += [(one, periods[month]) for one, month in pairs]
            heads += [part.heads.get(pair, 0) for pair in pairs]
            rows += part.values.row_numbers.tolist()
            figures += part.values.figures()
        return storing.Given(cells, figures, rows, heads)


def _periods(part: Part) -> dict[int, int]:
    """The primary key of the period that ends with each month."""
    months = {int(month) for month in np.unique(part.values.months)}
    spans = {month: (part.span.kind, month_start(month - part.span.months + 1), month_end(month)) for month in months}
    kept = Period.objects.spans(set(spans.values()))
    return {month: kept[span] for month, span in spans.items()}


def prepare(batch: ImportBatch, progress: Progress = no_progress) -> Prepared:
    """The whole way from the file to figures beside the record."""
    progress(0, 4, "Reading the file")
    reading = _read(batch, batch.options)
    if reading.table is None:
        return Prepared(reading.report)
    applied = layout.apply(reading.table, batch.mapping)
    if applied.rows is None:
        return Prepared(merge([reading.report, applied.report]))
    progress(1, 4, "Checking every row")
    record = known.load()
    reports = [reading.report, applied.report]
    parts, checked = [], []
    for span, rows in applied.rows.by_span():
        held = known.standing(record, rows, batch.mapping, span)
        found = validate(
            rows,
            record.definitions,
            as_of=month_index(today()),
            measures=batch.mapping.get("measures", {}),
            areas=record.areas | _placed_areas(batch),
            current=held.figures,
            provisional=batch.provisional,
        )
        checked.append(found)
        parts.append(_part(batch, record, span, found.values, held))
    progress(3, 4, "Comparing with the record")
    if not record.own and applied.rows.areas is None:
        reports.append(_no_force())
    counts = {
        "rows": sum(found.rows for found in checked),
        "missing": sum(found.missing for found in checked),
        "left_out": applied.rows.left_out + sum(len(found.values) for found in checked) - _kept(parts),
        "blank_rows": applied.rows.blank_rows,
    }
    position = int(np.flatnonzero(reading.table.row_numbers == batch.mapping["heading_row"])[0])
    return Prepared(
        merge([*reports, *(found.report for found in checked)]),
        tuple(parts),
        _together(entry for found in checked for entry in found.unknown_measures),
        _together(entry for found in checked for entry in found.unknown_areas),
        tuple(dict.fromkeys(key for part in parts for key in _unkept(part, record))),
        counts,
        signature(mapping.headings(reading.table, position)),
    )


def _placed_areas(batch: ImportBatch) -> dict[str, str]:
    return {text: slug for text, slug in batch.mapping.get("areas", {}).items() if slug}


def _kept(parts: Sequence[Part]) -> int:
    return sum(len(part.values) for part in parts)


def _part(batch: ImportBatch, record: Known, span: Span, values: Values, held: known.Standing) -> Part:
    """The figures less those of series a person has left out, beside the record."""
    left = {SeriesKey(*key) for key in batch.options.get("left_out", [])}
    if left:
        out = np.array([record.full(key) in left for key in values.series] + [False], dtype=bool)
        values = values.taken(np.flatnonzero(~out[values.series_codes]))
    series = tuple(record.series.get(record.full(key), 0) for key in values.series)
    return Part(span, values, compare(values, held.figures), series, held.heads)


def _unkept(part: Part, record: Known) -> list[SeriesKey]:
    """The series with figures in the file that the record does not keep yet."""
    used = np.unique(part.values.series_codes).tolist()
    return [record.full(part.values.series[code]) for code in used if not part.series[code]]


def _together(entries: Any) -> tuple[Unplaced, ...]:
    found: dict[str, Unplaced] = {}
    for entry in entries:
        before = found.get(entry.text)
        rows = entry.rows + (before.rows if before else 0)
        first = min(entry.first_row, before.first_row) if before else entry.first_row
        found[entry.text] = Unplaced(entry.text, rows, first)
    return tuple(found.values())


def _no_force() -> Report:
    collector = Collector()
    message = (
        "The file has no column of areas, and the office has not said which force is its own. "
        "Add a column that names the force, or ask your administrator to name the office's own force."
    )
    collector.extend([Problem(None, None, "no_own_force", message)])
    return collector.report()
