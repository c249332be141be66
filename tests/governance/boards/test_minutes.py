import datetime as dt
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from core.accounts.clock import today
from core.accounts.permissions import Role
from core.accounts.states import MoveRefused
from core.audit.models import AuditEvent
from core.documents.richtext import plain_text
from core.documents.versions import Stale
from governance.boards import actions
from governance.boards.links import Paragraph
from governance.boards.models import (
    Assurance,
    Attendance,
    Board,
    BoardAction,
    Citation,
    Declaration,
    ItemPaper,
    Meeting,
    Minute,
    MinuteComment,
)
from tests.factories.accounts import OfficeFactory, PersonFactory, UserFactory
from tests.factories.boards import (
    AgendaItemFactory,
    AttendanceFactory,
    BoardActionFactory,
    BoardFactory,
    DecisionFactory,
    MeetingFactory,
    MembershipFactory,
    MinuteFactory,
    agreed_minutes,
)

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
DUE = dt.date(2019, 12, 10)


@pytest.fixture
def secretary():
    OfficeFactory(is_demo=True, today_override=dt.date(2019, 12, 2))
    return UserFactory(roles=[Role.SECRETARY])


def agreed(secretary) -> Meeting:
    """A meeting with one of everything under it, its minutes agreed."""
    minute = MinuteFactory()
    AttendanceFactory(meeting=minute.item.meeting)
    BoardActionFactory(item=minute.item)
    return agreed_minutes(minute.item.meeting, secretary).meeting


def later(meeting: Meeting) -> Meeting:
    return Meeting.objects.get(board=meeting.board, date__gt=meeting.date)


WRITES = {
    "add_item": lambda m, i: partial(actions.add_item, meeting=m, title="New"),
    "edit_item": lambda m, i: partial(
        actions.edit_item, item=i, version=1, title="New", presenter="", part="public", exemption=""
    ),
    "move_item": lambda m, i: partial(actions.move_item, item=i, to=2),
    "remove_item": lambda m, i: partial(actions.remove_item, item=i),
    "accept_proposals": lambda m, i: partial(actions.accept_proposals, meeting=m, keys=[]),
    "leave_out": lambda m, i: partial(actions.leave_out, meeting=m, key="standing:1"),
    "declare_interest": lambda m, i: partial(
        actions.declare_interest, item=i, person=m.attendances.get().person, interest="A share", conduct="left"
    ),
    "drop_declaration": lambda m, i: partial(actions.drop_declaration, declaration=Declaration(item=i)),
    "cite_paragraph": lambda m, i: partial(
        actions.cite_paragraph, item=i, paragraph=Paragraph("2019-20-q1", 1, "abc", "Paragraph 1", "Words", "/")
    ),
    "drop_citation": lambda m, i: partial(actions.drop_citation, citation=Citation(item=i)),
    "defer_item": lambda m, i: partial(actions.defer_item, item=i, version=1, why="No time"),
    "add_paper": lambda m, i: partial(actions.add_paper, item=i, file=None, name="Report", received_on=DUE),
    "withdraw_paper": lambda m, i: partial(actions.withdraw_paper, paper=ItemPaper(item=i), why="Wrong"),
    "edit_meeting": lambda m, i: partial(
        actions.edit_meeting,
        meeting=m,
        version=m.version,
        date=DUE,
        starts_at=None,
        place="",
        is_public=False,
        why="Rain",
    ),
    "cancel_meeting": lambda m, i: partial(actions.cancel_meeting, meeting=m, version=m.version, why="Rain"),
    "set_attendance": lambda m, i: partial(
        actions.set_attendance, meeting=m, person=m.attendances.get().person, kind="absent"
    ),
    "clear_attendance": lambda m, i: partial(actions.clear_attendance, attendance=m.attendances.get()),
    "save_minute": lambda m, i: partial(actions.save_minute, item=i, version=1, text="<p>New.</p>"),
    "record_decision": lambda m, i: partial(actions.record_decision, item=i, text="New", decided_by="Nobody"),
    "record_assurance": lambda m, i: partial(actions.record_assurance, item=i, level="assured", text="It is so."),
    "edit_assurance": lambda m, i: partial(
        actions.edit_assurance, assurance=Assurance(item=i), version=1, level="assured", text="It is so."
    ),
    "record_question": lambda m, i: partial(
        actions.record_question,
        item=i,
        kind="question",
        text="Why?",
        asked_by=None,
        promised_by=m.attendances.get().person,
        due=DUE,
    ),
    "record_action": lambda m, i: partial(
        actions.record_action, item=i, text="New", owner=m.attendances.get().person, due=DUE
    ),
    "prefill_minutes": lambda m, i: partial(actions.prefill_minutes, meeting=m, received={}),
    "circulate_minutes": lambda m, i: partial(
        actions.circulate_minutes,
        meeting=m,
        recipients=[m.attendances.get().person],
        presided_by=m.attendances.get().person,
        comments_by=DUE,
    ),
    "comment_on_minute": lambda m, i: partial(
        actions.comment_on_minute, item=i, person=m.attendances.get().person, text="Not so"
    ),
    "settle_comment": lambda m, i: partial(actions.settle_comment, comment=MinuteComment(item=i), answer="Put right"),
    "agree_minutes": lambda m, i: partial(actions.agree_minutes, meeting=m, at=later(m)),
}


@pytest.mark.parametrize("name", WRITES)
def test_agreed_minutes_refuse_every_write(secretary, name):
    meeting = agreed(secretary)
    before = AuditEvent.objects.count()
    with pytest.raises(MoveRefused, match="Nothing was changed"):
        WRITES[name](meeting, meeting.items.get())(by=secretary)
    assert AuditEvent.objects.count() == before


def test_every_action_on_a_meeting_is_tried_against_agreed_minutes():
    elsewhere = {"add_person", "create_board", "edit_board", "set_member", "set_members", "remove_member"}
    elsewhere |= {"check_duty", "ask_log_file"}
    elsewhere |= {"add_standing_item", "end_standing_item"}
    elsewhere |= {"edit_member", "place_hold", "lift_hold", "create_series", "edit_series", "fix_series"}
    elsewhere |= {"create_meeting"}  # there is no meeting yet
    elsewhere |= {"reinstate_meeting"}  # a cancelled meeting has no minutes
    # what was exempt is looked at long after: agreed minutes get a further version, whose words are the same
    elsewhere |= {"release_item", "keep_exempt"}
    elsewhere |= {"purge_log_files"}
    elsewhere |= {"link_delivery_action", "unlink_delivery_action"}  # a tie to the plan is no part of the minutes
    # a question lives on after the meeting that asked it, and is put down when it comes
    elsewhere |= {"record_question_between", "edit_question", "move_question"}
    elsewhere |= {"write_answer", "approve_answer"}
    elsewhere |= {"record_decision_outside"}  # no meeting
    # the words of a decision lock with its minutes; why it was taken is completed afterwards
    elsewhere |= {"complete_decision", "approve_decision", "publish_decision", "correct_decision"}
    elsewhere |= {"amend_minute", "sign_minutes", "publish_minutes"}  # done to agreed minutes alone
    elsewhere |= {
        "report_progress",
        "move_action",
        "redate_action",
        "add_evidence",
        "edit_action",
        "escalate_actions",
    }  # an action lives on after the meeting
    elsewhere |= {"make_commitment", "edit_commitment", "dispose_commitment", "dismiss_suggestion"}
    elsewhere |= {"report_on_commitment"}  # of a paper, not of a meeting
    assert set(actions.__all__) == set(WRITES) | elsewhere


def test_an_action_lives_on_after_its_minutes_are_agreed(secretary):
    arisen = BoardAction.objects.get(item__meeting=agreed(secretary))
    reported = actions.report_progress(board_action=arisen, version=1, progress="Half done", by=secretary)
    assert (reported.progress, reported.version) == ("Half done", 2)
    assert actions.move_action(board_action=arisen, to="done", by=secretary).closed_by == secretary


def test_two_first_minutes_of_one_item_lose_nothing(secretary):
    item = AgendaItemFactory()
    actions.save_minute(item=item, version=0, text="<p>Mine.</p>", by=secretary)
    with pytest.raises(Stale) as told:
        actions.save_minute(item=item, version=0, text="<p>Theirs.</p>", by=secretary)
    assert plain_text(told.value.current.text) == "Mine."


def test_a_minute_written_on_an_older_version_is_stale(secretary):
    minute = MinuteFactory(version=3)
    with pytest.raises(Stale):
        actions.save_minute(item=minute.item, version=2, text="<p>Other.</p>", by=secretary)
    assert actions.save_minute(item=minute.item, version=3, text="<p>Other.</p>", by=secretary).version == 4


def test_the_same_words_again_write_nothing(secretary):
    item = AgendaItemFactory()
    first = actions.save_minute(item=item, version=0, text="<p>Received.</p>", by=secretary)
    before = AuditEvent.objects.count()
    again = actions.save_minute(item=item, version=1, text=first.text, by=secretary)
    assert (again.version, AuditEvent.objects.count()) == (1, before)


def test_a_minute_is_cleaned_on_the_way_in(secretary):
    actions.save_minute(item=AgendaItemFactory(), version=0, text="<p>A<script>alert(1)</script></p>", by=secretary)
    assert plain_text(Minute.objects.get().text) == "A"
    assert "script" not in Minute.objects.get().text


def test_references_count_up_within_the_year_past_a_thousand(secretary):
    item, owner = AgendaItemFactory(), PersonFactory()
    given = {"item": item, "owner": owner, "due": DUE, "by": secretary}
    made = [actions.record_action(text=text, **given).ref for text in ("Write", "Ask", "Write")]
    assert made == ["A2019-001", "A2019-002", "A2019-001"]  # sent twice it is one action
    BoardActionFactory(ref="A2019-999"), BoardActionFactory(ref="A2019-1000")
    assert actions.record_action(text="Report", **given).ref == "A2019-1001"
    assert actions.record_decision(item=item, text="Agreed", decided_by="the board", by=secretary).ref == "D2019-001"


def test_attendance_is_one_row_a_person_and_can_be_taken_back(secretary):
    meeting, person, member = MeetingFactory(), PersonFactory(), PersonFactory()
    actions.set_attendance(meeting=meeting, person=person, kind="absent", by=secretary)
    noted = actions.set_attendance(meeting=meeting, person=person, kind="present", substitute_for=member, by=secretary)
    assert list(meeting.attendances.values_list("person", "kind", "substitute_for")) == [
        (person.pk, "present", member.pk)
    ]
    actions.clear_attendance(attendance=noted, by=secretary)
    assert Attendance.objects.count() == 0


@pytest.mark.parametrize(
    ("kind", "own", "sentence"),
    [
        ("late", False, "Say whether this person was present"),
        ("apologies", False, "Only somebody who is present"),
        ("present", True, "Nobody can stand in for themselves"),
    ],
)
def test_attendance_that_cannot_be_is_refused(secretary, kind, own, sentence):
    person = PersonFactory()
    instead = person if own else (PersonFactory() if kind == "apologies" else None)
    with pytest.raises(MoveRefused, match=sentence):
        actions.set_attendance(meeting=MeetingFactory(), person=person, kind=kind, substitute_for=instead, by=secretary)


@pytest.mark.parametrize("to", ["dropped", "open"])
def test_leaving_or_reopening_an_action_takes_a_reason(secretary, to):
    arisen = BoardActionFactory()
    if to == "open":
        actions.move_action(board_action=arisen, to="done", by=secretary)
    with pytest.raises(MoveRefused, match="this needs an answer"):
        actions.move_action(board_action=arisen, to=to, reason=" ", by=secretary)
    moved = actions.move_action(board_action=arisen, to=to, reason="The law changed", by=secretary)
    assert (moved.status, moved.status_reason, moved.closed_by) == (
        to,
        "The law changed",
        None if to == "open" else secretary,
    )
    assert AuditEvent.objects.filter(action="boards.move_action").latest("pk").reason == "The law changed"


def test_an_owner_reports_on_what_is_theirs_alone():
    owner, other = UserFactory(roles=[Role.CONTRIBUTOR]), UserFactory(roles=[Role.CONTRIBUTOR])
    arisen = BoardActionFactory(owner=PersonFactory(user=owner))
    for write in (
        partial(actions.report_progress, version=1, progress="Done"),
        partial(actions.move_action, to="reported"),
    ):
        with pytest.raises(MoveRefused, match="belongs to somebody else"):
            write(board_action=arisen, by=other)
    assert actions.report_progress(board_action=arisen, version=1, progress="Done", by=owner).version == 2
    assert actions.move_action(board_action=arisen, to="reported", by=owner).status == "reported"
    actions.move_action(board_action=arisen, to="done", by=UserFactory(roles=[Role.SECRETARY]))
    with pytest.raises(MoveRefused, match="This action is closed"):
        actions.report_progress(board_action=arisen, version=4, progress="More", by=owner)


@pytest.mark.parametrize(
    ("factory", "changes", "constraint"),
    [
        (MeetingFactory, {"minutes_state": "agreed"}, "agreed_minutes_name_who_and_when"),
        (BoardActionFactory, {"status": "done"}, "a_closed_action_names_who_and_when"),
    ],
)
def test_database_refuses_what_no_page_should_send(factory, changes, constraint):
    made = factory()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        type(made).objects.filter(pk=made.pk).update(**changes)


@pytest.mark.parametrize("again", [AttendanceFactory, MembershipFactory])
def test_database_holds_a_person_once(again):
    first = again()
    where = {"meeting": first.meeting} if again is AttendanceFactory else {"board": first.board}
    with pytest.raises(IntegrityError), transaction.atomic():
        again(person=first.person, **where)


def test_a_decision_reference_is_used_once():
    with pytest.raises(IntegrityError), transaction.atomic():
        DecisionFactory(ref=DecisionFactory().ref)


def test_two_boards_of_like_names_have_addresses_of_their_own(secretary):
    names = ("Road Safety Board", "Road-safety board", "New", "!!!")
    made = [actions.create_board(name=name, relation=Board.Relation.REPORT, by=secretary).slug for name in names]
    assert made == ["road-safety-board", "road-safety-board-2", "new-2", "board"]


def test_names_and_members_of_a_board_become_what_is_given(secretary):
    board, stays, leaves = BoardFactory(), PersonFactory(), PersonFactory()
    actions.set_members(board=board, members={stays: "Member", leaves: "Member"}, by=secretary)
    actions.set_members(board=board, members={stays: "Chair"}, by=secretary)
    actions.edit_board(board=board, version=1, aliases=["One", "Two"], by=secretary)
    actions.edit_board(board=board, version=2, aliases=["Two", "Three", "Three"], name="Renamed", by=secretary)
    board.refresh_from_db()
    seated = board.memberships.order_by("pk").values_list("person", "capacity", "ends")
    assert list(seated) == [(stays.pk, "Chair", None), (leaves.pk, "Member", today())]
    assert sorted(board.aliases.values_list("name", flat=True)) == ["Three", "Two"]
    assert (board.name, board.slug, board.version) == ("Renamed", "monitoring-board", 3)
