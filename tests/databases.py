"""Copies of the test database, for tests that need real commits."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path

from django.db import connection, connections

NUMBERS = count(1)
SPENT: list[str] = []  # PostgreSQL databases to drop: one at a time costs half a second each, together less
AT_ONCE = 20  # databases


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
            SPENT.append(copy)
            if len(SPENT) >= AT_ONCE:
                drop_spent()


def drop_spent() -> None:
    while SPENT:
        run_outside(f'DROP DATABASE "{SPENT.pop()}" WITH (FORCE)')


def run_outside(statement: str) -> None:
    """Run a statement that no open database may be in the way of."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
