"""The migrated database that every test database is a copy of: made once for one state of the tables, and kept.

Migrating costs more than most test modules do. A template whose triggers are not those the models ask for is not used.
"""

import fcntl
import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, connection, connections

from core.audit import audit_context
from core.audit.install import drift
from tests.databases import run_outside, unhurried

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(tempfile.gettempdir()) / f"reckoner-tests-{os.getuid()}"
PACKAGES = ("core", "measures", "deepdive", "governance", "desk")
# What the tables and their triggers are made from.
SOURCES = ("**/migrations/*.py", "**/models.py", "**/models/*.py", "audit/*.py")
SETTLED = ("requirements.txt", "config/settings.py")
NAME = "reckoner_test_template"
KEPT = 5  # of one machine: a checkout needs one, and several may be worked on


def key() -> str:
    """Sixteen characters that change with whatever the tables are made from."""
    found = {path for name in PACKAGES for pattern in SOURCES for path in (ROOT / name).glob(pattern)}
    digest = hashlib.sha256()
    for path in sorted(found | {ROOT / name for name in SETTLED}):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def copied(name: str) -> Iterator[None]:
    """Points Django at a copy of the template called `name`, a path or a database, which is gone at the end."""
    original = connection.settings_dict["NAME"]
    copy_template(name)
    _point_at(name)
    try:
        yield
    finally:
        _point_at(original)
        _drop(name)


def prepare() -> None:
    """Make the template before anybody asks for it."""
    unhurried()
    with audit_context(actor_name="fixture"), alone("lock"):
        _template()


def copy_template(name: str) -> None:
    """A migrated database with nothing in it, at this path or under this name."""
    with alone("lock"):
        template = _template()
        if connection.vendor == "sqlite":
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            _drop(name)
            with closing(sqlite3.connect(template)) as source, closing(sqlite3.connect(name)) as target:
                source.backup(target)
        else:
            _drop(name)
            run_outside(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


@contextmanager
def alone(name: str) -> Iterator[None]:
    """One process at a time: the first makes what the others wait for."""
    FOLDER.mkdir(mode=0o700, exist_ok=True)
    with (FOLDER / name).open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _template() -> str:
    """The template's path or name; made if there is none for the tables as they are now."""
    found = _templates()
    wanted = f"{NAME}_{key()}" if connection.vendor == "postgresql" else str(FOLDER / f"{NAME}_{key()}.sqlite3")
    if wanted not in found:
        for old in found[: 1 - KEPT]:
            with suppress(DatabaseError):  # somebody is copying it
                _drop(old)
        _make(wanted)
    return wanted


def _templates() -> list[str]:
    """Those there are, the oldest first."""
    if connection.vendor == "sqlite":
        kept = FOLDER.glob(f"{NAME}_*.sqlite3")
        return [str(path) for path in sorted(kept, key=lambda path: path.stat().st_mtime)]
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY oid", [f"{NAME}_%"])
        return [name for (name,) in cursor.fetchall()]


def _make(name: str) -> None:
    # By this process: the lock is one folder's, and two checkouts may share a server.
    original, unfinished = connection.settings_dict["NAME"], f"{name}.{os.getpid()}"
    _drop(unfinished)
    if connection.vendor == "postgresql":
        run_outside(f'CREATE DATABASE "{unfinished}"')
    _point_at(unfinished)
    try:
        call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
        assert drift() == []
    finally:
        _point_at(original)
    if connection.vendor == "sqlite":
        settle(unfinished)
        Path(unfinished).rename(name)
    else:
        try:
            run_outside(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')
        except DatabaseError:  # another has made the same meanwhile
            _drop(unfinished)


def settle(path: str) -> None:
    """Everything in the one file, so that the file can be given its name."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode=DELETE")


def _point_at(name: str) -> None:
    connections.close_all()
    connection.settings_dict["NAME"] = name


def _drop(name: str) -> None:
    if connection.vendor == "sqlite":
        for ending in ("", "-wal", "-shm", "-journal"):
            Path(name + ending).unlink(missing_ok=True)
    else:
        run_outside(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
