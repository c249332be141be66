"""Every way of writing a row is logged, with every type of value as it was, on both databases."""

import datetime as dt
import math
import uuid
from decimal import Decimal

import pytest
from django.db import connection, models, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.audit.batch import stored_rows
from core.audit.models import AuditEvent
from core.audit.reading import python_value
from tests.core.audit.trial import Seal, Special, Tag, Thing, Total

pytestmark = pytest.mark.servers
MOMENT = dt.datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=dt.UTC)  # in the hour the clocks go forward
TYPED = {
    "flag": True,
    "count": -5,
    "large": 2**62,
    "amount": Decimal("1234567890.1250"),
    "ratio": 0.1 + 0.2,
    "day": dt.date(2024, 2, 29),
    "moment": MOMENT,
    "hour": dt.time(23, 59, 59, 5),
    "length": dt.timedelta(days=-1, hours=5, microseconds=7),
    "data": {"a": [1, 2.5, None, "é"], "b": {"c": True}},
    "blob": b"\x00\xff'",
    "code": uuid.UUID("12345678-1234-5678-1234-567812345678"),
}


def logged(model: type[models.Model] | None = None) -> list[tuple[str, str, str]]:
    """(operation, table, key), oldest first."""
    events = AuditEvent.objects.all() if model is None else AuditEvent.objects.filter(table=model._meta.db_table)
    return list(events.values_list("op", "table", "key"))


def by_hand(sql: str, *params) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


@pytest.fixture
def one(trial_tables) -> Thing:
    return Thing.objects.create(pk=1, name="one")


def save_new(thing):
    Thing(pk=2, name="two").save()


def bulk_create(thing):
    Thing.objects.bulk_create([Thing(pk=2, name="two"), Thing(pk=3, name="three")])


def bulk_create_with_conflicts(thing):
    Thing.objects.bulk_create(
        [Thing(pk=2, name="two"), Thing(pk=4, name="one", count=8)],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["count"],
    )


def insert_by_hand(thing):
    by_hand("INSERT INTO trial_thing (id, name, token, colour) SELECT id + 1, 'two', '', '' FROM trial_thing")


def save_again(thing):
    thing.count = 7
    thing.save()


def save_one_field(thing):
    thing.count = 7
    thing.save(update_fields=["count"])


def update(thing):
    Thing.objects.update(count=7)


def update_with_expression(thing):
    Thing.objects.update(count=models.functions.Coalesce("count", 0) + 7)


def bulk_update(thing):
    thing.count = 7
    Thing.objects.bulk_update([thing], ["count"])


def update_by_hand(thing):
    by_hand("UPDATE trial_thing SET count = %s", 7)


def update_inside_with(thing):
    by_hand("WITH chosen AS (SELECT 1 AS id) UPDATE trial_thing SET count = 7 WHERE id IN (SELECT id FROM chosen)")


def update_or_create(thing):
    Thing.objects.update_or_create(name="one", defaults={"count": 7})


def upsert_by_hand(thing):
    by_hand(
        "INSERT INTO trial_thing (id, name, token, colour) VALUES (9, 'one', '', '') "
        "ON CONFLICT (name) DO UPDATE SET count = 7"
    )


def delete_one(thing):
    thing.delete()


def delete_all(thing):
    Thing.objects.all().delete()


def delete_by_hand(thing):
    by_hand("DELETE FROM trial_thing")


@pytest.mark.parametrize(
    ("write", "wanted"),
    [
        (save_new, [("I", "2")]),
        (bulk_create, [("I", "2"), ("I", "3")]),
        (bulk_create_with_conflicts, [("I", "2"), ("U", "1")]),
        (insert_by_hand, [("I", "2")]),
        (save_again, [("U", "1")]),
        (save_one_field, [("U", "1")]),
        (update, [("U", "1")]),
        (update_with_expression, [("U", "1")]),
        (bulk_update, [("U", "1")]),
        (update_by_hand, [("U", "1")]),
        (update_inside_with, [("U", "1")]),
        (update_or_create, [("U", "1")]),
        (upsert_by_hand, [("U", "1")]),
        (delete_one, [("D", "1")]),
        (delete_all, [("D", "1")]),
        (delete_by_hand, [("D", "1")]),
    ],
)
def test_every_way_of_writing_is_logged(one, write, wanted):
    write(one)
    assert logged() == [("I", "trial_thing", "1"), *[(op, "trial_thing", key) for op, key in wanted]]
    last = AuditEvent.objects.latest("pk")
    assert last.actor_name == "fixture"
    if last.op == "U":
        assert (last.old_changed, last.new_full["count"]) == (
            {"count": None},
            8 if write is bulk_create_with_conflicts else 7,
        )


def test_replace_on_sqlite_is_logged_as_removal_and_addition(one):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no REPLACE.")
    by_hand("INSERT OR REPLACE INTO trial_thing (id, name, token, colour) VALUES (5, 'one', '', '')")
    assert logged()[1:] == [("D", "trial_thing", "1"), ("I", "trial_thing", "5")]


def test_cascade_logs_every_row_it_takes(one):
    Thing.objects.create(pk=2, name="child", parent=one)
    Thing.objects.create(pk=3, name="grandchild", parent_id=2)
    one.delete()
    assert sorted(logged()[3:]) == [("D", "trial_thing", "1"), ("D", "trial_thing", "2"), ("D", "trial_thing", "3")]


def test_many_to_many_links_are_logged(one):
    tags = [Tag.objects.create(pk=pk, name=f"tag {pk}") for pk in (1, 2)]
    one.tags.add(*tags)
    one.tags.remove(tags[0])
    one.tags.set([tags[0]])
    one.tags.clear()
    through = Thing.tags.through
    assert [op for op, _, _ in logged(through)] == ["I", "I", "D", "D", "I", "D"]
    first = AuditEvent.objects.filter(table=through._meta.db_table).first()
    assert (first.new_full["thing_id"], first.new_full["tag_id"]) == (1, 1)


def test_table_of_a_child_model_is_logged_by_its_parents_key(trial_tables):
    Special.objects.create(pk=4, name="special", extra="x")
    Special.objects.update(extra="y")
    assert logged() == [("I", "trial_thing", "4"), ("I", "trial_special", "4"), ("U", "trial_special", "4")]


def test_what_changes_nothing_is_not_logged(one):
    one.save()
    Thing.objects.update(name="one")
    assert len(logged()) == 1


def test_derived_table_is_not_logged_and_few_frozen_rows_are(trial_tables):
    Total.objects.create(value=1)
    Seal.objects.create(pk=3, name="seal")
    assert logged() == [("I", "trial_seal", "3")]


def test_what_is_rolled_back_is_not_logged(one):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        save_again(one)
        raise ZeroDivisionError
    assert len(logged()) == 1


def test_removal_keeps_the_whole_row_and_change_only_what_changed(one):
    one.count, one.flag = 3, False
    one.save()
    one.delete()
    change, removal = AuditEvent.objects.filter(op__in="UD")
    assert change.old_changed == {"count": None, "flag": None}
    assert removal.old_changed == change.new_full
    assert removal.new_full is None


def test_values_of_every_type_can_be_read_back(trial_tables):
    Thing.objects.create(pk=1, name='quote " back \\ é ☃ \n', **TYPED)
    Thing.objects.update(**dict.fromkeys(TYPED))
    added, emptied = AuditEvent.objects.all()
    fields = {field.column: field for field in Thing._meta.concrete_fields}
    wanted = next(iter(stored_rows(Thing, {"pk": 1}))) | TYPED | {"blob": TYPED["blob"]}
    assert {c: python_value(fields[c], raw) for c, raw in added.new_full.items()} == wanted
    assert {c: python_value(fields[c], raw) for c, raw in emptied.old_changed.items()} == TYPED
    assert {emptied.new_full[column] for column in TYPED} == {None}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.floats(allow_nan=False), amount=st.decimals(-(10**10), 10**10, places=4), text=st.text(max_size=60))
def test_numbers_and_text_are_logged_as_they_are_stored(one, number, amount, text):
    """Amounts up to the 15 digits that Django reads back from SQLite."""
    if "\x00" in text:
        return  # PostgreSQL's text cannot hold it
    Thing.objects.filter(pk=1).update(ratio=number, amount=amount, name=text)
    stored = Thing.objects.get(pk=1)
    event = AuditEvent.objects.latest("pk")
    fields = {field.column: field for field in Thing._meta.concrete_fields}
    held = {c: python_value(fields[c], event.new_full[c]) for c in ("ratio", "amount", "name")}
    assert held == {"ratio": stored.ratio, "amount": stored.amount, "name": stored.name}


def test_infinite_float_is_logged(one):
    Thing.objects.update(ratio=math.inf)
    assert python_value(Thing._meta.get_field("ratio"), AuditEvent.objects.latest("pk").new_full["ratio"]) == math.inf


def test_event_says_when_and_as_which_database_role(one):
    event = AuditEvent.objects.get()
    assert abs(timezone.now() - event.at) < dt.timedelta(minutes=1)
    assert event.role == ("" if connection.vendor == "sqlite" else connection.settings_dict["USER"])


def test_secret_is_never_in_the_log(trial_tables):
    Thing.objects.create(pk=1, name="one", token="canary-first")
    Thing.objects.update(token="canary-second")
    Thing.objects.update(name="renamed")
    Thing.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM audit_auditevent")
        everything = repr(cursor.fetchall())
    assert "renamed" in everything  # the search can find
    assert "canary" not in everything
    assert [event.old_changed for event in AuditEvent.objects.filter(op="U")] == [
        {"token": "not recorded"},
        {"name": "one"},
    ]
