"""What of commitments and of the delivery plan is put before boards themselves, and where that is seen."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core.accounts.permissions import Role
from core.audit.models import AuditEvent
from deepdive import actions as plan
from desk.due import due_from
from desk.history.links import page_of
from governance.boards import actions
from governance.boards.models import Escalation
from governance.boards.proposing import everything
from tests.factories.accounts import OfficeFactory, PersonFactory, UserFactory
from tests.factories.boards import BoardFactory, CommitmentFactory, DeliveryLinkFactory, MeetingFactory
from tests.factories.deepdive import DeliveryActionFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2019, 12, 2)
LATE, JUST = dt.date(2019, 11, 3), dt.date(2019, 11, 4)  # 29 and 28 days


@pytest.fixture(autouse=True)
def office():
    return OfficeFactory(is_demo=True, today_override=TODAY)


@pytest.fixture
def secretary(client):
    user = UserFactory(roles=[Role.SECRETARY])
    client.force_login(user)
    return user


def asked() -> set[tuple]:
    return set(Escalation.objects.values_list("commitment", "delivery", "board", "kind"))


def test_each_night_boards_are_asked_once_about_what_is_long_overdue(secretary):
    board, other = BoardFactory(overdue_days=28), BoardFactory(slug="other", name="Other", overdue_days=0)
    promise = CommitmentFactory(board=board, due=LATE)
    for more in ({"board": board, "due": JUST}, {"due": LATE}, {"board": board, "due": LATE, "status": "kept"}):
        CommitmentFactory(**more)
    late, just, done = (DeliveryActionFactory(due=due) for due in (LATE, JUST, LATE))
    plan.move_action(delivery_action=done, version=1, to="closed", reason="x", day=TODAY, by=UserFactory())
    for action, boards in ((late, (board, other)), (just, (board, other)), (done, (board,))):
        for one in boards:
            DeliveryLinkFactory(action=action, board=one)
    DeliveryActionFactory(due=LATE)  # no board looks after it
    expected = {
        (promise.pk, None, board.pk, "overdue"),
        (None, late.pk, board.pk, "overdue"),
        (None, late.pk, other.pk, "overdue"),
        (None, just.pk, other.pk, "overdue"),
    }
    assert (actions.escalate_actions(by=None), asked()) == (4, expected)
    assert actions.escalate_actions(by=None) == 0


def test_the_third_other_day_is_told_to_the_board_at_once_or_when_there_is_one(secretary):
    board, staff = BoardFactory(), UserFactory(roles=[Role.STAFF])
    promise, unheard = CommitmentFactory(board=board), CommitmentFactory()
    action = DeliveryActionFactory(due=dt.date(2020, 1, 1))
    DeliveryLinkFactory(action=action, board=board)
    counts = []
    for month in (1, 2, 3):
        promise = carried_once(promise, staff, month)
        unheard = carried_once(unheard, staff, month)
        plan.redate_action(delivery_action=action, due=dt.date(2020, month, 20), reason="Late", by=staff)
        counts.append(Escalation.objects.count())
    assert (counts, asked()) == (
        [0, 0, 2],
        {(promise.pk, None, board.pk, "redated"), (None, action.pk, board.pk, "redated")},
    )
    assert AuditEvent.objects.filter(table="boards_escalation", action="deepdive.redate_action").count() == 1
    actions.edit_commitment(
        commitment=unheard, version=unheard.version, kind="report", board=board, owner=unheard.owner, owner_role="",
        deputy=None, unowned_why="", undated_why="", by=staff,
    )  # fmt: skip
    assert (actions.escalate_actions(by=None), Escalation.objects.filter(commitment=unheard).count()) == (1, 1)


def test_who_moves_an_action_of_the_plan_again_is_told_which_boards_are_asked(client, secretary):
    board, other = BoardFactory(name="Scrutiny Board"), BoardFactory(slug="other", name="Other Board")
    action = DeliveryActionFactory(due=dt.date(2020, 1, 1))
    for one in (board, other):
        DeliveryLinkFactory(action=action, board=one)
    client.force_login(UserFactory(roles=[Role.STAFF]))
    there, said = reverse("delivery-action-redate", args=[action.pk]), []
    for day in (10, 11, 12, 13):
        page = client.get(there).content.decode()
        sent = {"due_day": str(day), "due_month": "2", "due_year": "2020", "reason": "Late"}
        told = client.post(there, sent, follow=True).content.decode()
        said.append(("Other Board and Scrutiny Board will be asked to look at it, as this is the third" in page,
                     "are kept. Other Board and Scrutiny Board will be asked to look at it." in told))  # fmt: skip
    assert said == [(False, False), (False, False), (True, True), (False, False)]


def test_a_late_promise_that_no_board_hears_of_is_seen_where_somebody_can_name_one(client, secretary):
    late, again = CommitmentFactory(due=LATE), CommitmentFactory(redated=3, due=dt.date(2020, 1, 1))
    for more in ({"due": LATE, "status": "kept"}, {"due": dt.date(2020, 1, 1)}):
        CommitmentFactory(**more)
    heard = CommitmentFactory(due=LATE, board=BoardFactory())
    rows = client.get(reverse("action-list") + "?show=open").context["rows"]
    assert {row.one.pk for row in rows if row.is_unheard} == {late.pk, again.pk, late.pk + 3}
    assert {row.where for row in rows} == {"Paper of quarter one 2019-20", heard.board.name}
    assert client.get(reverse("action-board")).content.decode().count("No board hears of it") == 3
    there = reverse("commitment-detail", args=[late.pk])
    pages = [client.get(reverse("commitment-detail", args=[one.pk])).content.decode() for one in (late, heard)]
    assert ["Name the board that hears of it" in page for page in pages] == [True, False]
    edit = reverse("commitment-edit", args=[late.pk])
    named = {"version": 1, "kind": late.kind, "owner": late.owner.pk, "board": heard.board.pk}
    assert unheard(secretary) == [edit, reverse("commitment-edit", args=[again.pk])]
    assert client.post(edit, named).headers["Location"] == there
    assert (unheard(secretary), unheard(UserFactory())) == ([reverse("commitment-edit", args=[again.pk])], [])
    assert actions.escalate_actions(by=None) == 2


def unheard(user) -> list[str]:
    return [one.href for one in due_from(user) if one.button == "Name a board"]


def carried_once(promise, by, month: int):
    return actions.dispose_commitment(
        commitment=promise, version=promise.version, to="carried", why="Not ready", due=dt.date(2020, month, 10), by=by
    )


@pytest.fixture
def before(secretary):
    """A commitment and an action of the plan, each put before the board for being overdue."""
    board = BoardFactory()
    promise = CommitmentFactory(board=board, due=LATE)
    action = DeliveryActionFactory(due=LATE)
    DeliveryLinkFactory(action=action, board=board)
    actions.escalate_actions(by=None)
    return board, promise, action


def test_what_is_before_a_board_says_so_in_the_ledger_on_its_page_on_the_boards_and_in_history(client, before):
    board, promise, action = before
    words = f"{board}, 2 December 2019: overdue longer than the board allows"
    rows = client.get(reverse("action-list") + "?show=open").context["rows"]
    assert {(row.one.pk, row.kind, *row.before) for row in rows} == {
        (promise.pk, "promise", words),
        (action.pk, "plan", words),
    }
    assert len(client.get(f"{reverse('action-list')}?show=open&board={board.slug}").context["rows"]) == 2
    lines = b"".join(client.get(reverse("action-export", args=["csv"])).streaming_content).decode().splitlines()
    assert [words in line for line in lines] == [False, True, True]
    for name, one in (("commitment-detail", promise), ("delivery-action-detail", action)):
        page = client.get(reverse(name, args=[one.pk])).content.decode()
        assert "is asked to look at this: it was overdue longer than the board allows (2 December 2019)" in page
    shown = client.get(reverse("board-detail", args=[board.slug])).context["escalated"]
    assert {row.one for row in shown} == {promise, action}
    reader = UserFactory(roles=[Role.AUDITOR])
    client.force_login(reader)
    row = Escalation.objects.get(delivery=action)
    told = client.get(reverse("history-object", args=["boards_escalation", row.pk])).content.decode()
    said = f"{action.ref}, overdue longer than the board allows, before {board}"
    assert said in told.replace("&#x27;", "'")
    places = {page_of(row, reader) for row in Escalation.objects.all()}
    assert places == {
        reverse("commitment-detail", args=[promise.pk]),
        reverse("delivery-action-detail", args=[action.pk]),
    }


def test_what_is_before_a_board_proposes_itself_for_its_agenda_with_the_reason(before):
    board, promise, action = before
    meeting = MeetingFactory(board=board, date=dt.date(2019, 12, 19))
    found = {one.key: one.why for one in everything(meeting)}
    why = "Due 3 November 2019. Before the board: it was overdue longer than the board allows."
    assert found == {f"commitment:{promise.pk}": why, f"delivery:{action.pk}": why}
    plan.move_action(delivery_action=action, version=1, to="closed", reason="x", day=TODAY, by=UserFactory())
    assert [one.key for one in everything(meeting)] == [f"commitment:{promise.pk}"]


def test_who_carries_a_commitment_on_again_is_told_that_the_board_is_asked(client, secretary):
    held = CommitmentFactory(board=BoardFactory(), redated=2)
    there = reverse("commitment-dispose", args=[held.pk, "carried"])
    assert "It has been given another day twice." in client.get(there).content.decode()
    day = {"due_day": "10", "due_month": "1", "due_year": "2020"}
    told = client.post(there, {"version": 1, "why": "Not ready", **day}, follow=True).content.decode()
    assert f"{held.board} will be asked to look at it." in told.replace("&#x27;", "'")
    assert told.count("Put before") == 1


def test_what_is_over_or_a_matter_of_another_board_is_before_no_board(client, before):
    board, promise, action = before
    promise.board = BoardFactory(slug="other", name="Other")
    promise.save()
    plan.move_action(delivery_action=action, version=1, to="closed", reason="x", day=TODAY, by=UserFactory())
    assert client.get(reverse("board-detail", args=[board.slug])).context["escalated"] == []


@pytest.mark.parametrize("with_both", [True, False])
def test_an_escalation_is_of_one_thing_and_names_its_board(with_both):
    facts = {"commitment": CommitmentFactory(), "kind": "overdue", "at": timezone.now()}
    if with_both:
        facts |= {"delivery": DeliveryActionFactory(), "board": BoardFactory()}
    with pytest.raises(IntegrityError, match="an_escalation_is_of_one_thing_and_asks_a_board"), transaction.atomic():
        Escalation.objects.create(**facts)


def test_who_works_on_what_is_before_a_board_sees_that_it_is(client, before):
    user = UserFactory(roles=[Role.CONTRIBUTOR])
    person = PersonFactory(user=user)
    for one in before[1:]:
        one.deputy = person
        one.save()
    client.force_login(user)
    rows = client.get(reverse("action-list") + "?show=mine").context["rows"]
    assert [row.is_escalated for row in rows] == [True, True]


def test_a_contributors_ledger_leads_to_no_page_of_boards(client):
    BoardFactory()
    for role, leads in ((Role.CONTRIBUTOR, False), (Role.STAFF, True)):
        client.force_login(UserFactory(roles=[role]))
        pages = [client.get(reverse(name)).content.decode() for name in ("action-list", "action-board")]
        assert [f'href="{reverse("board-list")}"' in page for page in pages] == [leads, leads]
