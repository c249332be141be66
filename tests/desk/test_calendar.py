"""Meetings and deadlines by month, and the file that a calendar program follows."""

import datetime as dt
from urllib.parse import urlsplit

import pytest
from django.db import IntegrityError
from django.urls import reverse
from icalendar import Calendar

from core.accounts.permissions import Role
from core.audit.models import AuditEvent
from desk.calendar.entries import entries
from desk.calendar.feed import feed
from desk.calendar.months import month_named, neighbours
from desk.models import CalendarAddress
from governance.boards.actions import cancel_meeting
from tests.factories.accounts import OfficeFactory, PersonFactory, UserFactory
from tests.factories.boards import AgendaItemFactory, BoardActionFactory, BoardFactory, MeetingFactory
from tests.factories.papers import QuarterFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2019, 12, 2)


@pytest.fixture(autouse=True)
def office():
    return OfficeFactory(is_demo=True, today_override=TODAY)


def month(client, user, words: str = "2019-12"):
    client.force_login(user)
    return client.get(reverse("calendar-month"), {"month": words})


def shown(response) -> list[tuple[int, str, str]]:
    days = [day for week in response.context["weeks"] for day in week]
    return [(one.day.day, entry.kind, entry.title) for one in days for entry in one.entries]


def panel(**facts):
    return MeetingFactory(board=BoardFactory(name="Panel", slug="panel"), date="2019-12-19", **facts)


def test_meeting_stands_in_its_month_with_its_deadlines(client):
    panel(is_public=True, starts_at="10:30", place="Town hall")
    response = month(client, UserFactory(roles=[Role.STAFF]))
    assert shown(response) == [
        (10, "Papers due", "Panel, 19 December"),
        (11, "Agenda public", "Panel, 19 December"),
        (19, "Meeting", "Panel, 10:30"),
    ]
    assert "3 meetings and deadlines in December 2019" in response.content.decode()


def test_a_cancelled_meeting_says_so_in_its_month_and_in_the_file(client):
    meeting = panel(is_public=True)
    user = UserFactory(roles=[Role.STAFF])
    cancel_meeting(meeting=meeting, version=1, why="Snow", by=user)
    response = month(client, user)
    assert shown(response) == [(19, "Meeting", "Panel")]
    assert "Cancelled meeting" in response.content.decode()
    made = Calendar.from_ical(feed(entries(user, TODAY, dt.date(2019, 12, 31)), "Office"))
    told = [(str(one["summary"]), str(one["status"]), int(one["sequence"])) for one in made.walk("VEVENT")]
    assert told == [
        ("Papers due: Panel, 19 December", "CANCELLED", 2),
        ("Agenda public: Panel, 19 December", "CANCELLED", 2),
        ("Panel", "CANCELLED", 2),
    ]


def test_deadline_of_a_meeting_of_the_month_after_stands_in_this_month(client):
    MeetingFactory(board=BoardFactory(name="Panel", slug="panel"), date="2020-01-09")
    assert shown(month(client, UserFactory(roles=[Role.STAFF]))) == [(30, "Papers due", "Panel, 9 January")]


@pytest.mark.parametrize("role", [Role.PANEL, Role.CONTRIBUTOR])
def test_those_who_do_not_see_boards_see_no_meetings(client, role):
    panel()
    QuarterFactory()
    assert shown(month(client, UserFactory(roles=[role]))) == []


def test_own_actions_stand_on_their_day_and_those_of_others_do_not(client):
    user = UserFactory(roles=[Role.CONTRIBUTOR])
    BoardActionFactory(ref="BA/1", text="Write", owner=PersonFactory(user=user), due="2019-12-05")
    BoardActionFactory(ref="BA/2", text="Read", due="2019-12-05")
    assert shown(month(client, user)) == [(5, "Due from you", "Action BA/1: Write")]


@pytest.mark.parametrize("count", [1, 3])
def test_month_costs_the_same_however_much_falls_in_it(client, django_assert_num_queries, count):
    user = UserFactory(roles=[Role.STAFF])
    person = PersonFactory(user=user)
    for number in range(count):
        MeetingFactory(board=BoardFactory(name=f"Board {number}", slug=f"b-{number}"), date="2019-12-19")
        BoardActionFactory(owner=person, due="2019-12-05")
    month(client, user)
    with django_assert_num_queries(8):
        assert len(shown(month_again(client))) == 3 * count


def month_again(client):
    return client.get(reverse("calendar-month"), {"month": "2019-12"})


@pytest.mark.parametrize("words", ["", "2019", "2019-13", "0000-01", "9999-12", "'; drop", "2019-12-01"])
def test_month_that_is_none_is_todays(words):
    assert month_named(words, TODAY) == dt.date(2019, 12, 1)


def test_months_follow_each_other_over_the_year():
    assert neighbours(dt.date(2019, 12, 1)) == ("2019-11", "2020-01")
    assert neighbours(dt.date(2020, 1, 1)) == ("2019-12", "2020-02")


def address(client, user) -> str:
    client.force_login(user)
    page = client.post(reverse("calendar-address"))
    client.logout()
    return urlsplit(page.context["address"]).path


def events(client, path: str) -> dict[str, str]:
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar")
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))
    found = Calendar.from_ical(response.content).walk("VEVENT")
    assert all(one["DTEND"].dt - one["DTSTART"].dt == dt.timedelta(days=1) for one in found)
    return {str(one["UID"]): f"{one['DTSTART'].dt} {one['SUMMARY']}" for one in found}


def test_feed_holds_whole_days_under_names_that_stay(client):
    meeting = panel(place="Room 1; the annexe, first floor")
    path = address(client, UserFactory(roles=[Role.STAFF]))
    expected = {
        f"meeting-{meeting.pk}@localhost": "2019-12-19 Panel",
        f"papers-{meeting.pk}@localhost": "2019-12-10 Papers due: Panel, 19 December",
    }
    assert events(client, path) == expected
    meeting.date = dt.date(2019, 12, 20)
    meeting.save()
    assert events(client, path)[f"meeting-{meeting.pk}@localhost"] == "2019-12-20 Panel"
    held = Calendar.from_ical(client.get(path).content).walk("VEVENT")
    assert [str(one["LOCATION"]) for one in held if "LOCATION" in one] == ["Room 1; the annexe, first floor"]


def test_feed_has_nothing_of_exempt_items_even_for_those_who_may_see_them(client):
    user = UserFactory(roles=[Role.ANALYST])
    person = PersonFactory(user=user)
    item = AgendaItemFactory(part="exempt", exemption="3", title="The contract")
    BoardActionFactory(item=item, ref="BA/1", text="Pay for the contract", owner=person, due="2019-12-05")
    BoardActionFactory(ref="BA/2", text=f"Write, then {'read ' * 30}", owner=person, due="2019-12-05")
    page = month(client, user)
    assert [title[:12] for _, _, title in shown(page)] == ["Action BA/1:", "Action BA/2:"]
    found = events(client, address(client, user))
    assert [one[:39] for one in found.values() if "Action" in one] == ["2019-12-05 Due from you: Action BA/2: W"]


def test_feed_shows_what_its_owner_may_see_now(client):
    panel()
    user = UserFactory(roles=[Role.STAFF])
    path = address(client, user)
    assert len(events(client, path)) == 2
    user.role_assignments.update(ends=dt.date(2019, 1, 1), starts=dt.date(2018, 1, 1))
    assert events(client, path) == {}
    user.is_active = False
    user.save()
    assert client.get(path).status_code == 404


def test_address_is_shown_once_and_kept_as_a_hash(client):
    user = UserFactory(roles=[Role.STAFF])
    path = address(client, user)
    token = path.rpartition("/")[2].removesuffix(".ics")
    assert len(token) == 43
    client.force_login(user)
    assert token not in client.get(reverse("calendar-address")).content.decode()
    digest = CalendarAddress.objects.get().digest
    told = str(list(AuditEvent.objects.filter(table="desk_calendaraddress").values()))
    assert (token in told, digest in told) == (False, False)


def test_new_address_ends_the_old_one_and_ending_it_leaves_none(client):
    user = UserFactory(roles=[Role.STAFF])
    old, new = address(client, user), address(client, user)
    assert [client.get(path).status_code for path in (old, new)] == [404, 200]
    client.force_login(user)
    client.post(reverse("calendar-address-end"))
    assert client.get(new).status_code == 404


def test_two_addresses_are_never_the_same():
    made = dt.datetime(2019, 12, 2, tzinfo=dt.UTC)
    CalendarAddress.objects.create(user=UserFactory(), digest="0" * 64, made_at=made)
    with pytest.raises(IntegrityError):
        CalendarAddress.objects.create(user=UserFactory(), digest="0" * 64, made_at=made)
