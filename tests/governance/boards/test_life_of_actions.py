import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core.accounts.permissions import Role
from core.accounts.states import MoveRefused
from core.documents.access import may_read
from core.documents.actions import store_file
from governance.boards import actions
from governance.boards.ledger import Ledger
from governance.boards.models import ActionMove, ActionProgress, ActionRedating, BoardAction, Escalation
from tests.factories.accounts import OfficeFactory, PersonFactory, UserFactory
from tests.factories.boards import AgendaItemFactory, BoardActionFactory, BoardFactory, MeetingFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2019, 12, 2)


@pytest.fixture(autouse=True)
def office(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    return OfficeFactory(is_demo=True, today_override=TODAY)


@pytest.fixture
def secretary(client):
    user = UserFactory(roles=[Role.SECRETARY], name="Asha Patel")
    client.force_login(user)
    return user


def before(arisen: BoardAction) -> list[BoardAction]:
    """What the board of an action is itself asked to look at."""
    user = UserFactory(roles=[Role.SECRETARY])
    return [entry.one for entry in Ledger(user, TODAY).before(arisen.item.meeting.board)]


def redate(arisen: BoardAction, by, *days: dt.date) -> BoardAction:
    for day in days:
        arisen = actions.redate_action(board_action=arisen, version=arisen.version, due=day, why="Not ready", by=by)
    return arisen


def test_what_was_said_before_stays_when_progress_is_reported_again(secretary):
    arisen = BoardActionFactory()
    for words in ("Begun.", "Half way."):
        arisen = actions.report_progress(board_action=arisen, version=arisen.version, progress=words, by=secretary)
    assert list(ActionProgress.objects.values_list("text", flat=True)) == ["Half way.", "Begun."]
    assert arisen.progress == "Half way."


def test_another_day_is_kept_with_the_one_before_and_why_and_counted(secretary):
    arisen = redate(BoardActionFactory(), secretary, dt.date(2020, 1, 10), dt.date(2020, 2, 10))
    kept = ActionRedating.objects.order_by("pk").values_list("was", "now", "why")
    assert list(kept) == [
        (dt.date(2019, 12, 10), dt.date(2020, 1, 10), "Not ready"),
        (dt.date(2020, 1, 10), dt.date(2020, 2, 10), "Not ready"),
    ]
    assert (arisen.redated, arisen.due, Escalation.objects.count()) == (2, dt.date(2020, 2, 10), 0)


def test_the_third_other_day_puts_an_action_before_the_board_once(client, secretary):
    days = [dt.date(2020, month, 10) for month in (1, 2, 3, 4)]
    arisen = redate(BoardActionFactory(), secretary, *days)
    assert list(Escalation.objects.values_list("action", "kind")) == [(arisen.pk, "redated")]
    page = client.get(reverse("board-detail", args=[arisen.item.meeting.board.slug])).content.decode()
    assert "given another day for the third time" in page


@pytest.mark.parametrize(
    ("due", "allowed", "escalated"),
    [
        (dt.date(2019, 11, 4), 28, []),
        (dt.date(2019, 11, 3), 28, ["overdue"]),
        (dt.date(2019, 12, 1), 0, ["overdue"]),
        (dt.date(2019, 12, 2), 0, []),
    ],
)
def test_a_board_is_asked_about_what_is_overdue_longer_than_it_allows(due, allowed, escalated):
    arisen = BoardActionFactory(item__meeting__board=BoardFactory(overdue_days=allowed), due=due)
    for _ in range(2):
        actions.escalate_actions(by=None)
    assert list(arisen.escalations.values_list("kind", flat=True)) == escalated
    assert before(arisen) == [arisen] * len(escalated)


def test_a_closed_action_is_before_no_board(secretary):
    arisen = BoardActionFactory(due=dt.date(2019, 1, 1))
    actions.escalate_actions(by=None)
    actions.move_action(board_action=arisen, to="done", by=secretary)
    assert before(arisen) == []


def test_an_action_is_done_with_a_file_that_shows_it_or_a_reason_why_there_is_none(client, secretary):
    arisen = BoardActionFactory(no_evidence_why="")
    with pytest.raises(MoveRefused, match="Add a file that shows what was done"):
        actions.move_action(board_action=arisen, to="done", by=secretary)
    there = reverse("board-action-move", args=[arisen.pk, "done"])
    files = [SimpleUploadedFile(name, name.encode()) for name in ("letter.txt", "note.txt")]
    assert client.post(there, {"files": files}).status_code == 302
    arisen.refresh_from_db()
    assert (arisen.status, arisen.evidence_files, arisen.no_evidence_why) == ("done", 2, "")
    assert list(arisen.evidence.values_list("name", flat=True)) == ["letter.txt", "note.txt"]


def test_evidence_is_read_by_who_sees_its_action_and_by_nobody_else(secretary):
    owner, other = (UserFactory(roles=[Role.CONTRIBUTOR]) for _ in range(2))
    arisen = BoardActionFactory(owner=PersonFactory(user=owner))
    stored = store_file(data=b"It was done.", name="letter.txt", by=secretary)
    for _ in range(2):
        actions.add_evidence(board_action=arisen, file=stored, name="letter.txt", by=secretary)
    arisen.refresh_from_db()
    assert arisen.evidence_files == 1
    assert [may_read(user, stored) for user in (secretary, owner, other)] == [True, True, False]


def test_a_deputy_reports_as_the_owner_does(client):
    deputy = UserFactory(roles=[Role.CONTRIBUTOR])
    arisen = BoardActionFactory(deputy=PersonFactory(user=deputy))
    client.force_login(deputy)
    sent = {"version": 1, "progress": "I have begun."}
    assert client.post(reverse("board-action-progress", args=[arisen.pk]), sent).status_code == 302
    assert ActionProgress.objects.get().by == deputy


def test_what_was_said_done_goes_back_only_with_a_reason(secretary):
    arisen = BoardActionFactory()
    actions.move_action(board_action=arisen, to="reported", by=secretary)
    with pytest.raises(MoveRefused, match="Why it is not done after all"):
        actions.move_action(board_action=arisen, to="progress", by=secretary)
    actions.move_action(board_action=arisen, to="progress", reason="Half is missing", by=secretary)
    moved = ActionMove.objects.order_by("pk").values_list("was", "now", "why")
    assert list(moved) == [("open", "reported", ""), ("reported", "progress", "Half is missing")]


@pytest.mark.parametrize("name", ["board-action-edit", "board-action-redate"])
def test_the_second_of_two_who_change_an_action_sees_both(client, secretary, name):
    arisen = BoardActionFactory(version=2, text="Theirs", due=dt.date(2020, 3, 3))
    sent = {"version": 1, "text": "Mine", "owner": arisen.owner_id, "why": "Late"}
    sent |= {"due_day": 4, "due_month": 5, "due_year": 2020}
    response = client.post(reverse(name, args=[arisen.pk]), sent)
    page = response.content.decode()
    both = ("Theirs", "Mine") if name == "board-action-edit" else ("3 March 2020", 'value="5"')
    assert (response.status_code, both[0] in page, both[1] in page) == (409, True, True)
    arisen.refresh_from_db()
    assert (arisen.text, arisen.due, arisen.redated) == ("Theirs", dt.date(2020, 3, 3), 0)


def test_a_link_from_an_email_leads_through_sign_in_to_the_action(client):
    owner = UserFactory(roles=[Role.CONTRIBUTOR], email="owner@force.example")
    owner.set_password("a long enough word")
    owner.save()
    arisen = BoardActionFactory(owner=PersonFactory(user=owner))
    there = reverse("board-action-detail", args=[arisen.pk])
    asked = client.get(there)
    assert asked.status_code == 302
    sent = {"username": owner.email, "password": "a long enough word"}
    assert client.post(asked.url, sent).url == there


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        (
            {"status": "done", "no_evidence_why": "", "closed_at": timezone.now(), "closed_by": "owner"},
            "an_action_said_to_be_done_shows_it_or_says_why_not",
        ),
        ({"status": "reported", "no_evidence_why": ""}, "an_action_said_to_be_done_shows_it_or_says_why_not"),
        ({"status": "dropped"}, "a_closed_action_names_who_and_when"),
        ({"paragraph": "abcdefgh"}, "a_paragraph_an_action_came_from_names_its_paper"),
        ({"deputy": "owner"}, "a_deputy_is_another_person_than_the_owner_of_an_action"),
    ],
)
def test_an_action_that_cannot_be_is_refused_by_the_database(changes, constraint):
    arisen = BoardActionFactory()
    given = {name: arisen.owner if name == "deputy" else value for name, value in changes.items()}
    if "closed_by" in given:
        given["closed_by"] = UserFactory()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        BoardAction.objects.filter(pk=arisen.pk).update(**given)


ROWS = {
    "progress_on_an_action_says_something": lambda one: one.reports.model(text=""),
    "an_action_is_given_another_day_with_a_reason": lambda one: ActionRedating(was=TODAY, now=one.due, why=""),
    "another_day_for_an_action_is_another_day": lambda one: ActionRedating(was=TODAY, now=TODAY, why="x"),
    "an_action_that_moves_changes_its_state": lambda one: ActionMove(was="open", now="open"),
    "an_action_is_held_up_or_dropped_with_a_reason": lambda one: ActionMove(was="open", now="blocked"),
}


@pytest.mark.parametrize("constraint", ROWS)
def test_a_row_of_its_life_that_cannot_be_is_refused_by_the_database(constraint):
    arisen, by = BoardActionFactory(), UserFactory()
    row = ROWS[constraint](arisen)
    row.action, row.by, row.at = arisen, by, timezone.now()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        row.save()


def test_an_action_is_escalated_and_a_file_filed_once(secretary):
    arisen = BoardActionFactory()
    stored = store_file(data=b"It was done.", name="letter.txt", by=secretary)
    facts = {"action": arisen, "at": timezone.now()}
    Escalation.objects.create(kind="overdue", **facts)
    arisen.evidence.create(file=stored, name="letter.txt", by=secretary, at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Escalation.objects.create(kind="overdue", **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        arisen.evidence.create(file=stored, name="again.txt", by=secretary, at=timezone.now())


def test_the_page_of_a_board_shows_what_is_before_it(client, secretary):
    item = AgendaItemFactory(meeting=MeetingFactory())
    late, fresh = BoardActionFactory(item=item, due=dt.date(2019, 1, 1)), BoardActionFactory(item=item)
    actions.escalate_actions(by=None)
    shown = client.get(reverse("board-detail", args=[item.meeting.board.slug])).context["escalated"]
    assert [row.one for row in shown] == [late]
    assert fresh != late
