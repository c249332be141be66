"""The auditor's desk: exceptions by stated rules, samples that can be drawn again, findings and their answers."""

import datetime as dt
import io

import openpyxl
import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from core.accounts.permissions import Role
from core.audit import audit_context
from core.audit.models import AuditEvent, AuditSeal
from deepdive.actions import redate_action
from deepdive.models import ActionUpdate, DeliveryAction
from desk.auditing import exceptions, sampling
from desk.models import LookedAt, Sample, SampleItem, SavedSearch
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.deepdive import ActionUpdateFactory, DeliveryActionFactory

pytestmark = pytest.mark.django_db
WORKING = dt.datetime(2026, 11, 25, 10, tzinfo=dt.UTC)  # a Wednesday
FRIDAY_NIGHT = dt.datetime(2026, 11, 27, 22, 30, tzinfo=dt.UTC)
BOXING_DAY = dt.datetime(2026, 12, 28, 10, tzinfo=dt.UTC)  # Monday, the substitute day


@pytest.fixture(autouse=True)
def office():
    return OfficeFactory()


def found(rule: str) -> list[tuple[int, str]]:
    results = exceptions.results(exceptions.window(AuditEvent.objects.all()))
    return [(one.event.pk, one.why) for one in next(r for r in results if r.rule.name == rule).open]


def test_rules_find_what_they_say_and_nothing_else(client):
    wren, owl = UserFactory(name="Wren"), UserFactory(name="Owl")
    with time_machine.travel(WORKING, tick=False):
        update = ActionUpdateFactory(action=DeliveryActionFactory(owner=None))
        with audit_context(actor=wren, action="deepdive.save_update"):
            ActionUpdate.objects.filter(pk=update.pk).update(text="<p>Done.</p>")
        assert {one.name: found(one.name) for one in exceptions.RULES} == {one.name: [] for one in exceptions.RULES}
        with audit_context(actor=wren, action="deepdive.move_update", reason="Read"):
            ActionUpdate.objects.filter(pk=update.pk).update(state="approved", approved_by=owl, approved_at=WORKING)
        own = AuditEvent.objects.latest("pk")
        with audit_context(actor=owl, action="deepdive.save_update"):
            ActionUpdate.objects.filter(pk=update.pk).update(text="<p>Changed.</p>")
        unreasoned = AuditEvent.objects.latest("pk")
        action = DeliveryActionFactory(owner=None, due=dt.date(2027, 1, 1))
        redate_action(delivery_action=action, due=dt.date(2027, 12, 1), reason="Much later", by=owl)
    assert found("own-approval") == [(own.pk, "Wren approved it and had changed it before.")]
    assert found("no-reason") == [(unreasoned.pk, "It was approved, and no reason was given for changing it.")]
    assert [why for _, why in found("redating")] == ["The date moved by 334 days."]
    for moment, why in ((FRIDAY_NIGHT, "It was 22:30."), (BOXING_DAY, "Boxing Day (observed) is a bank holiday.")):
        with time_machine.travel(moment, tick=False), audit_context(actor=owl, action="x", request_id=str(moment)[:19]):
            DeliveryActionFactory(owner=None)
            assert [one for _, one in found("out-of-hours")][0] == why
    for number in range(exceptions.BULK):
        DeliveryActionFactory(owner=None, ref=f"9.{number:02}")
    with audit_context(actor=owl, action="x", request_id="bulk"):
        DeliveryAction.objects.filter(ref__startswith="9.").update(due=dt.date(2027, 3, 1))
    assert [why for _, why in found("bulk")] == ["50 rows were changed or removed at once."]


def test_exception_is_marked_once_with_a_note(client):
    wren = UserFactory(name="Wren")
    with time_machine.travel(FRIDAY_NIGHT, tick=False):
        with audit_context(actor=wren, action="x"):
            DeliveryActionFactory(owner=None)
        [(event, _)] = found("out-of-hours")
        client.force_login(UserFactory(roles=[Role.AUDITOR]))
        mark = reverse("exception-mark", args=["out-of-hours", event])
        assert client.post(mark, {"note": ""}).status_code == 422
        client.post(mark, {"note": "A late deadline"})
        client.post(mark, {"note": "Again"})
        assert [one.note for one in LookedAt.objects.all()] == ["A late deadline"]
        assert event not in [one for one, _ in found("out-of-hours")]
        assert "A late deadline" in client.get(reverse("exception-list")).content.decode()


def test_sample_is_drawn_tested_answered_and_closed(client):
    auditor = UserFactory(roles=[Role.AUDITOR], name="Auditor")
    owner = UserFactory(roles=[Role.CONTRIBUTOR], name="Wren")
    for number in range(12):
        DeliveryActionFactory(owner=None, ref=f"9.{number:02}")
    client.force_login(auditor)
    about = {
        "title": "Plan",
        "objective": "Reasons",
        "query": "kind=deepdive_deliveryaction",
        "size": "3",
        "seed": "41",
    }
    assert client.post(reverse("sample-create"), about | {"size": ""}).status_code == 422
    client.post(reverse("sample-create"), about)
    sample = Sample.objects.get()
    drawn = list(sample.items.values_list("event", flat=True))
    numbers = AuditEvent.objects.filter(table="deepdive_deliveryaction").order_by("pk")
    assert sampling.draw(numbers, seed=41, size=3, last=sample.last_event) == (12, drawn)
    DeliveryActionFactory(owner=None)  # what came later is not drawn from
    page = reverse("sample-detail", args=[sample.pk])
    assert "the same changes in the same order" in client.get(page, {"again": 1}).content.decode()
    one, two, three = sample.items.all()
    for item in (one, two):
        client.post(
            reverse("sample-item", args=[item.pk]), {"version": "1", "result": "satisfied", "test": "Read the minute"}
        )
    address = reverse("sample-item", args=[three.pk])
    finding = {"version": "1", "result": "finding", "test": "Read", "finding": "=No reason"}
    assert client.post(address, finding).status_code == 422  # nobody answers
    due = {"owner": owner.pk, "due_day": "1", "due_month": "2", "due_year": "2027"}
    assert client.post(address, finding | due).status_code == 302
    assert client.post(address, finding | due | {"finding": "Other"}).status_code == 409  # an older version
    client.force_login(owner)
    answer = reverse("finding-answer", args=[three.pk])
    assert client.get(reverse("finding-answer", args=[one.pk])).status_code == 404
    assert client.post(answer, {"version": "2", "response": "It was late"}).status_code == 302
    client.force_login(auditor)
    client.post(page, {"version": "1", "conclusion": "One finding"})
    client.post(answer, {"version": "3", "response": "Changed my mind"})
    held = SampleItem.objects.get(pk=three.pk)
    assert (held.response, held.responded_by, Sample.objects.get().conclusion) == ("It was late", owner, "One finding")
    book = openpyxl.load_workbook(io.BytesIO(client.get(reverse("sample-xlsx", args=[sample.pk])).content))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert [row[6] for row in rows[-3:]] == ["Satisfied", "Satisfied", "Finding"]
    assert book.active.cell(len(rows), 9).data_type == "s"


def test_searches_are_own_or_shared(client):
    wren, owl = (UserFactory(roles=[Role.AUDITOR]) for _ in range(2))
    client.force_login(wren)
    client.post(reverse("search-save"), {"name": "Reasons", "query": "reason=on&before=3", "shared": "on"})
    client.post(reverse("search-save"), {"name": "Secret", "query": "who=programs"})
    client.post(reverse("search-save"), {"name": "", "query": "who=programs"})
    assert list(SavedSearch.objects.values_list("name", "query")) == [
        ("Reasons", "reason=on"),
        ("Secret", "who=programs"),
    ]
    client.force_login(owl)
    assert [one.name for one in client.get(reverse("history")).context["searches"]] == ["Reasons"]
    assert client.post(reverse("search-drop", args=[SavedSearch.objects.first().pk])).status_code == 404


def test_what_is_printed_leads_to_the_log_and_a_record_is_reported_with_its_seals(client):
    action = DeliveryActionFactory(owner=None, ref="2.04")
    redate_action(delivery_action=action, due=dt.date(2027, 12, 1), reason="Much later", by=UserFactory(name="Wren"))
    client.force_login(UserFactory(roles=[Role.AUDITOR]))
    seal = AuditSeal.objects.latest("seq") if AuditSeal.objects.count() > 1 else AuditSeal.objects.get(seq=0)
    asked = {
        f"{seal.seq}:{seal.hash[:16]}": "The log has this hash at",
        f"{seal.seq}:0123456789abcdef": "not the hash the log has there",
        "9999999:0123456789abcdef": "The log ends before 9999999",
        str(AuditEvent.objects.latest("pk").pk): "Change ",
        "not a hash": "Nothing here is called that",
    }
    find = reverse("printed")
    assert [words for text, words in asked.items() if words not in client.get(find, {"q": text}).content.decode()] == []
    report = client.get(reverse("history-report", args=["deepdive_deliveryaction", action.pk]))
    assert report.context["stamp"].address.endswith(f"/printed/?q={seal.seq}:{seal.hash[:16]}")
    sentences = [one.sentence for one in report.context["entries"]]
    assert any("Wren moved the due date of 2.04" in one for one in sentences)
    assert {one.event.table for one in report.context["entries"]} == {"deepdive_deliveryaction", "deepdive_redating"}
    story = client.get(reverse("history-object", args=["deepdive_deliveryaction", action.pk]))
    assert story.context["days"] == [timezone.localdate()]
