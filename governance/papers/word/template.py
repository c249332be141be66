"""Whether a Word file of the office's can be used as a template, and what is wrong with one that cannot."""

import re
import zipfile
from io import BytesIO

from docx import Document

LARGEST = 20_000_000  # bytes, packed
LARGEST_OPEN = 100_000_000  # bytes, unpacked
MOST_PARTS = 2_000
NOT_WORD = (
    "This is not a Word document (.docx) that can be opened. Save it again in Word as “Word Document” and try again."
)
OUTSIDE = re.compile(rb"<Relationship\b[^>]*\bTargetMode\s*=\s*[\"']External[\"'][^>]*>")


class BadTemplate(ValueError):
    """A file that is no template. Its text is a sentence for the person who brought it."""


def check_template(data: bytes) -> None:
    """Raises BadTemplate for what is no plain Word document, or brings a program or something from elsewhere along."""
    if len(data) > LARGEST:
        raise BadTemplate(f"The file is larger than {LARGEST // 1_000_000} megabytes. Take pictures out of it.")
    try:
        with zipfile.ZipFile(BytesIO(data)) as held:
            entries = held.infolist()
            if len(entries) > MOST_PARTS or sum(one.file_size for one in entries) > LARGEST_OPEN:
                raise BadTemplate(
                    "The file unpacks into more than a template needs. Take pictures and pages out of it."
                )
            parts = {one.filename: held.read(one) for one in entries if one.filename.endswith((".rels", ".xml"))}
            names = {one.filename.lower() for one in entries}
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError) as problem:
        if isinstance(problem, BadTemplate):
            raise
        raise BadTemplate(NOT_WORD) from problem
    if any("vbaproject" in name or "/activex/" in name or "/embeddings/" in name for name in names):
        raise BadTemplate("The file has macros or embedded objects in it. Save it as “Word Document” without them.")
    if any(b"<!DOCTYPE" in one or b"<!ENTITY" in one for one in parts.values()):
        raise BadTemplate(NOT_WORD)
    for name, one in parts.items():
        if name.endswith(".rels") and any(b"/hyperlink" not in found for found in OUTSIDE.findall(one)):
            raise BadTemplate("The file takes something from another file or address. Put pictures into it as copies.")
    try:
        document = Document(BytesIO(data))
        document.sections[-1].header  # noqa: B018 - read, as it will be
        document.styles["Normal"]
    except Exception as problem:  # python-docx raises whatever it stumbles on
        raise BadTemplate(NOT_WORD) from problem
