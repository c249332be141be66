"""The formats that can be read, and the one way in.

A new format is one new module with `NAME`, `recognises(head)` and `read(source, options)`, and one line in
FORMATS; the first that recognises the file's first bytes reads it. A format that knows its own columns sets
`Reading.mapping`.
"""

from types import ModuleType

from measures.parsing import csv_file, workbook
from measures.parsing.guard import Source, load
from measures.parsing.problems import Unreadable
from measures.parsing.report import Collector
from measures.parsing.table import Options, Reading

FORMATS: tuple[ModuleType, ...] = (workbook, csv_file)
HEAD_BYTES = 64 * 1024


def read(source: Source, *, sheet: str | None = None, encoding: str | None = None) -> Reading:
    """Read bytes, a path or a binary file with the format that recognises it, by its content and not by its name.

    `sheet` names a sheet of a workbook, `encoding` what the person says a text file is in; a format that has no use
    for one leaves it aside. Never raises at the file: problems are in the reading's report.
    """
    try:
        data = load(source)
    except Unreadable as refusal:
        collector = Collector()
        collector.extend([refusal.problem])
        return Reading("", None, collector.report())
    found = next(module for module in FORMATS if module.recognises(data[:HEAD_BYTES]))
    reading: Reading = found.read(data, Options(sheet, encoding))
    return reading
