"""Files on disk by the hash of their content: FILES_DIR/ab/cdef...

A file is written beside its place, flushed to the disk and then renamed, so that what stands under a hash is whole or
absent, also after a power cut. What a file is, is read from its first bytes, never from its name or the browser's word.
"""

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, NamedTuple

from django.conf import settings

CHUNK = 1 << 16  # bytes
HEAD = 4096  # bytes looked at to tell what a file is

BINARY = "application/octet-stream"
PDF = "application/pdf"
OFFICE = "application/vnd.openxmlformats-officedocument."
SIGNATURES = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"BEGIN:VCALENDAR", "text/calendar"),
)
ZIPPED = (
    ("xl/workbook.xml", OFFICE + "spreadsheetml.sheet"),
    ("word/document.xml", OFFICE + "wordprocessingml.document"),
)
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."


class DamagedFile(Exception):
    """The content under a hash is missing or no longer has that hash."""


class Written(NamedTuple):
    sha256: str
    size: int  # bytes


def path_of(sha256: str) -> Path:
    return Path(settings.FILES_DIR) / sha256[:2] / sha256[2:]


def chunks_of(data: bytes | BinaryIO) -> Iterable[bytes]:
    """Bytes, an open binary file or an uploaded file, piece by piece from its beginning."""
    if isinstance(data, bytes):
        return [data]
    data.seek(0)
    return iter(lambda: data.read(CHUNK), b"")


def sha256_of(data: bytes | BinaryIO) -> str:
    digest = hashlib.sha256()
    for chunk in chunks_of(data):
        digest.update(chunk)
    return digest.hexdigest()


def write(data: bytes | BinaryIO) -> Written:
    """Keep the content under its hash; what is there already is not written again unless it has been damaged."""
    root = Path(settings.FILES_DIR)
    root.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    descriptor, name = tempfile.mkstemp(prefix=".new-", dir=root)
    try:
        with os.fdopen(descriptor, "wb") as held:
            for chunk in chunks_of(data):
                digest.update(chunk)
                size += len(chunk)
                held.write(chunk)
            held.flush()
            os.fsync(held.fileno())
        sha256 = digest.hexdigest()
        place = path_of(sha256)
        if not _is_whole(place, sha256):
            place.parent.mkdir(exist_ok=True)
            os.chmod(name, 0o440)
            os.replace(name, place)
            _sync_folder(place.parent)
    finally:
        Path(name).unlink(missing_ok=True)
    return Written(sha256, size)


def forget(sha256: str) -> None:
    """Take the content away. Whoever stores the same again brings it back."""
    path_of(sha256).unlink(missing_ok=True)


def check(sha256: str) -> Path:
    """Where the content lies, after it has been read through once and found whole; nothing of it is held in memory."""
    place = path_of(sha256)
    if not _is_whole(place, sha256):
        raise DamagedFile(f"The content of {sha256} is missing or has been altered.")
    return place


def _is_whole(place: Path, sha256: str) -> bool:
    if not place.exists():
        return False
    with place.open("rb") as held:
        return hashlib.file_digest(held, "sha256").hexdigest() == sha256


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read(sha256: str) -> bytes:
    """The content, checked against its hash."""
    place = path_of(sha256)
    content = place.read_bytes() if place.exists() else None
    if content is None or hashlib.sha256(content).hexdigest() != sha256:
        raise DamagedFile(f"The file {sha256[:12]} is missing or damaged on disk. Restore it from a backup.")
    return content


def content_type(sha256: str, name: str) -> str:
    """What the content is. The name decides only between kinds of text, and no text is ever called HTML or SVG."""
    with path_of(sha256).open("rb") as held:
        head = held.read(HEAD)
        for signature, found in SIGNATURES:
            if head.startswith(signature):
                return found
        if head.startswith(b"PK\x03\x04"):
            return _zipped(held)
    if _is_text(head):
        return "text/csv" if name.lower().endswith(".csv") else "text/plain"
    return BINARY


def _zipped(held: BinaryIO) -> str:
    try:
        with zipfile.ZipFile(held) as archive:
            names = set(archive.namelist())
            for entry, found in ZIPPED:
                if entry in names:
                    return found
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:  # bytes
                kind = archive.read("mimetype").decode("ascii", "replace").strip()
                return kind if kind.startswith(OPEN_DOCUMENT) else "application/zip"
    except (zipfile.BadZipFile, RuntimeError, OSError):
        return BINARY
    return "application/zip"


def _is_text(head: bytes) -> bool:
    if b"\x00" in head:
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as problem:
        # Cut in the middle of a character is still text; so is the Windows character set older exports use.
        return problem.start > len(head) - 4 or all(byte >= 32 or byte in b"\t\r\n\x0c" for byte in head)
    return True
