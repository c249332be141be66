"""What must hold before a board's assurance is recorded or put right."""

from core.accounts.states import MoveRefused
from governance.boards.models import AgendaItem, Assurance


def check_assurance(item: AgendaItem, *, level: str, text: str, wants: str, follows: Assurance | None) -> None:
    """It says of what; short of assured, what would satisfy; it takes up what an earlier meeting of the board left."""
    if level not in Assurance.Level.values:
        raise MoveRefused("Say how far the board is assured. Nothing was recorded.")
    if not text.strip():
        raise MoveRefused("Say of what the board is assured or not, and why. Nothing was recorded.")
    if level != Assurance.Level.ASSURED and not wants.strip():
        raise MoveRefused("Say what would satisfy the board. Nothing was recorded.")
    if follows is None:
        return
    before = follows.item
    if before.meeting.board_id != item.meeting.board_id or before.meeting.date >= item.meeting.date:
        raise MoveRefused("A board takes up what an earlier meeting of its own left open. Nothing was recorded.")
    if before.is_exempt and not item.is_exempt:
        raise MoveRefused("What was left open in an exempt item stays in the exempt part. Nothing was recorded.")
    if Assurance.objects.filter(follows=follows).exclude(item=item).exists():
        raise MoveRefused("The board has taken this up again already. Nothing was recorded.")
