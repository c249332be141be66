"""In the room: who sits for whom, which interests are declared, and which minutes lead to a paper."""

import datetime as dt

import pytest
from django.urls import reverse

from core.accounts.models import Office
from core.accounts.permissions import Role
from core.accounts.states import MoveRefused
from governance.boards import actions, minutes_content, reading
from governance.boards.models import Citation, Declaration
from tests.factories.accounts import OfficeFactory, PersonFactory, UserFactory
from tests.factories.boards import AgendaItemFactory, AttendanceFactory, MembershipFactory, agreed_minutes

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(client):
    OfficeFactory(is_demo=True, today_override="2019-12-02")
    user = UserFactory(roles=[Role.SECRETARY])
    client.force_login(user)
    return user


def page_of(client, name, *args) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def test_a_named_substitute_takes_an_absent_members_place_with_one_press(client, secretary):
    item = AgendaItemFactory()
    seat, instead = MembershipFactory(board=item.meeting.board), PersonFactory(name="Dana Reed")
    seat.substitutes.add(instead)
    assert "Dana Reed sits in their place<span" in page_of(client, "meeting-detail", item.meeting_id)
    sent = {"person": instead.pk, "kind": "present", "substitute_for": seat.person.pk}
    client.post(reverse("attendance-set", args=[item.meeting_id]), sent)
    page = page_of(client, "meeting-detail", item.meeting_id)
    assert ("Dana Reed sits in their place.</p>" in page, "sits in their place<span" in page) == (True, False)
    assert f"(for {seat.person.name})" in page_of(client, "meeting-minutes", item.meeting_id)


def test_nobody_stands_in_for_somebody_who_is_there(secretary):
    came = AttendanceFactory()
    given = {"meeting": came.meeting, "person": PersonFactory(), "kind": "present", "substitute_for": came.person}
    with pytest.raises(MoveRefused, match="is noted as present, so nobody stands in"):
        actions.set_attendance(by=secretary, **given)


def test_a_declared_interest_stands_in_the_minutes_and_their_public_twin(client, secretary):
    came = AttendanceFactory()
    item = AgendaItemFactory(meeting=came.meeting)
    sent = {"person": came.person.pk, "interest": "A share in the bidder.", "conduct": "left"}
    client.post(reverse("declaration-create", args=[item.pk]), sent)
    assert "A share in the bidder." in page_of(client, "meeting-minutes", item.meeting_id)
    version = agreed_minutes(item.meeting, secretary)
    actions.publish_minutes(meeting=version.meeting, published_on=version.made_at.date(), place="Here", by=secretary)
    client.logout()
    page = page_of(client, "minutes-read", item.meeting_id)
    assert ("Interest declared" in page, "A share in the bidder." in page, "Left the room." in page) == (True,) * 3


def test_an_interest_in_an_exempt_item_is_not_in_the_public_part(secretary):
    came = AttendanceFactory()
    item = AgendaItemFactory(meeting=came.meeting, part="exempt")
    actions.declare_interest(item=item, person=came.person, interest="A share", conduct="stayed", by=secretary)
    whole = minutes_content.content_of(came.meeting, reading.whole_agenda(came.meeting), [])
    told = {"person": str(came.person), "interest": "A share", "conduct": "Stayed"}
    assert whole["items"][0]["declarations"] == [told]
    assert "A share" not in minutes_content.to_text(minutes_content.public_part(whole))


@pytest.mark.parametrize(("interest", "sentence"), [("", "Say what the interest is"), ("A share", "Note first that")])
def test_who_declares_is_there_and_says_what(secretary, interest, sentence):
    given = {"person": PersonFactory(), "interest": interest, "conduct": "left"}
    with pytest.raises(MoveRefused, match=sentence):
        actions.declare_interest(item=AgendaItemFactory(), by=secretary, **given)


def test_what_was_noted_of_an_interest_is_put_right_and_taken_back(client, secretary):
    came = AttendanceFactory()
    item = AgendaItemFactory(meeting=came.meeting)
    for conduct in ("left", "stayed"):
        actions.declare_interest(item=item, person=came.person, interest="A share", conduct=conduct, by=secretary)
    made = Declaration.objects.get()
    assert made.conduct == "stayed"
    client.post(reverse("declaration-drop", args=[made.pk]))
    assert Declaration.objects.count() == 0


def test_no_paper_is_cited_where_none_is_published(client, secretary):
    item = AgendaItemFactory()
    response = client.post(reverse("citation-create", args=[item.pk]), {"paper": "2019-20-q1", "number": 1})
    assert (response.status_code, Citation.objects.count()) == (422, 0)


def test_nothing_is_told_of_a_meeting_to_come_as_if_it_had_been_held(secretary):
    item, person = AgendaItemFactory(meeting__date=dt.date(2019, 12, 3)), PersonFactory()
    ways = {
        "nothing can have been decided": lambda: actions.record_decision(
            item=item, text="Agreed", decided_by="the board", by=secretary
        ),
        "cannot have said whether it is assured": lambda: actions.record_assurance(
            item=item, level="assured", text="It is.", by=secretary
        ),
        "nobody was present": lambda: actions.set_attendance(
            meeting=item.meeting, person=person, kind="present", by=secretary
        ),
    }
    for why, way in ways.items():
        with pytest.raises(MoveRefused, match=f"on 3 December 2019 and has not been held yet, so .*{why}"):
            way()
    actions.set_attendance(meeting=item.meeting, person=person, kind="apologies", by=secretary)
    Office.objects.update(today_override=item.meeting.date)
    assert [way() is not None for way in ways.values()] == [True] * 3


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_what_was_typed_under_an_item_of_a_meeting_to_come_comes_back_with_the_refusal(client, secretary, headers):
    item = AgendaItemFactory(meeting__date=dt.date(2019, 12, 3))
    client.force_login(secretary)
    forms = {
        "decision-create": {"text": "To buy the long ladder", "decided_by": "the board"},
        "assurance-create": {"text": "To buy the long ladder", "level": "assured"},
    }
    for name, sent in forms.items():
        refused = client.post(reverse(name, args=[item.pk]), sent, headers=headers)
        assert refused.status_code == 422
        assert "has not been held yet" in refused.text
        assert "To buy the long ladder</textarea>" in refused.text
