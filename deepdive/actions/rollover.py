"""Making the next year's plan out of this one."""

from django.db.models import F

from core.accounts.clock import now, today
from core.accounts.models import User
from core.accounts.states import MoveRefused
from core.audit import action
from deepdive.actions.delivery import made_action
from deepdive.models import ActionStatus, DeliveryAction, DeliveryPlan, Milestone, Objective, StatusChange
from deepdive.states import Carried
from measures.models import Plan, Priority


@action
def roll_over_plan(
    *, delivery_plan: DeliveryPlan, plan: Plan, year: int, title: str, chosen: list[Carried], by: User
) -> DeliveryPlan:
    """The plan of the next year with the actions that go on, under references of its own; the rest are closed.

    Every open action must be chosen for, so that none is left behind unnoticed.
    """
    held = DeliveryPlan.objects.select_for_update().get(pk=delivery_plan.pk)
    _check_complete(held, chosen)
    going = [one.action for one in chosen if not one.closed_because]
    numbers = {one.number: one for one in plan.priorities.all()}
    _check_priorities(going, numbers, plan)
    made = DeliveryPlan.objects.create(plan=plan, year=year, title=title, stale_after=held.stale_after, follows=held)
    objectives: dict[int, Objective] = {}
    used: dict[int, int] = {}
    for old in sorted(going, key=lambda one: (one.objective.priority.number, one.objective.number, one.ref)):
        priority = numbers[old.objective.priority.number]
        if old.objective_id not in objectives:
            objectives[old.objective_id] = Objective.objects.create(
                delivery_plan=made, priority=priority, number=old.objective.number, title=old.objective.title
            )
        used[priority.number] = used.get(priority.number, 0) + 1
        ref = f"{priority.number}.{used[priority.number]:02d}"
        heir = _carry(old, objectives[old.objective_id], ref)
        _end(old, ActionStatus.CARRIED, f"Carried into {title} as {heir.ref}.", by)
    for one in chosen:
        if one.closed_because:
            _end(one.action, ActionStatus.CLOSED, one.closed_because, by)
    return made


def _check_complete(delivery_plan: DeliveryPlan, chosen: list[Carried]) -> None:
    if DeliveryPlan.objects.filter(follows=delivery_plan).exists():
        raise MoveRefused(f"{delivery_plan} has been carried on already. Nothing was changed.")
    waiting = set(delivery_plan.actions.open().values_list("pk", flat=True))
    if waiting != {one.action.pk for one in chosen}:
        raise MoveRefused(
            "The plan has changed since this page was opened: an action was added or ended. Nothing was changed. "
            "Open the page again and choose for each action."
        )


def _check_priorities(going: list[DeliveryAction], numbers: dict[int, Priority], plan: Plan) -> None:
    missing = sorted({one.objective.priority.number for one in going} - numbers.keys())
    if missing:
        named = ", ".join(str(number) for number in missing)
        raise MoveRefused(f"{plan} has no priority {named} for the actions that go on. Nothing was changed.")


def _carry(old: DeliveryAction, objective: Objective, ref: str) -> DeliveryAction:
    """The heir of an action, as far as it has come, with the milestones still to be reached."""
    heir = made_action(
        objective,
        ref=ref,
        statement=old.statement,
        owner=old.owner,
        owner_role=old.owner_role,
        deputy=old.deputy,
        leads=old.leads,
        agencies=[one.name for one in old.agencies.all()],
        start=old.start,
        due=old.due,
        contributors=old.contributors.all(),
        measures=old.measures.all(),
        forebear=old,
        status=old.status,
        rag=old.rag,
        rag_reason=old.rag_reason,
    )
    for step in old.milestones.waiting():
        Milestone.objects.create(action=heir, text=step.text, due=step.due, first_due=step.first_due)
    return heir


def _end(old: DeliveryAction, status: str, why: str, by: User) -> None:
    StatusChange.objects.create(action=old, was=old.status, now=status, why=why, by=by, at=now())
    DeliveryAction.objects.filter(pk=old.pk).update(
        status=status, ended_on=today(), ended_why=why, version=F("version") + 1
    )
