"""Copies of the test database, for tests that need real commits."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path

from django.db import connection, connections

NUMBERS = count(1)


@contextmanager
def fresh_copy(folder: Path) -> Iterator[None]:
    """Points every thread's connection at a copy of the test database, and back."""
    original = connection.settings_dict["NAME"]
    assert "test" in Path(original).name, "Only the test database is copied."
    connections.close_all()
    if connection.vendor == "sqlite":
        copy = str(folder / "test.sqlite3")
        with closing(sqlite3.connect(original)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
    else:
        copy = f"{original}_{os.getpid()}_{next(NUMBERS)}"
        run_outside(f'CREATE DATABASE "{copy}" TEMPLATE "{original}"')
    connection.settings_dict["NAME"] = copy
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = original
        if connection.vendor == "postgresql":
            # At once: the server forgets what it has not yet put on its disk. Kept for later, all of it is put there first.
            run_outside(f'DROP DATABASE "{copy}" WITH (FORCE)')


@contextmanager
def empty_one(folder: Path) -> Iterator[None]:
    """Points every thread's connection at a database without a table, or on SQLite at a file that is not there yet."""
    if connection.vendor == "sqlite":
        with placed(folder / "new.sqlite3"):
            yield
        return
    original = connection.settings_dict["NAME"]
    name = f"{original}_empty"
    run_outside(f'CREATE DATABASE "{name}"')
    try:
        with placed(Path(name)):
            yield
    finally:
        run_outside(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def placed(path: Path) -> Iterator[None]:
    """Points every thread's connection at the database of that path or name, and back."""
    original = connection.settings_dict["NAME"]
    connections.close_all()
    connection.settings_dict["NAME"] = str(path)
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = original


def run_outside(statement: str) -> None:
    """Run a statement that no open database may be in the way of."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


def unhurried() -> None:
    """What this process commits need not be on the disk before the next statement: no test pulls the plug. Workers and
    servers that tests start wait for the disk as an office's own do."""
    options = connection.settings_dict["OPTIONS"]
    if connection.vendor == "sqlite":
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    else:
        options["options"] = f"{options.get('options', '')} -c synchronous_commit=off"
