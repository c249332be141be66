"""Boards, meetings and what comes of them, made for a test."""

import datetime as dt

import factory

from governance.boards import actions
from governance.boards.models import (
    AgendaItem,
    Assurance,
    Attendance,
    Board,
    BoardAction,
    Commitment,
    Decision,
    DeliveryLink,
    Meeting,
    MeetingSeries,
    Membership,
    Minute,
    MinuteComment,
    MinutesVersion,
    Question,
)
from governance.boards.models.commitment import sentence_key
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


class MeetingSeriesFactory(factory.django.DjangoModelFactory):
    """The third Wednesday of every second month, from April 2020."""

    class Meta:
        model = MeetingSeries

    board = factory.SubFactory(BoardFactory)
    often = MeetingSeries.Often.TWO_MONTHS
    weekday = 2
    place = 3
    starts = dt.date(2020, 4, 1)


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
    """Nothing is filed to show that it is done, and it says why: a test of that gives `no_evidence_why=""`."""

    class Meta:
        model = BoardAction

    item = factory.SubFactory(AgendaItemFactory)
    ref = factory.Sequence(lambda n: f"A2018-{n:03d}")
    text = "Report on the review of shifts"
    owner = factory.SubFactory(PersonFactory)
    due = dt.date(2019, 12, 10)
    raised_on = factory.SelfAttribute("item.meeting.date")
    no_evidence_why = "It stands in the minutes."


class AssuranceFactory(factory.django.DjangoModelFactory):
    """A board that is partly assured, and says what would satisfy it."""

    class Meta:
        model = Assurance

    item = factory.SubFactory(AgendaItemFactory)
    level = Assurance.Level.PARTLY
    text = "The plan is sound; its staffing is not shown."
    wants = "Figures of staff by team."


class QuestionFactory(factory.django.DjangoModelFactory):
    """A question of a meeting; `QuestionFactory(item=None, board=..., asked_on=...)` was asked between meetings."""

    class Meta:
        model = Question

    item = factory.SubFactory(AgendaItemFactory)
    board = factory.LazyAttribute(lambda one: one.item.meeting.board)
    asked_on = factory.LazyAttribute(lambda one: one.item.meeting.date)
    ref = factory.Sequence(lambda n: f"Q2018-{n:03d}")
    text = "Why have response times risen?"
    promised_by = factory.SubFactory(PersonFactory)
    due = dt.date(2019, 12, 10)


class CommitmentFactory(factory.django.DjangoModelFactory):
    """A promise of the paper of quarter one."""

    class Meta:
        model = Commitment

    paper = "2019-20-q1"
    sentence = factory.Sequence(lambda n: f"I will report to the panel on matter {n}.")
    key = factory.LazyAttribute(lambda one: sentence_key(one.sentence))
    kind = Commitment.Kind.REPORT
    made_on = dt.date(2019, 9, 26)
    owner = factory.SubFactory(PersonFactory)
    due = dt.date(2019, 12, 19)


def agreed_minutes(meeting: Meeting, by) -> MinutesVersion:
    """The minutes circulated, and agreed by a meeting three weeks later."""
    Meeting.objects.filter(pk=meeting.pk).update(minutes_state=Meeting.MinutesState.CIRCULATED)
    later = MeetingFactory(board=meeting.board, date=meeting.date + dt.timedelta(21))
    version = actions.agree_minutes(meeting=meeting, at=later, by=by)
    meeting.refresh_from_db()
    return version
