"""What a large file was read as, kept beside it until it is stored, so that it need not be read three times.

Kept under the hash of the file, of the choices it was read with and of the readers' own code, sealed with the office's
secret key: another file, another choice or a new release reads anew, and so does anything that somebody has touched.
What is kept is a convenience and never the truth: losing it costs seconds.
"""

import hashlib
import hmac
import io
import json
import os
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from measures import parsing
from measures.models import ImportBatch
from measures.parsing.report import Collector
from measures.parsing.table import Reading, Sheet, Table, TextColumn

LEAST_BYTES = 2_000_000  # of a file: less is read again sooner than it is kept
KEPT_FOR = 7 * 24 * 3600  # seconds since it was used
SEAL = 32  # bytes
CHOICES = ("sheet", "encoding", "by_hand", "answers")


def folder() -> Path:
    return Path(settings.VAR_DIR) / "read"


@cache
def _readers() -> str:
    """A hash of the code that reads files: a new release does not trust what an old one read."""
    digest = hashlib.sha256()
    for source in sorted(Path(parsing.__file__).parent.rglob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()


def _place(batch: ImportBatch, options: dict[str, Any]) -> Path:
    chosen = json.dumps([batch.file.sha256, {name: options.get(name) for name in CHOICES}, _readers()], sort_keys=True)
    return folder() / hashlib.sha256(chosen.encode()).hexdigest()


def _seal(name: str, body: bytes | memoryview) -> bytes:
    mac = hmac.new(settings.SECRET_KEY.encode(), name.encode(), hashlib.sha256)
    mac.update(body)
    return mac.digest()


def find(batch: ImportBatch, options: dict[str, Any]) -> Reading | None:
    """What this file was read as with these choices; None where that is not kept, or is not whole."""
    place = _place(batch, options)
    try:
        held = memoryview(place.read_bytes())
    except OSError:
        return None
    if not hmac.compare_digest(bytes(held[:SEAL]), _seal(place.name, held[SEAL:])):
        place.unlink(missing_ok=True)
        return None
    os.utime(place)
    return _opened(held[SEAL:])


def keep(batch: ImportBatch, options: dict[str, Any], reading: Reading) -> None:
    """Keep a reading that is a plain table without a problem; anything else is read again."""
    plain = reading.table is not None and reading.found is None and reading.mapping is None
    if batch.file.size < LEAST_BYTES or not plain or reading.report.total:
        return
    place = _place(batch, options)
    body = _packed(reading)
    folder().mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder(), delete=False) as beside:
        beside.write(_seal(place.name, body))
        beside.write(body)
    Path(beside.name).replace(place)


def sweep(now: float | None = None) -> int:
    """Delete what has not been used for a week; how many."""
    before = (time.time() if now is None else now) - KEPT_FOR
    old = [one for one in folder().glob("*") if one.stat().st_mtime < before] if folder().exists() else []
    for one in old:
        one.unlink(missing_ok=True)
    return len(old)


def _packed(reading: Reading) -> bytes:
    table = reading.table
    assert table is not None
    words = {
        "format": reading.format,
        "sheets": [[sheet.name, sheet.hidden] for sheet in reading.sheets],
        "details": dict(reading.details),
        "name": table.name,
        "blank_rows": table.blank_rows,
        "texts": [list(column.texts) for column in table.columns],
    }
    held = io.BytesIO()
    said = json.dumps(words, ensure_ascii=False).encode()
    codes = [column.codes.astype(np.int32, copy=False) for column in table.columns]
    np.savez(held, words=np.frombuffer(said, dtype=np.uint8), rows=table.row_numbers, codes=np.array(codes))
    return held.getvalue()


def _opened(body: memoryview) -> Reading:
    with np.load(io.BytesIO(body), allow_pickle=False) as held:
        words, rows, codes = json.loads(held["words"].tobytes()), held["rows"], held["codes"]
    columns = tuple(TextColumn(some, texts) for some, texts in zip(codes, words["texts"], strict=True))
    table = Table(words["name"], columns, rows, words["blank_rows"])
    sheets = tuple(Sheet(name, hidden) for name, hidden in words["sheets"])
    return Reading(words["format"], table, Collector().report(), sheets, words["details"])
