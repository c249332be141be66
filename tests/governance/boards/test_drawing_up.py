"""What proposes itself for an agenda, what is put off, and the papers laid to an item."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.accounts.permissions import Role
from core.accounts.states import MoveRefused
from governance.boards import actions, minutes_content, reading
from governance.boards.models import ItemPaper
from governance.boards.proposing import everything, proposals
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.boards import (
    AgendaItemFactory,
    BoardActionFactory,
    BoardFactory,
    CommitmentFactory,
    DecisionFactory,
    MeetingFactory,
)
from tests.factories.measures import SeriesFactory, give, steady

pytestmark = pytest.mark.django_db
DECEMBER = dt.date(2019, 12, 19)


@pytest.fixture
def secretary(client):
    OfficeFactory(is_demo=True, today_override=dt.date(2019, 12, 12))
    user = UserFactory(roles=[Role.SECRETARY])
    client.force_login(user)
    return user


@pytest.fixture
def meeting(secretary):
    return MeetingFactory(date=DECEMBER)


def page_of(client, name, *args) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def keys(meeting) -> list[str]:
    return [one.key for one in everything(meeting)]


def test_each_kind_proposes_itself_with_its_reason(client, secretary, meeting):
    board = meeting.board
    standing = actions.add_standing_item(board=board, title="Keeping victims informed", by=secretary)
    put_off = AgendaItemFactory(title="Estates", deferred_why="No time.")
    arisen = BoardActionFactory(item=put_off)
    promise = CommitmentFactory(board=board, sentence="I will report on shifts.")
    CommitmentFactory(board=BoardFactory(name="Another", slug="another"))
    late, there = SeriesFactory(), SeriesFactory()
    board.measures.set([late.measure, there.measure])
    give(there, steady(), last=12 * 2019 + 10)  # November
    assert keys(meeting) == [
        f"standing:{standing.pk}",
        f"item:{put_off.pk}",
        f"action:{arisen.pk}",
        f"commitment:{promise.pk}",
        f"measure:{late.measure.slug}",
    ]
    page = page_of(client, "meeting-agenda", meeting.pk)
    for words in ("5 November 2019. No time.", "There are no figures yet.", "Commitment: I will report on shifts."):
        assert words in page


def test_one_press_puts_a_proposal_on_the_agenda_or_leaves_it_out(client, secretary, meeting):
    first, second = (actions.add_standing_item(board=meeting.board, title=one, by=secretary) for one in "ab")
    address = reverse("proposal-settle", args=[meeting.pk])
    client.post(address, {"key": f"standing:{first.pk}", "do": "accept"})
    client.post(address, {"key": f"standing:{second.pk}", "do": "leave"})
    assert list(meeting.items.values_list("title", "proposed_as")) == [("a", f"standing:{first.pk}")]
    waiting, left_out = proposals(meeting)
    assert (waiting, [one.title for one in left_out]) == ([], ["b"])
    client.post(address, {"key": f"standing:{second.pk}", "do": "accept"})
    assert (meeting.items.count(), meeting.left_out.count()) == (2, 0)
    later = MeetingFactory(date=dt.date(2020, 1, 9))
    assert keys(later) == [f"standing:{first.pk}", f"standing:{second.pk}"]
    client.post(reverse("standing-end", args=[first.pk]))
    assert keys(later) == [f"standing:{second.pk}"]


def test_what_is_no_longer_proposed_is_refused_and_nothing_is_lost(client, secretary, meeting):
    response = client.post(reverse("proposal-settle", args=[meeting.pk]), {"key": "action:99"}, follow=True)
    assert "That is no longer proposed" in response.content.decode()
    assert meeting.items.count() == 0


def test_an_item_put_off_proposes_itself_until_another_meeting_has_it(client, secretary, meeting):
    item = AgendaItemFactory(title="Estates", presenter="Chief Executive", part="exempt")
    client.post(reverse("item-defer", args=[item.pk]), {"version": 1, "why": "No time."})
    [made] = actions.accept_proposals(meeting=meeting, keys=[f"item:{item.pk}"], by=secretary)
    assert (made.title, made.presenter, made.part, made.exemption) == ("Estates", "Chief Executive", "exempt", "3")
    assert keys(MeetingFactory(date=dt.date(2020, 1, 9))) == []
    with pytest.raises(MoveRefused, match="so it was taken"):
        actions.defer_item(item=DecisionFactory().item, version=1, why="No time.", by=secretary)


def test_what_stood_on_a_cancelled_meeting_proposes_itself(secretary, meeting):
    lost = AgendaItemFactory(meeting=MeetingFactory(date=dt.date(2019, 12, 3)), title="Estates")
    actions.cancel_meeting(meeting=lost.meeting, version=1, why="Snow.", by=secretary)
    assert [(one.key, one.why) for one in everything(meeting)] == [
        (f"item:{lost.pk}", "3 December 2019. The meeting was cancelled: Snow.")
    ]


def test_the_reason_and_release_date_of_an_exempt_item_are_public_and_its_words_are_not(client, secretary, meeting):
    sent = {
        "version": 0,
        "title": "Tender",
        "part": "exempt",
        "exemption": "3",
        "exempt_why": "Prices are being asked.",
    }
    sent |= {"release_on_day": 31, "release_on_month": 3, "release_on_year": 2020}
    client.post(reverse("meeting-agenda", args=[meeting.pk]), sent)
    whole = minutes_content.content_of(meeting, reading.whole_agenda(meeting), [])
    [told] = minutes_content.in_words(minutes_content.public_part(whole))["items"]
    assert told == {
        "position": 1,
        "exemption": "Paragraph 3: somebody's financial or business affairs",
        "exempt_why": "Prices are being asked.",
        "release_on": "31 March 2020",
        "withheld": True,
    }


@pytest.mark.parametrize(("day", "late"), [(10, False), (11, True)])
def test_papers_that_come_after_their_day_count_as_late(client, secretary, meeting, day, late):
    item = AgendaItemFactory(meeting=meeting)
    sent = {"file": SimpleUploadedFile("report.txt", b"Figures."), "name": "Report on shifts"}
    sent |= {"received_on_day": day, "received_on_month": 12, "received_on_year": 2019}
    client.post(reverse("item-papers", args=[item.pk]), sent)
    paper = ItemPaper.objects.get()
    assert (paper.due, paper.is_late) == (dt.date(2019, 12, 10), late)
    year = (dt.date(2019, 4, 1), dt.date(2020, 3, 31))
    assert reading.papers_counted(meeting.board, *year) == (1, int(late))
    assert ("came late" in page_of(client, "board-detail", meeting.board.slug)) is True
    assert "Report on shifts" in page_of(client, "meeting-minutes", meeting.pk)


def test_a_paper_of_an_exempt_item_is_read_by_those_who_see_the_item(client, secretary, meeting):
    item = AgendaItemFactory(meeting=meeting, part="exempt")
    sent = {"file": SimpleUploadedFile("report.txt", b"Figures."), "received_on_day": 10}
    client.post(reverse("item-papers", args=[item.pk]), sent | {"received_on_month": 12, "received_on_year": 2019})
    paper = ItemPaper.objects.get()
    file = reverse("file-download", args=[paper.file.sha256])
    response = client.get(file)
    assert b"".join(response.streaming_content) == b"Figures."
    client.force_login(UserFactory(roles=[Role.STAFF]))
    assert client.get(file).status_code == 404
    actions.withdraw_paper(paper=paper, why="Another is coming", by=secretary)
    client.force_login(secretary)
    assert client.get(file).status_code == 404


def test_a_paper_cannot_come_tomorrow_and_stays_under_a_hold(client, secretary, meeting):
    item = AgendaItemFactory(meeting=meeting)
    sent = {"file": SimpleUploadedFile("report.txt", b"Figures."), "received_on_month": 12, "received_on_year": 2019}
    address = reverse("item-papers", args=[item.pk])
    response = client.post(address, sent | {"received_on_day": 13})
    assert (response.status_code, "cannot have come after today" in response.content.decode()) == (422, True)
    client.post(address, sent | {"file": SimpleUploadedFile("report.txt", b"Figures."), "received_on_day": 9})
    actions.place_hold(board=meeting.board, reason="Claim 17", by=secretary)
    with pytest.raises(MoveRefused, match="legal hold"):
        actions.withdraw_paper(paper=ItemPaper.objects.get(), why="Wrong one", by=secretary)


@pytest.mark.parametrize("count", [1, 3])
def test_the_agenda_costs_the_same_however_much_proposes_itself(
    client, secretary, meeting, django_assert_num_queries, count
):
    for number in range(count):
        actions.add_standing_item(board=meeting.board, title=f"Item {number}", by=secretary)
        BoardActionFactory(), AgendaItemFactory(deferred_why="No time.")
        CommitmentFactory(board=meeting.board)
    with django_assert_num_queries(19):
        response = client.get(reverse("meeting-agenda", args=[meeting.pk]))
    assert response.context["waiting_count"] == 4 * count
