"""Boards and decisions beside actions of the service delivery plan."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.accounts.permissions import Role
from deepdive.actions import roll_over_plan
from deepdive.models import DeliveryPlan
from deepdive.states import Carried
from governance.boards.actions import link_delivery_action
from governance.boards.models import DeliveryLink
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.boards import AgendaItemFactory, BoardFactory, DecisionFactory, DeliveryLinkFactory
from tests.factories.deepdive import ActionUpdateFactory, DeliveryActionFactory, MilestoneFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office():
    return OfficeFactory()


def test_link_is_to_a_board_or_to_a_decision_and_once():
    action, board, decision = DeliveryActionFactory(), BoardFactory(), DecisionFactory()
    one_of_two = "a_delivery_link_is_to_a_board_or_to_a_decision"
    for given in ({}, {"board": board, "decision": decision}):
        with pytest.raises(IntegrityError, match=one_of_two), transaction.atomic():
            DeliveryLinkFactory(action=action, **given)
    for given in ({"board": board}, {"decision": decision}):
        made = link_delivery_action(delivery_action=action, by=UserFactory(), **given)
        assert link_delivery_action(delivery_action=action, by=UserFactory(), **given) == made
        with pytest.raises(IntegrityError), transaction.atomic():
            DeliveryLinkFactory(action=action, **given)


def test_action_and_board_show_each_other(client):
    action, board = DeliveryActionFactory(ref="2.07"), BoardFactory(name="Vulnerability Board")
    client.force_login(UserFactory())
    address = reverse("delivery-link-list", args=[action.pk])
    assert "one at a time" in client.post(address, {"board": ""}).content.decode()
    client.post(address, {"board": board.pk})
    assert "Vulnerability Board" in client.get(reverse("delivery-action-detail", args=[action.pk])).content.decode()
    page = client.get(reverse("board-detail", args=[board.slug])).content.decode()
    assert ("Delivery actions it looks after" in page, "2.07" in page) == (True, True)
    client.post(reverse("delivery-link-drop", args=[DeliveryLink.objects.get().pk]))
    assert DeliveryLink.objects.count() == 0


def test_exempt_decision_is_shown_and_offered_to_those_who_are_cleared_only(client):
    exempt = DecisionFactory(item=AgendaItemFactory(part="exempt"), text="Something secret")
    link = DeliveryLinkFactory(decision=exempt)
    pages = [
        reverse("delivery-action-detail", args=[link.action_id]),
        reverse("delivery-link-list", args=[link.action_id]),
    ]
    for role, seen in ((Role.STAFF, False), (Role.ANALYST, True)):
        client.force_login(UserFactory(roles=[role]))
        assert ["Something secret" in client.get(page).content.decode() for page in pages] == [seen, seen]


@pytest.mark.parametrize("count", [1, 3])
def test_page_of_an_action_costs_the_same_whatever_belongs_to_it(client, django_assert_num_queries, count):
    action = DeliveryActionFactory()
    for number in range(count):
        DeliveryLinkFactory(action=action, board=BoardFactory(slug=f"board-{number}", name=f"Board {number}"))
        DeliveryLinkFactory(action=action, decision=DecisionFactory())
        MilestoneFactory(action=action, promised_in=ActionUpdateFactory(action=action) if number == 0 else None)
    client.force_login(UserFactory())
    client.get(reverse("delivery-action-detail", args=[action.pk]))
    with django_assert_num_queries(16):
        client.get(reverse("delivery-action-detail", args=[action.pk]))


def test_tie_holds_for_what_carries_an_action_on(client):
    action, board = DeliveryActionFactory(ref="2.01"), BoardFactory()
    DeliveryLinkFactory(action=action, board=board)
    heirs = []
    for year in (2020, 2021):
        plan = DeliveryPlan.objects.get(year=year - 1)
        made = roll_over_plan(
            delivery_plan=plan,
            plan=plan.plan,
            year=year,
            title=f"Plan {year}",
            chosen=[Carried(one) for one in plan.actions.open().in_order()],
            by=UserFactory(),
        )
        heirs.append(made.actions.get())
    assert list(DeliveryLink.objects.actions_of(board)) == [heirs[1]]
    client.force_login(UserFactory())
    for one in (action, *heirs):
        links = client.get(reverse("delivery-action-detail", args=[one.pk])).context["links"]
        assert [link.board for link in links] == [board]
