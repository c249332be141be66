"""What is done with files and drafts. The caller has checked permission."""

from collections.abc import Iterable
from pathlib import PurePath
from typing import BinaryIO

import structlog
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from core.accounts.models import User
from core.accounts.states import MoveRefused
from core.audit import action
from core.audit.beside import nothing_beside
from core.documents import scanning, storage
from core.documents.models import Draft, FileScan, StoredFile

log = structlog.get_logger(__name__)
MAX_NAME = 200  # characters


@action
def store_file(*, data: bytes | BinaryIO, name: str, by: User | None) -> StoredFile:
    """Keep a file. The same content again is the same row, with the name it was first given."""
    written = storage.write(data)
    name = tidy_name(name)
    facts = {"size": written.size, "content_type": storage.content_type(written.sha256, name), "name": name, "by": by}
    return StoredFile.objects.get_or_create(sha256=written.sha256, defaults=facts)[0]


def forget_content(*, stored: StoredFile) -> bool:
    """Take away the bytes of a file that no row refers to any more; whether they went. That it was stored stays."""
    if is_referred_to(stored):
        return False
    storage.forget(stored.sha256)
    return True


def is_referred_to(stored: StoredFile) -> bool:
    for relation in StoredFile._meta.get_fields(include_hidden=True):  # few of those who refer have a name for it
        refers = relation.auto_created and not relation.concrete
        if refers and relation.related_model._default_manager.filter(**{relation.field.name: stored}).exists():
            return True
    return False


def tidy_name(name: str) -> str:
    """A file name fit for a header and a folder: no path, no control characters, its ending kept."""
    bare = PurePath(name.replace("\\", "/")).name
    bare = "".join(letter for letter in bare if letter.isprintable() and letter not in '"<>|:*?')
    bare = bare.strip(" .") or "file"
    ending = PurePath(bare).suffix[:20]
    return bare if len(bare) <= MAX_NAME else bare[: MAX_NAME - len(ending)] + ending


class UploadRefused(MoveRefused):
    """A file that is not kept. Its text is a sentence for the person who brought it."""


@action
def record_scan(*, data: bytes | BinaryIO, name: str, found: str, by: User) -> FileScan:
    """Keep what the scanner said of a file, whatever becomes of it."""
    return FileScan.objects.create(sha256=storage.sha256_of(data), name=tidy_name(name), found=found[:200], by=by)


def scan_upload(*, data: bytes | BinaryIO, name: str, by: User) -> None:
    """Ask the scanner, where there is one, before a file that somebody brings is kept; refused unless it is clean.

    Call it outside the transaction that keeps the file: what was found stays on the record though the file does not.
    A scanner that does not answer refuses too: a file nobody has looked at is not let in by waiting long enough.
    """
    if not scanning.is_configured():
        return
    named = f"“{tidy_name(name)}”"
    try:
        verdict = scanning.scan(data)
    except scanning.TooLarge as refused:
        raise UploadRefused(
            f"{named} is larger than the virus scanner looks at, so it was not kept. Send a smaller file, or "
            "ask your administrator to let the scanner look at larger ones."
        ) from refused
    except scanning.ScannerAway as away:
        log.error("the virus scanner does not answer", problem=str(away))
        raise UploadRefused(
            f"{named} could not be checked for viruses, because the scanner does not answer. It was not kept, "
            "and nothing else was changed. Try again in a few minutes; if it stays so, tell your administrator."
        ) from away
    with nothing_beside():  # whoever has had a file looked at has not kept it yet
        record_scan(data=data, name=name, found=verdict.found, by=by)
    if verdict.found:
        log.warning("an upload was refused", found=verdict.found, user=by.pk)
        raise UploadRefused(
            f"The virus scanner found {verdict.found} in {named}. The file was not kept, and nothing else was "
            "changed. Do not open it; tell your administrator and whoever sent it."
        )


def scan_all(files: Iterable[UploadedFile], *, by: User) -> None:
    for one in files:
        scan_upload(data=one.file, name=one.name, by=by)


def store_all(files: Iterable[UploadedFile], *, by: User) -> list[tuple[StoredFile, str]]:
    """Keep what was sent, each with the name it was sent by. Scan it before, outside the transaction."""
    return [(store_file(data=one.file, name=one.name, by=by), tidy_name(one.name)) for one in files]


@action
def save_draft(*, key: str, text: dict[str, str], base_version: int | None = None, by: User) -> Draft:
    """Keep what is being typed, over what was kept before."""
    facts = {"text": text, "base_version": base_version, "at": timezone.now()}
    return Draft.objects.update_or_create(user=by, key=key, defaults=facts)[0]


@action
def discard_draft(*, key: str, by: User) -> None:
    """Forget what was being typed: it has been saved, or is not wanted."""
    Draft.objects.filter(user=by, key=key).delete()
