"""The plan of a year and its objectives."""

from typing import Any

from core.accounts.models import Person, User
from core.audit import action
from core.documents.versions import save_if_unchanged
from deepdive.actions.delivery import made_action
from deepdive.models import DeepDiveTurn, DeliveryPlan, Objective
from measures.models import Plan, Priority

Turns = dict[int, Priority | None]  # quarter 1 to 4: whose turn the deep dive is; None leaves it to the order


@action
def create_delivery_plan(
    *,
    plan: Plan,
    year: int,
    title: str,
    stale_after: int = 2,
    turns: Turns | None = None,
    follows: DeliveryPlan | None = None,
    by: User | None,
) -> DeliveryPlan:
    made = DeliveryPlan.objects.create(plan=plan, year=year, title=title, stale_after=stale_after, follows=follows)
    _take_turns(made, turns or {})
    return made


@action
def edit_delivery_plan(
    *, delivery_plan: DeliveryPlan, version: int, title: str, stale_after: int, turns: Turns, by: User
) -> DeliveryPlan:
    """Change what the plan is called, when an action is called unchanged, and whose turn the deep dive is."""
    saved = save_if_unchanged(DeliveryPlan, delivery_plan.pk, version, title=title, stale_after=stale_after)
    _take_turns(saved, turns)
    return saved


def _take_turns(delivery_plan: DeliveryPlan, turns: Turns) -> None:
    held = {one.quarter: one for one in delivery_plan.turns.all()}
    for quarter, priority in turns.items():
        turn = held.get(quarter)
        if priority is None and turn:
            turn.delete()
        elif priority and turn is None:
            DeepDiveTurn.objects.create(delivery_plan=delivery_plan, quarter=quarter, priority=priority)
        elif priority and turn.priority_id != priority.pk:
            turn.priority = priority
            turn.save(update_fields=["priority"])


@action
def create_objective(
    *, delivery_plan: DeliveryPlan, priority: Priority, number: int, title: str, by: User | None
) -> Objective:
    return Objective.objects.create(delivery_plan=delivery_plan, priority=priority, number=number, title=title)


@action
def edit_objective(*, objective: Objective, version: int, title: str, reason: str, by: User) -> Objective:
    """Put the words of an objective right; its number and its priority stay."""
    return save_if_unchanged(Objective, objective.pk, version, title=title)


@action
def import_plan(*, delivery_plan: DeliveryPlan, objectives: list[dict[str, Any]], by: User | None) -> tuple[int, int]:
    """Add objectives and actions as a sheet gives them (`plan_sheet.matched`); how many of each were new.

    An objective that the plan has already is added to. An owner or deputy given by name alone is recorded as a person.
    """
    objectives_made = actions_made = 0
    people: dict[str, Person] = {}
    for one in objectives:
        place = {"delivery_plan": delivery_plan, "priority": one["priority"], "number": one["number"]}
        held = Objective.objects.filter(**place).first()
        if held is None:
            held = Objective.objects.create(title=one["title"], **place)
            objectives_made += 1
        for fields in one["actions"]:
            named = {who: _person(fields[who], people) for who in ("owner", "deputy")}
            made_action(held, **(fields | named))
            actions_made += 1
    return objectives_made, actions_made


def _person(given: Person | str | None, made: dict[str, Person]) -> Person | None:
    if not isinstance(given, str):
        return given
    key = given.casefold()
    if key not in made:
        made[key] = Person.objects.create(name=given)
    return made[key]
