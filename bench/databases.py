"""A database for a bench, made for it and dropped after it; or kept, to be asked again and again."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

SERVER = "postgres://postgres@127.0.0.1:5432/postgres"


@contextmanager
def postgresql(name: str, keep: bool = False) -> Iterator[None]:
    """Django, set up on an empty and migrated database of its own; ends the bench with NOT RUN where no server is.

    With `keep` the database stays, and stands as it was left where one was kept before.
    """
    server = os.environ.get("DATABASE_URL", "")
    server = server if server.startswith("postgres") else SERVER
    psycopg = import_module("psycopg")
    try:
        run_there(server, "SELECT 1")
    except psycopg.OperationalError:
        print(f"{name}: NOT RUN: no PostgreSQL server answers (DATABASE_URL says where one is).")
        sys.exit(0)
    database = f"reckoner_bench_{name}_{'kept' if keep else os.getpid()}"
    with tempfile.TemporaryDirectory() as folder:
        try:
            run_there(server, f'CREATE DATABASE "{database}"')
        except psycopg.errors.DuplicateDatabase:
            if not keep:
                raise
        try:
            set_up(folder, f"{server.rpartition('/')[0]}/{database}")
            with import_module("core.audit").audit_context(actor_name="bench"):
                yield
        finally:
            import_module("django.db").connections.close_all()
            if not keep:
                run_there(server, f'DROP DATABASE "{database}" WITH (FORCE)')


@contextmanager
def sqlite(name: str, keep: str = "") -> Iterator[None]:
    """The same on a file of its own; in the folder `keep`, where one is named, it stays and is found again."""
    with tempfile.TemporaryDirectory() as folder:
        held = Path(keep or folder) / f"{name}.sqlite3"
        held.parent.mkdir(parents=True, exist_ok=True)
        set_up(folder, f"sqlite:///{held}")
        with import_module("core.audit").audit_context(actor_name="bench"):
            yield


def set_up(folder: str, address: str) -> None:
    """Django on the database of this address, its tables brought up to date."""
    settings = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "RECKONER_LOG_LEVEL": "ERROR",
        "RECKONER_SECOND_FACTOR": "no",
    }
    os.environ.update(settings, RECKONER_VAR=folder, DATABASE_URL=address)
    import_module("django").setup()  # what needs the settings can be imported only from here on
    import_module("django.core.management").call_command("migrate", verbosity=0)


def run_there(server: str, statement: str) -> None:
    """On a connection of its own: a bench may have killed the server since the last."""
    with import_module("psycopg").connect(server, autocommit=True, connect_timeout=3) as outside:
        outside.execute(statement)
