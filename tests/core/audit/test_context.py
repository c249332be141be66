"""Who is behind a change, however deeply it is nested, and never who was behind the one before."""

import contextvars
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction

from core.audit import action, audit_context, current_context
from core.audit.context import action_name
from core.audit.models import AuditEvent


class Officer:
    """Stands for a user: a key and a name."""

    def __init__(self, pk: int, name: str) -> None:
        self.pk, self.name = pk, name

    def get_full_name(self) -> str:
        return self.name


ASHA, BEN = Officer(7, "Asha"), Officer(8, "Ben")


@action
def rename_group(*, group: Group, name: str, reason: str = "", by: Officer | None) -> None:
    Group.objects.filter(pk=group.pk).update(name=name)


@action
def rename_then_fail(*, group: Group, by: Officer) -> None:
    rename_group(group=group, name="half done", by=by)
    raise RuntimeError("the second half failed")


def facts(**wanted) -> dict:
    """What is known outside every fixture: nothing but what is given."""
    return contextvars.Context().run(_facts, wanted)


def _facts(wanted: dict) -> dict:
    with audit_context(**wanted):
        return current_context()


def test_nothing_is_known_outside_every_context():
    assert contextvars.Context().run(current_context) == {}


def test_context_inside_fills_and_overrides_the_one_outside():
    with audit_context(actor=ASHA, reason="typing error", request_id="r1"):
        with audit_context(action="measures.rename", reason="second look"):
            assert current_context() == {
                "actor_id": 7,
                "actor_name": "Asha",
                "action": "measures.rename",
                "reason": "second look",
                "request_id": "r1",
            }
        assert current_context() == {"actor_id": 7, "actor_name": "Asha", "reason": "typing error", "request_id": "r1"}
    assert current_context() == {"actor_id": None, "actor_name": "fixture"}


def test_context_is_left_when_its_body_fails():
    with pytest.raises(ValueError, match="no"), audit_context(actor=ASHA):
        raise ValueError("no")
    assert current_context() == {"actor_id": None, "actor_name": "fixture"}


def test_context_travels_to_another_process_as_json():
    sent = json.dumps(facts(actor=ASHA, on_behalf_of="the commissioner", request_id="r1", action="papers.sign"))
    assert facts(**json.loads(sent), job="measures.recompute 5") == json.loads(sent) | {"job": "measures.recompute 5"}


def test_a_name_that_is_no_user_takes_the_place_of_a_user():
    with audit_context(actor=ASHA), audit_context(actor_name="command:migrate"):
        assert current_context() == {"actor_id": None, "actor_name": "command:migrate"}


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("measures.actions", "measures.f"),
        ("governance.papers.actions", "papers.f"),
        ("governance.papers.actions.review", "papers.f"),
        ("core.accounts.actions", "accounts.f"),
    ],
)
def test_action_is_named_after_its_app_and_function(module, name):
    def f() -> None: ...

    f.__module__ = module
    assert action_name(f) == name


def test_action_logs_its_name_who_and_why(db):
    group = Group.objects.create(name="before")
    rename_group(group=group, name="after", reason="as minuted", by=ASHA)
    event = AuditEvent.objects.latest("pk")
    assert (event.actor_id, event.actor_name, event.action, event.reason) == (
        7,
        "Asha",
        "audit.rename_group",
        "as minuted",
    )


def test_action_by_nobody_inside_a_job_is_the_jobs(db):
    group = Group.objects.create(name="before")
    with audit_context(actor=BEN, job="accounts.tidy 12"):
        rename_group(group=group, name="after", by=None)
    event = AuditEvent.objects.latest("pk")
    assert (event.actor_id, event.actor_name, event.job) == (8, "Ben", "accounts.tidy 12")


def test_action_that_fails_leaves_neither_change_nor_event(real_db):
    group = Group.objects.create(name="before")
    with pytest.raises(RuntimeError):
        rename_then_fail(group=group, by=ASHA)
    group.refresh_from_db()
    assert group.name == "before"
    assert AuditEvent.objects.count() == 1


@pytest.mark.unattributed
@pytest.mark.servers
def test_change_outside_every_context_is_unattributed(real_db):
    contextvars.Context().run(Group.objects.create, name="whose")
    event = AuditEvent.objects.get()
    assert (event.actor_id, event.actor_name, event.action) == (None, "", "")
    assert list(AuditEvent.objects.unattributed()) == [event]


@pytest.mark.unattributed
@pytest.mark.servers
def test_context_does_not_linger_on_the_connection(real_db):
    with audit_context(actor=ASHA):
        Group.objects.create(name="hers")
    contextvars.Context().run(Group.objects.create, name="autocommit after")
    with transaction.atomic():
        with audit_context(actor=ASHA):
            Group.objects.create(name="hers in a transaction")
        contextvars.Context().run(Group.objects.create, name="same transaction, after")
    names = list(AuditEvent.objects.values_list("actor_name", flat=True))
    assert names == ["Asha", "", "Asha", ""]


@pytest.mark.servers
def test_context_survives_a_savepoint_rolled_back(real_db):
    with audit_context(actor=ASHA), transaction.atomic():
        with pytest.raises(RuntimeError), transaction.atomic():
            Group.objects.create(name="undone")
            raise RuntimeError
        Group.objects.create(name="kept")
    with audit_context(actor=BEN), transaction.atomic():
        Group.objects.create(name="outer")
        with audit_context(actor=ASHA), pytest.raises(RuntimeError), transaction.atomic():
            Group.objects.create(name="undone again")
            raise RuntimeError
        Group.objects.create(name="outer still")
    assert list(AuditEvent.objects.values_list("actor_name", flat=True)) == ["Asha", "Ben", "Ben"]


@pytest.mark.servers
@pytest.mark.parametrize("atomic", [True, False])
def test_context_goes_with_statements_written_by_hand(real_db, atomic):
    Group.objects.bulk_create([Group(name="a%"), Group(name="b")])
    with audit_context(actor=ASHA, reason="50% of O'Brien's \\ é"), connection.cursor() as cursor:
        run_by_hand(cursor) if not atomic else transaction.atomic(run_by_hand)(cursor)
        assert cursor.rowcount in (1, 2)  # of executemany: SQLite says the last, PostgreSQL all
    events = AuditEvent.objects.filter(op="U")
    assert [event.new_full["name"] for event in events] == ["literal", "50%", "many", "more"]
    assert {(event.actor_name, event.reason) for event in events} == {("Asha", "50% of O'Brien's \\ é")}


def run_by_hand(cursor) -> None:
    cursor.execute("UPDATE auth_group SET name = 'literal' WHERE name = 'a%'")
    cursor.execute("UPDATE auth_group SET name = '50%%' WHERE name = %s", ["literal"])
    cursor.executemany("UPDATE auth_group SET name = %s WHERE name = %s", [("many", "50%"), ("more", "b")])


@pytest.mark.servers
def test_one_transaction_has_one_name_and_the_next_another(real_db):
    with transaction.atomic():
        Group.objects.create(name="a")
        Group.objects.create(name="b")
    Group.objects.create(name="c")
    Group.objects.create(name="d")
    a, b, c, d = AuditEvent.objects.values_list("transaction", flat=True)
    assert a == b
    assert len({a, c, d}) == 3


@pytest.mark.servers
def test_writers_at_the_same_time_are_not_mixed_up(real_db):
    """Eight people, each with a connection of their own, ten changes each in transactions of two."""

    def write(number: int) -> None:
        officer = Officer(number, f"officer {number}")
        for turn in range(5):
            with audit_context(actor=officer, request_id=f"{number}-{turn}"), transaction.atomic():
                Group.objects.create(name=f"{number} {turn} a")
                Group.objects.create(name=f"{number} {turn} b")
        connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(1, 9)))
    events = list(AuditEvent.objects.all())
    assert len(events) == 80
    assert [e for e in events if not e.new_full["name"].startswith(f"{e.actor_id} {e.request_id[2:]}")] == []
    assert len({event.transaction for event in events}) == len({e.request_id for e in events}) == 40
    assert len({(event.transaction, event.request_id) for event in events}) == 40


@pytest.mark.servers
def test_facts_too_long_for_the_log_are_cut_and_do_not_stop_the_change(real_db):
    long = "é" * 300
    with audit_context(actor_name=long, on_behalf_of=long, action=long, reason=long + "\x00", address=long, job=long):
        Group.objects.create(name="made all the same")
    event = AuditEvent.objects.get()
    facts = (event.actor_name, event.on_behalf_of, event.action, event.reason, event.address, event.job)
    assert [len(fact) for fact in facts] == [200, 200, 100, 300, 45, 100]
