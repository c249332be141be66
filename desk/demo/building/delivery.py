"""The service delivery plan and what was said of its actions each quarter."""

import datetime as dt
from collections.abc import Container
from typing import Any

from core.accounts.models import User
from core.accounts.permissions import Role
from core.documents.actions import store_file
from deepdive.actions import (
    add_evidence,
    add_milestone,
    correct_statement,
    create_delivery_action,
    create_delivery_plan,
    create_objective,
    move_action,
    move_update,
    open_updates,
    reach_milestone,
    redate_action,
    roll_over_plan,
    save_update,
)
from deepdive.models import ActionUpdate, DeliveryAction, DeliveryPlan, Milestone, Objective
from deepdive.states import Carried
from desk.demo.building.cast import Cast, on
from desk.demo.words import delivery, shapes
from governance.boards.actions import link_delivery_action
from governance.boards.models import Board
from measures.models import Measure, Period, Plan, Priority
from measures.models.period import month_index

CONTRIBUTED = {"2.04", "2.07", "2.11"}  # the force's lead for vulnerability writes these
REVIEW, APPROVED = ActionUpdate.State.REVIEW, ActionUpdate.State.APPROVED


def plan_delivery(plan: Plan, cast: Cast) -> None:
    """The plan of 2018 as it ended, and the one that carries it on, with its objectives, actions and milestones."""
    by = cast[Role.STAFF]
    priority = plan.priorities.get(number=delivery.PRIORITY)
    made = _carried_on(plan, priority, cast)
    first = made.objectives.get(number=1)
    second = create_objective(delivery_plan=made, priority=priority, number=2, title=delivery.OBJECTIVES[1], by=by)
    for one in delivery.ACTIONS:
        if one.ref not in delivery.CARRIED:
            _add(one, first if one.objective == 1 else second, cast)
        action = made.actions.get(ref=one.ref)
        for text, due in one.milestones:
            add_milestone(delivery_action=action, text=text, due=due, by=by)
    for ref, (text, due, _) in delivery.STEPS_REACHED.items():
        add_milestone(delivery_action=made.actions.get(ref=ref), text=text, due=due, by=by)
    for ref, board in delivery.LOOKED_AFTER:
        link_delivery_action(delivery_action=made.actions.get(ref=ref), board=Board.objects.get(name=board), by=by)
    for ref, (statement, reason) in delivery.CORRECTED.items():
        action = made.actions.get(ref=ref)
        correct_statement(delivery_action=action, version=action.version, statement=statement, reason=reason, by=by)


def _carried_on(plan: Plan, priority: Priority, cast: Cast) -> DeliveryPlan:
    """2018: five actions, of which three go on, one was delivered and one is closed."""
    by = cast[Role.STAFF]
    old = create_delivery_plan(plan=plan, year=delivery.EARLIER_YEAR, title=delivery.EARLIER_TITLE, by=by)
    objective = create_objective(delivery_plan=old, priority=priority, number=1, title=delivery.OBJECTIVES[0], by=by)
    for one in (*delivery.ACTIONS, *delivery.ENDED):
        if one.ref in delivery.CARRIED or one in delivery.ENDED:
            _move(_add(one, objective, cast), "in_progress", cast)
    last = Period.objects.quarter_ending(month_index(dt.date(delivery.YEAR, 3, 31)))
    _move(
        old.actions.get(ref="2.05"),
        "delivered",
        cast,
        reason=delivery.DELIVERED_SHOWN_BY,
        no_evidence=delivery.DELIVERED_WITHOUT_A_FILE,
        day=dt.date(delivery.YEAR, 2, 28),
    )
    open_updates(period=last, due=dt.date(delivery.YEAR, 4, 8), by=by)
    words = {ref: shapes.Update(text, "in_progress", "green") for ref, text in delivery.EARLIER_UPDATES.items()}
    write_updates(last, words, cast)
    approve_updates(last, cast)
    chosen = [
        Carried(one, "" if one.ref in delivery.CARRIED else delivery.CLOSED_BECAUSE)
        for one in old.actions.open().in_order()
    ]
    return roll_over_plan(delivery_plan=old, plan=plan, year=delivery.YEAR, title=delivery.TITLE, chosen=chosen, by=by)


def _add(one: shapes.DeliveryAction, objective: Objective, cast: Cast) -> DeliveryAction:
    return create_delivery_action(
        objective=objective,
        ref=one.ref,
        statement=one.statement,
        owner=cast.person(one.owner) if one.owner else None,
        deputy=cast.person(delivery.DEPUTIES[one.ref]) if one.ref in delivery.DEPUTIES else None,
        leads=one.leads,
        agencies=[name[0].upper() + name[1:] for name in one.partners.split("; ") if name],
        start=one.start,
        due=one.due,
        contributors=[cast[Role.CONTRIBUTOR]] if one.ref in CONTRIBUTED else [],
        measures=list(Measure.objects.filter(slug__in=one.measures)),
        by=cast[Role.STAFF],
    )


def _move(action: DeliveryAction, to: str, cast: Cast, **said: Any) -> None:
    move_action(delivery_action=action, version=action.version, to=to, by=cast[Role.STAFF], **said)


def file_evidence(cast: Cast) -> None:
    """What shows how actions go, as their writers brought it."""
    for ref, (name, text) in delivery.EVIDENCE.items():
        action, by = DeliveryAction.objects.get(delivery_plan__year=delivery.YEAR, ref=ref), writer_of(ref, cast)
        stored = store_file(data=text.encode(), name=name, by=by)
        add_evidence(delivery_action=action, file=stored, name=name, by=by)


def reach_steps(cast: Cast) -> None:
    """The milestones that were reached, each on its day."""
    for ref, (text, day, evidence) in delivery.STEPS_REACHED.items():
        step = Milestone.objects.get(action__delivery_plan__year=delivery.YEAR, action__ref=ref, text=text)
        reach_milestone(milestone=step, version=step.version, reached_on=day, evidence=evidence, by=cast[Role.STAFF])


def redate(after: dt.date, until: dt.date, cast: Cast) -> None:
    """The due dates that were moved between two days, each on its day."""
    moves = [(day, one.ref, due, why) for one in delivery.ACTIONS for day, due, why in one.redated]
    for day, ref, due, why in sorted(moves):
        if after < day <= until:
            on(day)
            action = DeliveryAction.objects.get(delivery_plan__year=delivery.YEAR, ref=ref)
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
