"""A file that has just come in: opened, its columns recognised or its format, and nothing checked yet."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from measures import kept_tables, known, recognised
from measures.models import ImportBatch, SourceMapping
from measures.parsing import formats, guard, headings, mapping
from measures.parsing.report import Report
from measures.parsing.table import Reading

SAMPLE_ROWS, SAMPLE_COLUMNS, SAMPLE_LENGTH = 12, 60, 60  # rows, columns and characters shown of a file
Progress = Callable[[float, float, str], None]


def no_progress(done: float, total: float, words: str = "") -> None:
    """For callers with nobody waiting."""


@dataclass(frozen=True)
class Inspection:
    """What was found in a file before anybody said how to read it. `mapping` is empty when it cannot be read; `saved`
    when it is the one that was confirmed for such a file before. `goes_on`: nobody has to say anything about the
    columns, because they were confirmed before or the format is an official one that asks nothing."""

    report: Report
    mapping: dict[str, Any]
    options: dict[str, Any]
    saved: bool
    summary: dict[str, Any]
    attribution: str = ""

    @property
    def goes_on(self) -> bool:
        return self.report.is_clean and (self.saved or bool(self.mapping.get("format")))


def inspect(batch: ImportBatch, progress: Progress = no_progress) -> Inspection:
    """Read the file and propose how to read its columns, or take what was confirmed for this source last time."""
    progress(0, 2, "Reading the file")
    reading, options = _first_reading(batch, progress)
    if reading.found:
        return _recognised(batch, reading, options)
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


def _recognised(batch: ImportBatch, reading: Reading, options: dict[str, Any]) -> Inspection:
    """An official format knows its columns; without an answer to what it asks there is no mapping yet."""
    answers = recognised.answers_given_before(batch, reading)
    if answers:
        options = {**options, "answers": {**answers, **options.get("answers", {})}}
        reading = read_file(batch, options)
    mapping = {} if reading.found.questions else recognised.mapping_for(batch, reading)
    summary = {
        "format": reading.format,
        "details": dict(reading.details),
        "sheets": _sheets(reading),
        "recognised": recognised.summary_of(reading.found),
    }
    return Inspection(reading.report, mapping, options, False, summary, reading.found.licence)


def _first_reading(batch: ImportBatch, progress: Progress) -> tuple[Reading, dict[str, Any]]:
    """The file read as it was last time for this source, where that can be done with this one."""
    if batch.options:
        return read_file(batch, batch.options, progress), batch.options
    reading = read_file(batch, {}, progress)
    last = SourceMapping.objects.filter(source=batch.source).order_by("-pk").values_list("options", flat=True).first()
    sheets = {sheet.name for sheet in reading.sheets}
    unread = reading.table is None and reading.found is None
    if last and (last.get("sheet") in sheets or last.get("by_hand") or (last.get("encoding") and unread)):
        kept = {name: last[name] for name in ("sheet", "encoding", "by_hand") if last.get(name)}
        return read_file(batch, kept), kept
    return reading, {}


def read_file(batch: ImportBatch, options: dict[str, Any], progress: Progress = no_progress) -> Reading:
    """A file too large to be held is checked against its hash and then read from where it lies; a large one that was
    read before is not read again."""
    if (kept := kept_tables.find(batch, options)) is not None:
        return kept
    large = batch.file.size > guard.WORKBOOK_BYTES
    reading = formats.read(
        batch.file.checked_path() if large else batch.file.read(),
        sheet=options.get("sheet"),
        encoding=options.get("encoding"),
        name=batch.file_name,
        answers=options.get("answers", {}),
        by_hand=bool(options.get("by_hand")),
        progress=progress,
    )
    kept_tables.keep(batch, options, reading)
    return reading


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
