"""Legal hold: nothing of a board's records is taken away until it is lifted."""

from core.accounts.clock import now
from core.accounts.models import User
from core.accounts.states import MoveRefused
from core.audit import action
from governance.boards.models import Board, LegalHold


@action
def place_hold(*, board: Board, reason: str, by: User) -> LegalHold:
    """Keep everything of a board as it is, whatever its retention says."""
    held = Board.objects.select_for_update().get(pk=board.pk)
    if not reason.strip():
        raise MoveRefused("Say why nothing may be taken away. Nothing was changed.")
    if held.holds.filter(lifted_at__isnull=True).exists():
        raise MoveRefused("There is a legal hold on this board already. Nothing was changed.")
    return LegalHold.objects.create(board=held, reason=reason.strip(), placed_at=now(), placed_by=by)


@action
def lift_hold(*, hold: LegalHold, why: str, by: User) -> LegalHold:
    """The reason for it is gone; who placed and lifted it, when and why, stays on the board's page."""
    held = LegalHold.objects.select_for_update().get(pk=hold.pk)
    if held.lifted_at:
        raise MoveRefused("This hold has been lifted already. Nothing was changed.")
    if not why.strip():
        raise MoveRefused("Say why it is lifted. Nothing was changed.")
    held.lifted_at, held.lifted_by, held.lifted_why = now(), by, why.strip()
    held.save(update_fields=["lifted_at", "lifted_by", "lifted_why"])
    return held
