import datetime as dt

import pytest
from django.urls import reverse

from core.accounts.models import Person
from core.accounts.permissions import Role
from core.audit.models import AuditEvent
from core.documents.richtext import plain_text
from governance.boards.models import BoardAction, Decision, Minute
from tests.factories.accounts import OfficeFactory, PersonFactory, UserFactory
from tests.factories.boards import (
    AgendaItemFactory,
    AttendanceFactory,
    MeetingFactory,
    MinuteFactory,
    agreed_minutes,
)

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
ACTION = {"text": "Report on shifts", "due_day": "10", "due_month": "12", "due_year": "2019"}


@pytest.fixture(autouse=True)
def office():
    return OfficeFactory(is_demo=True, today_override=dt.date(2019, 12, 2))


@pytest.fixture
def secretary(client):
    user = UserFactory(roles=[Role.SECRETARY])
    client.force_login(user)
    return user


def page_of(response) -> str:
    return " ".join(response.content.decode().split())


def typed(client, item, version, text, **more):
    sent = {"version": version, "text": text} | more
    return client.post(reverse("minute-edit", args=[item.pk]), sent, headers=HTMX)


def test_a_minute_is_saved_as_it_is_typed_and_the_page_gets_its_version(client, secretary):
    item = AgendaItemFactory()
    assert f'name="version" id="minute-{item.pk}-version" value="1"' in page_of(typed(client, item, 0, "<p>A</p>"))
    assert 'value="2" hx-swap-oob="true"' in page_of(typed(client, item, 1, "<p>A b</p>"))
    assert plain_text(Minute.objects.get().text) == "A b"
    page = page_of(client.get(reverse("meeting-detail", args=[item.meeting_id])))
    assert f'name="version" value="2" id="minute-{item.pk}-version"' in page


def test_the_second_of_two_minute_takers_sees_both_and_may_put_theirs_over(client, secretary):
    minute = MinuteFactory(text="<p>The report was received.</p>", version=2)
    response = typed(client, minute.item, 1, "<p>The report was deferred.</p>")
    page = page_of(response)
    assert (response.status_code, "</span>received<span" in page, "</span>deferred<span" in page) == (409, True, True)
    minute.refresh_from_db()
    assert plain_text(minute.text) == "The report was received."
    assert typed(client, minute.item, 1, "<p>The report was deferred.</p>", over=2).status_code == 200
    minute.refresh_from_db()
    assert (plain_text(minute.text), minute.version) == ("The report was deferred.", 3)


def test_a_conflict_without_scripts_is_a_page_of_its_own(client, secretary):
    minute = MinuteFactory(version=2)
    response = client.post(reverse("minute-edit", args=[minute.item_id]), {"version": 1, "text": "<p>Mine.</p>"})
    assert (response.status_code, "Mine." in page_of(response), "received" in page_of(response)) == (409, True, True)


def test_a_minute_without_scripts_leads_back_to_its_item(client, secretary):
    item = AgendaItemFactory()
    assert client.get(reverse("minute-edit", args=[item.pk])).status_code == 200
    response = client.post(reverse("minute-edit", args=[item.pk]), {"version": 0, "text": "<p>A</p>"})
    assert response.url == f"/meetings/{item.meeting_id}/#item-{item.pk}"


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_decision_and_an_action_are_born_inside_the_item(client, secretary, headers):
    item, owner = AgendaItemFactory(), PersonFactory()
    sent = {"text": "To publish", "decided_by": "the board"}
    client.post(reverse("decision-create", args=[item.pk]), sent, headers=headers)
    response = client.post(
        reverse("board-action-create", args=[item.pk]), ACTION | {"person": owner.pk}, headers=headers
    )
    assert Decision.objects.values_list("ref", "text", "decided_by").get() == ("D2019-001", "To publish", "the board")
    made = BoardAction.objects.get()
    assert (made.ref, made.owner, made.due, made.item) == ("A2019-001", owner, dt.date(2019, 12, 10), item)
    if headers:
        page = page_of(response)
        assert f'<div id="outcomes-{item.pk}" hx-swap-oob="true"><p class="outcome"><strong><a' in page
        assert "Decision D2019-001</a>" in page
        assert f"{owner.name}, due 10 December 2019" in page
    else:
        assert response.url == f"/meetings/{item.meeting_id}/#item-{item.pk}"


def test_an_action_may_go_to_somebody_new(client, secretary):
    item = AgendaItemFactory()
    client.post(reverse("board-action-create", args=[item.pk]), ACTION | {"new_name": "Septimus Harding"})
    assert BoardAction.objects.get().owner == Person.objects.get(name="Septimus Harding")


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": ""}, "Enter what is to be done"),
        ({"due_day": ""}, "due date"),
        ({"due_month": "10"}, "The due date must not be before the meeting on 5 November 2019"),
        ({}, "Choose a person, or give the name"),
    ],
)
def test_an_action_without_words_owner_or_day_is_not_recorded(client, secretary, headers, changes, sentence):
    item = AgendaItemFactory()
    owner = {} if not changes else {"person": PersonFactory().pk}
    response = client.post(reverse("board-action-create", args=[item.pk]), ACTION | owner | changes, headers=headers)
    assert (response.status_code, sentence in page_of(response)) == (422, True)
    assert ("<html" in page_of(response)) == (not headers)
    assert BoardAction.objects.count() == 0


def test_an_item_is_added_changed_moved_and_removed(client, secretary):
    meeting = MeetingFactory()
    address = reverse("meeting-agenda", args=[meeting.pk])
    for title in ("First", "Second"):
        client.post(address, {"version": 0, "title": title, "part": "public"})
    first, second = meeting.items.all()
    client.post(
        reverse("item-edit", args=[first.pk]),
        {"version": 1, "title": "Conduct", "presenter": "Chief Executive", "part": "exempt", "exemption": "1"},
    )
    fragment = client.post(reverse("item-move", args=[second.pk]), {"to": "1"}, headers=HTMX)
    assert "Second is now item 1" in page_of(fragment)
    client.post(reverse("item-move", args=[second.pk]), {"to": "x"})
    assert list(meeting.items.values_list("position", "title", "exemption")) == [(1, "Second", ""), (2, "Conduct", "1")]
    client.post(reverse("item-remove", args=[second.pk]))
    assert list(meeting.items.values_list("position", "title")) == [(1, "Conduct")]


def test_an_exempt_item_without_its_paragraph_is_told(client, secretary):
    meeting = MeetingFactory()
    address = reverse("meeting-agenda", args=[meeting.pk])
    response = client.post(address, {"version": 0, "title": "Conduct", "part": "exempt", "exemption": ""})
    assert (response.status_code, meeting.items.count()) == (422, 0)
    assert page_of(response).count("Choose the paragraph of Schedule 12A that makes this item exempt") == 2


def test_the_second_of_two_who_change_an_item_sees_both(client, secretary):
    item = AgendaItemFactory(title="Theirs", version=2)
    sent = {"version": 1, "title": "Mine", "part": "public"}
    response = client.post(reverse("item-edit", args=[item.pk]), sent)
    assert (response.status_code, "Theirs" in page_of(response), "Mine" in page_of(response)) == (409, True, True)


def test_a_meeting_moves_and_the_second_of_two_is_told(client, secretary):
    meeting = MeetingFactory(version=1, place="Here")
    sent = {"version": 1, "date_day": "6", "date_month": "11", "date_year": "2019", "place": "There", "why": "Rain"}
    client.post(reverse("meeting-edit", args=[meeting.pk]), sent)
    meeting.refresh_from_db()
    assert (meeting.date, meeting.place, meeting.version) == (dt.date(2019, 11, 6), "There", 2)
    assert client.post(reverse("meeting-edit", args=[meeting.pk]), sent | {"place": "Else"}).status_code == 409


def agreed(secretary):
    """A meeting with one of everything under it, its minutes agreed."""
    item = MinuteFactory().item
    AttendanceFactory(meeting=item.meeting)
    return agreed_minutes(item.meeting, secretary).meeting


def test_agreed_minutes_are_read_and_offer_nothing_to_change(client, secretary):
    meeting = agreed(secretary)
    page = page_of(client.get(reverse("meeting-detail", args=[meeting.pk])))
    assert "Minutes agreed and locked" in page
    assert ("<textarea" in page, "Change date or place" in page) == (False, False)
    assert client.get(reverse("meeting-agenda", args=[meeting.pk])).url == f"/meetings/{meeting.pk}/minutes/"


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("meeting-edit", {"version": 2, "date_day": "5", "date_month": "11", "date_year": "2019"}),
        ("meeting-agenda", {"version": 0, "title": "New", "part": "public"}),
        ("proposal-settle", {"key": "standing:1"}),
        ("item-defer", {"version": 1, "why": "No time"}),
        ("attendance-set", {"kind": "absent"}),
        ("attendance-add", {"new_name": "Somebody"}),
        ("minutes-move", {}),
        ("minutes-prefill", {}),
        ("item-edit", {"version": 1, "title": "New", "part": "public"}),
        ("item-move", {"to": 2}),
        ("item-remove", {}),
        ("minute-edit", {"version": 1, "text": "<p>New.</p>"}),
        ("decision-create", {"text": "New", "decided_by": "Nobody"}),
        ("board-action-create", ACTION | {"new_name": "Somebody"}),
    ],
)
def test_every_page_that_writes_is_refused_under_agreed_minutes(client, secretary, name, sent, headers):
    meeting = agreed(secretary)
    item = meeting.items.get()
    pk = meeting.pk if name.startswith(("meeting", "attendance", "minutes", "proposal")) else item.pk
    if name == "attendance-set":
        sent = sent | {"person": meeting.attendances.get().person_id}
    written = AuditEvent.objects.exclude(table="django_session")
    before = written.count()
    response = client.post(reverse(name, args=[pk]), sent, headers=headers)
    assert response.status_code in (204, 302, 422)
    assert written.count() == before
    if response.status_code == 422:
        assert "agreed and are locked. Nothing was changed." in page_of(response)
    elif name != "meeting-agenda":
        page = page_of(client.get(reverse("meeting-minutes", args=[meeting.pk])))
        assert "Nothing was changed." in page
