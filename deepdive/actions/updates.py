"""One update of every open action a quarter: asked for, written, approved by another."""

import datetime as dt

from django.db.models import F, Q

from core.accounts.clock import now, today
from core.accounts.models import User
from core.audit import action
from core.documents.versions import Stale, save_if_unchanged
from deepdive import states
from deepdive.models import OVER, ActionStatus, ActionUpdate, DeliveryAction, DeliveryPlan, StatusChange
from measures.models import Period


@action
def open_updates(*, period: Period, due: dt.date, delivery_plan: DeliveryPlan | None = None, by: User | None) -> int:
    """Make the draft update of every open action, or every one of a plan, that has none; how many were made."""
    waiting = DeliveryAction.objects.open().filter(~Q(updates__period=period))
    if delivery_plan is not None:
        waiting = waiting.filter(delivery_plan=delivery_plan)
    last = {
        update.action_id: update
        for update in ActionUpdate.objects.filter(period__end__lt=period.end).order_by("period__end")
    }
    made = [_first_draft(one, period, due, last.get(one.pk)) for one in waiting]
    return len(ActionUpdate.objects.bulk_create(made))


@action
def move_updates(*, period: Period, was: dt.date, due: dt.date, reason: str, by: User) -> int:
    """Give the updates of a quarter that are still written, and were due that day, another; how many were moved."""
    waiting = ActionUpdate.objects.filter(period=period, due=was).exclude(state=ActionUpdate.State.APPROVED)
    return waiting.update(due=due)


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
def move_update(
    *, update: ActionUpdate, to: str, reason: str = "", version: int | None = None, by: User
) -> ActionUpdate:
    """Submit, approve or send back. Approval carries the status and rating over to the action itself.

    With the `version` that somebody has read, nothing is approved that they have not. Raises Stale.
    """
    held = ActionUpdate.objects.select_for_update().get(pk=update.pk)
    if version is not None and held.version != version:
        raise Stale(held)
    states.check_update_move(held, to, reason=reason, by=by)
    approved = to == ActionUpdate.State.APPROVED
    held.state = to
    held.approved_by = by if approved else None
    held.approved_at = now() if approved else None
    held.version += 1
    held.save(update_fields=["state", "approved_by", "approved_at", "version"])
    if approved and not held.action.updates.approved().filter(period__end__gt=held.period.end).exists():
        _carry_over(held, by)
    return held


def _carry_over(update: ActionUpdate, by: User) -> None:
    """The action from now on stands as its latest approved update says."""
    held = DeliveryAction.objects.select_for_update().get(pk=update.action_id)
    if held.status == ActionStatus.CARRIED:
        return  # it goes on in the next plan, and this was its last word
    is_over = update.status in OVER
    why = update.rag_reason or f"The approved update of {update.period} says so."
    if held.status != update.status:
        StatusChange.objects.create(action=held, was=held.status, now=update.status, why=why, by=by, at=now())
    DeliveryAction.objects.filter(pk=held.pk).update(
        status=update.status,
        rag=update.rag,
        rag_reason=update.rag_reason,
        ended_on=(held.ended_on or today()) if is_over else None,
        ended_why=(held.ended_why or why) if is_over else "",
        no_evidence_why=_no_file(held, update),
        version=F("version") + 1,
    )


def _no_file(held: DeliveryAction, update: ActionUpdate) -> str:
    """Why nothing is filed that shows the delivery; the reason of the update says it where nobody has."""
    if update.status != ActionStatus.DELIVERED or held.evidence.exists():
        return ""
    return held.no_evidence_why or update.rag_reason
