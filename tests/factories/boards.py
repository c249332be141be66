"""Boards, meetings and what comes of them, made for a test."""

import datetime as dt

import factory

from governance.boards import actions
from governance.boards.models import (
    AgendaItem,
    Attendance,
    Board,
    BoardAction,
    Decision,
    DeliveryLink,
    Meeting,
    Membership,
    Minute,
    MinuteComment,
    MinutesVersion,
)
from tests.factories.accounts import PersonFactory, UserFactory
from tests.factories.deepdive import DeliveryActionFactory

HELD = dt.date(2019, 11, 5)


class BoardFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Board
        django_get_or_create = ("slug",)

    name = "Commissioner's Monitoring Board"
    slug = "monitoring-board"
    relation = Board.Relation.CHAIRS


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    board = factory.SubFactory(BoardFactory)
    person = factory.SubFactory(PersonFactory)


class MeetingFactory(factory.django.DjangoModelFactory):
    """A meeting of 5 November 2019 whose minutes are still a draft."""

    class Meta:
        model = Meeting
        django_get_or_create = ("board", "date")

    board = factory.SubFactory(BoardFactory)
    date = HELD


class AgendaItemFactory(factory.django.DjangoModelFactory):
    """The next item of the meeting; `AgendaItemFactory(part="exempt")` names paragraph 3."""

    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    position = factory.LazyAttribute(lambda item: item.meeting.items.count() + 1)
    title = factory.LazyAttribute(lambda item: f"Item {item.position}")
    exemption = factory.LazyAttribute(lambda item: "3" if item.part == "exempt" else "")
    part = AgendaItem.Part.PUBLIC


class MinuteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Minute

    item = factory.SubFactory(AgendaItemFactory)
    text = "<p>The report was received.</p>"


class MinuteCommentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MinuteComment

    item = factory.SubFactory(AgendaItemFactory)
    person = factory.SubFactory(PersonFactory)
    text = "I did not say that."
    made_at = dt.datetime(2019, 11, 20, 9, tzinfo=dt.UTC)
    noted_by = factory.SubFactory(UserFactory)


class AttendanceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Attendance

    meeting = factory.SubFactory(MeetingFactory)
    person = factory.SubFactory(PersonFactory)


class DecisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Decision

    item = factory.SubFactory(AgendaItemFactory)
    ref = factory.Sequence(lambda n: f"D2018-{n:03d}")
    text = "To receive the figures each month."
    decided_by = "the Commissioner"


class DeliveryLinkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DeliveryLink

    action = factory.SubFactory(DeliveryActionFactory)


class BoardActionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BoardAction

    item = factory.SubFactory(AgendaItemFactory)
    ref = factory.Sequence(lambda n: f"A2018-{n:03d}")
    text = "Report on the review of shifts"
    owner = factory.SubFactory(PersonFactory)
    due = dt.date(2019, 12, 10)


def agreed_minutes(meeting: Meeting, by) -> MinutesVersion:
    """The minutes circulated, and agreed by a meeting three weeks later."""
    Meeting.objects.filter(pk=meeting.pk).update(minutes_state=Meeting.MinutesState.CIRCULATED)
    later = MeetingFactory(board=meeting.board, date=meeting.date + dt.timedelta(21))
    version = actions.agree_minutes(meeting=meeting, at=later, by=by)
    meeting.refresh_from_db()
    return version
