"""What the pages read of the service delivery plan, in a fixed number of queries."""

import datetime as dt

from django.db.models import Count

from core.accounts.models import User
from deepdive.models import ActionUpdate, DeliveryAction, DeliveryPlan
from deepdive.presenters import ActionRow
from measures.models import Period


def plan_rows(delivery_plan: DeliveryPlan, period: Period | None, user: User, today: dt.date) -> list[ActionRow]:
    """The plan's actions that `user` may see, each with its update of the quarter and its last approved one."""
    actions = (
        DeliveryAction.objects.seen_by(user)
        .filter(delivery_plan=delivery_plan)
        .select_related("objective__priority", "owner")
        .annotate(redated=Count("redatings", distinct=True))
        .order_by("objective__priority__number", "objective__number", "ref")
    )
    updates = list(ActionUpdate.objects.filter(action__delivery_plan=delivery_plan).order_by("period__end"))
    now = {update.action_id: update for update in updates if period and update.period_id == period.pk}
    last = {update.action_id: update for update in updates if update.state == ActionUpdate.State.APPROVED}
    return [ActionRow(one, now.get(one.pk), last.get(one.pk), one.redated, today) for one in actions]


def quarters_with_updates(delivery_plan: DeliveryPlan) -> list[Period]:
    """The quarters in which anything was said of the plan, newest first."""
    found = Period.objects.filter(kind=Period.Kind.QUARTER)
    said = ActionUpdate.objects.filter(action__delivery_plan=delivery_plan).values("period")
    return list(found.filter(pk__in=said).order_by("-end"))


def update_before(update: ActionUpdate) -> ActionUpdate | None:
    """The same action's approved update of the latest earlier quarter."""
    earlier = ActionUpdate.objects.approved().filter(action_id=update.action_id, period__end__lt=update.period.end)
    return earlier.select_related("period").order_by("-period__end").first()
