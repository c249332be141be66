"""The pages on which one person asks for a redaction and another agrees."""

import datetime as dt

import pytest
from django.urls import reverse

from core.accounts.permissions import Role
from core.audit.actions import approve_redaction, ask_redaction
from core.audit.models import AuditEvent, Redaction
from desk.history.scope import events_seen_by
from measures.models import DataNote
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.boards import AgendaItemFactory, MinuteFactory
from tests.factories.deepdive import DeliveryActionFactory

pytestmark = pytest.mark.django_db


def test_what_one_asks_and_another_agrees_to_is_taken_out_and_told(client):
    OfficeFactory()
    secretary = UserFactory(roles=[Role.SECRETARY], name="Wren")
    both = UserFactory(roles=[Role.SECRETARY, Role.COMMISSIONER], name="Owl")
    note = DataNote.objects.create(title="Outage", text="Ask Jo Bloggs of 4 The Lane", starts=dt.date(2019, 7, 1))
    DataNote.objects.filter(pk=note.pk).update(text="Kept on paper.")
    events = list(AuditEvent.objects.for_object("measures_datanote", note.pk).order_by("pk"))
    event = events[0]
    client.force_login(secretary)
    asking = reverse("redaction-create")
    asked = {"events": f"{events[0].pk}, {events[1].pk}", "basis": "UK GDPR article 17", "reason": "A name"}
    for wrong, said in (
        ("x", "as digits"),
        (str(event.pk + 99_999), "not in the history you may see"),
        ("", "Numbers"),
    ):
        answer = client.post(asking, asked | {"events": wrong})
        assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert client.post(asking, asked).status_code == 302
    redaction = Redaction.objects.get()
    page = reverse("redaction-detail", args=[redaction.pk])
    assert "Jo Bloggs" in client.get(page).content.decode()
    assert client.post(page, {"to": "done"}).status_code == 403  # may ask, and not agree
    client.force_login(both)
    assert client.post(page, {"to": "refused"}).status_code == 422  # without a reason
    client.post(page, {"to": "done"})
    event.refresh_from_db()
    assert (event.is_redacted, event.new_full, Redaction.objects.get().decided_by) == (True, None, both)
    story = reverse("history-object", args=["measures_datanote", note.pk])
    for address in (story, page, reverse("history"), reverse("history-csv"), f"{story}?as_of=2090-01-01"):
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert (answer.status_code, b"Jo Bloggs" in body, b"redact" in body.lower()) == (200, False, True)


def test_nobody_agrees_to_what_they_asked_for(client):
    OfficeFactory()
    owl = UserFactory(roles=[Role.COMMISSIONER], name="Owl")
    event = AuditEvent.objects.for_object("deepdive_deliveryaction", DeliveryActionFactory(owner=None).pk).last()
    client.force_login(owl)
    client.post(reverse("redaction-create"), {"events": event.pk, "basis": "Article 17", "reason": "A name"})
    page = reverse("redaction-detail", args=[Redaction.objects.get().pk])
    assert "Agree, and take it out" not in client.get(page).content.decode()
    assert client.post(page, {"to": "done"}).status_code == 403
    assert Redaction.objects.get().state == "asked"


def test_what_was_written_on_an_exempt_item_stays_hidden_when_the_item_is_redacted():
    OfficeFactory()
    item = AgendaItemFactory(part="exempt", exemption="3")
    minute = MinuteFactory(item=item)
    staff = UserFactory(roles=[Role.STAFF])
    events = AuditEvent.objects.for_object("boards_agendaitem", item.pk)
    redaction = ask_redaction(events=[one.pk for one in events], basis="An order", reason="A name", by=UserFactory())
    approve_redaction(redaction=redaction, by=UserFactory())
    seen = set(events_seen_by(staff).values_list("table", "key"))
    assert not seen & {("boards_agendaitem", str(item.pk)), ("boards_minute", str(minute.pk))}
