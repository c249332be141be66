"""Exempt items once their day has come: released by a person, or kept exempt until a later day."""

import datetime as dt

import pytest
from django.urls import reverse

from core.accounts.permissions import Role
from core.accounts.states import MoveRefused
from core.audit.models import AuditEvent
from core.documents.versions import Stale
from governance.boards import actions, minutes_content
from governance.boards.models import AgendaItem, ExemptReview, MinutesPublication
from governance.boards.recompute import agreed_line
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.boards import AgendaItemFactory, AttendanceFactory, MinuteFactory, agreed_minutes

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
TODAY = dt.date(2019, 12, 2)
SECRET = "The price of the second tender"


@pytest.fixture
def secretary():
    OfficeFactory(is_demo=True, today_override=TODAY)
    return UserFactory(name="The secretary", roles=[Role.SECRETARY])


@pytest.fixture
def item(secretary):
    """An exempt item of agreed minutes whose day has come."""
    made = AgendaItemFactory(part="exempt", title="The tender", exempt_why="A price", release_on=TODAY)
    MinuteFactory(item=made, text=f"<p>{SECRET}</p>"), AttendanceFactory(meeting=made.meeting)
    agreed_minutes(made.meeting, secretary)
    return made


def public_words(meeting) -> list[str]:
    return [
        minutes_content.to_text(minutes_content.public_part(minutes_content.from_text(one.content)))
        for one in meeting.versions.order_by("number")
    ]


def test_a_released_item_is_read_by_all_and_nothing_is_published_by_it(client, secretary, item):
    staff, address = UserFactory(), reverse("item-release", args=[item.pk])
    client.force_login(staff)
    before = client.get(reverse("meeting-minutes", args=[item.meeting_id])).content.decode()
    assert (SECRET in before, client.get(address).status_code) == (False, 403)
    client.force_login(secretary)
    asks = client.get(reverse("meeting-minutes", args=[item.meeting_id])).content.decode()
    assert (f'href="{address}"' in asks, SECRET in client.get(address).content.decode()) == (True, True)
    assert "A price. <span" in asks
    sent = {"version": 1, "outcome": "release", "reason": "The contract is signed"}
    assert client.post(address, sent | {"reason": ""}).status_code == 422
    assert client.post(address, sent).status_code == 302
    client.force_login(staff)
    after = client.get(reverse("meeting-minutes", args=[item.meeting_id])).content.decode()
    assert (SECRET in after, "until it was released on" in after, "The contract is signed" in after) == (True,) * 3
    first, second = public_words(item.meeting)
    assert (SECRET in first, SECRET in second, MinutesPublication.objects.count()) == (False, True, 0)
    released = ExemptReview.objects.get()
    assert (released.due, released.version.number, released.by) == (TODAY, 2, secretary)
    assert agreed_line(released.version) == "Agreed at the meeting of 26 November 2019; an exempt item released since"
    event = AuditEvent.objects.for_object("boards_agendaitem", item.pk).newest_first().first()
    assert (event.action, event.reason) == ("boards.release_item", "The contract is signed")
    with pytest.raises(MoveRefused, match="in the public part already"):
        actions.release_item(item=item, version=2, reason="Again", by=secretary)


def test_an_item_is_kept_exempt_until_a_day_to_come(client, secretary, item):
    client.force_login(secretary)
    address = reverse("item-release", args=[item.pk])
    sent = {"version": 1, "outcome": "keep", "reason": "The contract is not signed"}
    sent |= {"until_day": 2, "until_month": 12}
    assert client.post(address, sent | {"until_year": 2019}).status_code == 422
    assert client.post(address, sent | {"until_year": 2020}).status_code == 302
    item.refresh_from_db()
    assert (item.part, item.release_on, item.meeting.versions.count()) == ("exempt", dt.date(2020, 12, 2), 1)
    assert list(ExemptReview.objects.values_list("due", "kept_until")) == [(TODAY, dt.date(2020, 12, 2))]
    with pytest.raises(MoveRefused, match="has not come"):
        actions.release_item(item=item, version=2, reason="Early", by=secretary)


def test_who_may_not_and_who_was_overtaken_releases_nothing(secretary, item):
    for roles in ([Role.STAFF], [Role.AUDITOR], [Role.COMMISSIONER]):
        with pytest.raises(MoveRefused, match="Your roles do not let you release"):
            actions.release_item(item=item, version=1, reason="Now", by=UserFactory(roles=roles))
    with pytest.raises(Stale):
        actions.release_item(item=item, version=0, reason="Now", by=secretary)
    assert (AgendaItem.objects.get(pk=item.pk).part, ExemptReview.objects.count()) == ("exempt", 0)
