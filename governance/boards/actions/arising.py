"""What becomes of an action arising after the meeting. Agreed minutes do not stop it: the action lives on."""

from core.accounts.clock import now
from core.accounts.models import User
from core.audit import action
from core.documents.versions import save_if_unchanged
from governance.boards import states
from governance.boards.models import BoardAction


@action
def report_progress(*, board_action: BoardAction, version: int, progress: str, by: User) -> BoardAction:
    """Say how an open action is going."""
    states.check_may_report(board_action, by=by)
    return save_if_unchanged(BoardAction, board_action.pk, version, progress=progress)


@action
def move_action(*, board_action: BoardAction, to: str, reason: str = "", by: User) -> BoardAction:
    """Close an action, or open it again with a reason."""
    held = BoardAction.objects.select_for_update(of=("self",)).select_related("owner").get(pk=board_action.pk)
    states.check_action_move(held, to, reason=reason, by=by)
    is_open = to == BoardAction.Status.OPEN
    held.status = to
    held.status_reason = reason.strip()
    held.closed_at = None if is_open else now()
    held.closed_by = None if is_open else by
    held.version += 1
    held.save(update_fields=["status", "status_reason", "closed_at", "closed_by", "version"])
    return held
