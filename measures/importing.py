"""A file on its way in: read, recognised, checked against the record, set beside what it holds. Nothing is stored here.

`inspecting` looks at the columns; `prepare` does the whole way to figures ready to store, and is done again when
the import is accepted: every check again, on the file itself or on what `kept_tables` can show it was read as.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from core.accounts.clock import today
from measures import known, populations, recognised, storing
from measures.inspecting import Progress, no_progress, read_file, signature
from measures.known import Known
from measures.models import ImportBatch, Period
from measures.models.period import month_end, month_index, month_start
from measures.parsing import guard, layout, mapping, workbook
from measures.parsing.problems import Problem
from measures.parsing.report import Collector, Report, merge
from measures.parsing.spans import Span
from measures.parsing.table import Reading
from measures.validation import Comparison, SeriesKey, Unplaced, Values, compare, validate
from measures.validation.matching import report_unknown

SMALL_BYTES = 400_000  # of text: about ten thousand rows, done while the person waits; more goes to a job


def is_small(batch: ImportBatch) -> bool:
    """Whether the file is done in the request. A workbook never is: opening one takes a process of its own."""
    with batch.file.path.open("rb") as held:
        return batch.file.size <= SMALL_BYTES and not workbook.recognises(held.read(guard.CHUNK_BYTES))


@dataclass(frozen=True)
class Part:
    """The figures of one kind and length of period. `series` are primary keys by the codes of `values`, 0 for none."""

    span: Span
    values: Values
    comparison: Comparison
    series: tuple[int, ...]
    heads: dict[tuple[int, int], int]

    @property
    def keys(self) -> np.ndarray:
        """The primary key of the series of each figure, int64[n]."""
        return np.array([*self.series, 0], dtype=np.int64)[self.values.series_codes]

    def heads_now(self) -> np.ndarray:
        """The end of the chain that each figure was compared with, int64[n], 0 for none."""
        if not self.heads:
            return np.zeros(len(self.values), dtype=np.int64)
        pairs = zip(self.keys.tolist(), self.values.months.tolist(), strict=True)
        return np.fromiter((self.heads.get(pair, 0) for pair in pairs), np.int64, len(self.values))


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
    recognised: dict[str, Any] = field(default_factory=dict)
    people: populations.Comparison | None = None

    @property
    def is_ready(self) -> bool:
        return self.report.is_clean and not self.new_series

    def fingerprint(self) -> str:
        """Of the figures, what they are of, and the heads of the record they were compared with."""
        digest = hashlib.sha256()
        for part in self.parts:
            values = part.values
            digest.update(repr((part.span, len(values), values.provisional, values.provisional_from)).encode())
            for column in (
                part.keys,
                values.months,
                part.heads_now(),
                *(getattr(values, name) for name in storing.FIGURE),
            ):
                digest.update(np.ascontiguousarray(column))
        return digest.hexdigest()

    def given(self) -> storing.Whole:
        """Everything to store; the periods are made where they are first needed."""
        of_months = [_periods(part) for part in self.parts]
        columns: dict[str, list[np.ndarray]] = {
            "series": [part.keys for part in self.parts],
            "periods": [kept[part.values.months] for part, kept in zip(self.parts, of_months, strict=True)],
            **{name: [getattr(part.values, name) for part in self.parts] for name in storing.FIGURE},
            "provisional": [part.values.uncertain for part in self.parts],
            "rows": [part.values.row_numbers.astype(np.int32) for part in self.parts],
            "heads": [part.heads_now() for part in self.parts],
        }
        return storing.Whole(**{name: np.concatenate(found) for name, found in columns.items()})


def _periods(part: Part) -> np.ndarray:
    """The primary key of the period that ends with each month, by month index."""
    months = np.unique(part.values.months).tolist()
    spans = {month: (part.span.kind, month_start(month - part.span.months + 1), month_end(month)) for month in months}
    kept = Period.objects.spans(set(spans.values()))
    keys = np.zeros(max(months, default=0) + 1, dtype=np.int64)
    for month, span in spans.items():
        keys[month] = kept[span]
    return keys


def prepare(batch: ImportBatch, progress: Progress = no_progress) -> Prepared:
    """The whole way from the file to figures beside the record."""
    progress(0, 4, "Reading the file")
    reading = read_file(batch, batch.options, lambda done, total, words: progress(done, 4 * total, words))
    if reading.found and reading.found.people:
        return _prepare_people(batch, reading)
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
            provisional_from=month_index(batch.provisional_from) if batch.provisional_from else 0,
            corrections=bool(batch.mapping.get("corrections")),
            lone_averages=span.kind != "month",
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
        recognised.summary_of(reading.found) if reading.found else {},
    )


def _prepare_people(batch: ImportBatch, reading: Reading) -> Prepared:
    """A table of populations beside those that are held."""
    collector = Collector()
    found = populations.compare(
        reading.found.people,
        known.load().areas | _placed_areas(batch),
        mapping.dropped(batch.mapping, "areas"),
    )
    report_unknown("an area", "area_unknown", found.unknown, None, collector)
    for one in found.twice:
        message = f"The file gives two different numbers of people for one area in mid-{one.year}. Keep one of the two."
        collector.add("population_twice", message, row=one.row)
    return Prepared(
        merge([reading.report, collector.report()]),
        unknown_areas=found.unknown,
        counts={"rows": len(reading.found.people), "missing": 0, "left_out": found.left_out, "blank_rows": 0},
        signature=signature(["population", reading.format]),
        recognised=recognised.summary_of(reading.found),
        people=found,
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
