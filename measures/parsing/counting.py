"""Rows of an official file of incidents, handed on as they are read: a hundred megabytes pass through in a few.

The encoding is UTF-8, as the publisher writes it. Standard quoting; blank rows count as rows and are not handed on.
"""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import BinaryIO

from measures.parsing.guard import OFFICIAL_BYTES, Source, check_size
from measures.parsing.official.found import Found, View
from measures.parsing.official.recognising import tidy_heads, with_found
from measures.parsing.problems import Unreadable
from measures.parsing.report import Collector
from measures.parsing.table import Reading

EVERY = 20_000  # rows between two words of progress
Said = Callable[[float, float, str], None]


def read(module: ModuleType, source: Source, view: View, progress: Said) -> Reading:
    """Count the incidents of a file. Never raises at the file; whatever `progress` raises goes through."""

    def count() -> Found:
        size = check_size(source, OFFICIAL_BYTES)
        with _opened(source) as stream:
            text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
            try:
                reader = csv.reader(text, strict=True)
                heads = tidy_heads(next(reader))
                return module.count(heads, _rows(reader, stream, size, progress), view)
            except UnicodeDecodeError:
                raise Unreadable("encoding", "The file is not in UTF-8. Download it again from its source.") from None
            except csv.Error:
                raise Unreadable("quotation", "A quotation mark in the file is not closed.") from None
            finally:
                text.detach()

    return with_found(Reading("CSV", None, Collector().report()), count)


def _opened(source: Source) -> BinaryIO:
    if isinstance(source, bytes):
        return io.BytesIO(source)
    return source.open("rb") if isinstance(source, Path) else io.BytesIO(source.read())


def _rows(reader: Iterator[list[str]], stream: BinaryIO, size: int, progress: Said) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(reader, 2):
        if number % EVERY == 0:
            progress(stream.tell(), size, f"{number:,} rows read")
        if row:
            yield number, row
