"""The rhythm a board meets in, the dates it makes, and what becomes of a date."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from icalendar import Calendar

from core.accounts.clock import closed_because, nearest_working_day
from core.accounts.permissions import Role
from core.accounts.states import MoveRefused
from core.audit.models import AuditEvent
from desk.calendar.entries import entries
from desk.calendar.feed import feed
from governance.boards import actions, reading
from governance.boards.models import Meeting, MeetingMove
from governance.boards.rhythm import MONTH, WEEK, Rhythm
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.boards import (
    AgendaItemFactory,
    AttendanceFactory,
    BoardFactory,
    MeetingFactory,
    MeetingSeriesFactory,
    MinuteFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
YEAR = (dt.date(2020, 4, 1), dt.date(2021, 3, 31))


@pytest.fixture
def secretary(client):
    OfficeFactory(is_demo=True, today_override=dt.date(2019, 12, 2))
    user = UserFactory(roles=[Role.SECRETARY])
    client.force_login(user)
    return user


def page_of(client, name, *args, **query) -> str:
    return client.get(reverse(name, args=args), query).content.decode()


@pytest.mark.parametrize(
    ("rhythm", "words", "days"),
    [
        (
            Rhythm(MONTH, 2, 2, 3, dt.date(2020, 4, 1)),
            "the third Wednesday of every second month",
            ["2020-04-15", "2020-06-17", "2020-08-19", "2020-10-21", "2020-12-16", "2021-02-17"],
        ),
        (
            Rhythm(MONTH, 3, 0, -1, dt.date(2020, 5, 10)),
            "the last Monday of every third month",
            ["2020-05-25", "2020-08-31", "2020-11-30", "2021-02-22"],
        ),
        (
            Rhythm(WEEK, 6, 1, 1, dt.date(2020, 12, 3)),
            "Tuesday of every sixth week",
            ["2021-01-12", "2021-02-23"],
        ),
        (Rhythm(MONTH, 1, 3, 1, dt.date(2020, 3, 1), dt.date(2020, 5, 31)), "the first Thursday of every month", ["2020-04-02", "2020-05-07"]),
    ],
)  # fmt: skip
def test_a_rhythm_has_its_days_and_its_words(rhythm, words, days):
    assert rhythm.words == words
    assert [one.isoformat() for one in rhythm.days(*YEAR)] == days


@pytest.mark.parametrize(
    ("day", "after", "before", "why"),
    [
        ("2020-04-10", "2020-04-14", "2020-04-09", "Good Friday is a bank holiday"),
        ("2020-02-29", "2020-03-02", "2020-02-28", "Saturday is no working day"),
        ("2020-04-15", "2020-04-15", "2020-04-15", ""),
    ],
)
def test_days_move_off_weekends_and_bank_holidays(day, after, before, why):
    day = dt.date.fromisoformat(day)
    found = (nearest_working_day(day), nearest_working_day(day, earlier=True))
    assert ([one.isoformat() for one in found], closed_because(day)) == ([after, before], why)


def test_a_year_is_fixed_once_each_date_on_a_working_day_that_is_free(client, secretary):
    board = BoardFactory()
    MeetingFactory(board=board, date=dt.date(2020, 6, 26))
    series = MeetingSeriesFactory(
        board=board, often="month-1", weekday=4, place=-1, starts_at=dt.time(14), venue="Hall"
    )
    shown = page_of(client, "series-fix", series.pk, 2020)
    assert ("Fix 11 meetings" in shown, "the board meets that day already" in shown) == (True, True)
    assert "not Friday 25 December: Christmas Day is a bank holiday" in shown
    for _ in range(2):
        client.post(reverse("series-fix", args=[series.pk, 2020]))
    made = series.meetings.order_by("date")
    assert [f"{one.date:%m-%d}" for one in made] == [
        "04-24", "05-29", "07-31", "08-28", "09-25", "10-30", "11-27", "12-29", "01-29", "02-26", "03-26",
    ]  # fmt: skip
    assert {(one.starts_at, one.place) for one in made} == {(dt.time(14), "Hall")}
    year = page_of(client, "meeting-year", 2020)
    assert "was Friday 25 December: Christmas Day is a bank holiday" in year
    assert "12 meetings are fixed" in year


def test_a_changed_rhythm_leaves_what_is_fixed(client, secretary):
    series = MeetingSeriesFactory()
    actions.fix_series(series=series, first=YEAR[0], last=YEAR[1], by=secretary)
    before = list(series.meetings.values_list("date", flat=True))
    sent = {"version": 1, "often": "month-3", "place": 1, "weekday": 0, "if_closed": "after"}
    sent |= {"starts_day": 1, "starts_month": 4, "starts_year": 2020}
    assert client.post(reverse("series-edit", args=[series.pk]), sent).status_code == 302
    assert list(series.meetings.values_list("date", flat=True)) == before
    assert client.post(reverse("series-edit", args=[series.pk]), sent | {"weekday": 1}).status_code == 409


def test_a_rhythm_does_not_end_before_it_starts(client, secretary):
    board = BoardFactory()
    sent = {"version": 0, "often": "week-1", "place": 1, "weekday": 0, "if_closed": "after"}
    sent |= {"starts_day": 1, "starts_month": 4, "starts_year": 2020, "ends_day": 1, "ends_month": 3, "ends_year": 2020}
    response = client.post(reverse("series-create", args=[board.slug]), sent)
    assert (response.status_code, board.series.count()) == (422, 0)
    assert "must not be before the day it is counted from" in response.content.decode()


def test_a_moved_meeting_keeps_its_old_date_and_the_reason(client, secretary):
    meeting = MeetingFactory(date=dt.date(2019, 12, 10))
    sent = {"version": 1, "date_day": 12, "date_month": 12, "date_year": 2019}
    address = reverse("meeting-edit", args=[meeting.pk])
    refused = client.post(address, sent)
    assert (refused.status_code, "Say why the meeting is moved" in refused.content.decode()) == (422, True)
    client.post(address, sent | {"why": "The hall is flooded"})
    meeting.refresh_from_db()
    told = MeetingMove.objects.values_list("was", "now", "why", "by")
    assert list(told) == [(dt.date(2019, 12, 10), meeting.date, "The hall is flooded", secretary.pk)]
    for name, args in (("meeting-minutes", [meeting.pk]), ("meeting-year", [2019])):
        page = page_of(client, name, *args)
        assert ("10 December" in page, "The hall is flooded" in page) == (True, True)


def test_a_cancelled_meeting_stands_with_its_reason_and_nothing_is_written_under_it(client, secretary):
    item = AgendaItemFactory(meeting__date=dt.date(2019, 12, 10))
    meeting = item.meeting
    client.post(reverse("meeting-cancel", args=[meeting.pk]), {"version": 1, "why": "Snow"})
    page = page_of(client, "meeting-detail", meeting.pk)
    assert ("This meeting is cancelled" in page, "Snow" in page, "Change date or place" in page) == (True, True, False)
    with pytest.raises(MoveRefused, match="was cancelled"):
        actions.save_minute(item=item, version=0, text="<p>Said.</p>", by=secretary)
    [board] = reading.boards_with_work(secretary, dt.date(2019, 12, 2))
    assert board.next_date is None
    again = actions.create_meeting(board=meeting.board, date=meeting.date, by=secretary)
    assert list(Meeting.objects.standing()) == [again]


def test_a_cancelled_meeting_is_reinstated_with_a_reason_and_calendars_hear_of_it(client, secretary):
    meeting = AgendaItemFactory(meeting__date=dt.date(2019, 12, 10)).meeting

    def told() -> list[bytes]:
        found = [one for one in entries(secretary, meeting.date, meeting.date) if one.key == f"meeting-{meeting.pk}"]
        [event] = Calendar.from_ical(feed(found, "x")).events
        return [event["status"].to_ical(), str(event["sequence"]).encode()]

    assert told() == [b"CONFIRMED", b"1"]
    actions.cancel_meeting(meeting=meeting, version=1, why="Snow", by=secretary)
    assert told() == [b"CANCELLED", b"2"]
    address = reverse("meeting-reinstate", args=[meeting.pk])
    assert f'href="{address}"' in page_of(client, "meeting-detail", meeting.pk)
    assert client.post(address, {"version": 2, "reason": " "}).status_code == 422
    other = actions.create_meeting(board=meeting.board, date=meeting.date, by=secretary)
    refused = client.post(address, {"version": 2, "reason": "It thaws"}, follow=True).content.decode()
    assert "Another meeting of this board has been fixed for that day meanwhile" in refused
    actions.cancel_meeting(meeting=other, version=1, why="Twice", by=secretary)
    assert client.post(address, {"version": 1, "reason": "It thaws"}).status_code == 302  # an old page changes nothing
    assert told()[0] == b"CANCELLED"
    client.post(address, {"version": 2, "reason": "It thaws"})
    assert told() == [b"CONFIRMED", b"3"]
    page = page_of(client, "meeting-minutes", meeting.pk)
    assert ("This meeting is cancelled" in page, "Snow" in page, "It thaws" in page) == (False, True, True)
    event = AuditEvent.objects.for_object("boards_meeting", meeting.pk).newest_first().first()
    assert (event.action, event.reason) == ("boards.reinstate_meeting", "It thaws")
    with pytest.raises(MoveRefused, match="is not cancelled"):
        actions.reinstate_meeting(meeting=meeting, version=3, reason="Again", by=secretary)


@pytest.mark.parametrize("came_of_it", [MinuteFactory, AttendanceFactory])
def test_a_meeting_that_was_held_is_not_cancelled(secretary, came_of_it):
    made = came_of_it()
    meeting = made.meeting if hasattr(made, "meeting") else made.item.meeting
    with pytest.raises(MoveRefused, match="it was held"):
        actions.cancel_meeting(meeting=meeting, version=1, why="Snow", by=secretary)


def test_minutes_are_not_agreed_by_a_cancelled_meeting(secretary):
    meeting = MeetingFactory(minutes_state="circulated")
    MinuteFactory(item__meeting=meeting), AttendanceFactory(meeting=meeting)
    later = MeetingFactory(date=dt.date(2019, 11, 19))
    actions.cancel_meeting(meeting=later, version=1, why="Snow", by=secretary)
    later.refresh_from_db()
    with pytest.raises(MoveRefused, match="was cancelled"):
        actions.agree_minutes(meeting=meeting, at=later, by=secretary)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"cancelled_why": "Snow"}, "a_cancelled_meeting_says_when_by_whom_and_why"),
        ({"planned_for": "2019-12-10"}, "a_meeting_of_a_rhythm_keeps_the_day_it_has_there"),
    ],
)
def test_database_refuses_what_no_page_should_send_of_a_meeting(changes, constraint):
    meeting = MeetingFactory()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(**changes)


@pytest.mark.parametrize("count", [1, 3])
def test_the_year_costs_the_same_however_many_meet(client, secretary, django_assert_num_queries, count):
    for number in range(count):
        MeetingFactory(board=BoardFactory(name=f"Board {number}", slug=f"board-{number}"), date=dt.date(2019, 12, 10))
    with django_assert_num_queries(10):
        response = client.get(reverse("meeting-year", args=[2019]))
    assert response.context["count"] == count
