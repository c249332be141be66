import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from core.accounts.permissions import Role
from core.accounts.states import MoveRefused
from core.documents.versions import Stale
from governance.boards import actions
from governance.boards.models import AgendaItem, BoardAction
from governance.boards.proposing import everything
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.boards import (
    AgendaItemFactory,
    BoardActionFactory,
    BoardFactory,
    DecisionFactory,
    MeetingFactory,
    MinuteFactory,
)

pytestmark = pytest.mark.django_db
DECEMBER = dt.date(2019, 12, 3)


@pytest.fixture
def secretary():
    OfficeFactory(is_demo=True, today_override=dt.date(2019, 12, 2))
    return UserFactory(roles=[Role.SECRETARY])


def order(meeting):
    return list(meeting.items.order_by("position").values_list("position", "title"))


def five(meeting):
    return [AgendaItemFactory(meeting=meeting, title=letter) for letter in "abcde"]


@pytest.mark.parametrize(
    ("start", "to", "expected"),
    [
        (4, 1, "eabcd"),
        (0, 5, "bcdea"),
        (1, 3, "acbde"),
        (3, 2, "adbce"),
        (2, 3, "abcde"),
        (0, 99, "bcdea"),
        (4, 0, "eabcd"),
    ],
)
def test_a_moved_item_stands_where_asked_and_numbers_run_without_a_gap(secretary, start, to, expected):
    meeting = MeetingFactory()
    items = five(meeting)
    actions.move_item(item=items[start], to=to, by=secretary)
    assert order(meeting) == list(enumerate(expected, start=1))


def test_items_after_a_removed_one_move_up(secretary):
    meeting = MeetingFactory()
    items = five(meeting)
    actions.remove_item(item=items[1], by=secretary)
    actions.add_item(meeting=meeting, title="f", by=secretary)
    assert order(meeting) == list(enumerate("acdef", start=1))


@pytest.mark.parametrize("came_of_it", [MinuteFactory, DecisionFactory, BoardActionFactory])
def test_an_item_that_came_to_something_stays(secretary, came_of_it):
    item = came_of_it().item
    with pytest.raises(MoveRefused, match="so it stays on the agenda"):
        actions.remove_item(item=item, by=secretary)
    assert list(item.meeting.items.all()) == [item]


def test_an_exempt_item_names_its_paragraph_and_a_public_one_none(secretary):
    meeting = MeetingFactory()
    with pytest.raises(MoveRefused, match="Choose the paragraph"):
        actions.add_item(meeting=meeting, title="Conduct", part="exempt", by=secretary)
    item = actions.add_item(meeting=meeting, title="Conduct", part="exempt", exemption="1", by=secretary)
    assert item.get_exemption_display() == "Paragraph 1: about an individual"
    changed = actions.edit_item(
        item=item, version=1, title="Conduct", presenter="", part="public", exemption="1", by=secretary
    )
    assert (changed.part, changed.exemption) == ("public", "")


def test_the_second_of_two_who_change_an_item_is_told(secretary):
    item = AgendaItemFactory()
    given = {"presenter": "", "part": "public", "exemption": "", "by": secretary}
    actions.edit_item(item=item, version=1, title="First", **given)
    with pytest.raises(Stale):
        actions.edit_item(item=item, version=1, title="Second", **given)


def proposed(meeting) -> list[str]:
    return [one.key for one in everything(meeting)]


def test_open_actions_propose_themselves_and_nothing_is_on_the_agenda_by_itself(secretary):
    item = AgendaItemFactory()
    later, sooner = BoardActionFactory(item=item, due=dt.date(2020, 1, 1)), BoardActionFactory(item=item)
    BoardActionFactory(item=item, status="done", closed_at="2019-11-20T09:00Z", closed_by=secretary)
    BoardActionFactory(item__meeting__board=BoardFactory(name="Another", slug="another"))
    meeting = actions.create_meeting(board=item.meeting.board, date=DECEMBER, by=secretary)
    keys = [f"action:{sooner.pk}", f"action:{later.pk}"]
    assert (order(meeting), proposed(meeting)) == ([], keys)
    for _ in range(2):
        actions.accept_proposals(meeting=meeting, keys=keys, by=secretary)
    assert order(meeting) == [
        (1, f"Matters arising: action {sooner.ref}"),
        (2, f"Matters arising: action {later.ref}"),
    ]
    assert proposed(meeting) == []


def test_what_is_accepted_stands_after_what_is_there(secretary):
    item = AgendaItemFactory()
    meeting = actions.create_meeting(board=item.meeting.board, date=DECEMBER, by=secretary)
    actions.add_item(meeting=meeting, title="Report", by=secretary)
    late = BoardActionFactory(item=item)
    actions.accept_proposals(meeting=meeting, keys=[f"action:{late.pk}"], by=secretary)
    assert order(meeting) == [(1, "Report"), (2, f"Matters arising: action {late.ref}")]
    actions.remove_item(item=meeting.items.get(position=2), by=secretary)
    assert proposed(meeting) == [f"action:{late.pk}"]


def test_an_action_of_an_exempt_item_stays_in_the_exempt_part(secretary):
    arisen = BoardActionFactory(item=AgendaItemFactory(part="exempt"))
    meeting = actions.create_meeting(board=arisen.item.meeting.board, date=DECEMBER, by=secretary)
    [carried] = actions.accept_proposals(meeting=meeting, keys=[f"action:{arisen.pk}"], by=secretary)
    assert (carried.part, carried.exemption) == ("exempt", "3")
    with pytest.raises(MoveRefused, match="stays in the exempt part"):
        actions.edit_item(item=carried, version=1, title="x", presenter="", part="public", exemption="", by=secretary)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"part": "exempt", "exemption": ""}, "an_exempt_item_names_its_paragraph"),
        ({"release_on": "2020-01-31"}, "only_an_exempt_item_says_why_and_until_when"),
        ({"position": 1}, "position"),
    ],
)
def test_database_refuses_what_no_page_should_send(changes, constraint):
    AgendaItemFactory()
    second = AgendaItemFactory()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        AgendaItem.objects.filter(pk=second.pk).update(**changes)


def test_an_action_keeps_the_item_it_arose_from():
    arisen = BoardActionFactory()
    with pytest.raises(ProtectedError):
        arisen.item.delete()
    assert BoardAction.objects.get() == arisen
