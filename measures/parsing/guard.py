"""What an uploaded file may be before anything opens it: its size, and for a workbook its zip container.

A workbook is a zip of XML. Three hundred kilobytes can unpack to gigabytes, entries can overlap or repeat a name so
that two programs see two different files, and XML can name entities that grow when read. A file that is none of that
passes unchanged; anything unusual is refused with a sentence. Standard library only: the limited subprocess uses it.
"""

import io
import re
import struct
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from measures.parsing.problems import Unreadable

MB = 1024 * 1024  # bytes
UPLOAD_BYTES = 50 * MB  # any file
OFFICIAL_BYTES = 100 * MB  # an official file of incidents, which is counted while it is read
WORKBOOK_BYTES = 10 * MB
UNPACKED_BYTES = 100 * MB
RATIO = 100  # unpacked to packed, of an entry or of the whole
RATIO_FLOOR_BYTES = 100 * 1024  # a small entry of blanks may pass the ratio and harms nobody
ENTRIES = 1_000
CHUNK_BYTES = 256 * 1024

ZIP_START = b"PK\x03\x04"
OLD_WORKBOOK_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP_END = struct.Struct("<4s4H2LH")  # end of central directory record
_FORBIDDEN_XML = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_WIDE_XML = (b"\xff\xfe", b"\xfe\xff", b"\x00", b"<\x00")  # XML in UTF-16 or UTF-32

OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"

RESAVE = "Open it in your spreadsheet program, save a fresh copy as .xlsx or .ods and upload that."

Source = bytes | Path | BinaryIO


def load(source: Source, limit: int = UPLOAD_BYTES) -> bytes:
    """The whole of a source. Raises Unreadable when it is empty or larger than limit bytes, before reading it.

    A file object is read from its start and not closed.
    """
    check_size(source, limit)
    if isinstance(source, bytes):
        return source
    if isinstance(source, Path):
        return source.read_bytes()
    source.seek(0)
    return source.read()


def check_size(source: Source, limit: int) -> int:
    """The size of a source in bytes. Raises Unreadable when it is empty or larger than limit bytes."""
    if isinstance(source, bytes):
        size = len(source)
    elif isinstance(source, Path):
        size = source.stat().st_size
    else:
        size = source.seek(0, io.SEEK_END)
    if size == 0:
        raise Unreadable("empty", "The file is empty. Export it again and check that it holds a table.")
    if size > limit:
        raise Unreadable(
            "too_large",
            f"The file is {size / MB:,.1f} MB; the largest of its kind that can be read is {limit // MB} MB. "
            "Split it, or leave out what is not needed.",
        )
    return size


def checked_zip(data: bytes) -> zipfile.ZipFile:
    """The workbook's container, every entry unpacked once within the limits and free of DTDs. Raises Unreadable."""
    _check_start(data)
    _check_end(data)
    try:
        container = zipfile.ZipFile(io.BytesIO(data))
        _check_entries(container.infolist(), len(data))
        for entry in container.infolist():
            _check_entry(container, entry)
        if is_open_document(container):
            _check_open_document(container)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, RuntimeError):
        raise Unreadable("damaged", f"The workbook is damaged and cannot be read. {RESAVE}") from None
    return container


def is_open_document(container: zipfile.ZipFile) -> bool:
    """Whether it is an OpenDocument workbook (.ods) and not an Excel one."""
    return "content.xml" in container.namelist()


def _check_open_document(container: zipfile.ZipFile) -> None:
    """The container says itself what it is; a text document or a drawing has the same parts."""
    names = container.namelist()
    if "mimetype" not in names or container.read("mimetype").strip() != OPEN_DOCUMENT:
        raise Unreadable("not_a_workbook", "This is an OpenDocument file but not a spreadsheet. Upload the workbook.")
    if any(name.startswith("Basic/") for name in names):
        raise Unreadable("macros", "The workbook holds macros. Save it without them and upload that.")
    if "META-INF/manifest.xml" in names and b"encryption-data" in container.read("META-INF/manifest.xml"):
        raise Unreadable("encrypted", "The workbook has a password. Remove it, save the file and upload that.")


def _check_start(data: bytes) -> None:
    if data.startswith(OLD_WORKBOOK_START):
        raise Unreadable(
            "old_workbook",
            "This is an old .xls workbook or has a password. Remove the password, save it as .xlsx and upload that.",
        )
    if not data.startswith(ZIP_START):
        raise Unreadable(
            "not_a_workbook",
            "This is not a workbook, whatever its name says. Save it as .xlsx, .ods or CSV and upload that.",
        )


def _check_end(data: bytes) -> None:
    """The end record must be the last thing in the file, so that every program finds the same list of entries."""
    tail = data[-_ZIP_END.size :]
    if len(data) < _ZIP_END.size or not tail.startswith(b"PK\x05\x06"):
        raise Unreadable("damaged", f"The workbook is cut short or has something added at its end. {RESAVE}")
    _, _, _, here, entries, list_bytes, _, comment = _ZIP_END.unpack(tail)
    if entries > ENTRIES or here != entries or list_bytes > ENTRIES * 1024 or comment:
        raise Unreadable(
            "too_many_entries",
            f"The workbook holds {entries:,} parts; a workbook of figures has far fewer than {ENTRIES:,}. {RESAVE}",
        )


def _check_entries(entries: list[zipfile.ZipInfo], packed: int) -> None:
    names = [entry.filename.casefold() for entry in entries]
    if len(entries) > ENTRIES:
        raise Unreadable("too_many_entries", f"The workbook holds more than {ENTRIES:,} parts. {RESAVE}")
    if len(set(names)) != len(names) or any(_is_unsafe(name) for name in names):
        raise Unreadable("damaged", f"The parts inside the workbook have impossible or repeated names. {RESAVE}")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Unreadable("encrypted", "The workbook has a password. Remove it, save the file and upload that.")
    if "xl/workbook.bin" in names:
        raise Unreadable("other_workbook", "This is a binary .xlsb workbook. Save it as .xlsx and upload that.")
    if any(name.endswith("vbaproject.bin") for name in names):
        raise Unreadable(
            "macros", "The workbook holds macros. Save it as .xlsx, which leaves them out, and upload that."
        )
    if "content.xml" not in names and ("[content_types].xml" not in names or "xl/workbook.xml" not in names):
        raise Unreadable("not_a_workbook", "This is a zip file but not a workbook. Upload the workbook itself.")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > UNPACKED_BYTES or unpacked > RATIO * packed:
        _refuse_bomb()


def _is_unsafe(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in name.split("/") or "\\" in name or "\x00" in name


def _check_entry(container: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Unpack one entry in pieces. The sizes a zip states are claims, so they are counted here as well."""
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Unreadable("damaged", f"The workbook is packed in a way no spreadsheet program uses. {RESAVE}")
    if entry.file_size > RATIO_FLOOR_BYTES and entry.file_size > RATIO * entry.compress_size:
        _refuse_bomb()
    is_xml = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
    unpacked, last = 0, b""
    with container.open(entry) as part:
        while piece := part.read(CHUNK_BYTES):
            if is_xml and unpacked == 0 and piece.startswith(_WIDE_XML):
                raise Unreadable(
                    "damaged", f"The workbook is written in an encoding no spreadsheet program uses. {RESAVE}"
                )
            unpacked += len(piece)
            if unpacked > entry.file_size:
                _refuse_bomb()
            if is_xml and _FORBIDDEN_XML.search(last + piece):
                raise Unreadable(
                    "dtd", f"The workbook defines XML entities, which no spreadsheet program does. {RESAVE}"
                )
            last = piece[-16:]


def _refuse_bomb() -> None:
    raise Unreadable(
        "unpacks_too_large",
        f"The workbook unpacks to more than {UNPACKED_BYTES // MB} MB or to more than {RATIO} times its size. "
        "Keep only the sheet with the figures, save a fresh copy and upload that.",
    )
