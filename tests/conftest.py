"""What every test stands on: a context for what it writes, and a database of its own where it needs real commits."""

import gc
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.db import DatabaseError, connection, connections
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer

from core.audit import audit_context
from core.audit.models import AuditEvent
from tests import oracle
from tests.databases import fresh_copy, unhurried
from tests.template import copied

# The shell without a window draws the same pages for two thirds of the processor's time.
CHROMIUM = next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))), None)
NAMED_WHERE_USED = {"servers", "journey"}
LONGEST_NAME = 64  # bytes
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def pytest_configure(config: pytest.Config) -> None:
    # An example that takes long says that the machine is busy.
    hypothesis.settings.register_profile("untimed", deadline=None)
    hypothesis.settings.load_profile("untimed")
    config.addinivalue_line("markers", "unattributed: writes outside every audit context on purpose")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A run for what is marked (`-m "servers or journey"`) leaves unread the files that do not name the mark.

    Reading them all costs each process more than most modules do. A mark of these stands in the test's own file.
    """
    wanted = set(re.findall(r"\w+", config.option.markexpr)) - {"or", "and"}
    if not wanted or not wanted <= NAMED_WHERE_USED or collection_path.suffix != ".py":
        return None
    return True if wanted.isdisjoint(re.findall(r"\bmark\.(\w+)", collection_path.read_text())) else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What a module makes once (a browser, an office, a paper) is made once, by one of the processes of a parallel run."""
    for item in items:
        made = getattr(item, "_fixtureinfo", None)
        once = made and any(one[-1].scope == "module" for one in made.name2fixturedefs.values() if one)
        if once and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(item.nodeid.split("::")[0]))


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Whole files are named by their argument: an archive's bytes hold the second it was made in, and processes that
    collect the tests in different seconds would not agree on what there is to run."""
    return argname if isinstance(val, bytes) and len(val) > LONGEST_NAME else None


def pytest_collection_finish() -> None:
    """What is there before the first test stays to the end; looking through it for rubbish again and again finds none."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How many rows of each file of cases made elsewhere were compared. Here, because only here it is heard of by the
    process that gathers the reports of a parallel run."""
    lines = oracle.summary(report for reports in terminalreporter.stats.values() for report in reports)
    if lines:
        terminalreporter.section("cases made elsewhere (../shared/oracle)")
        for line in lines:
            terminalreporter.write_line(line)


@pytest.fixture(scope="session", autouse=True)
def fixture_context_of_the_session() -> Iterator[None]:
    """What migrations and fixtures wider than one test write is the fixture's doing."""
    with audit_context(actor_name="fixture"):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    """The test database of this process, made whatever fixture asks for it: pytest-django's own does not see that
    `real_db` does, and migrates each time."""
    on_file = connection.vendor == "sqlite"
    name = str(tmp_path_factory.mktemp("database") / "test.sqlite3") if on_file else f"reckoner_test_{os.getpid()}"
    unhurried()
    with django_db_blocker.unblock(), copied(name), django_db_blocker.block():
        yield


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


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The one browser of a module: its driver keeps an event loop in this thread, and a second finds it in the way.

    So would other tests: Django keeps other connections beside a loop than without one. It ends with the module.
    Take a page with `browser.new_page()` and close it: each has cookies of its own.
    """
    if CHROMIUM is None:
        if os.environ.get("CI") == "true":
            pytest.fail("No Chromium here, and with CI=true what needs a browser must run.")
        pytest.skip("NOT RUN: no Chromium here")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv(
            "DJANGO_ALLOW_ASYNC_UNSAFE", "true"
        )  # Django takes whatever runs beside that loop for asynchronous
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
        connections.close_all()  # those kept beside the loop, which nobody would find after it
