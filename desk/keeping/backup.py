"""Making a backup: the database as it stands at one moment, and every file its rows name."""

import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from core.audit import audit_context, log_read, proof
from core.audit.chain import database_id
from core.documents import storage
from core.documents.actions import is_referred_to
from core.documents.models import StoredFile
from desk.keeping import manifest as manifests
from desk.keeping.databases import dump
from desk.keeping.manifest import BackupProblem, Manifest

ACTOR = "command:backup"


def back_up(folder: Path) -> Manifest:
    """Writes a backup into a folder that is not there yet, under another name until it is whole.

    The database comes first: a file lies on the disk before a row names it, so what the copied rows name is there.
    """
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    if folder.exists():
        raise BackupProblem(f"{folder} is there already. Name a new folder.")
    shutil.rmtree(unfinished, ignore_errors=True)  # of a backup that was killed
    unfinished.mkdir(parents=True, mode=0o700)
    made = _write(unfinished)
    unfinished.rename(folder)
    with audit_context(actor_name=ACTOR):
        log_read(what="the whole record, as a backup", how="export", rows=sum(made.rows.values()), by=None)
    if settings.CHECKPOINT_KEY:
        proof.make_checkpoint()
    return made


def _write(folder: Path) -> Manifest:
    database = folder / manifests.DATABASE[connection.vendor]
    made_at = timezone.now().isoformat(timespec="seconds")
    facts = dump(database)
    database.chmod(0o600)
    files, cleared, lost = {}, [], []
    for sha256, size in facts.files.items():
        try:
            place = storage.check(sha256)
        except storage.DamagedFile:
            (lost if _should_be_there(sha256) else cleared).append(sha256)
            continue
        target = folder / manifests.file_of(sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(place, target)
        files[sha256] = size
    made = Manifest(
        vendor=connection.vendor,
        made_at=made_at,
        database=database_id(facts.beginning),
        seq=facts.seq,
        head=facts.head,
        content=manifests.hash_of(database),
        rows=facts.rows,
        migrations=facts.migrations,
        files=files,
        cleared=cleared,
        lost=lost,
    )
    return manifests.write(made, folder)


def _should_be_there(sha256: str) -> bool:
    """What was cleared away on purpose is referred to by no row, and has left the disk."""
    if storage.path_of(sha256).exists():
        return True
    stored = StoredFile.objects.filter(sha256=sha256).first()
    return stored is None or is_referred_to(stored)
