"""Which way a delivery update may move."""

from core.accounts.models import User
from core.accounts.permissions import Permission
from core.accounts.states import Machine, MoveRefused
from core.documents.richtext import word_count
from deepdive.models import ActionUpdate

State = ActionUpdate.State
_WRITE = (Permission.DELIVERY_UPDATE, Permission.DELIVERY_UPDATE_ASSIGNED)

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


def check_update_move(update: ActionUpdate, to: str, *, reason: str, by: User) -> None:
    """The table, and what it cannot hold: something to read, another pair of eyes, a reason to go back."""
    UPDATE.check_move(update.state, to, by=by)
    if not by.has(Permission.DELIVERY_UPDATE, Permission.DELIVERY_APPROVE):
        check_assigned(update, by=by)
    if to == State.REVIEW and word_count(update.text) == 0:
        raise MoveRefused("There is nothing to review yet. Write the update first. Nothing was changed.")
    if to == State.APPROVED and update.authors.filter(pk=by.pk).exists():
        raise MoveRefused("You wrote part of this update, so somebody else must approve it. Nothing was changed.")
    if to == State.DRAFT and not reason.strip():
        raise MoveRefused("Say why this update goes back to draft. Nothing was changed.")


def check_may_write(update: ActionUpdate, *, by: User) -> None:
    if update.state != State.DRAFT:
        raise MoveRefused(
            f"This update is “{update.get_state_display()}” and cannot be edited. Send it back to draft first."
        )
    if not by.has(Permission.DELIVERY_UPDATE):
        check_assigned(update, by=by)


def check_assigned(update: ActionUpdate, *, by: User) -> None:
    """Somebody of the force works on the actions assigned to them, also where other roles show them more."""
    if not update.action.contributors.filter(pk=by.pk).exists():
        raise MoveRefused("This action is not assigned to you. Nothing was changed.")
