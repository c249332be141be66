"""What is done with files and drafts. The caller has checked permission."""

from pathlib import PurePath
from typing import BinaryIO

from django.utils import timezone

from core.accounts.models import User
from core.audit import action
from core.documents import storage
from core.documents.models import Draft, StoredFile

MAX_NAME = 200  # characters


@action
def store_file(*, data: bytes | BinaryIO, name: str, by: User | None) -> StoredFile:
    """Keep a file. The same content again is the same row, with the name it was first given."""
    written = storage.write(data)
    name = tidy_name(name)
    facts = {"size": written.size, "content_type": storage.content_type(written.sha256, name), "name": name, "by": by}
    return StoredFile.objects.get_or_create(sha256=written.sha256, defaults=facts)[0]


def tidy_name(name: str) -> str:
    """A file name fit for a header and a folder: no path, no control characters, its ending kept."""
    bare = PurePath(name.replace("\\", "/")).name
    bare = "".join(letter for letter in bare if letter.isprintable() and letter not in '"<>|:*?')
    bare = bare.strip(" .") or "file"
    ending = PurePath(bare).suffix[:20]
    return bare if len(bare) <= MAX_NAME else bare[: MAX_NAME - len(ending)] + ending


@action
def save_draft(*, key: str, text: dict[str, str], base_version: int | None = None, by: User) -> Draft:
    """Keep what is being typed, over what was kept before."""
    facts = {"text": text, "base_version": base_version, "at": timezone.now()}
    return Draft.objects.update_or_create(user=by, key=key, defaults=facts)[0]


@action
def discard_draft(*, key: str, by: User) -> None:
    """Forget what was being typed: it has been saved, or is not wanted."""
    Draft.objects.filter(user=by, key=key).delete()
