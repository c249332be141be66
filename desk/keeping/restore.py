"""Bringing a backup back: looked through whole before anything is written, and held against itself afterwards."""

from collections.abc import Iterator
from pathlib import Path

from django.db import connection

from core.audit.proof import prove
from core.documents import storage
from desk.keeping import manifest as manifests
from desk.keeping.databases import is_empty, load, present
from desk.keeping.manifest import BackupProblem, Manifest

TOLD = 5  # of what is wrong, in words


def restore(folder: Path) -> tuple[Manifest, list[str]]:
    """Puts a backup into the empty installation that is set up here. BackupProblem, and nothing written, where it
    cannot. The manifest, and what is wrong with what stands here now. Files that were stored before a database
    refused to load are whole, and do no harm."""
    manifest = manifests.read(folder)
    manifests.fit(manifest)
    if not is_empty():
        raise BackupProblem(
            f"The database {connection.settings_dict['NAME']} is not empty. A backup is put back into a new one: set "
            "DATABASE_URL (and RECKONER_VAR) to a new place."
        )
    wrong = list(manifests.problems(manifest, folder))
    if wrong:
        more = f" And {len(wrong) - TOLD} more." if len(wrong) > TOLD else ""
        raise BackupProblem(f"The backup is damaged. {' '.join(wrong[:TOLD])}{more}")
    for sha256 in manifest.files:
        with (folder / manifests.file_of(sha256)).open("rb") as held:
            storage.write(held)
    load(folder / manifest.database_file)
    return manifest, list(_faults(manifest))


def _faults(manifest: Manifest) -> Iterator[str]:
    """Is what stands here now what the backup says it is, and does the log vouch for itself?"""
    found = present(manifest.rows)
    if (found.seq, found.head) != (manifest.seq, manifest.head):
        yield f"The log ends at {(found.seq, found.head)}, and the backup says {(manifest.seq, manifest.head)}."
    for table, count in manifest.rows.items():
        if found.rows[table] != count:
            yield f"{table} has {found.rows[table]} rows, and the backup says {count}."
    yield from prove().sentences
