"""What people do to the service delivery plan. The caller has checked permission."""

import datetime as dt

from django.db.models import Q

from core.accounts.clock import now
from core.accounts.models import Person, User
from core.audit import action
from core.documents.versions import save_if_unchanged
from deepdive import states
from deepdive.models import ActionUpdate, DeliveryAction, DeliveryPlan, Milestone, Objective, Redating
from measures.models import Measure, Period, Plan, Priority


@action
def create_delivery_plan(*, plan: Plan, year: int, title: str, by: User | None) -> DeliveryPlan:
    return DeliveryPlan.objects.create(plan=plan, year=year, title=title)


@action
def create_objective(
    *, delivery_plan: DeliveryPlan, priority: Priority, number: int, title: str, by: User | None
) -> Objective:
    return Objective.objects.create(delivery_plan=delivery_plan, priority=priority, number=number, title=title)


@action
def create_delivery_action(
    *,
    objective: Objective,
    ref: str,
    statement: str,
    owner: Person | None = None,
    leads: str = "",
    partners: str = "",
    start: dt.date | None = None,
    due: dt.date | None = None,
    contributors: list[User] | None = None,
    measures: list[Measure] | None = None,
    by: User | None,
) -> DeliveryAction:
    """Add a promise to the plan under a reference that is never used for another."""
    made = DeliveryAction.objects.create(
        objective=objective,
        delivery_plan=objective.delivery_plan,
        ref=ref,
        statement=statement,
        owner=owner,
        leads=leads,
        partners=partners,
        start=start,
        due=due,
    )
    made.contributors.set(contributors or [])
    made.measures.set(measures or [])
    return made


@action
def edit_delivery_action(
    *,
    delivery_action: DeliveryAction,
    version: int,
    owner: Person | None,
    leads: str,
    partners: str,
    contributors: list[User],
    by: User,
) -> DeliveryAction:
    """Change who answers for an action and who works on it; its reference and statement stay."""
    changed = save_if_unchanged(
        DeliveryAction, delivery_action.pk, version, owner=owner, leads=leads, partners=partners
    )
    changed.contributors.set(contributors)
    return changed


@action
def redate_action(*, delivery_action: DeliveryAction, due: dt.date, reason: str, by: User) -> Redating:
    """Move the due date; the old date, the reason and the count stay."""
    held = DeliveryAction.objects.select_for_update().get(pk=delivery_action.pk)
    moved = Redating.objects.create(action=held, was=held.due, now=due, why=reason, by=by, at=now())
    DeliveryAction.objects.filter(pk=held.pk).update(due=due, version=held.version + 1)
    return moved


@action
def add_milestone(*, delivery_action: DeliveryAction, title: str, due: dt.date, by: User | None) -> Milestone:
    return Milestone.objects.create(action=delivery_action, title=title, due=due)


@action
def open_updates(*, period: Period, due: dt.date, by: User | None) -> int:
    """Make the quarter's draft update of every open action that has none; how many were made."""
    waiting = DeliveryAction.objects.open().filter(~Q(updates__period=period))
    last = {
        update.action_id: update
        for update in ActionUpdate.objects.filter(period__end__lt=period.end).order_by("period__end")
    }
    made = [_first_draft(one, period, due, last.get(one.pk)) for one in waiting]
    return len(ActionUpdate.objects.bulk_create(made))


def _first_draft(one: DeliveryAction, period: Period, due: dt.date, last: ActionUpdate | None) -> ActionUpdate:
    """Status and rating start as they were last said; the text starts empty, so that nothing old passes as new."""
    fresh = ActionUpdate(action=one, period=period, due=due, status=one.status, rag=one.rag, rag_reason=one.rag_reason)
    if last:
        fresh.status, fresh.rag, fresh.rag_reason = last.status, last.rag, last.rag_reason
    return fresh


@action
def save_update(
    *, update: ActionUpdate, version: int, text: str, status: str, rag: str, rag_reason: str, by: User
) -> ActionUpdate:
    """Keep what was written; whoever saves becomes one of its authors."""
    states.check_may_write(update, by=by)
    saved = save_if_unchanged(
        ActionUpdate, update.pk, version, text=text, status=status, rag=rag, rag_reason=rag_reason
    )
    saved.authors.add(by)
    return saved


@action
def move_update(*, update: ActionUpdate, to: str, reason: str = "", by: User) -> ActionUpdate:
    """Submit, approve or send back. Approval carries the status and rating over to the action itself."""
    held = ActionUpdate.objects.select_for_update().get(pk=update.pk)
    states.check_update_move(held, to, reason=reason, by=by)
    approved = to == ActionUpdate.State.APPROVED
    held.state = to
    held.approved_by = by if approved else None
    held.approved_at = now() if approved else None
    held.version += 1
    held.save(update_fields=["state", "approved_by", "approved_at", "version"])
    if approved and not held.action.updates.approved().filter(period__end__gt=held.period.end).exists():
        DeliveryAction.objects.filter(pk=held.action_id).update(
            status=held.status, rag=held.rag, rag_reason=held.rag_reason, version=held.action.version + 1
        )
    return held
