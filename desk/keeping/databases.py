"""A database into a file and out of it, as it stood at one moment, while others go on writing.

SQLite: its own backup call, which copies under one reading of the file. PostgreSQL: `pg_dump` and `pg_restore`, in a
snapshot of the transaction in which the rows are counted.
"""

import os
import sqlite3
import subprocess
from collections.abc import Callable, Iterable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from django.db import connection, connections, transaction

from core.audit.tables import SEAL_TABLE
from desk.keeping.manifest import BackupProblem

Ask = Callable[[str], list[Any]]  # SQL to its rows


class Facts:
    """What stands in the copied database, asked with plain SQL where the copy can be seen."""

    def __init__(self, ask: Ask, tables: Iterable[str]) -> None:
        self._ask = ask
        self.seq, self.head = ask(f"SELECT seq, hash FROM {SEAL_TABLE} ORDER BY seq DESC LIMIT 1")[0]  # noqa: S608
        (self.beginning,) = ask(f"SELECT hash FROM {SEAL_TABLE} WHERE seq = 0")[0]  # noqa: S608
        self.rows = {name: self._count(name) for name in sorted(tables)}
        held = ask("SELECT app, name FROM django_migrations ORDER BY app, name")
        self.migrations = sorted({f"{app}.{name}" for app, name in held})
        self.files = dict(ask("SELECT sha256, size FROM documents_storedfile ORDER BY sha256"))

    def _count(self, table: str) -> int:
        return self._ask(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")[0][0]  # noqa: S608


def _tables() -> list[str]:
    return connection.introspection.django_table_names(only_existing=True, include_views=False)


def is_empty() -> bool:
    """Whether the database that is set up here has no table. Makes no file where there is none."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return True
    return not connection.introspection.table_names()


def dump(target: Path) -> Facts:
    """Writes the database into `target`; the facts are those of that moment."""
    return _sqlite(target) if connection.vendor == "sqlite" else _postgresql(target)


def _sqlite(target: Path) -> Facts:
    source = f"{Path(connection.settings_dict['NAME']).absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(source, uri=True)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)  # at once: in pieces it would begin again with every write of others
        copy.execute("PRAGMA journal_mode=DELETE")  # everything in the one file
        return Facts(lambda sql: copy.execute(sql).fetchall(), _tables())


def _postgresql(target: Path) -> Facts:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = f"--snapshot={cursor.fetchone()[0]}"
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", snapshot, f"--file={target}")

        return Facts(partial(_asked, cursor), _tables())


def present(tables: Iterable[str]) -> Facts:
    """What stands in the database that is set up here, now. The tables may be those of an earlier version."""
    with connection.cursor() as cursor:
        return Facts(partial(_asked, cursor), tables)


def _asked(cursor: Any, sql: str) -> list[Any]:
    cursor.execute(sql)
    return cursor.fetchall()


def load(dump: Path) -> None:
    """Puts a database from a file in the place of the empty one that is set up here: all of it, or nothing."""
    connections.close_all()
    if connection.vendor == "sqlite":
        place = Path(connection.settings_dict["NAME"])
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = place.with_name(f"{place.name}.restoring")
        with closing(sqlite3.connect(dump)) as source, closing(sqlite3.connect(beside)) as copy:
            source.backup(copy)
        for ending in ("-wal", "-shm"):  # of an empty database that stood here
            place.with_name(place.name + ending).unlink(missing_ok=True)
        os.replace(beside, place)
    else:
        _run("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", str(dump))


def _run(program: str, *arguments: str) -> None:
    """A program of PostgreSQL's, signed in as this installation is. The password goes by the environment only."""
    settings = connection.settings_dict
    named = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    signed_in = {name: str(settings[key]) for name, key in named.items() if settings[key]}
    into = [f"--dbname={settings['NAME']}"] if program == "pg_restore" else []
    try:
        done = subprocess.run(
            [program, *into, *arguments], env=os.environ | signed_in, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        raise BackupProblem(
            f"{program} is not on this machine. Install PostgreSQL's client programs of the server's version or newer "
            "(on Debian: apt-get install postgresql-client)."
        ) from None
    if done.returncode:
        raise BackupProblem(f"{program} stopped: {done.stderr.strip()[-500:]}")
