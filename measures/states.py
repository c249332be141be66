"""Which way an import may move, and the permission each move needs."""

import datetime as dt

from core.accounts.clock import now
from core.accounts.models import User
from core.accounts.permissions import Permission
from core.accounts.states import Machine, MoveRefused
from measures.models import Embargo, ImportBatch, PhaseChange

State = ImportBatch.State
_P = (Permission.OBSERVATION_IMPORT,)

IMPORT = Machine(
    "import",
    State,
    {
        (State.UPLOADED, State.CHECKING): _P,
        (State.UPLOADED, State.DISCARDED): _P,
        (State.CHECKING, State.CHECKING): _P,  # asked for again after its job was cancelled or failed
        (State.CHECKING, State.REFUSED): _P,
        (State.CHECKING, State.READY): _P,
        (State.CHECKING, State.DISCARDED): _P,
        (State.REFUSED, State.CHECKING): _P,
        (State.REFUSED, State.UPLOADED): _P,  # choose the columns again
        (State.REFUSED, State.DISCARDED): _P,
        (State.READY, State.CHECKING): _P,
        (State.READY, State.UPLOADED): _P,
        (State.READY, State.ACCEPTING): _P,
        (State.READY, State.DISCARDED): _P,
        (State.ACCEPTING, State.ACCEPTING): _P,  # asked for again after its job was cancelled or failed
        (State.ACCEPTING, State.CHECKING): _P,  # the record has changed since the preview
        (State.ACCEPTING, State.ACCEPTED): _P,
        (State.ACCEPTING, State.DISCARDED): _P,
        (State.ACCEPTED, State.WITHDRAWN): _P,
    },
)


def check_withdrawal(batch: ImportBatch, *, reason: str, by: User) -> None:
    IMPORT.check_move(batch.state, State.WITHDRAWN, by=by)
    if not reason.strip():
        raise MoveRefused("Say why the import is withdrawn. Nothing was changed.")


def check_phase_approval(change: PhaseChange, *, by: User) -> None:
    """A new phase changes what every later signal says, so two people answer for it."""
    if change.approved_at:
        raise MoveRefused(f"This phase change was approved already, by {change.approved_by}. Nothing was changed.")
    if change.proposed_by_id == by.pk:
        raise MoveRefused("You proposed this phase change, so somebody else must approve it. Nothing was changed.")


def check_effect_seen(*, seen: str, now_is: str) -> None:
    """Nobody answers for what a new phase does to the symbols without having been shown it."""
    if seen != now_is:
        raise MoveRefused(
            "What this new phase does to the symbols has changed, or you have not been shown it. Nothing was changed. "
            "The page below says what it does now: read it and approve again if it is right."
        )


def check_embargo(until: dt.datetime, *, batch: ImportBatch | None = None) -> None:
    if until <= now():
        raise MoveRefused("That moment has passed already, so nothing would be kept back. Nothing was changed.")
    if batch is not None and batch.state in (State.DISCARDED, State.WITHDRAWN):
        raise MoveRefused("None of this import's figures count, so there is nothing to keep back. Nothing was changed.")


def check_release(embargo: Embargo, *, reason: str) -> None:
    if embargo.ended_at or embargo.until <= now():
        raise MoveRefused("These figures are released already. Nothing was changed.")
    if not reason.strip():
        raise MoveRefused("Say why the figures are released before their time. Nothing was changed.")
