"""Every event is sealed as it is committed, by the database itself, and the same hash comes out of the words of the page."""

import hashlib
import threading

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection, transaction

from core.audit import audit_context, log_batch
from core.audit.chain import content_sha256, link, moment, payload_sha256
from core.audit.install import install, uninstall
from core.audit.models import AuditEvent, AuditSeal, Sealing
from core.audit.verify import verify
from measures.models import Observation

pytestmark = pytest.mark.servers


def fields(*values: str | None) -> bytes:
    return b"".join(b"-," if one is None else b"%d:%s," % (len(one.encode()), one.encode()) for one in values)


def test_hashes_are_made_as_the_page_says():
    body = ("5a17", "", None, '{"name":"Zoë"}')
    content = hashlib.sha256(fields("reckoner-content-1", *body)).hexdigest()
    assert content_sha256(body) == content
    header = ("7", "auth_group", "1", "I", "2026-11-28T09:30:00.000000Z", "9", "", None, "Zoë", "", "", "", "", "")
    payload = hashlib.sha256(fields("reckoner-event-1", *header, content)).hexdigest()
    assert payload_sha256(header, content) == payload
    assert link("ab" * 32, 12, payload) == hashlib.sha256(b"\0" + b"ab" * 32 + b"\x1f12" + payload.encode()).hexdigest()


@pytest.mark.parametrize(
    ("stored", "hashed"),
    [
        ("2026-11-28 09:30:00.5", "2026-11-28T09:30:00.5Z"),
        ("2026-11-28 09:30:00", "2026-11-28T09:30:00.000000Z"),
        ("2026-11-28T09:30:00.123456Z", "2026-11-28T09:30:00.123456Z"),
    ],
)
def test_times_are_hashed_in_one_form(stored, hashed):
    assert moment(stored) == hashed


def seals_since(seq: int) -> list[int]:
    return list(AuditSeal.objects.filter(seq__gt=seq).values_list("event_id", flat=True))


def test_each_change_is_sealed_with_its_commit_in_its_order(real_db):
    start = verify()
    assert start.is_whole
    Group.objects.create(name="alone, and with words: Zoë, “quoted”, \\ and \n")
    with (
        transaction.atomic(),
        audit_context(actor_name="Zoë", action="trial", reason="because", on_behalf_of="the office"),
    ):
        group = Group.objects.create(name="one of three")
        Group.objects.filter(pk=group.pk).update(name="two of three")
        Group.objects.filter(pk=group.pk).delete()
    with transaction.atomic():
        Group.objects.bulk_create([Group(name=f"one of many {number}") for number in range(50)])
        log_batch(Observation, series=1)
    events = list(AuditEvent.objects.filter(pk__gt=start.events).values_list("pk", flat=True))
    assert seals_since(start.seq) == events[-55:]
    found = verify()
    assert (found.is_whole, found.seals, found.events) == (True, start.seals + 55, start.events + 55)
    assert not Sealing.objects.exists()


def test_what_is_rolled_back_leaves_neither_event_nor_seal(real_db):
    start = verify()
    with transaction.atomic():
        Group.objects.create(name="kept")
        with transaction.atomic():
            Group.objects.create(name="not kept")
            transaction.set_rollback(True)
        Group.objects.create(name="kept as well")
    with transaction.atomic():
        Group.objects.create(name="not kept either")
        transaction.set_rollback(True)
    found = verify()
    assert (found.is_whole, found.seals) == (True, start.seals + 2)


def test_constraints_looked_at_half_way_seal_what_is_there_and_then_the_rest(real_db):
    start = verify()
    with transaction.atomic():
        Group.objects.create(name="before")
        Group.objects.create(name="before too")
        connection.check_constraints()
        Group.objects.create(name="after")
    found = verify()
    assert (found.is_whole, found.seals) == (True, start.seals + 3)


def at_once(*works) -> list[BaseException]:
    failures: list[BaseException] = []

    def run(work) -> None:
        try:
            with audit_context(actor_name="fixture"):
                work()
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return failures


def test_writers_at_once_make_one_chain(real_db):
    start = verify()

    def write(number: int):
        for turn in range(10):
            with transaction.atomic():
                for row in range(3):
                    Group.objects.create(name=f"{number} {turn} {row}")

    failures = at_once(*[lambda number=number: write(number) for number in range(4)])
    found = verify()
    assert (failures, found.faults, found.seals) == ([], [], start.seals + 120)


def test_a_parent_removed_while_a_child_is_added_does_not_block_the_seals(real_db):
    """A foreign key that waits for another writer is checked before the lock of the seals is taken, not after."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time.")
    group = Group.objects.create(name="parent")
    removed, added = threading.Barrier(2, timeout=10), threading.Event()

    def remove() -> None:
        with transaction.atomic():
            Group.objects.create(name="an event before")
            Group.objects.filter(pk=group.pk)._raw_delete("default")
            removed.wait()
            added.wait(10)
            waits_for_us(group)

    def add() -> None:
        with transaction.atomic():
            Group.objects.create(name="an event before as well")
            removed.wait()
            Group.permissions.through.objects.create(group_id=group.pk, permission_id=1)
            added.set()

    failures = at_once(remove, add)
    assert [type(error).__name__ for error in failures] == ["IntegrityError"]  # the child's parent is gone: no deadlock
    assert verify().faults == []


def waits_for_us(group: Group) -> None:
    """Until the other's commit waits for this transaction, as the catalogue has it."""
    with connection.cursor() as cursor:
        for _ in range(500):
            cursor.execute("SELECT pg_stat_clear_snapshot(), count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[1]:
                return
            cursor.execute("SELECT pg_sleep(0.01)")
    raise AssertionError("The other's commit does not wait.")


def test_event_written_by_hand_cannot_name_another_transaction(real_db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite seals at once, whatever the transaction is called.")
    with pytest.raises(DatabaseError, match="names its own transaction"):
        AuditEvent.objects.create(table="x", key="1", op="I", at="2026-01-01T00:00Z", transaction="1")


def test_without_the_first_seal_nothing_is_written(real_db):
    uninstall({"audit_auditseal"})
    AuditSeal.objects.all()._raw_delete("default")
    install()
    with pytest.raises(DatabaseError):
        Group.objects.create(name="x")
    assert not Group.objects.filter(name="x").exists()
