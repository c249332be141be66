import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.accounts.permissions import Role
from core.accounts.states import MoveRefused
from governance.boards import actions, reading
from governance.boards.models import LegalHold, Membership
from tests.factories.accounts import OfficeFactory, PersonFactory, UserFactory
from tests.factories.boards import (
    AgendaItemFactory,
    BoardFactory,
    CommitmentFactory,
    MeetingFactory,
    MembershipFactory,
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2019, 12, 2)


@pytest.fixture
def secretary(client):
    OfficeFactory(is_demo=True, today_override=TODAY)
    user = UserFactory(roles=[Role.SECRETARY])
    client.force_login(user)
    return user


def day(name: str, when: dt.date | None) -> dict[str, object]:
    parts = (when.day, when.month, when.year) if when else ("", "", "")
    return dict(zip((f"{name}_day", f"{name}_month", f"{name}_year"), parts, strict=True))


@pytest.mark.parametrize(
    ("starts", "ends", "on", "expected"),
    [
        (None, None, TODAY, 1),
        (TODAY, TODAY, TODAY, 1),
        (None, dt.date(2019, 12, 1), TODAY, 0),
        (dt.date(2019, 12, 3), None, TODAY, 0),
        (None, dt.date(2019, 12, 1), dt.date(2019, 11, 5), 1),
    ],
)
def test_somebody_sits_from_their_first_day_to_their_last(starts, ends, on, expected):
    board = MembershipFactory(starts=starts, ends=ends).board
    assert len(reading.members(board, on)) == expected


def test_who_left_is_expected_at_meetings_of_their_time_and_not_later(client, secretary):
    gone = MembershipFactory(ends=dt.date(2019, 11, 30))
    for date, expected in ((dt.date(2019, 11, 5), ["Not noted"]), (TODAY, [])):
        meeting = MeetingFactory(board=gone.board, date=date)
        page = client.get(reverse("meeting-detail", args=[meeting.pk])).content.decode()
        assert [words for words in ("Not noted",) if words in page and gone.person.name in page] == expected


def test_a_seat_is_changed_with_its_days_and_named_substitutes(client, secretary):
    seat, instead = MembershipFactory(), PersonFactory()
    sent = {"version": 1, "capacity": "Chair", "substitutes": [instead.pk], **day("starts", dt.date(2019, 4, 1))}
    client.post(reverse("member-edit", args=[seat.board.slug, seat.pk]), sent)
    seat.refresh_from_db()
    assert (seat.capacity, seat.starts, seat.ends, seat.version) == ("Chair", dt.date(2019, 4, 1), None, 2)
    page = client.get(reverse("board-detail", args=[seat.board.slug])).content.decode()
    assert f"In their place: {instead.name}" in page


def test_the_second_of_two_who_change_a_seat_sees_both(client, secretary):
    seat = MembershipFactory(capacity="Adviser", version=2)
    address = reverse("member-edit", args=[seat.board.slug, seat.pk])
    response = client.post(address, {"version": 1, "capacity": "Chair", **day("ends", TODAY)})
    assert (response.status_code, "Adviser" in response.content.decode()) == (409, True)
    seat.refresh_from_db()
    assert (seat.capacity, seat.ends) == ("Adviser", None)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (day("starts", TODAY) | day("ends", dt.date(2019, 12, 1)), "The last day must not be before the first"),
        (day("starts", dt.date(2019, 1, 1)), "has a seat on this board on some of those days already"),
    ],
)
def test_days_that_cannot_be_are_named_and_kept(client, secretary, changes, sentence):
    earlier = MembershipFactory(ends=dt.date(2019, 6, 30))
    seat = MembershipFactory(board=earlier.board, person=earlier.person, starts=dt.date(2019, 9, 1))
    sent = {"version": 1, "capacity": "Chair", **changes}
    response = client.post(reverse("member-edit", args=[seat.board.slug, seat.pk]), sent)
    assert (response.status_code, sentence in response.content.decode()) == (422, True)
    seat.refresh_from_db()
    assert (seat.capacity, seat.starts) == ("Member", dt.date(2019, 9, 1))


def test_who_left_may_be_given_a_seat_again(client, secretary):
    gone = MembershipFactory(ends=dt.date(2019, 6, 30))
    sent = {"person": gone.person.pk, "capacity": "Chair", **day("starts", dt.date(2019, 9, 1))}
    assert client.post(reverse("member-create", args=[gone.board.slug]), sent).status_code == 302
    assert list(gone.board.memberships.order_by("pk").values_list("capacity", "starts")) == [
        ("Member", None),
        ("Chair", dt.date(2019, 9, 1)),
    ]


def test_nobody_stands_in_for_themselves(secretary):
    seat = MembershipFactory()
    given = {"capacity": "Member", "starts": None, "ends": None, "substitutes": [seat.person]}
    with pytest.raises(MoveRefused, match="Nobody can stand in for themselves"):
        actions.edit_member(membership=seat, version=1, by=secretary, **given)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"starts": TODAY, "ends": dt.date(2019, 12, 1)}, "a_seat_ends_after_it_starts"),
        ({"person": 1}, "a_person_holds_one_open_seat_on_a_board|board_id"),
    ],
)
def test_database_refuses_seats_no_page_should_send(changes, constraint):
    first = MembershipFactory()
    second = MembershipFactory(board=first.board)
    changes = {"person": first.person} if "person" in changes else changes
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Membership.objects.filter(pk=second.pk).update(**changes)


def test_while_a_hold_stands_nothing_is_taken_away(client, secretary):
    seat = MembershipFactory()
    item = AgendaItemFactory(meeting__board=seat.board)
    address = reverse("board-hold", args=[seat.board.slug])
    client.post(address, {"reason": "Claim 17"})
    for name, args in (("member-remove", [seat.board.slug, seat.pk]), ("item-remove", [item.pk])):
        page = client.post(reverse(name, args=args), follow=True).content.decode()
        assert "A legal hold stands on this board’s records" in page
    assert "Claim 17" in client.get(reverse("board-detail", args=[seat.board.slug])).content.decode()
    client.post(address, {"why": "Settled"})
    client.post(reverse("member-remove", args=[seat.board.slug, seat.pk]))
    assert (Membership.objects.count(), LegalHold.objects.get().lifted_by) == (0, secretary)


def test_a_board_is_held_once_and_each_hold_says_why(secretary):
    board = BoardFactory()
    with pytest.raises(MoveRefused, match="Say why"):
        actions.place_hold(board=board, reason=" ", by=secretary)
    hold = actions.place_hold(board=board, reason="Claim 17", by=secretary)
    with pytest.raises(MoveRefused, match="already"):
        actions.place_hold(board=board, reason="Claim 18", by=secretary)
    with pytest.raises(MoveRefused, match="Say why"):
        actions.lift_hold(hold=hold, why="", by=secretary)
    actions.lift_hold(hold=hold, why="Settled", by=secretary)
    with pytest.raises(MoveRefused, match="already"):
        actions.lift_hold(hold=hold, why="Settled", by=secretary)


def test_a_board_shows_the_commitments_it_hears_of_to_who_may_see_papers(client, secretary):
    board = BoardFactory()
    CommitmentFactory(board=board, sentence="I will report on shifts.")
    CommitmentFactory(board=board, sentence="I have done so.", status="kept")
    page = client.get(reverse("board-detail", args=[board.slug])).content.decode()
    assert ("I will report on shifts." in page, "I have done so." in page) == (True, False)
