"""The log and the frozen tables say no to every change, by every route."""

import sqlite3
from contextlib import closing
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, IntegrityError, connection, transaction

from core.accounts.models import User
from core.audit import log_batch, log_read
from core.audit.batch import batch_problems, digest_rows, digest_stored, stored_rows
from core.audit.models import AuditEvent, ReadEvent
from tests.core.audit.trial import Kept, Reading, Seal, Tag, Thing

pytestmark = pytest.mark.servers


@pytest.fixture
def readings(trial_tables) -> list[Reading]:
    with transaction.atomic():
        made = Reading.objects.bulk_create(
            [Reading(place="north", month=month, value=Decimal(month) / 8, notes={"n": 0.1}) for month in range(1, 6)]
        )
        log_batch(Reading, place="north")
    return made


def by_hand(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    "attack",
    [
        lambda: Reading.objects.update(value=9),
        lambda: Reading.objects.filter(month=1).delete(),
        lambda: Reading.objects.all()._raw_delete("default"),
        lambda: Reading.objects.bulk_update([Reading(pk=Reading.objects.first().pk, value=9)], ["value"]),
        lambda: by_hand("UPDATE trial_reading SET value = 9"),
        lambda: by_hand("DELETE FROM trial_reading"),
        lambda: by_hand("UPDATE trial_reading SET id = id + 100"),
    ],
    ids=["update", "delete", "raw delete", "bulk_update", "UPDATE", "DELETE", "key"],
)
def test_frozen_rows_stay_as_they_are(readings, attack):
    before = list(Reading.objects.order_by("pk").values_list())
    with pytest.raises(IntegrityError, match="Rows of trial_reading are added and never changed"), transaction.atomic():
        attack()
    assert list(Reading.objects.order_by("pk").values_list()) == before


REPLACEMENTS = {
    "primary key": "INSERT OR REPLACE INTO trial_reading (id, place, month, value, notes) VALUES (1, 'x', 1, 9, '{}')",
    "conditional unique": "REPLACE INTO trial_reading (place, month, value, notes) VALUES ('north', 1, 9, '{}')",
    "unique field": "REPLACE INTO trial_reading (place, month, value, notes, supersedes_id) VALUES ('x', 1, 9, '{}', 1)",
}


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize("what", REPLACEMENTS)
def test_replace_cannot_take_the_place_of_a_frozen_row(readings, what, recursive):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no REPLACE.")
    Reading.objects.create(place="north", month=1, value=2, supersedes_id=1)
    before = list(Reading.objects.order_by("pk").values_list())
    by_hand(f"PRAGMA recursive_triggers = {recursive}")
    with pytest.raises(IntegrityError, match="UNIQUE constraint failed: trial_reading"), transaction.atomic():
        by_hand(REPLACEMENTS[what])
    by_hand("PRAGMA recursive_triggers = ON")
    assert list(Reading.objects.order_by("pk").values_list()) == before


def test_rows_that_break_no_rule_are_still_added(readings):
    second = Reading.objects.create(place="north", month=1, value=2, supersedes=readings[0])
    Reading.objects.create(place="north", month=1, value=3, supersedes=second)
    Reading.objects.create(place="south", month=1, value=3)
    assert Reading.objects.count() == 8


@pytest.mark.parametrize("table", ["audit_auditevent", "audit_readevent", "trial_reading", "auth_group"])
def test_truncate_is_refused(trial_tables, table):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE.")
    Group.objects.create(name="kept")
    connection.check_constraints()  # what waits for its seal is sealed
    with pytest.raises(IntegrityError, match="TRUNCATE refused"), transaction.atomic():
        by_hand(f"TRUNCATE {table} CASCADE")
    assert Group.objects.count() == 1


def test_a_session_that_calls_itself_a_replica_does_not_get_past(readings):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no replicas.")
    by_hand("SET session_replication_role = replica")
    with pytest.raises(IntegrityError), transaction.atomic():
        Reading.objects.update(value=9)
    Group.objects.create(name="logged all the same")
    assert AuditEvent.objects.filter(table="auth_group").count() == 1


def test_role_without_rights_on_the_log_is_logged_and_cannot_touch_it(trial_tables):
    """The two roles of a real installation: one owns the tables, the other runs the site."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no roles.")
    by_hand("CREATE ROLE reckoner_trial_site")
    by_hand("GRANT ALL ON auth_group TO reckoner_trial_site")
    by_hand("GRANT USAGE ON SEQUENCE auth_group_id_seq TO reckoner_trial_site")
    by_hand("GRANT SELECT ON audit_auditevent TO reckoner_trial_site")
    by_hand("SET ROLE reckoner_trial_site")
    Group.objects.create(name="by the site")
    assert AuditEvent.objects.get().new_full["name"] == "by the site"
    for attack in ("DELETE FROM audit_auditevent", "INSERT INTO audit_auditevent (op) VALUES ('I')"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            by_hand(attack)
    with pytest.raises(DatabaseError, match="must be owner"), transaction.atomic():
        by_hand("ALTER TABLE auth_group DISABLE TRIGGER ALL")
    by_hand("RESET ROLE")


@pytest.mark.parametrize("model", [AuditEvent, ReadEvent, Seal])
def test_the_log_itself_and_logged_frozen_rows_are_guarded(trial_tables, model):
    Seal.objects.create(name="kept")
    log_read(what="history", how="export", rows=3, by=User(pk=1, name="Asha"))
    before = list(model.objects.values_list())
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        model.objects.update(id=77)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        model.objects.all()._raw_delete("default")
    assert list(model.objects.values_list()) == before
    assert len(before) == 1


def test_flush_is_refused(real_db):
    Group.objects.create(name="kept")
    with pytest.raises((CommandError, IntegrityError)):
        call_command("flush", interactive=False, verbosity=0)
    assert Group.objects.get().name == "kept"


def test_a_program_that_does_not_say_who_writes_cannot_write_to_sqlite(real_db):
    if connection.vendor != "sqlite":
        pytest.skip("On PostgreSQL its change is logged as unattributed.")
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as other, pytest.raises(sqlite3.OperationalError):
        other.execute("INSERT INTO auth_group (name) VALUES ('unseen')")


def test_batch_is_one_event_with_a_digest_that_can_be_taken_again(readings):
    event = AuditEvent.objects.get()
    assert (event.op, event.table, event.actor_name) == ("B", "trial_reading", "fixture")
    assert event.new_full["count"] == 5
    assert event.new_full["which"] == {"place": "north"}
    assert batch_problems(Reading) == []


def test_batch_names_rows_by_key_or_by_thing(trial_tables):
    first = Reading.objects.create(place="a", month=1, value=1)
    log_batch(Reading, pk=first.pk)
    second = Reading.objects.create(place="a", month=1, value=2, supersedes=first)
    log_batch(Reading, supersedes=first)
    assert list(AuditEvent.objects.values_list("key", "new_full__which")) == [
        (str(first.pk), {"pk": first.pk}),
        ("", {"supersedes": first.pk}),
    ]
    assert batch_problems(Reading) == []
    assert second.supersedes == first


def disable(what: str) -> None:
    """As someone with the database file, or its owner's rights, could."""
    if connection.vendor == "sqlite":
        by_hand(f"DROP TRIGGER audit_trial_reading_no_{what}")
    else:
        by_hand("DROP TRIGGER audit_no_change ON trial_reading")


def test_changed_row_of_a_batch_is_found(readings):
    disable("update")
    by_hand("UPDATE trial_reading SET value = 9 WHERE month = 3")
    event = AuditEvent.objects.get()
    assert batch_problems(Reading) == [
        f"trial_reading: the rows of event {event.pk} are not the ones that were logged."
    ]


def test_removed_row_of_a_batch_is_found(readings):
    disable("delete")
    by_hand("DELETE FROM trial_reading WHERE month = 3")
    event = AuditEvent.objects.get()
    assert batch_problems(Reading) == [
        f"trial_reading: event {event.pk} logged 5 rows and 4 are there.",
        "trial_reading: holds 4 rows, the log knows of 5.",
    ]


def test_row_added_outside_every_batch_is_found(readings):
    Reading.objects.create(place="south", month=1, value=1)
    assert batch_problems(Reading) == ["trial_reading: holds 6 rows, the log knows of 5."]


def test_digest_depends_on_every_value_and_on_the_order():
    a, b = {"id": 1, "value": Decimal("1.50")}, {"id": 2, "value": Decimal("2.00")}
    assert digest_rows([]) == (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    assert digest_rows([a, b])[0] == 2
    digests = [digest_rows(rows)[1] for rows in ([a, b], [b, a], [a], [a, b | {"value": Decimal("2.01")}])]
    assert len(set(digests)) == 4
    assert digest_rows([{"value": Decimal("1.50"), "id": 1}, b]) == digest_rows([a, b])


def test_digest_is_the_documented_one():
    # printf '{"id":1,"text":"é","value":"1.50"}\x1e' | sha256sum
    row = {"value": Decimal("1.50"), "id": 1, "text": "é"}
    assert digest_rows([row])[1] == "16aeba4446231c2882e79ed92c0947121f5403584ae11259289335ac7e9da6b5"


def test_rows_are_digested_by_the_column_as_they_are_one_by_one(readings, monkeypatch):
    monkeypatch.setattr("core.audit.batch.ROWS_AT_ONCE", 3)
    for number in range(4):
        Thing.objects.create(
            name=f"Thing “{number}” 100%", ratio=number / 3, large=-(2**50), flag=number > 1, day="2019-09-30"
        )
    Thing.objects.create(name="no figure", blob=b"\x1e", amount=Decimal("1.5"))
    Reading.objects.create(place="a\x1eb", month=99, value=0.1)
    for model, count in ((Reading, 6), (Thing, 5)):
        assert digest_stored(model, {}) == digest_rows(stored_rows(model, {}))
        assert digest_stored(model, {})[0] == count
        assert digest_stored(model, {"pk": 0}) == digest_rows([])


def test_reading_something_restricted_is_noted(db):
    asha = User(pk=4, name="Asha", email="asha@example.org")
    group = Group.objects.create(name="restricted")
    log_read(what=group, reason="sample 12", by=asha)
    log_read(what="history of 2026", how="export", rows=1200, by=asha)
    read, export = ReadEvent.objects.by_actor(asha)
    assert (read.table, read.key, read.label, read.how, read.actor_name, read.reason) == (
        "auth_group",
        str(group.pk),
        "restricted",
        "read",
        "Asha",
        "sample 12",
    )
    assert (export.table, export.label, export.how, export.rows) == ("", "history of 2026", "export", 1200)
    assert list(ReadEvent.objects.for_object("auth_group", group.pk)) == [read]


@pytest.mark.parametrize(
    ("attack", "refusal"),
    [
        (lambda: Kept.objects.update(ref="2.02"), "keeps never changes"),
        (lambda: by_hand("UPDATE trial_kept SET id = id + 100"), "keeps never changes"),
        (lambda: Kept.objects.all()._raw_delete("default"), "never deleted"),
        (lambda: by_hand("DELETE FROM trial_kept"), "never deleted"),
    ],
    ids=["kept field", "key", "raw delete", "DELETE"],
)
def test_record_that_keeps_a_field_refuses_to_lose_it(trial_tables, attack, refusal):
    kept = Kept.objects.create(ref="2.01", words="as it was said")
    with pytest.raises(IntegrityError, match=refusal), transaction.atomic():
        attack()
    assert list(Kept.objects.values_list()) == [(kept.pk, "2.01", "as it was said")]


def test_record_that_keeps_a_field_lets_the_others_change(trial_tables):
    kept = Kept.objects.create(ref="2.01", words="as it was said")
    kept.tags.add(Tag.objects.create(name="one"))
    kept.tags.clear()
    Kept.objects.update(words="as it is put right", ref="2.01")
    assert list(Kept.objects.values_list("ref", "words")) == [("2.01", "as it is put right")]


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_replace_cannot_take_the_place_of_a_kept_row(trial_tables, recursive):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no REPLACE.")
    Kept.objects.create(ref="2.01", words="as it was said")
    by_hand(f"PRAGMA recursive_triggers = {recursive}")
    with pytest.raises(IntegrityError), transaction.atomic():
        by_hand("REPLACE INTO trial_kept (ref, words) VALUES ('2.01', 'another matter')")
    assert list(Kept.objects.values_list("ref", "words")) == [("2.01", "as it was said")]
