"""Which way a delivery update and a delivery action may move, and what a move asks for."""

import datetime as dt
from dataclasses import dataclass

from core.accounts.models import User
from core.accounts.permissions import Permission
from core.accounts.states import Machine, MoveRefused
from core.documents.richtext import word_count
from deepdive.models import ActionStatus, ActionUpdate, DeliveryAction, Rag

State = ActionUpdate.State
Status = ActionStatus
_WRITE = (Permission.DELIVERY_UPDATE, Permission.DELIVERY_UPDATE_ASSIGNED)
_OFFICE = (Permission.DELIVERY_UPDATE,)

UPDATE = Machine(
    noun="delivery update",
    states=State,
    transitions={
        (State.DRAFT, State.REVIEW): _WRITE,
        (State.REVIEW, State.DRAFT): (*_WRITE, Permission.DELIVERY_APPROVE),
        (State.REVIEW, State.APPROVED): (Permission.DELIVERY_APPROVE,),
        (State.APPROVED, State.DRAFT): (Permission.DELIVERY_APPROVE,),
    },
)
ACTION = Machine(
    noun="delivery action",
    states=Status,
    transitions={
        (Status.NOT_STARTED, Status.IN_PROGRESS): _OFFICE,
        (Status.NOT_STARTED, Status.CLOSED): _OFFICE,
        (Status.NOT_STARTED, Status.CARRIED): _OFFICE,
        (Status.IN_PROGRESS, Status.NOT_STARTED): _OFFICE,
        (Status.IN_PROGRESS, Status.STALLED): _OFFICE,
        (Status.IN_PROGRESS, Status.DELIVERED): _OFFICE,
        (Status.IN_PROGRESS, Status.CLOSED): _OFFICE,
        (Status.IN_PROGRESS, Status.CARRIED): _OFFICE,
        (Status.STALLED, Status.IN_PROGRESS): _OFFICE,
        (Status.STALLED, Status.DELIVERED): _OFFICE,
        (Status.STALLED, Status.CLOSED): _OFFICE,
        (Status.STALLED, Status.CARRIED): _OFFICE,
        (Status.DELIVERED, Status.IN_PROGRESS): _OFFICE,
        (Status.CLOSED, Status.IN_PROGRESS): _OFFICE,
    },
)


@dataclass(frozen=True)
class Needs:
    """What a move of an action asks for; `reason` is the question, empty where none is asked."""

    reason: str = ""
    day: str = ""
    rating: tuple[str, ...] = ()
    evidence: bool = False  # a file that shows it, or why there is none


NEEDS: dict[str, Needs] = {
    Status.NOT_STARTED: Needs(reason="Why it has not started after all"),
    Status.IN_PROGRESS: Needs(),
    Status.STALLED: Needs(reason="What holds it up", rating=(Rag.AMBER, Rag.RED)),
    Status.DELIVERED: Needs(reason="What shows that it was delivered", day="Delivered on", evidence=True),
    Status.CLOSED: Needs(reason="Why it is closed without being delivered", day="Closed on"),
}
AGAIN = Needs(reason="What has changed, that it goes on", rating=(Rag.GREEN, Rag.AMBER, Rag.RED))


@dataclass(frozen=True)
class Carried:
    """What becomes of one open action: carried on, or closed with a reason."""

    action: DeliveryAction
    closed_because: str = ""  # empty: it goes on


def needs_of(frm: str, to: str) -> Needs:
    """What the move asks for: going on after a halt or an end asks for more than going on does."""
    if to == Status.IN_PROGRESS and frm != Status.NOT_STARTED:
        return AGAIN
    return NEEDS.get(to, Needs())


def moves_by_hand(status: str, *, by: User) -> list[str]:
    """Where a person may move an action from here; into the next plan it goes only when that is made."""
    return [to for to in ACTION.moves(status, by=by) if to != Status.CARRIED]


def check_action_move(
    action: DeliveryAction,
    to: str,
    *,
    reason: str,
    rag: str,
    day: dt.date | None,
    no_evidence: str,
    today: dt.date,
    by: User,
) -> None:
    """The table, and what this move asks for."""
    ACTION.check_move(action.status, to, by=by)
    if to == Status.CARRIED:
        raise MoveRefused("An action is carried on by making the next year’s plan. Nothing was changed.")
    needs = needs_of(action.status, to)
    if needs.reason and not reason.strip():
        raise MoveRefused(f"{needs.reason}: this needs an answer. Nothing was changed.")
    if needs.rating and rag not in needs.rating:
        raise MoveRefused("Say how the action is rated from now on. Nothing was changed.")
    if needs.day and (day is None or day > today):
        raise MoveRefused(f"{needs.day}: give a day that is not in the future. Nothing was changed.")
    if needs.evidence and not (no_evidence.strip() or action.evidence.exists()):
        raise MoveRefused("Add a file that shows what was done, or say why there is none. Nothing was changed.")


def check_update_move(update: ActionUpdate, to: str, *, reason: str, by: User) -> None:
    """The table, and what it cannot hold: something to read, another pair of eyes, a reason to go back."""
    UPDATE.check_move(update.state, to, by=by)
    if not by.has(Permission.DELIVERY_APPROVE):
        check_works_on(update.action, by=by)
    if to == State.REVIEW and word_count(update.text) == 0:
        raise MoveRefused("There is nothing to review yet. Write the update first. Nothing was changed.")
    if to in (State.REVIEW, State.APPROVED):
        _check_shown(update)
    if to == State.APPROVED and update.authors.filter(pk=by.pk).exists():
        raise MoveRefused("You wrote part of this update, so somebody else must approve it. Nothing was changed.")
    if to == State.DRAFT and not reason.strip():
        raise MoveRefused("Say why this update goes back to draft. Nothing was changed.")


def check_may_write(update: ActionUpdate, *, by: User) -> None:
    if update.state != State.DRAFT:
        raise MoveRefused(
            f"This update is “{update.get_state_display()}” and cannot be edited. Send it back to draft first."
        )
    check_works_on(update.action, by=by)


def _check_shown(update: ActionUpdate) -> None:
    """An update that says “delivered” will move the action there, so it asks for what that move asks for."""
    held = update.action
    if update.status != Status.DELIVERED or update.rag_reason.strip() or held.no_evidence_why or held.evidence.exists():
        return
    raise MoveRefused(
        "This update says that the action is delivered. File what shows it on the page of the action, or say in the "
        "reason below the rating why there is no file. Nothing was changed."
    )


def check_works_on(action: DeliveryAction, *, by: User | None) -> None:
    """The office works on any action; somebody of the force on what is assigned to them or theirs, also where other
    roles show them more; a job or a command, which is nobody, on any."""
    if by is None or by.has(Permission.DELIVERY_UPDATE):
        return
    if not (action.contributors.filter(pk=by.pk).exists() or action.is_theirs(by)):
        raise MoveRefused("This action is not assigned to you. Nothing was changed.")


def check_may_file(action: DeliveryAction, *, by: User | None) -> None:
    """What shows how an action goes is filed while it goes, by whoever works on it."""
    check_works_on(action, by=by)
    if not action.is_open:
        raise MoveRefused("This action is over. Move it back to “In progress” first. Nothing was filed.")
