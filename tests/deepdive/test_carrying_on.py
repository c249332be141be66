"""A plan carried on into the next year: what goes on, what ends, and the line through the years."""

import datetime as dt

import pytest
from django.urls import reverse

from core.accounts.states import MoveRefused
from core.audit.models import AuditEvent
from deepdive import actions
from deepdive.models import ActionUpdate, DeepDiveTurn, DeliveryAction, DeliveryPlan
from deepdive.reading import plan_rows, update_before
from deepdive.states import Carried
from measures.models import Plan
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.deepdive import (
    ActionUpdateFactory,
    DeliveryActionFactory,
    MilestoneFactory,
    ObjectiveFactory,
)
from tests.factories.plans import QUARTER_ONE, PriorityFactory, QuarterPeriodFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2019, 12, 2)


@pytest.fixture(autouse=True)
def office():
    return OfficeFactory(is_demo=True, today_override=TODAY)


def rolled(chosen, **changes):
    plan = DeliveryPlan.objects.get(year=2019)
    given = {"plan": plan.plan, "year": 2020, "title": "Service Delivery Plan 2020"} | changes
    return actions.roll_over_plan(delivery_plan=plan, chosen=chosen, by=UserFactory(), **given)


def approved(action, period, text="<p>Said.</p>"):
    update = ActionUpdateFactory(action=action, period=period, text=text)
    ActionUpdate.objects.filter(pk=update.pk).update(
        state="approved", approved_by=UserFactory(), approved_at=dt.datetime(2019, 11, 1, tzinfo=dt.UTC)
    )
    return update


def test_what_goes_on_takes_everything_with_it_under_a_reference_of_its_own():
    number = ObjectiveFactory().priority.number
    first = DeliveryActionFactory(
        ref=f"{number}.03", due=dt.date(2020, 6, 30), rag="amber", rag_reason="Late", status="stalled"
    )
    second = DeliveryActionFactory(ref=f"{number}.07", deputy=None)
    done = DeliveryActionFactory(ref=f"{number}.08", status="delivered")
    first.agencies.create(name="Housing")
    contributor = UserFactory()
    first.contributors.add(contributor)
    waiting, reached = MilestoneFactory(action=first), MilestoneFactory(action=first, reached_on=TODAY, evidence="Seen")
    made = rolled([Carried(first), Carried(second, "No longer funded")])
    heir = made.actions.get()
    assert (heir.ref, heir.forebear, heir.line) == (f"{number}.01", first, first)
    assert (heir.statement, heir.owner, heir.due, heir.status, heir.rag) == (
        first.statement,
        first.owner,
        first.due,
        "stalled",
        "amber",
    )
    assert [one.name for one in heir.agencies.all()] == ["Housing"]
    assert list(heir.contributors.all()) == [contributor]
    assert [one.text for one in heir.milestones.all()] == [waiting.text]
    assert reached.text != waiting.text
    old = {one.ref: (one.status, one.ended_why) for one in DeliveryAction.objects.filter(delivery_plan__year=2019)}
    assert old == {
        f"{number}.03": ("carried", f"Carried into Service Delivery Plan 2020 as {number}.01."),
        f"{number}.07": ("closed", "No longer funded"),
        f"{number}.08": ("delivered", done.ended_why),
    }
    assert list(DeliveryAction.objects.open()) == [heir]
    assert AuditEvent.objects.filter(action="deepdive.roll_over_plan", table="deepdive_deliveryplan").count() == 1


def test_line_goes_through_three_years_and_its_updates_with_it():
    action = DeliveryActionFactory()
    one, two = QuarterPeriodFactory(start=QUARTER_ONE[0], end=QUARTER_ONE[1]), QuarterPeriodFactory()
    said = approved(action, one)
    heir = rolled([Carried(action)]).actions.get()
    third = actions.roll_over_plan(
        delivery_plan=heir.delivery_plan,
        plan=heir.delivery_plan.plan,
        year=2021,
        title="Third",
        chosen=[Carried(DeliveryAction.objects.get(pk=heir.pk))],
        by=UserFactory(),
    ).actions.get()
    assert list(DeliveryAction.objects.of_line(third)) == [action, heir, third]
    asked = ActionUpdateFactory(action=third, period=two, text="<p>Said anew.</p>")
    assert (
        update_before(ActionUpdate.objects.select_related("action__delivery_plan", "period").get(pk=asked.pk)) == said
    )
    [row] = plan_rows(third.delivery_plan, two, UserFactory(), TODAY)
    assert ([one.pk for one in row.updates], row.unchanged) == ([asked.pk, said.pk], 1)
    ActionUpdate.objects.filter(pk=asked.pk).update(text="<p>said.</p>")
    [row] = plan_rows(third.delivery_plan, two, UserFactory(), TODAY)
    assert (row.unchanged, "unchanged" in row.kinds) == (2, True)


def test_no_open_action_is_left_behind_and_no_plan_is_carried_on_twice():
    first, second = DeliveryActionFactory(), DeliveryActionFactory()
    with pytest.raises(MoveRefused, match="The plan has changed"):
        rolled([Carried(first)])
    rolled([Carried(first), Carried(second)])
    with pytest.raises(MoveRefused, match="has been carried on already"):
        rolled([], year=2022)
    assert DeliveryPlan.objects.count() == 2


def test_plan_without_the_priority_of_an_action_that_goes_on_is_refused():
    action = DeliveryActionFactory()
    other = Plan.objects.create(
        title="Plan 2021-25", slug="2021-25", starts=dt.date(2021, 4, 1), ends=dt.date(2025, 3, 31)
    )
    with pytest.raises(MoveRefused, match="has no priority"):
        rolled([Carried(action)], plan=other)
    PriorityFactory(plan=other, number=action.objective.priority.number)
    made = rolled([Carried(action)], plan=other)
    assert made.actions.get().objective.priority.plan == other


def test_page_asks_what_becomes_of_each_and_makes_the_plan(client):
    client.force_login(UserFactory())
    first, second = DeliveryActionFactory(), DeliveryActionFactory()
    address = reverse("delivery-plan-roll-over", args=[2019])
    page = client.get(address)
    assert page.context["form"]["title"].value() == "Service Delivery Plan 2020"
    sent = {"plan": first.delivery_plan.plan_id, "year": 2020, "title": "Next", f"fate_{first.pk}": "carry"}
    missing = client.post(address, sent)
    assert f"Choose what becomes of {second.ref}" in missing.content.decode()
    unsaid = client.post(address, sent | {f"fate_{second.pk}": "close"})
    assert f"Say why {second.ref} is closed" in unsaid.content.decode()
    done = client.post(address, sent | {f"fate_{second.pk}": "close", f"why_{second.pk}": "Not wanted"})
    assert done["Location"] == f"{reverse('delivery-plan')}?year=2020"
    assert client.get(done["Location"]).context["total"] == 1
    heir = DeliveryAction.objects.get(forebear=first)
    line = client.get(reverse("delivery-action-detail", args=[heir.pk])).context["line"]
    assert line == [DeliveryAction.objects.get(pk=first.pk), heir]
    assert "has been carried on as" in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("chosen", "quarter_end", "turn"),
    [
        ({}, (2019, 6, 30), 1),
        ({}, (2019, 9, 30), 2),
        ({}, (2020, 3, 31), 1),
        ({2: 1}, (2019, 9, 30), 1),
        ({2: 1}, (2019, 6, 30), 1),
        ({4: 2}, (2020, 3, 31), 2),
        ({4: 2}, (2021, 3, 31), 1),  # another year's plan says nothing
    ],
)
def test_deep_dive_goes_round_unless_the_plan_says_whose_turn_it_is(chosen, quarter_end, turn):
    objective = ObjectiveFactory(priority__number=1)
    plan = objective.delivery_plan
    PriorityFactory(plan=plan.plan, number=2)
    PriorityFactory(plan=plan.plan, number=3)
    numbers = {one.number: one for one in plan.plan.priorities.all()}
    assert sorted(numbers) == [1, 2, 3]
    turns = {quarter: numbers[chosen[quarter]] if quarter in chosen else None for quarter in range(1, 5)}
    actions.edit_delivery_plan(
        delivery_plan=plan, version=1, title=plan.title, stale_after=2, turns=turns, by=UserFactory()
    )
    end = dt.date(*quarter_end)
    start = end.replace(day=1, month=end.month - 2)
    found = DeepDiveTurn.objects.priority_of(QuarterPeriodFactory(start=start, end=end), plan.plan)
    assert found.number == turn


def test_turn_of_a_quarter_is_chosen_changed_and_left_again(client):
    client.force_login(UserFactory())
    objective = ObjectiveFactory()
    other = PriorityFactory(plan=objective.delivery_plan.plan, number=9)
    address = reverse("delivery-plan-edit", args=[2019])
    sent = {"title": "Plan", "stale_after": 3}
    for version, given in enumerate((objective.priority.pk, other.pk, ""), 1):
        client.post(address, sent | {"version": version, "turn_3": given})
        held = list(DeepDiveTurn.objects.values_list("quarter", "priority"))
        assert held == ([(3, given)] if given else [])


def test_turn_chosen_by_another_meanwhile_is_shown_and_not_overwritten(client):
    client.force_login(UserFactory())
    objective = ObjectiveFactory()
    other = PriorityFactory(plan=objective.delivery_plan.plan, number=9, title="Roads")
    address = reverse("delivery-plan-edit", args=[2019])
    sent = {"version": 1, "title": "Plan", "stale_after": 2}
    client.post(address, sent | {"turn_3": other.pk})
    told = client.post(address, sent | {"turn_3": objective.priority.pk})
    assert told.status_code == 409
    assert [(one.name, one.theirs) for one in told.context["disputed"]] == [("turn_3", "9. Roads")]
    assert DeepDiveTurn.objects.get().priority == other
