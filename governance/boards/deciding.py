"""What must hold before a decision is completed, approved, published or corrected. The moves are in `states`."""

import datetime as dt

from core.accounts.clock import today
from core.accounts.models import User
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from governance.boards.models import Decision
from governance.boards.states import DECISION


def check_decided_on(day: dt.date) -> None:
    if day > today():
        raise MoveRefused("A decision cannot have been taken after today. Nothing was recorded.")


def check_may_complete(decision: Decision, changes: dict[str, object], *, by: User) -> None:
    """A draft is written on; what was decided in a meeting is worded by its minutes, and not here."""
    if decision.state != Decision.State.DRAFTED:
        if decision.state != Decision.State.NOTED:
            raise MoveRefused("This decision has been approved. Open it for a correction first. Nothing was changed.")
        DECISION.check_move(decision.state, Decision.State.DRAFTED, by=by)
    elif not by.has(Permission.DECISION_WRITE):
        raise MoveRefused("Your roles do not let you write up decisions. Nothing was changed.")
    if decision.item_id and "text" in changes and changes["text"] != decision.text:
        raise MoveRefused("What was decided in a meeting stands in its minutes. Amend those. Nothing was changed.")
    if not str(changes.get("title", "")).strip() or not str(changes.get("reasons", "")).strip():
        raise MoveRefused("Give the decision a title and its reasons. Nothing was changed.")
    if changes.get("is_significant") is None:
        raise MoveRefused("Say whether the decision is of significant public interest. Nothing was changed.")


def check_may_approve(decision: Decision, *, by: User) -> None:
    DECISION.check_move(decision.state, Decision.State.APPROVED, by=by)
    if decision.authors.filter(pk=by.pk).exists():
        raise MoveRefused("You wrote part of this record, so somebody else approves it. Nothing was changed.")
    if decision.paragraph and not by.has(Permission.RESTRICTED_VIEW):
        raise MoveRefused("This decision is exempt and you may not see it. Nothing was changed.")


def check_may_publish_decision(decision: Decision, published_on: dt.date, *, by: User) -> None:
    DECISION.check_move(decision.state, Decision.State.PUBLISHED, by=by)
    if not decision.day <= published_on <= today():
        raise MoveRefused("A decision is published after it was taken and not after today. Nothing was published.")


def check_may_correct(decision: Decision, reason: str, *, by: User) -> None:
    if decision.state in (Decision.State.NOTED, Decision.State.DRAFTED):
        raise MoveRefused("This decision is not approved yet: change it where it is written. Nothing was changed.")
    DECISION.check_move(decision.state, Decision.State.DRAFTED, by=by)
    if not reason.strip():
        raise MoveRefused("Say why the decision is corrected. Nothing was changed.")
