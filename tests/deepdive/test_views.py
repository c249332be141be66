import datetime as dt

import pytest
from django.urls import reverse

from core.accounts.permissions import Role
from deepdive.models import ActionUpdate
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.deepdive import ActionUpdateFactory, DeliveryActionFactory, DeliveryPlanFactory, MilestoneFactory

pytestmark = pytest.mark.django_db
FORM = {"version": 1, "text": "<p>Progress.</p>", "status": "in_progress", "rag": "green", "rag_reason": ""}


@pytest.fixture(autouse=True)
def office():
    return OfficeFactory(is_demo=True, today_override=dt.date(2019, 12, 2))


@pytest.fixture
def staff(client):
    user = UserFactory()
    client.force_login(user)
    return user


@pytest.mark.parametrize("count", [1, 3, 50])
def test_plan_costs_the_same_however_many_actions(client, staff, django_assert_num_queries, count):
    for _ in range(count):
        MilestoneFactory(action=ActionUpdateFactory().action)
    # session 1 + note 3, user, office, plans, quarters, actions, milestones, updates, objectives
    with django_assert_num_queries(12):
        response = client.get(reverse("delivery-plan"))
    assert response.context["total"] == count


def test_plan_says_what_is_wrong_and_narrows_to_it(client, staff):
    late = DeliveryActionFactory(due=dt.date(2019, 11, 1))
    DeliveryActionFactory(owner=None)
    response = client.get(reverse("delivery-plan"))
    page = " ".join(response.content.decode().split())
    assert "1 November 2019, 31 days overdue" in page
    assert "2 have a warning" in page
    assert [(kind, count) for _, kind, count in response.context["counts"] if count] == [
        ("overdue", 1),
        ("unowned", 1),
        ("undated", 1),
    ]
    narrowed = client.get(reverse("delivery-plan"), {"status": "overdue"}).context["groups"]
    assert [row.action for _, rows in narrowed for row in rows] == [late]


def test_plan_that_is_not_there_yet_says_what_will_be_here(client, staff):
    assert "No service delivery plan yet" in client.get(reverse("delivery-plan")).content.decode()


def test_saving_makes_the_writer_an_author(client, staff):
    update = ActionUpdateFactory(text="")
    response = client.post(reverse("delivery-update-edit", args=[update.pk]), FORM)
    assert response.status_code == 302
    update.refresh_from_db()
    assert "Progress." in update.text
    assert list(update.authors.all()) == [staff]


def test_second_of_two_editors_sees_both_texts(client, staff):
    update = ActionUpdateFactory(text="<p>Theirs stands.</p>", version=2)
    response = client.post(reverse("delivery-update-edit", args=[update.pk]), FORM)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Theirs stands." in page
    assert "Progress." in page
    update.refresh_from_db()
    assert update.text == "<p>Theirs stands.</p>"


def test_amber_without_a_reason_is_told_and_keeps_what_was_typed(client, staff):
    update = ActionUpdateFactory()
    response = client.post(reverse("delivery-update-edit", args=[update.pk]), FORM | {"rag": "amber"})
    assert response.status_code == 422
    assert "Say why the action is rated amber or red" in response.content.decode()
    assert "Progress." in response.content.decode()


def test_save_and_submit_then_approval_by_another(client, staff):
    update = ActionUpdateFactory()
    client.post(reverse("delivery-update-edit", args=[update.pk]), FORM | {"submit": "1"})
    own = client.post(reverse("delivery-update-move", args=[update.pk]), {"to": "approved"}, follow=True)
    assert "somebody else must approve it" in own.content.decode()
    client.force_login(UserFactory())
    client.post(reverse("delivery-update-move", args=[update.pk]), {"to": "approved"})
    update.refresh_from_db()
    assert update.state == ActionUpdate.State.APPROVED


def test_contributor_sees_what_is_assigned_and_nothing_else(client):
    contributor = UserFactory(roles=[Role.CONTRIBUTOR])
    client.force_login(contributor)
    mine, other = ActionUpdateFactory(), ActionUpdateFactory()
    mine.action.contributors.add(contributor)
    assert client.get(reverse("delivery-plan")).context["total"] == 1
    for name, update, status in (
        ("delivery-update-edit", mine, 200),
        ("delivery-update-edit", other, 404),
    ):
        assert client.get(reverse(name, args=[update.pk])).status_code == status
    assert client.get(reverse("delivery-action-detail", args=[other.action_id])).status_code == 404
    assert client.post(reverse("delivery-update-move", args=[other.pk]), {"to": "review"}).status_code == 404


@pytest.mark.parametrize("role", [Role.PANEL, Role.AUDITOR])
def test_readers_cannot_write(client, role):
    client.force_login(UserFactory(roles=[role]))
    update = ActionUpdateFactory()
    assert client.post(reverse("delivery-update-edit", args=[update.pk]), FORM).status_code == 403
    assert client.post(reverse("delivery-action-redate", args=[update.action_id]), {}).status_code == 403


def test_due_date_moves_with_its_reason(client, staff):
    action = DeliveryActionFactory(due=dt.date(2019, 11, 1))
    address = reverse("delivery-action-redate", args=[action.pk])
    sent = {"due_day": "1", "due_month": "2", "due_year": "2020"}
    assert "Enter why it moves" in client.post(address, sent).content.decode()
    client.post(address, sent | {"reason": "Tender was repeated"})
    action.refresh_from_db()
    assert action.due == dt.date(2020, 2, 1)


def test_pages_open_for_each_who_may(client, staff):
    update = ActionUpdateFactory()
    for name, pk in (
        ("delivery-action-detail", update.action_id),
        ("delivery-action-edit", update.action_id),
        ("delivery-action-redate", update.action_id),
        ("delivery-update-edit", update.pk),
    ):
        assert client.get(reverse(name, args=[pk])).status_code == 200


def test_api_gives_a_contributor_only_what_is_assigned(client):
    contributor = UserFactory(roles=[Role.CONTRIBUTOR])
    mine = DeliveryActionFactory()
    DeliveryActionFactory()
    mine.contributors.add(contributor)
    client.force_login(contributor)
    assert [row["ref"] for row in client.get("/api/v1/delivery-actions/").json()["results"]] == [mine.ref]


def test_api_is_closed_to_strangers_and_panel_members(client):
    assert client.get("/api/v1/delivery-actions/").status_code == 403
    client.force_login(UserFactory(roles=[Role.PANEL]))
    assert client.get("/api/v1/delivery-actions/").status_code == 403


def test_old_plan_years_do_not_mix(client, staff):
    DeliveryActionFactory()
    DeliveryPlanFactory(year=2020, title="Service Delivery Plan 2020")
    assert client.get(reverse("delivery-plan")).context["total"] == 0
