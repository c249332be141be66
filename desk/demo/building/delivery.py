"""The service delivery plan and what was said of its actions each quarter."""

import datetime as dt
from collections.abc import Container

from core.accounts.models import User
from core.accounts.permissions import Role
from deepdive.actions import (
    add_milestone,
    create_delivery_action,
    create_delivery_plan,
    create_objective,
    move_update,
    redate_action,
    save_update,
)
from deepdive.models import ActionUpdate, DeliveryAction
from desk.demo.building.cast import Cast, on
from desk.demo.words import delivery, shapes
from measures.models import Measure, Period, Plan

CONTRIBUTED = {"2.04", "2.07", "2.11"}  # the force's lead for vulnerability writes these
REVIEW, APPROVED = ActionUpdate.State.REVIEW, ActionUpdate.State.APPROVED


def plan_delivery(plan: Plan, cast: Cast) -> None:
    """The plan with its objectives, actions and milestones."""
    by = cast[Role.STAFF]
    made = create_delivery_plan(plan=plan, year=delivery.YEAR, title=delivery.TITLE, by=by)
    priority = plan.priorities.get(number=delivery.PRIORITY)
    objectives = {
        number: create_objective(delivery_plan=made, priority=priority, number=number, title=title, by=by)
        for number, title in enumerate(delivery.OBJECTIVES, 1)
    }
    for one in delivery.ACTIONS:
        action = create_delivery_action(
            objective=objectives[one.objective],
            ref=one.ref,
            statement=one.statement,
            owner=cast.person(one.owner) if one.owner else None,
            leads=one.leads,
            partners=one.partners,
            start=one.start,
            due=one.due,
            contributors=[cast[Role.CONTRIBUTOR]] if one.ref in CONTRIBUTED else [],
            measures=list(Measure.objects.filter(slug__in=one.measures)),
            by=by,
        )
        for title, due in one.milestones:
            add_milestone(delivery_action=action, title=title, due=due, by=by)


def redate(after: dt.date, until: dt.date, cast: Cast) -> None:
    """The due dates that were moved between two days, each on its day."""
    moves = [(day, one.ref, due, why) for one in delivery.ACTIONS for day, due, why in one.redated]
    for day, ref, due, why in sorted(moves):
        if after < day <= until:
            on(day)
            action = DeliveryAction.objects.get(ref=ref)
            redate_action(delivery_action=action, due=due, reason=why, by=cast[Role.STAFF])


def writer_of(ref: str, cast: Cast) -> User:
    return cast[Role.CONTRIBUTOR] if ref in CONTRIBUTED else cast[Role.STAFF]


def write_updates(period: Period, words: dict[str, shapes.Update], cast: Cast, leave: Container[str] = ()) -> None:
    """Save every update and submit it, but for those left as drafts."""
    for ref, said in words.items():
        update = ActionUpdate.objects.get(period=period, action__ref=ref)
        by = writer_of(ref, cast)
        if update.state == ActionUpdate.State.DRAFT:
            update = save_update(
                update=update,
                version=update.version,
                text=said.text,
                status=said.status,
                rag=said.rag,
                rag_reason=said.rag_reason,
                by=by,
            )
            if ref not in leave:
                move_update(update=update, to=REVIEW, by=by)


def approve_updates(period: Period, cast: Cast, leave: Container[str] = ()) -> None:
    """Approve what is in review, by somebody who wrote none of it."""
    for update in ActionUpdate.objects.filter(period=period, state=REVIEW).select_related("action"):
        if update.action.ref not in leave:
            move_update(update=update, to=APPROVED, by=cast[Role.ANALYST])
