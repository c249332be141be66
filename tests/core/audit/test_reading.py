"""Reading the log back: what changed, what a thing was on a day, and what happened, in sentences."""

import datetime as dt

import pytest
import time_machine
from django.db import connection

from core.accounts.models import Person, RoleAssignment, User
from core.accounts.permissions import Role
from core.audit import action, audit_context, register_phrase
from core.audit.models import AuditEvent
from core.audit.reading import FieldChange, Names, as_of, described, field_changes, timeline

ROLE = Role.values[0]
ROLE_LABEL = Role.labels[0]


@action
def hire(*, name: str, reason: str = "", by: User | None = None) -> Person:
    person = Person.objects.create(name=name)
    user = User.objects.create(email=f"{name}@example.org".lower(), name=name, password="!")
    RoleAssignment.objects.create(user=user, role=ROLE, starts=dt.date(2026, 4, 1))
    person.user = user
    person.save()
    return person


register_phrase("audit.hire", "took {object} on")


@pytest.fixture
def asha(db) -> User:
    return User.objects.create(email="asha@example.org", name="Asha", password="first-canary")


def changes(event: AuditEvent) -> dict:
    return {change.label: (change.old, change.new) for change in field_changes(event)}


def test_changes_are_told_by_the_fields_names_in_the_models_order(asha):
    User.objects.filter(pk=asha.pk).update(is_active=False, name="Asha P")
    assert field_changes(AuditEvent.objects.latest("pk")) == [
        FieldChange("name", "Asha", "Asha P"),
        FieldChange("may sign in", True, False),
    ]


def test_secret_is_said_to_have_changed_and_not_shown(asha):
    User.objects.filter(pk=asha.pk).update(password="second-canary")
    assert field_changes(AuditEvent.objects.latest("pk")) == [FieldChange("password", "not shown", "changed")]


def test_added_row_shows_what_it_held_with_names_for_keys_and_choices(asha):
    RoleAssignment.objects.create(user=asha, role=ROLE, starts=dt.date(2026, 4, 1))
    event = AuditEvent.objects.latest("pk")
    assert field_changes(event) == [
        FieldChange("user", None, "Asha"),
        FieldChange("role", None, ROLE_LABEL),
        FieldChange("starts", None, dt.date(2026, 4, 1)),
    ]


def test_key_of_something_since_removed_is_told_as_such(asha):
    assignment = RoleAssignment.objects.create(user=asha, role=ROLE, starts=dt.date(2026, 4, 1))
    key = asha.pk
    assignment.delete()
    asha.delete()
    removal = AuditEvent.objects.get(table="accounts_roleassignment", op="D")
    assert changes(removal)["user"] == (f"user {key} (since removed)", None)


def test_column_the_model_no_longer_has_is_told_by_its_own_name(asha):
    event = AuditEvent(
        table="accounts_user",
        key="1",
        op="U",
        at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        actor_name="old",
        old_changed={"pager_number": "1"},
        new_full={"pager_number": "2"},
    )
    assert field_changes(event) == [FieldChange("pager number", "1", "2")]
    assert described("accounts_user", {"pager_number": "2"}) == [("pager number", "2")]


def test_thing_is_shown_as_it_was_on_a_day(db):
    if connection.vendor != "sqlite":
        pytest.skip("On PostgreSQL the server's clock is the log's, which a test cannot turn back.")
    at = {day: dt.datetime(2026, 1, day, 12, tzinfo=dt.UTC) for day in range(1, 6)}
    with time_machine.travel(at[2], tick=False):
        user = User.objects.create(email="asha@example.org", name="Asha", created_at=at[2])
    with time_machine.travel(at[3], tick=False):
        User.objects.update(name="Asha P")
    key = user.pk
    with time_machine.travel(at[4], tick=False):
        user.delete()
    shown = [as_of("accounts_user", key, moment) for moment in at.values()]  # at the moment itself it has happened
    assert [values and values["name"] for values in shown] == [None, "Asha", "Asha P", None, None]
    assert shown[1]["created_at"] == at[2]
    assert ("created at", at[2]) in described("accounts_user", shown[1])
    with_name = AuditEvent.objects.for_object("accounts_user", key).between(at[3], at[4])
    assert [event.op for event in with_name] == ["U"]
    assert AuditEvent.objects.between(end=at[3]).filter(table="accounts_user").count() == 1


def test_events_are_found_by_who_what_request_and_reason(asha):
    with audit_context(actor=asha, request_id="r1"):
        hire(name="Ben", reason="board minute 4", by=asha)
    log = AuditEvent.objects
    assert log.of_action("audit.hire").count() == log.by_actor(asha).count() == log.in_request("r1").count() == 4
    assert log.by_actor(asha.pk).with_reason().filter(reason="board minute 4").count() == 4
    assert log.with_reason().count() == 4
    assert log.in_transaction_of(log.latest("pk")).filter(request_id="r1").count() == 4
    assert log.latest_in(["accounts_user", "measures_plan"]) == log.filter(table="accounts_user").newest_first()[0]
    assert (log.latest_in(["measures_plan"]), log.latest_in([])) == (None, None)
    assert [event.op for event in log.in_request("r1").newest_first()] == ["U", "I", "I", "I"]


def test_action_is_one_sentence_and_costs_a_query_a_kind_of_thing(asha, django_assert_num_queries):
    with audit_context(request_id="r1"):
        hire(name="Ben", reason="board minute 4", by=asha)
    with audit_context(actor=asha, request_id="r2", on_behalf_of="the commissioner"):
        User.objects.filter(name="Ben").update(job_title="Analyst")
        Person.objects.create(name="Cara")
        Person.objects.create(name="Dev")
    events = list(AuditEvent.objects.by_actor(asha).newest_first())
    with django_assert_num_queries(3):  # people, users, assignments
        told = timeline(events, Names())
    assert [sentence.text for sentence in told] == [
        "Asha, on behalf of the commissioner, changed user Ben and added 2 people",
        "Asha took Ben on: ‘board minute 4’",
    ]
    assert [len(sentence.happenings) for sentence in told] == [3, 4]


def test_removed_thing_keeps_its_name_in_the_sentence(asha):
    with audit_context(actor=asha, request_id="r9"):
        Person.objects.create(name="Eve").delete()
    told = timeline(AuditEvent.objects.in_request("r9"))
    assert [sentence.text for sentence in told] == ["Asha added person Eve and removed person Eve"]
