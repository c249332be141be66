"""Which way minutes and actions arising may move."""

from core.accounts.clock import today
from core.accounts.models import Person, User
from core.accounts.permissions import Permission
from core.accounts.states import Machine, MoveRefused
from governance.boards.models import AgendaItem, Attendance, BoardAction, Meeting

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
LOCKED = (
    "The minutes of this meeting have been agreed and are locked. Nothing was changed. "
    "Record a correction in the minutes of the next meeting."
)


def check_not_locked(meeting: Meeting) -> None:
    """Nothing under agreed minutes changes any more, whichever way the change comes."""
    if Meeting.objects.filter(pk=meeting.pk, minutes_state=Meeting.MinutesState.AGREED).exists():
        raise MoveRefused(LOCKED)


def check_may_agree(meeting: Meeting, *, by: User) -> None:
    """The meeting has been held, somebody was there, and there was something on its agenda."""
    MINUTES.check_move(meeting.minutes_state, Meeting.MinutesState.AGREED, by=by)
    if meeting.date > today():
        raise MoveRefused("This meeting has not been held yet, so there are no minutes to agree. Nothing was changed.")
    if not meeting.attendances.filter(kind=Attendance.Kind.PRESENT).exists():
        raise MoveRefused("Say who was present before the minutes are agreed. Nothing was changed.")
    if not meeting.items.exists():
        raise MoveRefused("There is nothing on the agenda of this meeting. Nothing was changed.")


def check_exemption(part: str, exemption: str, carried_action: BoardAction | None) -> None:
    """An exempt item names its paragraph; an action from an exempt item is not brought into the public part."""
    if part == AgendaItem.Part.EXEMPT and not exemption:
        raise MoveRefused("Choose the paragraph of Schedule 12A that makes this item exempt. Nothing was changed.")
    if part == AgendaItem.Part.PUBLIC and carried_action and carried_action.item.is_exempt:
        raise MoveRefused("This action arose from an exempt item, so it stays in the exempt part. Nothing was changed.")


def check_may_remove(item: AgendaItem) -> None:
    """What was minuted, decided or asked for under an item keeps it on the agenda."""
    minuted = hasattr(item, "minute") and item.minute.text
    if minuted or item.decisions.exists() or item.actions.exists():
        raise MoveRefused(
            "This item has a minute, a decision or an action, so it stays on the agenda. Nothing was changed."
        )


def check_substitute(person: Person, kind: str, substitute_for: Person | None) -> None:
    if kind not in Attendance.Kind.values:
        raise MoveRefused("Say whether this person was present, sent apologies or was absent. Nothing was changed.")
    if substitute_for is None:
        return
    if substitute_for == person:
        raise MoveRefused("Nobody can stand in for themselves. Nothing was changed.")
    if kind != Attendance.Kind.PRESENT:
        raise MoveRefused("Only somebody who is present can stand in for another. Nothing was changed.")


def check_owns(action: BoardAction, *, by: User) -> None:
    """An owner reports on what is theirs; whoever runs meetings on any."""
    if not by.has(Permission.MEETING_RUN) and action.owner.user_id != by.pk:
        raise MoveRefused("This action belongs to somebody else. Nothing was changed.")


def check_may_report(action: BoardAction, *, by: User) -> None:
    check_owns(action, by=by)
    if not BoardAction.objects.open().filter(pk=action.pk).exists():
        raise MoveRefused("This action is closed. Open it again first. Nothing was changed.")


def check_action_move(action: BoardAction, to: str, *, reason: str, by: User) -> None:
    """The table; an owner may only report on what is theirs; leaving or reopening an action takes a reason."""
    ACTION.check_move(action.status, to, by=by)
    check_owns(action, by=by)
    if to != BoardAction.Status.DONE and not reason.strip():
        raise MoveRefused("Say why. Nothing was changed.")
