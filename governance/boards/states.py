"""Which way minutes and actions arising may move."""

from core.accounts.models import User
from core.accounts.permissions import Permission
from core.accounts.states import Machine, MoveRefused
from governance.boards.models import BoardAction, Meeting

MINUTES = Machine(
    noun="set of minutes",
    states=Meeting.MinutesState,
    transitions={(Meeting.MinutesState.DRAFT, Meeting.MinutesState.AGREED): (Permission.MEETING_RUN,)},
)
ACTION = Machine(
    noun="action arising",
    states=BoardAction.Status,
    transitions={
        (BoardAction.Status.OPEN, BoardAction.Status.DONE): (Permission.MEETING_RUN, Permission.ACTION_UPDATE),
        (BoardAction.Status.OPEN, BoardAction.Status.DROPPED): (Permission.MEETING_RUN,),
        (BoardAction.Status.DONE, BoardAction.Status.OPEN): (Permission.MEETING_RUN,),
        (BoardAction.Status.DROPPED, BoardAction.Status.OPEN): (Permission.MEETING_RUN,),
    },
)


def check_not_locked(meeting: Meeting) -> None:
    """Nothing under agreed minutes changes any more, whichever way the change comes."""
    if Meeting.objects.filter(pk=meeting.pk, minutes_state=Meeting.MinutesState.AGREED).exists():
        raise MoveRefused(
            "The minutes of this meeting have been agreed and are locked. Nothing was changed. "
            "Record a correction in the minutes of the next meeting."
        )


def check_may_agree(meeting: Meeting, *, by: User) -> None:
    """Somebody attended and every item that took place has its minute or a decision or action."""
    MINUTES.check_move(meeting.minutes_state, Meeting.MinutesState.AGREED, by=by)
    if not meeting.attendances.filter(kind="present").exists():
        raise MoveRefused("Say who was present before the minutes are agreed. Nothing was changed.")
    if not meeting.items.exists():
        raise MoveRefused("There is nothing on the agenda of this meeting. Nothing was changed.")


def check_action_move(action: BoardAction, to: str, *, reason: str, by: User) -> None:
    """The table; an owner may only report on what is theirs; leaving or reopening an action takes a reason."""
    ACTION.check_move(action.status, to, by=by)
    is_owner = action.owner.user_id == by.pk
    if not by.has(Permission.MEETING_RUN) and not is_owner:
        raise MoveRefused("This action belongs to somebody else. Nothing was changed.")
    if to != BoardAction.Status.DONE and not reason.strip():
        raise MoveRefused("Say why. Nothing was changed.")
