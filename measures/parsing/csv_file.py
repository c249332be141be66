"""Comma, semicolon or tab separated text.

UTF-8 (with or without a byte order mark) and UTF-16 with one are recognised. Windows-1252 cannot be told from other
one-byte encodings, so it is used only when the person says that the file is in it. Quoting is that of RFC 4180, read
strictly: a stray quotation mark would otherwise swallow rows without a word.
"""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice

from measures.parsing.coding import ColumnBuilder
from measures.parsing.guard import Source, load
from measures.parsing.problems import Unreadable, quote
from measures.parsing.report import Collector
from measures.parsing.table import NO_OPTIONS, Options, Reading, Table

NAME = "CSV"
ENCODINGS = {"utf-8": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}  # those a person may declare
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}
ROWS = 1_100_000
COLUMNS = 1_000
HEAD_BYTES = 64 * 1024  # looked at to recognise encoding and delimiter
CHUNK_ROWS = 10_000
PIECE = 1 << 21  # characters of a plain table taken at a time

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def recognises(head: bytes) -> bool:
    """Anything may be text; this format is asked last."""
    return True


def read(source: Source, options: Options = NO_OPTIONS) -> Reading:
    """The file as a table. `options.encoding` is one of ENCODINGS when the person declared it, else it is recognised.

    Never raises at the file: problems are in the reading's report.
    """
    collector = Collector()
    try:
        data = load(source)
        encoding = _encoding(data[:HEAD_BYTES], options.encoding)
        text = _decoded(data, encoding)
        delimiter, start = _delimiter(text)
        table = _table(text[start:], delimiter, skipped=1 if start else 0)
    except Unreadable as refusal:
        collector.extend([refusal.problem])
        return Reading(NAME, None, collector.report())
    details = {"encoding": ENCODINGS[encoding.removesuffix("-sig")], "delimiter": DELIMITERS[delimiter]}
    return Reading(NAME, table, collector.report(), details=details)


def _encoding(head: bytes, declared: str | None) -> str:
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    if declared is not None and declared not in ENCODINGS:
        names = ", ".join(ENCODINGS.values())
        raise Unreadable("encoding", f"{quote(declared)} is not an encoding that can be read. Choose one of {names}.")
    if declared == "utf-16":
        raise Unreadable("encoding", "The file does not begin as UTF-16 does. Save it as CSV UTF-8 and upload that.")
    if b"\x00" in head:
        raise Unreadable("not_text", "This is not a text file. Save the table as CSV UTF-8 or .xlsx and upload that.")
    return declared or "utf-8"


def _decoded(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        name = ENCODINGS[encoding.removesuffix("-sig")]
        raise Unreadable(
            "encoding",
            f"Row {row:,} holds a character that is not {name}. Save the file as CSV UTF-8, "
            "or, if it comes from an older Windows program, say that it is in Windows-1252.",
            row,
        ) from None
    if "\x00" in text:
        raise Unreadable(
            "not_text", "The file holds bytes that are not text. Save the table as CSV UTF-8 and upload that."
        )
    if not text.strip():
        raise Unreadable("empty", "The file is empty. Export it again and check that it holds a table.")
    return text


def _delimiter(text: str) -> tuple[str, int]:
    """The delimiter, and where the table starts: after the `sep=;` line that some spreadsheets write, or at 0."""
    first, newline, _ = text[:16].partition("\n")
    if first.lower().startswith("sep=") and newline and first.strip()[4:5] in ("", *DELIMITERS):
        return first[4], len(first) + 1
    head = text[:HEAD_BYTES]
    if len(head) < len(text):
        head = head[: head.rfind("\n") + 1] or head
    return max(DELIMITERS, key=lambda delimiter: _fit(head, delimiter)), 0


def _fit(head: str, delimiter: str) -> tuple[int, int]:
    """How well a delimiter explains the first rows: rows of the commonest width above one, then that width."""
    widths: Counter[int] = Counter()
    with suppress(csv.Error):  # the rows before the broken one count
        for row in islice(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter), 100):
            widths[len(row)] += len(row) > 1
    width, rows = max(widths.items(), key=lambda entry: (entry[1], entry[0]), default=(0, 0))
    return rows, width


def _table(text: str, delimiter: str, skipped: int) -> Table:
    builder = ColumnBuilder()
    if skipped:
        builder.add([[]])
    if _add_plain(text, delimiter, builder):
        return Table.built("", builder)
    return _table_row_by_row(text, delimiter, skipped)


def _add_plain(text: str, delimiter: str, builder: ColumnBuilder) -> bool:
    """Adds a table without quotation marks whose rows are all of one length, none of them blank; two to three times as
    fast as row by row. False where the text is anything else: the builder is then not to be used."""
    if '"' in text:
        return False
    if "\r" in text:
        text = text.replace("\r\n", "\n")
        if "\r" in text:
            return False
    width = text.partition("\n")[0].count(delimiter) + 1
    blank, start, end = delimiter * (width - 1), 0, len(text) - text.endswith("\n")
    if width > COLUMNS or text.startswith("\n"):
        return False
    while start < end:
        stop = text.rfind("\n", start, start + PIECE) if start + PIECE < end else end
        if stop < start:
            return False
        rows = text[start:stop].split("\n")
        start = stop + 1
        if blank in rows or {row.count(delimiter) for row in rows} != {width - 1}:
            return False
        if max(map(len, rows)) > csv.field_size_limit():
            return False
        builder.add_flat(delimiter.join(rows).split(delimiter), width)
        if len(builder.row_numbers) > ROWS:
            return False
    return True


def _table_row_by_row(text: str, delimiter: str, skipped: int) -> Table:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    builder = ColumnBuilder()
    if skipped:
        builder.add([[]])
    for chunk in _chunks(reader):
        builder.add(chunk)
        if builder.width > COLUMNS:
            raise Unreadable(
                "too_many_columns", f"The file has more than {COLUMNS:,} columns. Leave out those not needed."
            )
        if len(builder.row_numbers) > ROWS:
            raise Unreadable(
                "too_many_rows", f"The file has more than {ROWS:,} rows. Split it by year and upload the parts."
            )
    return Table.built("", builder)


def _chunks(reader: Iterable[list[str]]) -> Iterator[list[list[str]]]:
    """Rows in lists of CHUNK_ROWS. Raises Unreadable naming the row whose quotation marks do not pair."""
    rows = iter(reader)
    seen = 0
    chunk: list[list[str]] = []
    while True:
        try:
            chunk.extend(islice(rows, CHUNK_ROWS - len(chunk)))
        except csv.Error as error:
            row = seen + len(chunk) + 1
            raise _broken(row, str(error)) from None
        if not chunk:
            return
        yield chunk
        seen += len(chunk)
        chunk = []


def _broken(row: int, reason: str) -> Unreadable:
    if "field larger" in reason:
        return Unreadable(
            "cell_too_long",
            f"A cell in row {row:,} has more than {csv.field_size_limit():,} characters: "
            "a quotation mark before it is probably not closed.",
            row,
        )
    if "new-line" in reason:
        return Unreadable(
            "line_ends",
            f"Row {row:,} has a line end inside a cell that is not quoted. Save the file as CSV UTF-8.",
            row,
        )
    return Unreadable(
        "quotation",
        f"Row {row:,} has a quotation mark that is not closed, or one inside a cell that is not doubled. "
        'A quotation mark inside a quoted cell is written twice: "".',
        row,
    )
