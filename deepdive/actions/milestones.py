"""The steps of an action that have a date of their own."""

import datetime as dt

from core.accounts.clock import today
from core.accounts.models import User
from core.accounts.states import MoveRefused
from core.audit import action
from core.documents.versions import Stale, save_if_unchanged
from deepdive import states
from deepdive.models import ActionUpdate, DeliveryAction, Milestone


@action
def add_milestone(
    *,
    delivery_action: DeliveryAction,
    text: str,
    due: dt.date,
    promised_in: ActionUpdate | None = None,
    by: User | None,
) -> Milestone:
    states.check_works_on(delivery_action, by=by)
    return Milestone.objects.create(action=delivery_action, text=text, due=due, first_due=due, promised_in=promised_in)


@action
def edit_milestone(*, milestone: Milestone, version: int, text: str, due: dt.date, reason: str, by: User) -> Milestone:
    """Change the words or the day of a milestone; the day it was first promised for stays beside it."""
    _check_waiting(milestone, by)
    return save_if_unchanged(Milestone, milestone.pk, version, text=text, due=due)


@action
def reach_milestone(*, milestone: Milestone, version: int, reached_on: dt.date, evidence: str, by: User) -> Milestone:
    """Say on what day it was reached and what shows it."""
    _check_waiting(milestone, by)
    if reached_on > today():
        raise MoveRefused("A milestone is reached on a day that has come. Nothing was changed.")
    return save_if_unchanged(Milestone, milestone.pk, version, reached_on=reached_on, evidence=evidence)


@action
def drop_milestone(*, milestone: Milestone, version: int, reason: str, by: User) -> Milestone:
    """A milestone no longer wanted stays, with the reason."""
    _check_waiting(milestone, by)
    return save_if_unchanged(Milestone, milestone.pk, version, dropped_why=reason)


def _check_waiting(milestone: Milestone, by: User) -> None:
    states.check_works_on(milestone.action, by=by)
    held = Milestone.objects.select_for_update().get(pk=milestone.pk)
    if not held.is_waiting and held.version != milestone.version:
        raise Stale(held)
    if not held.is_waiting:
        raise MoveRefused("This milestone has been reached or dropped and stays as it is. Nothing was changed.")
