"""Two who write at once, in each order and at each isolation: one of them is told, and the log never forks."""

import threading
from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.db import Error, connection, transaction
from django.utils.html import strip_tags

from core.accounts.models import User
from core.accounts.states import MoveRefused
from core.audit import audit_context
from core.audit.verify import verify
from core.documents.versions import Stale
from governance.papers.actions.commentary import move_commentary, save_commentary
from governance.papers.models import Commentary
from tests.factories.accounts import UserFactory
from tests.factories.papers import CommentaryFactory

pytestmark = pytest.mark.servers
WRITERS, TURNS = 20, 4
PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1, "busy_timeout": 20_000}


def at_once(*works: Callable[[], object]) -> list[str]:
    """What became of each: "done", or the kind of error it was told."""
    said = ["nothing"] * len(works)

    def one(place: int) -> None:
        try:
            with audit_context(actor_name="fixture"):
                works[place]()
            said[place] = "done"
        except (Stale, MoveRefused, Error) as error:
            said[place] = type(error).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=[place]) for place in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return said


def saving(held: Commentary, words: str, by: User) -> Callable[[], object]:
    return lambda: save_commentary(commentary=held, version=held.version, text=words, did="", by=by)


@pytest.mark.parametrize("first", ["save", "move"])
@pytest.mark.parametrize("other", ["save", "move"])
def test_two_who_decide_on_one_text_leave_it_as_one_of_them_saw_it(real_db, first, other):
    """Edit and edit, edit and submit, submit and submit: in each order, from one version."""
    held, ann, bob = CommentaryFactory(text="<p>Begun.</p>"), UserFactory(), UserFactory()
    works = {
        "save": lambda by: saving(held, f"<p>By {by.pk}.</p>", by),
        "move": lambda by: lambda: move_commentary(commentary=held, to=Commentary.State.REVIEW, by=by),
    }
    said = at_once(works[first](ann), works[other](bob))
    now = Commentary.objects.get(pk=held.pk)
    assert "done" in said and set(said) <= {"done", "Stale", "MoveRefused"}
    assert now.version == held.version + said.count("done")
    saved = [
        by.pk for by, what, end in zip((ann, bob), (first, other), said, strict=True) if (what, end) == ("save", "done")
    ]
    assert len(saved) < 2
    assert strip_tags(now.text) == (f"By {saved[0]}." if saved else "Begun.")
    assert verify().faults == []


def test_two_who_see_one_moment_of_the_database_do_not_fork_the_log(real_db):
    """REPEATABLE READ, which the site does not use: the second cannot seal upon what it does not see, and is refused."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time.")
    before, both = verify().seals, threading.Barrier(2, timeout=10)

    def write(name: str) -> None:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                cursor.execute("SELECT count(*) FROM auth_group")
            both.wait()
            Group.objects.create(name=name)

    said = at_once(lambda: write("one"), lambda: write("other"))
    found = verify()
    assert (said.count("done"), len(set(said))) == (1, 2)
    assert (found.faults, found.seals, Group.objects.filter(name__in=["one", "other"]).count()) == ([], before + 1, 1)


def test_twenty_who_write_at_once_on_sqlite_are_neither_turned_away_nor_lost(real_db, monkeypatch):
    """Under the settings an office runs with, each asked of the connection itself."""
    if connection.vendor != "sqlite":
        pytest.skip("Only SQLite has one writer at a time.")
    options = connection.settings_dict["OPTIONS"]
    office = options["init_command"].replace("synchronous=OFF", "synchronous=FULL")  # as before `unhurried`
    monkeypatch.setitem(options, "init_command", office)
    connection.close()
    counter, seen = Group.objects.create(name="0"), []

    def count() -> None:
        with connection.cursor() as cursor:
            seen.append({name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS})
        for _ in range(TURNS):
            with transaction.atomic():
                held = Group.objects.get(pk=counter.pk)
                Group.objects.filter(pk=counter.pk).update(name=str(int(held.name) + 1))

    assert at_once(*[count] * WRITERS) == ["done"] * WRITERS
    assert seen == [PRAGMAS] * WRITERS
    assert Group.objects.get(pk=counter.pk).name == str(WRITERS * TURNS)
    assert verify().faults == []
    connection.close()
