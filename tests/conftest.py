"""What every test stands on: a context for what it writes, and a database of its own where it needs real commits."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, connections
from django.test.utils import setup_databases, teardown_databases
from pytest_django.live_server_helper import LiveServer

from core.audit import audit_context
from core.audit.models import AuditEvent

NUMBERS = count(1)
SPENT: list[str] = []  # databases to drop: one at a time costs half a second each, together hardly anything
AT_ONCE = 20  # databases


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "unattributed: writes outside every audit context on purpose")


@pytest.fixture(scope="session", autouse=True)
def fixture_context_of_the_session() -> Iterator[None]:
    """What migrations and fixtures wider than one test write is the fixture's doing."""
    with audit_context(actor_name="fixture"):
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment,
    django_db_blocker,
    django_db_keepdb: bool,
    django_db_createdb: bool,
    django_db_modify_db_settings,
) -> Iterator[None]:
    """The test database, made whatever fixture asks for it: pytest-django's own does not see that `real_db` does."""
    keep = django_db_keepdb and not django_db_createdb
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"}, keepdb=keep)
    yield
    with django_db_blocker.unblock():
        drop_spent()
        if not django_db_keepdb:
            teardown_databases(made, verbosity=0)


@pytest.fixture(autouse=True)
def fixture_context() -> Iterator[None]:
    """What a test writes outside every action is the fixture's doing. There is no default actor to fall back on."""
    with audit_context(actor_name="fixture"):
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """A test during which anything was written that nobody owns up to fails."""
    looked_at = connection.in_atomic_block and not connection.needs_rollback
    found = unattributed() if looked_at and not item.get_closest_marker("unattributed") else []
    yield
    if found:
        pytest.fail(f"Written outside every audit context: {', '.join(found)}", pytrace=False)


def unattributed() -> list[str]:
    """The unattributed events of the test under way; none where it leaves its database in a broken state."""
    try:
        return [str(event) for event in AuditEvent.objects.unattributed()[:10]]
    except DatabaseError:
        return []


@pytest.fixture
def real_db(django_db_setup, django_db_blocker, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[None]:
    """A database of its own for a test that needs real commits, other threads or a running server.

    Instead of `transactional_db`: what that does between tests, emptying every table, the log's guards refuse.
    """
    with django_db_blocker.unblock():
        assert not connection.in_atomic_block, "A test takes either `db` or `real_db`, not both."
        with fresh_copy(tmp_path):
            yield
            found = [] if request.node.get_closest_marker("unattributed") else unattributed()
        assert not found, f"Written outside every audit context: {', '.join(found)}"


@pytest.fixture
def served(real_db) -> Iterator[LiveServer]:
    """The whole site, static files included, answering at `served.url` from a database of its own."""
    server = LiveServer("localhost")
    yield server
    server.stop()


@contextmanager
def fresh_copy(folder: Path) -> Iterator[None]:
    """Points every thread's connection at a copy of the test database, and back."""
    original = connection.settings_dict["NAME"]
    assert "test" in Path(original).name, "Only the test database is copied."
    connections.close_all()
    if connection.vendor == "sqlite":
        copy = str(folder / "real.sqlite3")
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
