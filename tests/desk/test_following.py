"""Following actions, measures, boards and papers, and hearing what others change in them."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core.accounts.clock import today
from core.accounts.permissions import Role
from core.audit import audit_context
from deepdive.actions import redate_action
from desk.actions import follow, unfollow
from desk.following import changes, followed
from desk.mails import rounds
from desk.models import Following, Mail
from governance.boards import actions as boards
from governance.papers.actions import papers
from governance.papers.models import Paper
from tests.factories.accounts import OfficeFactory, PersonFactory, UserFactory
from tests.factories.boards import (
    AgendaItemFactory,
    AssuranceFactory,
    BoardActionFactory,
    BoardFactory,
    DecisionFactory,
    MeetingFactory,
    QuestionFactory,
)
from tests.factories.deepdive import DeliveryActionFactory
from tests.factories.measures import MeasureFactory, SeriesFactory, give, steady
from tests.factories.paper_making import people, signed_paper, with_files
from tests.factories.papers import CommentaryFactory, QuarterFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2019, 12, 2)


@pytest.fixture(autouse=True)
def office():
    return OfficeFactory(is_demo=True, today_override=TODAY)


@pytest.fixture
def wren():
    return UserFactory(name="Wren", roles=[Role.SECRETARY])


def paper() -> Paper:
    quarter = QuarterFactory()
    item = AgendaItemFactory(meeting=quarter.meeting)
    return Paper.objects.create(quarter=quarter, agenda_item=item, title="Performance report")


def one_of_each() -> dict[str, tuple[int, str]]:
    """Kind to the key of a thing and the address of its page."""
    action, delivery, board, made = BoardActionFactory(), DeliveryActionFactory(), BoardFactory(), paper()
    measure = MeasureFactory(slug="burglary")
    give(SeriesFactory(measure=measure), steady())
    return {
        "action": (action.pk, reverse("board-action-detail", args=[action.pk])),
        "delivery": (delivery.pk, reverse("delivery-action-detail", args=[delivery.pk])),
        "measure": (measure.pk, reverse("measure-detail", args=["burglary"])),
        "board": (board.pk, reverse("board-detail", args=[board.slug])),
        "paper": (made.pk, reverse("paper-detail", args=[made.quarter.code])),
    }


def test_each_page_has_a_button_that_follows_and_one_that_stops(client):
    client.force_login(UserFactory())
    for kind, (key, page) in one_of_each().items():
        address = reverse("follow", args=[kind, key])
        assert f'action="{address}"' in client.get(page).content.decode(), kind
        answer = client.post(address, {"to": "follow"}, follow=True)
        assert (answer.redirect_chain[-1][0], "Stop following" in answer.content.decode()) == (page, True), kind
        client.post(address, {"to": "follow"})
    labels = [one.label for one in followed(client.get("/").wsgi_request.user)]
    assert labels == ["Action arising", "Delivery action", "Measure", "Board", "Paper in the making"]
    for kind, (key, _) in one_of_each_followed().items():
        client.post(reverse("follow", args=[kind, key]), {"to": "unfollow", "back": "list"})
    assert "You follow nothing yet" in client.get(reverse("following-list")).content.decode()


def one_of_each_followed() -> dict[str, tuple[int, str]]:
    return {one.kind: (one.key, "") for one in Following.objects.all()}


@pytest.mark.parametrize("kind", ["minute", "nothing"])
def test_only_kinds_that_can_be_followed_are(client, kind):
    client.force_login(UserFactory())
    assert client.post(reverse("follow", args=[kind, 1]), {"to": "follow"}).status_code == 404


def test_what_one_may_not_see_cannot_be_followed(client):
    hidden = BoardActionFactory(item=AgendaItemFactory(part="exempt"))
    address = reverse("follow", args=["action", hidden.pk])
    for role, status in ((Role.STAFF, 404), (Role.ANALYST, 302), (Role.PANEL, 404), (Role.CONTRIBUTOR, 404)):
        client.force_login(UserFactory(roles=[role]))
        assert client.post(address, {"to": "follow"}).status_code == status


def test_thing_is_followed_once():
    user = UserFactory()
    follow(kind="board", key=1, by=user)
    with pytest.raises(IntegrityError), transaction.atomic():
        Following.objects.create(user=user, kind="board", key=1, since=timezone.now())


def told(user, **facts) -> list[str]:
    return [one.text for one in changes(user, **facts)]


def test_what_others_change_is_told_and_what_one_does_oneself_is_not(client, wren):
    user = UserFactory(name="Asha")
    mine, other = DeliveryActionFactory(ref="2.04"), DeliveryActionFactory(ref="2.05")
    follow(kind="delivery", key=mine.pk, by=user)
    redate_action(delivery_action=mine, due=TODAY, reason="Three months", by=user)
    mine.refresh_from_db()
    redate_action(delivery_action=other, due=TODAY, reason="Three months", by=wren)
    assert [text for text in told(user) if "Wren" in text or "Asha" in text] == []
    redate_action(delivery_action=mine, due=TODAY + dt.timedelta(days=9), reason="More time", by=wren)
    assert told(user)[0].startswith("Wren moved the due date of 2.04")
    client.force_login(user)
    assert "What changed in what I follow" in client.get("/").content.decode()
    unfollow(kind="delivery", key=mine.pk, by=user)
    assert told(user) == []


def test_board_tells_of_its_meetings_and_of_all_that_comes_of_them(wren):
    user, board = UserFactory(), BoardFactory()
    follow(kind="board", key=board.pk, by=user)
    with audit_context(actor=wren):
        item = AgendaItemFactory(meeting=MeetingFactory(board=board, date=TODAY))
        DecisionFactory(item=item, text="To receive the figures")
        BoardActionFactory(item=item, text="Report on the review")
        AssuranceFactory(item=item)
        question = QuestionFactory(item=item)
        facts = {"text": "They fell.", "answered_on": TODAY, "answered_by": question.promised_by}
        question.answers.create(number=1, approved_by=wren, approved_at=timezone.now(), **facts)
        BoardActionFactory(item__meeting__board=BoardFactory(name="Another", slug="another"), text="Elsewhere")
    told_of = {one.noun for sentence in changes(user) for one in sentence.happenings if one.actor == "Wren"}
    assert told_of == {
        "meeting", "decision", "action arising", "assurance", "question", "approved answer",
    }  # fmt: skip
    assert "Elsewhere" not in str([one.happenings for one in changes(user)])


def test_a_panel_member_hears_of_every_paper_that_is_published_and_of_nothing_before(client):
    who, member = people(), UserFactory(roles=[Role.PANEL])
    client.force_login(member)
    page = client.get(reverse("paper-list")).content.decode()
    address = reverse("follow", args=["published", 1])
    assert f'action="{address}"' in page
    client.post(address, {"to": "follow"})
    assert [one.title for one in followed(member)] == ["Every paper that is published"]
    signed = signed_paper(who)
    assert told(member) == []
    with_files(signed)
    papers.publish_paper(paper=signed, published_on=today(), place="Site", by=who.secretary)
    assert [text for text in told(member) if "published" in text] == told(member) != []
    nobody = UserFactory(roles=[])
    client.force_login(nobody)
    assert client.post(address, {"to": "follow"}).status_code == 404


def test_measure_tells_of_its_commentary_and_of_figures_that_came(wren):
    reader, administrator = UserFactory(), UserFactory(roles=[Role.ADMINISTRATOR])
    measure = MeasureFactory(slug="burglary")
    for user in (reader, administrator):
        follow(kind="measure", key=measure.pk, by=user)
    with audit_context(actor=wren, action="one"):
        CommentaryFactory(measure=measure)
    with audit_context(actor=wren, action="two"):
        give(SeriesFactory(measure=measure), steady())
        give(SeriesFactory(measure=MeasureFactory(slug="robbery")), steady())
    assert any("commentary Burglary" in text for text in told(reader))
    assert not any("commentary" in text for text in told(administrator))


def test_what_became_exempt_is_told_to_nobody_who_may_not_see_it_and_never_in_a_mail(wren):
    board = BoardFactory()
    staff, analyst = UserFactory(roles=[Role.STAFF]), UserFactory(roles=[Role.ANALYST])
    action = BoardActionFactory(item__meeting__board=board, text="Pay the contractor")
    for user in (staff, analyst):
        follow(kind="action", key=action.pk, by=user)
    boards.report_progress(board_action=action, version=1, progress="The contractor is paid", by=wren)
    assert "contractor" in " ".join(told(staff))
    type(action.item).objects.filter(pk=action.item_id).update(part="exempt", exemption="3")
    assert told(staff) == []
    assert "contractor" in " ".join(told(analyst))
    assert "contractor" not in " ".join(told(analyst, for_mail=True))


def test_what_changed_is_in_the_morning_mail_once(office, wren):
    user = UserFactory()
    action = DeliveryActionFactory(ref="2.04")
    follow(kind="delivery", key=action.pk, by=user)
    redate_action(delivery_action=action, due=TODAY, reason="Three months", by=wren)
    rounds.write_round()
    mail = Mail.objects.get(user=user)
    assert mail.subject == "What changed in what you follow"
    assert "- Wren moved the due date of 2.04" in mail.text
    office.today_override = TODAY + dt.timedelta(days=1)
    office.save()
    rounds.write_round()
    assert Mail.objects.filter(user=user).count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_what_changed_costs_the_same_however_much_is_followed(django_assert_num_queries, wren, count):
    user = UserFactory()
    for number in range(count):
        action = DeliveryActionFactory()
        measure = MeasureFactory(slug=f"m-{number}")
        board = BoardFactory(name=f"Board {number}", slug=f"b-{number}")
        for kind, row in (("delivery", action), ("measure", measure), ("board", board)):
            follow(kind=kind, key=row.pk, by=user)
        redate_action(delivery_action=action, due=TODAY, reason="Three months", by=wren)
        with audit_context(actor=wren, action=f"deed {number}"):
            BoardActionFactory(item__meeting__board=board, owner=PersonFactory())
    told(user)
    with django_assert_num_queries(17):  # what is followed, three kinds of it; what they hold; the log twice
        assert len(told(user)) > count
