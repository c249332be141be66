"""A board says how far it is assured; where it is not, its next meetings are shown what would satisfy it."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.accounts.permissions import Role
from core.accounts.states import MoveRefused
from core.documents.versions import Stale
from governance.boards import actions, minutes_content
from governance.boards.models import Assurance
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.boards import (
    AgendaItemFactory,
    AssuranceFactory,
    AttendanceFactory,
    MeetingFactory,
    agreed_minutes,
)

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
SECRET = "The price of the second tender"
NEXT = dt.date(2019, 12, 2)


@pytest.fixture
def secretary():
    OfficeFactory(is_demo=True, today_override=NEXT)
    return UserFactory(roles=[Role.SECRETARY])


def page_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_it_is_born_under_its_item_and_carried_until_the_board_is_satisfied(client, secretary):
    item = AgendaItemFactory()
    client.force_login(secretary)
    address = reverse("assurance-create", args=[item.pk])
    sent = {"level": "partly", "text": "The plan <is> sound", "wants": ""}
    refused = client.post(address, sent, headers=HTMX)
    assert (refused.status_code, "Say what would satisfy the board" in page_of(refused)) == (422, True)
    page = page_of(client.post(address, sent | {"wants": "Figures of staff"}, headers=HTMX))
    assert ("The plan &lt;is&gt; sound" in page, "partly assured" in page) == (True, True)
    first = Assurance.objects.get()
    later = AgendaItemFactory(meeting=MeetingFactory(date=NEXT))
    coming = reverse("meeting-detail", args=[later.meeting_id])
    assert "What would satisfy the board: Figures of staff" in page_of(client.get(coming))
    form = page_of(client.get(reverse("assurance-create", args=[later.pk]), headers=HTMX))
    assert "Does it take up what an earlier meeting left open" in form
    sent = {"level": "assured", "text": "The figures were seen", "follows": first.pk}
    assert client.post(reverse("assurance-create", args=[later.pk]), sent).status_code == 302
    page = page_of(client.get(coming))
    assert ("The board is not yet assured" in page, "Taken up from 5 November 2019" in page) == (False, True)


def test_sent_twice_it_is_said_once(secretary):
    facts = {"item": AgendaItemFactory(), "level": "not", "text": "No plan", "wants": "A plan", "by": secretary}
    assert actions.record_assurance(**facts) == actions.record_assurance(**facts)


def test_minutes_say_it_and_withhold_it_with_an_exempt_item_and_then_it_stands(secretary):
    meeting = AttendanceFactory().meeting
    said = AssuranceFactory(item=AgendaItemFactory(meeting=meeting))
    AssuranceFactory(item=AgendaItemFactory(meeting=meeting, part="exempt"), text=SECRET)
    content = minutes_content.from_text(agreed_minutes(meeting, secretary).content)
    assert content["items"][0]["assurances"] == [
        {"level": "Partly assured", "text": said.text, "wants": "Figures of staff by team."}
    ]
    public = minutes_content.to_text(minutes_content.public_part(content))
    assert (SECRET in minutes_content.to_text(content), SECRET in public) == (True, False)
    with pytest.raises(MoveRefused, match="agreed and are locked"):
        actions.edit_assurance(assurance=said, version=1, level="assured", text="Yes", by=secretary)


def test_what_an_exempt_item_left_open_is_neither_shown_nor_taken_up_in_public(client, secretary):
    exempt = AssuranceFactory(item=AgendaItemFactory(part="exempt"), text=SECRET)
    later = AgendaItemFactory(meeting=MeetingFactory(date=NEXT))
    with pytest.raises(MoveRefused, match="stays in the exempt part"):
        actions.record_assurance(item=later, level="assured", text="Yes", follows=exempt, by=secretary)
    address = reverse("meeting-detail", args=[later.meeting_id])
    for role, sees in ((Role.COMMISSIONER, True), (Role.STAFF, False)):
        client.force_login(UserFactory(roles=[role]))
        assert (SECRET in page_of(client.get(address))) == sees
    client.force_login(secretary)
    assert SECRET not in page_of(client.get(reverse("assurance-create", args=[later.pk]), headers=HTMX))


def test_a_board_takes_up_what_an_earlier_meeting_of_its_own_left_once(secretary):
    first, later = AssuranceFactory(), AgendaItemFactory(meeting=MeetingFactory(date=NEXT))
    facts = {"level": "assured", "text": "Yes", "follows": first, "by": secretary}
    with pytest.raises(MoveRefused, match="an earlier meeting of its own"):
        actions.record_assurance(item=AgendaItemFactory(meeting=first.item.meeting), **facts)
    actions.record_assurance(item=later, **facts)
    with pytest.raises(MoveRefused, match="taken this up again already"):
        actions.record_assurance(item=AgendaItemFactory(meeting=later.meeting), **facts)


def test_two_people_putting_one_right_lose_nothing(client, secretary):
    said = AssuranceFactory()
    actions.edit_assurance(assurance=said, version=1, level="not", text="Theirs", wants="All", by=secretary)
    with pytest.raises(Stale):
        actions.edit_assurance(assurance=said, version=1, level="assured", text="Mine", by=secretary)
    client.force_login(secretary)
    sent = {"version": 1, "level": "assured", "text": "Mine"}
    response = client.post(reverse("assurance-edit", args=[said.pk]), sent)
    assert (response.status_code, "Mine" in page_of(response), "Theirs" in page_of(response)) == (409, True, True)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [({"text": ""}, "an_assurance_says_of_what"), ({"wants": ""}, "a_board_not_assured_says_what_would_satisfy_it")],
)
def test_database_refuses_what_no_page_should_send(changes, constraint):
    made = AssuranceFactory()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Assurance.objects.filter(pk=made.pk).update(**changes)
