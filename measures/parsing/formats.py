"""The formats that can be read, and the one way in.

A new format is one new module with `NAME`, `recognises(head)` and `read(source, options)`, and one line in
FORMATS; the first that recognises the file's first bytes reads it. What was read is then offered to the official
formats (`official.recognising`), each of which knows its own columns and sets `Reading.mapping` and `Reading.found`.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType, ModuleType

from measures.parsing import counting, csv_file, workbook
from measures.parsing.guard import Source, load
from measures.parsing.official import recognising
from measures.parsing.official.found import View
from measures.parsing.problems import Unreadable
from measures.parsing.report import Collector
from measures.parsing.table import Options, Reading

FORMATS: tuple[ModuleType, ...] = (workbook, csv_file)
HEAD_BYTES = 64 * 1024
NO_ANSWERS: Mapping[str, str] = MappingProxyType({})


def _silent(done: float, total: float, words: str = "") -> None:
    """For callers with nobody waiting."""


def read(
    source: Source,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    name: str = "",
    answers: Mapping[str, str] = NO_ANSWERS,
    by_hand: bool = False,
    progress: Callable[[float, float, str], None] = _silent,
) -> Reading:
    """Read bytes, a path or a binary file with the format that recognises it, by its content and not by its name.

    `sheet` names a sheet of a workbook, `encoding` what the person says a text file is in; a format that has no use
    for one leaves it aside. `name` is the name the file came under, of use where a publisher says there what the file
    itself does not; `answers` are what a person has said to an official format's questions, `by_hand` that it is to be
    taken for an ordinary table. Never raises at the file: problems are in the reading's report.
    """
    incidents = None if by_hand else recognising.of_incidents(head_of(source))
    if incidents:
        return counting.read(incidents, source, View((), (), "", name, answers), progress)
    reading = _table(source, sheet, encoding)
    if by_hand:
        return reading
    preferred = None if sheet else recognising.preferred_sheet([one.name for one in reading.sheets])
    if preferred:
        reading = _table(source, preferred, encoding)
    return recognising.as_official(reading, name, answers)


def head_of(source: Source) -> bytes:
    """The first bytes of a source; a file object is left at its start."""
    if isinstance(source, bytes):
        return source[:HEAD_BYTES]
    if isinstance(source, Path):
        with source.open("rb") as stream:
            return stream.read(HEAD_BYTES)
    source.seek(0)
    head = source.read(HEAD_BYTES)
    source.seek(0)
    return head


def _table(source: Source, sheet: str | None, encoding: str | None) -> Reading:
    try:
        data = load(source)
    except Unreadable as refusal:
        collector = Collector()
        collector.extend([refusal.problem])
        return Reading("", None, collector.report())
    found = next(module for module in FORMATS if module.recognises(data[:HEAD_BYTES]))
    reading: Reading = found.read(data, Options(sheet, encoding))
    return reading
