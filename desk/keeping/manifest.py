"""What a backup says of itself: enough to tell, before anything is written, whether it is whole and can be used here.

backup/
  manifest.json    this
  database.sqlite3 or database.dump
  files/ab/cdef... contents by their SHA-256, as an installation keeps them
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from core.audit import proof, signing
from core.documents.storage import sha256_of

VERSION = "reckoner-backup-1"
NAME = "manifest.json"
DATABASE = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
CALLED = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


class BackupProblem(Exception):
    """Why a backup was not made or cannot be used, as a sentence for the administrator."""


@dataclass(frozen=True)
class Manifest:
    """`rows`: of each table. `files`: bytes by SHA-256. `cleared`: contents that were taken away on purpose."""

    vendor: str
    made_at: str
    database: str  # the id checkpoints know it by
    seq: int
    head: str
    content: str  # SHA-256 of the database's file
    rows: dict[str, int]
    migrations: list[str]
    files: dict[str, int]
    cleared: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    version: str = VERSION
    signature: str = ""

    @property
    def database_file(self) -> str:
        return DATABASE[self.vendor]

    @property
    def size(self) -> int:
        return sum(self.files.values())


def write(manifest: Manifest, folder: Path) -> Manifest:
    """Signed where there is a key to sign with."""
    told = asdict(manifest)
    if settings.CHECKPOINT_KEY:
        private = signing.read_private(Path(settings.CHECKPOINT_KEY))
        told["signature"] = private.sign(signing.manifest_message(told, kind=VERSION)).hex()
    (folder / NAME).write_text(json.dumps(told, indent=1))
    return Manifest(**told)


def read(folder: Path) -> Manifest:
    try:
        told = json.loads((folder / NAME).read_text())
        found = Manifest(**told)
    except FileNotFoundError:
        raise BackupProblem(f"{folder} holds no {NAME}: it is no backup, or one that was never finished.") from None
    except (OSError, ValueError, TypeError) as error:
        raise BackupProblem(f"The {NAME} of {folder} cannot be read: {error}.") from error
    if found.version != VERSION or found.vendor not in DATABASE:
        raise BackupProblem(f"{folder} is not a backup this version can read: it calls itself {found.version!r}.")
    _check_signature(told)
    return found


def _check_signature(told: dict[str, Any]) -> None:
    """Where a public key is known, a backup has to be signed with it: whoever altered it could write new hashes too."""
    public = proof.public_key()
    if public and not signing.is_signed(public, signing.manifest_message(told, kind=VERSION), told["signature"]):
        raise BackupProblem("The backup is not signed with this installation's key: it was altered, or is another's.")


def problems(manifest: Manifest, folder: Path) -> Iterator[str]:
    """What of the backup is missing or is not what was put there. Reads every byte of it."""
    expected = {manifest.database_file: manifest.content} | {file_of(one): one for one in manifest.files}
    for name, sha256 in expected.items():
        path = folder / name
        if not path.is_file():
            yield f"{name} is missing."
        elif hash_of(path) != sha256:
            yield f"{name} is not what was backed up: its hash is another."


def fit(manifest: Manifest) -> None:
    """BackupProblem where this version or this kind of database cannot take it."""
    if manifest.vendor != connection.vendor:
        raise BackupProblem(
            f"The backup is of {CALLED[manifest.vendor]}, and this installation is set up with "
            f"{CALLED[connection.vendor]}. Set DATABASE_URL to a new database of {CALLED[manifest.vendor]}."
        )
    loader = MigrationLoader(None, ignore_no_migrations=True)
    taken_in = (step for one in loader.replacements.values() for step in one.replaces)
    known = {f"{app}.{name}" for app, name in (*loader.disk_migrations, *taken_in)}
    newer = sorted(set(manifest.migrations) - known)
    if newer:
        raise BackupProblem(
            f"The backup was made by a version that has tables this one does not know ({newer[0]}). "
            "Use the version it was made with, or a later one."
        )


def file_of(sha256: str) -> str:
    return f"files/{sha256[:2]}/{sha256[2:]}"


def hash_of(path: Path) -> str:
    with path.open("rb") as held:
        return sha256_of(held)
