import datetime as dt

import pytest
from django.urls import reverse

from core.accounts.permissions import Role
from governance.papers.models import Commentary, Quarter
from measures.models import Period
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.papers import CommentaryFactory, HeadlineFactory, PanelMeetingFactory, QuarterFactory
from tests.factories.plans import PlanFactory

pytestmark = pytest.mark.django_db
FORM = {"version": 1, "text": "<p>Mine.</p>", "did": ""}


@pytest.fixture(autouse=True)
def office():
    return OfficeFactory(is_demo=True, today_override=dt.date(2019, 12, 2))


@pytest.fixture
def staff(client):
    user = UserFactory()
    client.force_login(user)
    return user


def page_of(commentary):
    return reverse("commentary-detail", args=[commentary.quarter.code, commentary.measure.slug])


def test_saving_keeps_the_text_and_names_the_author(client, staff):
    commentary = CommentaryFactory()
    assert client.post(page_of(commentary), FORM).status_code == 302
    commentary.refresh_from_db()
    assert ("Mine." in commentary.text, list(commentary.authors.all())) == (True, [staff])


def test_second_of_two_editors_sees_both_texts(client, staff):
    commentary = CommentaryFactory(text="<p>Theirs stands.</p>", version=2)
    response = client.post(page_of(commentary), FORM)
    page = response.content.decode()
    assert (response.status_code, "Theirs stands." in page, "Mine." in page) == (409, True, True)
    assert client.post(page_of(commentary), FORM | {"version": 2}).status_code == 302


def test_writer_is_told_that_another_must_approve(client, staff):
    commentary = CommentaryFactory()
    client.post(page_of(commentary), FORM | {"submit": "1"})
    move = reverse("commentary-move", args=[commentary.quarter.code, commentary.measure.slug])
    assert "somebody else must approve it" in client.post(move, {"to": "approved"}, follow=True).content.decode()
    client.force_login(UserFactory(roles=[Role.COMMISSIONER]))
    client.post(move, {"to": "approved"})
    commentary.refresh_from_db()
    assert commentary.state == Commentary.State.APPROVED


@pytest.mark.parametrize("role", [Role.PANEL, Role.CONTRIBUTOR, Role.ADMINISTRATOR])
def test_commentary_in_preparation_is_not_for_everybody(client, role):
    client.force_login(UserFactory(roles=[role]))
    commentary = CommentaryFactory()
    assert client.get(page_of(commentary)).status_code == 403
    assert client.get(reverse("commentary-list", args=[commentary.quarter.code])).status_code == 403


def test_auditor_reads_and_does_not_write(client):
    client.force_login(UserFactory(roles=[Role.AUDITOR]))
    commentary = CommentaryFactory()
    assert client.get(page_of(commentary)).status_code == 200
    client.post(page_of(commentary), FORM)
    commentary.refresh_from_db()
    assert commentary.text == "<p>Nothing out of the ordinary.</p>"


@pytest.mark.parametrize("code", ["2019-20-q3", "2019-21-q2", "nonsense"])
def test_quarter_that_is_not_open_is_not_found(client, staff, code):
    QuarterFactory()
    assert client.get(reverse("commentary-list", args=[code])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_however_many_measures(client, staff, django_assert_num_queries, count):
    quarter = QuarterFactory()
    for _ in range(count):
        CommentaryFactory(quarter=quarter)
    client.get(reverse("commentary-list", args=[quarter.code]))
    with django_assert_num_queries(5):  # session, user, quarter, commentaries, office
        response = client.get(reverse("commentary-list", args=[quarter.code]))
    assert response.context["total"] == count


def test_secretary_opens_the_quarter_with_one_press(client):
    client.force_login(UserFactory(roles=[Role.SECRETARY]))
    HeadlineFactory()
    meeting, plan = PanelMeetingFactory(), PlanFactory()
    page = client.get(reverse("quarter-open")).content.decode()
    assert "28 November" in page
    assert Period.objects.count() == 0  # looking at the page stores nothing
    sent = {"period": "2019-20-q2", "meeting": meeting.pk, "plan": plan.pk}
    response = client.post(reverse("quarter-open"), sent)
    assert response["Location"] == "/quarter/2019-20-q2/"
    assert Quarter.objects.get().commentary_due == dt.date(2019, 11, 28)
    assert "so its deep dive would be empty: choose another priority" in client.get(response["Location"]).text


def test_quarter_page_gives_ticked_commentaries_to_a_writer(client):
    client.force_login(UserFactory(roles=[Role.SECRETARY]))
    writer, commentary = UserFactory(), CommentaryFactory()
    address = reverse("quarter-detail", args=[commentary.quarter.code])
    assert "Tick the commentaries to give" in client.post(address, {"to": writer.pk}).content.decode()
    client.post(address, {"to": writer.pk, "slots": [commentary.pk]})
    commentary.refresh_from_db()
    assert commentary.assigned_to == writer


def test_staff_do_not_open_quarters(client, staff):
    assert client.get(reverse("quarter-open")).status_code == 403
