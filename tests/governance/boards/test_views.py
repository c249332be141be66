import datetime as dt

import pytest
from django.urls import reverse

from core.accounts.models import Person
from core.accounts.permissions import Role
from governance.boards import links
from governance.boards.models import Attendance, Board, BoardAction, Meeting
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
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2019, 12, 2)
PANEL_DAY = dt.date(2019, 12, 19)
BOARD_FORM = {
    "version": 0,
    "name": "Road Safety Board",
    "relation": "attends",
    "paper_days": 7,
    "notice_days": 5,
    "overdue_days": 28,
    "retention": "permanent",
}


@pytest.fixture(autouse=True)
def office():
    return OfficeFactory(is_demo=True, today_override=TODAY)


@pytest.fixture
def secretary(client):
    user = UserFactory(roles=[Role.SECRETARY])
    client.force_login(user)
    return user


def page_of(response) -> str:
    return " ".join(response.content.decode().split())


def full_item(part="public"):
    """An item with one of everything under it."""
    item = AgendaItemFactory(part=part)
    MinuteFactory(item=item)
    DecisionFactory(item=item)
    BoardActionFactory(item=item)
    AgendaItemFactory(meeting=item.meeting, part=part, carried_action=BoardActionFactory(item=item))
    return item


@pytest.mark.parametrize("count", [1, 3])
def test_board_list_costs_the_same_however_many_boards(client, secretary, django_assert_num_queries, count):
    for number in range(count):
        board = BoardFactory(name=f"Board {number}", slug=f"board-{number}")
        BoardActionFactory(item__meeting__board=board)
    with django_assert_num_queries(8):  # session and note 3, user, office, boards, actions by board
        response = client.get(reverse("board-list"))
    assert len(response.context["rows"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_board_costs_the_same_however_much_it_did(client, secretary, django_assert_num_queries, count):
    board = BoardFactory()
    for number in range(count):
        meeting = MeetingFactory(board=board, date=dt.date(2019, 12, 2 + number))
        item = AgendaItemFactory(meeting=meeting)
        BoardActionFactory(item=item), DecisionFactory(item=item)
        MembershipFactory(board=board)
    with django_assert_num_queries(24):
        response = client.get(reverse("board-detail", args=[board.slug]))
    assert len(response.context["seats"].members) == count


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("meeting-detail", 23), ("meeting-agenda", 27), ("meeting-minutes", 22)])
def test_meeting_costs_the_same_however_long_its_agenda(
    client, secretary, django_assert_num_queries, name, queries, count
):
    for _ in range(count):
        item = full_item()
        MembershipFactory(board=item.meeting.board)
        AttendanceFactory(meeting=item.meeting, substitute_for=PersonFactory())
    with django_assert_num_queries(queries):
        response = client.get(reverse(name, args=[item.meeting_id]))
    assert len(response.context["items"]) == 2 * count


@pytest.mark.parametrize("count", [1, 3, 50])
def test_action_list_costs_the_same_however_many_actions(client, secretary, django_assert_num_queries, count):
    item, owner = AgendaItemFactory(), PersonFactory()
    for _ in range(count):
        BoardActionFactory(item=item, owner=owner)
    with django_assert_num_queries(
        19
    ):  # session, user, office, me; boards, people; six counts; a page of three kinds; asked
        response = client.get(reverse("action-list"))
    assert len(response.context["rows"]) == count


def test_board_counts_down_to_its_next_meeting_and_its_deadlines(client, secretary):
    board = MeetingFactory(date=PANEL_DAY).board
    page = page_of(client.get(reverse("board-detail", args=[board.slug])))
    for said in (
        "Thursday 19 December 2019",
        "in 13 working days",
        "Tuesday 10 December 2019",
        "in 6 working days",
        "Wednesday 11 December 2019",
        "in 7 working days",
    ):
        assert said in page


def test_deadlines_follow_what_the_board_has_settled(client, secretary):
    board = BoardFactory(paper_days=3, notice_days=1)
    MeetingFactory(board=board, date=PANEL_DAY)
    deadlines = client.get(reverse("board-detail", args=[board.slug])).context["deadlines"]
    assert [one.date for one in deadlines] == [dt.date(2019, 12, 16), dt.date(2019, 12, 17)]


def test_open_actions_stand_by_age(client, secretary):
    item = AgendaItemFactory()
    late = BoardActionFactory(item=item, due=dt.date(2019, 12, 1))
    soon, later = BoardActionFactory(item=item, due=TODAY), BoardActionFactory(item=item, due=dt.date(2019, 12, 17))
    response = client.get(reverse("board-detail", args=[item.meeting.board.slug]))
    ages = [(label, [row.action for row in rows]) for label, rows in response.context["ages"]]
    assert ages == [("Overdue", [late]), ("Due within a fortnight", [soon]), ("Due later", [later])]
    assert "1 December 2019, 1 day overdue" in page_of(response)


@pytest.mark.parametrize("name", ["board-list", "board-detail", "action-list", "meeting-detail", "meeting-agenda"])
def test_empty_page_says_what_will_be_here(client, secretary, name):
    args = {"board-detail": ["monitoring-board"], "meeting-detail": [1], "meeting-agenda": [1]}.get(name, [])
    if args:
        args = [MeetingFactory().board.slug] if name == "board-detail" else [MeetingFactory().pk]
    assert 'class="empty__title"' in client.get(reverse(name, args=args)).content.decode()


def test_running_a_meeting_shows_what_is_decided_with_owner_and_day(client, secretary):
    item = full_item()
    arisen = item.actions.first()
    page = page_of(client.get(reverse("meeting-detail", args=[item.meeting_id])))
    assert f"{arisen.owner.name}, due 10 December 2019" in page
    assert "Decided by the Commissioner." in page


def test_papers_are_linked_by_whoever_holds_them(client, secretary):
    item = AgendaItemFactory()

    def maker(items):
        return {one.pk: [("Performance report", "/papers/x/")] for one in items if one == item}

    links.register_item_links(links.register_item_links(maker))
    try:
        page = page_of(client.get(reverse("meeting-minutes", args=[item.meeting_id])))
    finally:
        links.unregister_item_links(maker)
    assert page.count('<a class="govuk-link" href="/papers/x/">Performance report</a>') == 1


@pytest.mark.parametrize("role", [Role.STAFF, Role.ADMINISTRATOR])
def test_exempt_items_are_unknown_to_who_is_not_cleared(client, role):
    client.force_login(UserFactory(roles=[role]))
    secret, shown = full_item("exempt"), full_item()
    meeting = secret.meeting
    page = page_of(client.get(reverse("meeting-detail", args=[meeting.pk])))
    assert (shown.decisions.get().ref in page, secret.decisions.get().ref in page) == (True, False)
    assert "Schedule 12A" not in page
    board = client.get(reverse("board-detail", args=[meeting.board.slug])).context
    assert [one.item for one in board["decisions"]] == [shown]
    assert board["open_count"] == 2
    assert client.get(reverse("action-list")).context["counts"]["open"] == 2
    assert client.get(reverse("board-list")).context["open_actions"] == 2
    assert client.get(reverse("board-action-detail", args=[secret.actions.first().pk])).status_code == 404
    found = client.get(f"/api/v1/meetings/{meeting.pk}/").json()
    assert [item["number"] for item in found["items"]] == [3, 4]
    assert client.get("/api/v1/board-actions/").json()["count"] == 2


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.COMMISSIONER, Role.AUDITOR])
def test_exempt_items_are_marked_for_who_is_cleared(client, role):
    client.force_login(UserFactory(roles=[role]))
    item = full_item("exempt")
    page = page_of(client.get(reverse("meeting-minutes", args=[item.meeting_id])))
    assert "Schedule 12A, paragraph 3: somebody&#x27;s financial or business affairs" in page
    found = client.get(f"/api/v1/meetings/{item.meeting_id}/").json()["items"][0]
    assert (found["exemption"], found["minute"]) == (item.get_exemption_display(), item.minute.text)


def test_an_owner_sees_their_action_even_from_an_exempt_item(client):
    owner = UserFactory(roles=[Role.STAFF])
    client.force_login(owner)
    arisen = BoardActionFactory(item=AgendaItemFactory(part="exempt"), owner=PersonFactory(user=owner))
    assert client.get(reverse("board-action-detail", args=[arisen.pk])).status_code == 200


def every_address():
    item = full_item()
    member = MembershipFactory(board=item.meeting.board)
    slug, meeting, arisen = member.board.slug, item.meeting_id, item.actions.first().pk
    return {
        "board-list": [],
        "board-create": [],
        "board-detail": [slug],
        "board-edit": [slug],
        "member-create": [slug],
        "member-remove": [slug, member.pk],
        "meeting-create": [slug],
        "meeting-detail": [meeting],
        "meeting-edit": [meeting],
        "meeting-agenda": [meeting],
        "proposal-settle": [meeting],
        "attendance-set": [meeting],
        "attendance-add": [meeting],
        "meeting-minutes": [meeting],
        "minutes-move": [meeting],
        "item-edit": [item.pk],
        "item-move": [item.pk],
        "item-remove": [item.pk],
        "minute-edit": [item.pk],
        "decision-create": [item.pk],
        "board-action-create": [item.pk],
        "action-list": [],
        "board-action-detail": [arisen],
        "board-action-progress": [arisen],
        "board-action-evidence": [arisen],
        "board-action-redate": [arisen],
        "board-action-edit": [arisen],
        "board-action-move": [arisen, "done"],
    }


READS = {"board-list", "board-detail", "meeting-detail", "meeting-minutes", "action-list", "board-action-detail"}
POSTS = {"member-remove", "proposal-settle", "attendance-set", "item-move", "item-remove"}
POSTS |= {"board-action-progress", "board-action-evidence", "board-action-move"}


def answers(client, role) -> dict[str, int]:
    """What each address answers this role: GET, or POST of nothing where it only posts."""
    client.force_login(UserFactory(roles=[role]))
    return {
        name: (client.post if name in POSTS else client.get)(reverse(name, args=args)).status_code
        for name, args in every_address().items()
    }


def test_panel_members_see_nothing_here(client):
    assert set(answers(client, Role.PANEL).values()) == {403}


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_readers_read_and_write_nothing(client, role):
    given = answers(client, role)
    assert {name for name, status in given.items() if status == 200} == READS
    assert {status for name, status in given.items() if name not in READS} == {403}


def test_contributors_know_of_nothing_but_their_own_actions(client):
    given = answers(client, Role.CONTRIBUTOR)
    assert {name: status for name, status in given.items() if status != 403} == {
        "action-list": 200,
        "board-action-detail": 404,
        "board-action-progress": 404,
        "board-action-evidence": 404,
        "board-action-redate": 404,
        "board-action-move": 404,
    }


def test_every_page_opens_for_the_secretary(client):
    given = answers(client, Role.SECRETARY)
    assert {name for name, status in given.items() if status >= 400} == {
        "attendance-set",  # of nobody
        "board-action-progress",  # nothing to save
        "board-action-evidence",  # nothing to file
    }


def test_a_board_is_added_with_its_names_and_read_back(client, secretary):
    sent = BOARD_FORM | {"other_names": "RSB\n\n Roads board \nRSB"}
    assert client.post(reverse("board-create"), sent).url == "/boards/road-safety-board/"
    board = Board.objects.get()
    assert list(board.aliases.order_by("name").values_list("name", flat=True)) == ["RSB", "Roads board"]
    page = page_of(client.get(reverse("board-detail", args=[board.slug])))
    assert "RSB<br>Roads board" in page
    assert "The commissioner attends" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Enter the name"),
        ({"name": "Commissioner's Monitoring Board"}, "There is already a board of this name"),
        ({"other_names": "CMB"}, "CMB is already another name of Commissioner&#x27;s Monitoring Board"),
        ({"paper_days": "61"}, "must be 60 or less"),
        ({"overdue_days": "400"}, "must be 366 or less"),
        ({"paper_days": "soon"}, "must be a whole number"),
        ({"relation": "owns"}, "Select"),
    ],
)
def test_bad_input_about_a_board_is_named_and_kept(client, secretary, changes, sentence):
    BoardFactory().aliases.create(name="CMB")
    response = client.post(reverse("board-create"), BOARD_FORM | changes)
    assert response.status_code == 422
    assert sentence in page_of(response)
    assert Board.objects.count() == 1


def test_boards_do_not_report_in_a_circle(client, secretary):
    top = BoardFactory()
    below = BoardFactory(name="Below", slug="below", parent=top)
    lowest = BoardFactory(name="Lowest", slug="lowest", parent=below)
    sent = BOARD_FORM | {"name": top.name, "version": 1, "parent": lowest.pk}
    response = client.post(reverse("board-edit", args=[top.slug]), sent)
    assert "Lowest reports to this board already" in page_of(response)


def test_the_second_of_two_who_change_a_board_sees_both(client, secretary):
    board = BoardFactory(terms="Theirs stand.", version=2)
    sent = BOARD_FORM | {"name": board.name, "version": 1, "terms": "Mine."}
    response = client.post(reverse("board-edit", args=[board.slug]), sent)
    assert response.status_code == 409
    assert ("Theirs" in page_of(response), "Mine." in page_of(response)) == (True, True)
    board.refresh_from_db()
    assert board.terms == "Theirs stand."


def test_a_new_person_becomes_a_member_in_one_go(client, secretary):
    board = BoardFactory()
    address = reverse("member-create", args=[board.slug])
    client.post(address, {"new_name": "Eleanor Harding", "new_job_title": "Adviser", "capacity": "Member"})
    person = Person.objects.get(name="Eleanor Harding")
    assert list(board.memberships.values_list("person", "capacity")) == [(person.pk, "Member")]
    client.post(reverse("member-remove", args=[board.slug, board.memberships.get().pk]))
    assert (board.memberships.count(), Person.objects.filter(pk=person.pk).count()) == (0, 1)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Choose a person, or give the name of somebody who is not listed"),
        ({"new_name": "PERSON ONE"}, "PERSON ONE is on the list already"),
        ({"new_name": "Else", "person": "one"}, "not both"),
    ],
)
def test_a_member_is_one_person_and_not_a_second_of_the_same_name(client, secretary, sent, sentence):
    one = PersonFactory(name="Person One")
    sent = sent | ({"person": one.pk} if "person" in sent else {}) | {"capacity": "Member"}
    response = client.post(reverse("member-create", args=[BoardFactory().slug]), sent)
    assert (response.status_code, sentence in page_of(response)) == (422, True)


def test_what_is_open_proposes_itself_for_a_meeting_that_is_fixed(client, secretary):
    arisen = BoardActionFactory()
    sent = {"version": 0, "date_day": "19", "date_month": "12", "date_year": "2019", "starts_at": "10.30"}
    response = client.post(reverse("meeting-create", args=[arisen.item.meeting.board.slug]), sent, follow=True)
    meeting = Meeting.objects.get(date=PANEL_DAY)
    assert (meeting.starts_at, meeting.items.count()) == (dt.time(10, 30), 0)
    assert f"Matters arising: action {arisen.ref}" in page_of(response)


def test_a_board_meets_once_a_day(client, secretary):
    meeting = MeetingFactory()
    sent = {"version": 0, "date_day": "5", "date_month": "11", "date_year": "2019"}
    response = client.post(reverse("meeting-create", args=[meeting.board.slug]), sent)
    assert "meets on 5 November 2019 already" in page_of(response)


def test_somebody_else_is_noted_as_present(client, secretary):
    meeting = MeetingFactory()
    client.post(reverse("attendance-add", args=[meeting.pk]), {"new_name": "Mary Bold"})
    assert list(meeting.attendances.values_list("person__name", "kind")) == [("Mary Bold", "present")]


def test_attendance_is_ticked_changed_and_taken_back(client, secretary):
    meeting = MeetingFactory()
    member, other = MembershipFactory(board=meeting.board).person, PersonFactory()
    address = reverse("attendance-set", args=[meeting.pk])
    given = [
        ({"person": other.pk, "kind": "present", "substitute_for": member.pk}, ("present", member.pk)),
        ({"person": other.pk, "kind": "apologies", "substitute_for": member.pk}, ("apologies", None)),
        ({"person": other.pk, "kind": "clear"}, None),
    ]
    for sent, expected in given:
        client.post(address, sent)
        assert meeting.attendances.values_list("kind", "substitute_for").first() == expected
    fragment = client.post(address, {"person": member.pk, "kind": "present"}, headers={"HX-Request": "true"})
    assert "1 present" in page_of(fragment)
    refused = client.post(address, {"person": member.pk, "kind": "late"}, headers={"HX-Request": "true"})
    assert (refused.status_code, Attendance.objects.get().kind) == (422, "present")


def test_actions_are_filtered_by_mine_overdue_and_board(client, secretary):
    mine = BoardActionFactory(owner=PersonFactory(user=secretary), due=dt.date(2020, 1, 1))
    late = BoardActionFactory(due=dt.date(2019, 11, 30))
    other = BoardActionFactory(item__meeting__board=BoardFactory(name="Other", slug="other"))
    done = BoardActionFactory(status="done", closed_by=secretary, closed_at="2019-11-30T10:00Z")

    def shown(query):
        return [row.one for row in client.get(f"/actions/{query}").context["rows"]]

    assert shown("") == [mine]
    assert shown("?show=overdue") == [late]
    assert shown("?show=open") == [late, other, mine]
    assert shown("?show=closed") == [done]
    assert shown("?show=open&board=other") == [other]
    assert shown("?show=nonsense&board=nonsense&after=x&kind=y&state=z&sort=w") == [mine]


def test_an_owner_in_the_force_reports_it_done_and_the_secretary_closes_it(client):
    owner = UserFactory(roles=[Role.CONTRIBUTOR])
    client.force_login(owner)
    arisen = BoardActionFactory(owner=PersonFactory(user=owner), no_evidence_why="")
    there = reverse("board-action-move", args=[arisen.pk, "reported"])
    page = page_of(client.get(reverse("board-action-detail", args=[arisen.pk])))
    assert (f'href="{there}"' in page, "no longer needed" in page, "/meetings/" in page) == (True, False, False)
    client.post(reverse("board-action-progress", args=[arisen.pk]), {"version": 1, "progress": "Shifts are changed."})
    assert client.post(there, {}).status_code == 422  # nothing shows it yet
    client.post(there, {"no_evidence": "It stands in the minutes."})
    arisen.refresh_from_db()
    assert (arisen.progress, arisen.status, arisen.closed_by) == ("Shifts are changed.", "reported", None)
    closing = reverse("board-action-move", args=[arisen.pk, "done"])
    assert "Your roles do not let you" in page_of(client.post(closing, follow=True))
    boss = UserFactory(roles=[Role.SECRETARY])
    client.force_login(boss)
    client.post(closing)
    arisen.refresh_from_db()
    assert (arisen.status, arisen.closed_by) == ("done", boss)


def test_the_second_of_two_who_report_progress_sees_both(client, secretary):
    arisen = BoardActionFactory(progress="Theirs.", version=2)
    address = reverse("board-action-progress", args=[arisen.pk])
    response = client.post(address, {"version": 1, "progress": "Mine."})
    assert (response.status_code, "Theirs." in page_of(response), "Mine." in page_of(response)) == (409, True, True)
    assert BoardAction.objects.get().progress == "Theirs."
    assert client.post(address, {"version": 2, "progress": ""}).status_code == 422


def test_actions_leave_the_action_list_of_a_stranger_to_boards(client):
    owner = UserFactory(roles=[Role.CONTRIBUTOR])
    client.force_login(owner)
    BoardActionFactory()
    mine = BoardActionFactory(owner=PersonFactory(user=owner))
    response = client.get(reverse("action-list"))
    assert ([row.one for row in response.context["rows"]], response.context["boards"]) == ([mine], [])
    found = client.get("/api/v1/board-actions/").json()["results"]
    assert [row["ref"] for row in found] == [mine.ref]


def test_api_gives_the_agenda_in_order_and_is_closed_to_others(client, secretary):
    item = full_item()
    found = client.get("/api/v1/meetings/").json()["results"]
    assert [(one["number"], one["actions"]) for one in found[0]["items"]] == [
        (1, [action.ref for action in item.actions.all()]),
        (2, []),
    ]
    client.force_login(UserFactory(roles=[Role.PANEL]))
    for address in ("/api/v1/meetings/", "/api/v1/board-actions/"):
        assert client.get(address).status_code == 403
    client.force_login(UserFactory(roles=[Role.CONTRIBUTOR]))
    assert client.get("/api/v1/meetings/").status_code == 403
