"""Which way minutes and actions arising may move."""

import datetime as dt
from dataclasses import dataclass

from core.accounts.clock import today
from core.accounts.models import Person, User
from core.accounts.permissions import Permission
from core.accounts.states import Machine, MoveRefused
from governance.boards.models import (
    AgendaItem,
    Attendance,
    BoardAction,
    Commitment,
    Decision,
    Meeting,
    MinuteComment,
    MinutesVersion,
)

MINUTES = Machine(
    noun="set of minutes",
    states=Meeting.MinutesState,
    transitions={
        (Meeting.MinutesState.DRAFT, Meeting.MinutesState.CIRCULATED): (Permission.MEETING_RUN,),
        (Meeting.MinutesState.CIRCULATED, Meeting.MinutesState.AGREED): (Permission.MEETING_RUN,),
        (Meeting.MinutesState.AGREED, Meeting.MinutesState.SIGNED): (Permission.MINUTES_SIGN,),
        (Meeting.MinutesState.SIGNED, Meeting.MinutesState.AGREED): (Permission.MEETING_RUN,),
    },
)
_BOTH = (Permission.MEETING_RUN, Permission.ACTION_UPDATE)
_RUN = (Permission.MEETING_RUN,)
S = BoardAction.Status
ACTION = Machine(
    noun="action arising",
    states=S,
    transitions={
        (S.OPEN, S.IN_PROGRESS): _BOTH,
        (S.OPEN, S.BLOCKED): _BOTH,
        (S.OPEN, S.REPORTED): _BOTH,
        (S.OPEN, S.DONE): _RUN,
        (S.OPEN, S.DROPPED): _RUN,
        (S.IN_PROGRESS, S.BLOCKED): _BOTH,
        (S.IN_PROGRESS, S.REPORTED): _BOTH,
        (S.IN_PROGRESS, S.DONE): _RUN,
        (S.IN_PROGRESS, S.DROPPED): _RUN,
        (S.BLOCKED, S.IN_PROGRESS): _BOTH,
        (S.BLOCKED, S.REPORTED): _BOTH,
        (S.BLOCKED, S.DONE): _RUN,
        (S.BLOCKED, S.DROPPED): _RUN,
        (S.REPORTED, S.DONE): _RUN,
        (S.REPORTED, S.IN_PROGRESS): _BOTH,
        (S.DONE, S.OPEN): _RUN,
        (S.DROPPED, S.OPEN): _RUN,
    },
)
_OFFICE = (Permission.COMMENTARY_WRITE, Permission.PAPER_ASSEMBLE)
_KEEPER = (*_OFFICE, Permission.ACTION_UPDATE)
C = Commitment.Status
COMMITMENT = Machine(
    noun="commitment",
    states=C,
    transitions={
        (C.OPEN, C.KEPT): _KEEPER,
        (C.OPEN, C.CARRIED): _KEEPER,
        (C.OPEN, C.DROPPED): _OFFICE,
        (C.CARRIED, C.KEPT): _KEEPER,
        (C.CARRIED, C.CARRIED): _KEEPER,
        (C.CARRIED, C.DROPPED): _OFFICE,
        (C.KEPT, C.OPEN): _OFFICE,
        (C.DROPPED, C.OPEN): _OFFICE,
    },
)
REDATINGS = 3  # the board itself is asked about what is given another day for the third time
DECISION = Machine(
    noun="decision",
    states=Decision.State,
    transitions={
        (Decision.State.NOTED, Decision.State.DRAFTED): (Permission.DECISION_WRITE,),
        (Decision.State.DRAFTED, Decision.State.APPROVED): (Permission.DECISION_APPROVE,),
        (Decision.State.APPROVED, Decision.State.PUBLISHED): (Permission.MEETING_RUN,),
        (Decision.State.APPROVED, Decision.State.DRAFTED): (Permission.DECISION_WRITE,),
        (Decision.State.PUBLISHED, Decision.State.DRAFTED): (Permission.DECISION_WRITE,),
    },
)
LOCKED = (
    "The minutes of this meeting have been agreed and are locked. Nothing was changed. "
    "If a minute is wrong, amend it once a later meeting has agreed the amendment."
)
LOCKED_STATES = (Meeting.MinutesState.AGREED, Meeting.MinutesState.SIGNED)


def check_not_locked(meeting: Meeting) -> None:
    """Nothing under agreed minutes changes any more, whichever way the change comes."""
    if Meeting.objects.filter(pk=meeting.pk, minutes_state__in=LOCKED_STATES).exists():
        raise MoveRefused(LOCKED)


def check_begun(meeting: Meeting, what: str) -> None:
    """Of a meeting still to come nothing is told as if it had been held."""
    if meeting.date > today():
        day = f"{meeting.date.day} {meeting.date:%B %Y}"
        raise MoveRefused(f"This meeting is on {day} and has not been held yet, so {what}. Nothing was recorded.")


def check_held(meeting: Meeting) -> None:
    """The meeting has been held, somebody was there, and there was something on its agenda."""
    if meeting.date > today():
        raise MoveRefused("This meeting has not been held yet, so it has no minutes yet. Nothing was changed.")
    if not meeting.attendances.filter(kind=Attendance.Kind.PRESENT).exists():
        raise MoveRefused("Say who was present before the minutes go out. Nothing was changed.")
    if not meeting.items.exists():
        raise MoveRefused("There is nothing on the agenda of this meeting. Nothing was changed.")


def check_may_circulate(
    meeting: Meeting, recipients: list[Person], presided_by: Person, comments_by: dt.date, *, by: User
) -> None:
    """Sent once or again, to somebody, with who presided among those who were there."""
    if meeting.minutes_state != Meeting.MinutesState.CIRCULATED:
        MINUTES.check_move(meeting.minutes_state, Meeting.MinutesState.CIRCULATED, by=by)
    elif not by.has(Permission.MEETING_RUN):
        raise MoveRefused("Your roles do not let you circulate minutes. Nothing was changed.")
    check_held(meeting)
    if not recipients:
        raise MoveRefused("Say to whom the minutes go. Nothing was changed.")
    if not meeting.attendances.filter(kind=Attendance.Kind.PRESENT, person=presided_by).exists():
        raise MoveRefused("Who presided must be noted as present. Nothing was changed.")
    if comments_by < today():
        raise MoveRefused("Ask for comments by today or a later day. Nothing was changed.")


def check_may_comment(meeting: Meeting, person: Person, *, by: User) -> None:
    """On minutes that were circulated: in one's own name, or passed on by who keeps the minutes."""
    if meeting.minutes_state != Meeting.MinutesState.CIRCULATED:
        raise MoveRefused("These minutes have not been circulated for comments. Nothing was kept.")
    own = by.has(Permission.MINUTES_SIGN) and person.user_id == by.pk
    if not own and not by.has(Permission.MEETING_RUN):
        raise MoveRefused("You can comment in your own name only. Nothing was kept.")


def check_may_settle(comment: MinuteComment, answer: str) -> None:
    if comment.settled_at:
        raise MoveRefused("This comment has been settled already. Nothing was changed.")
    if not answer.strip():
        raise MoveRefused("Say what was done about the comment. Nothing was changed.")


def check_may_agree(meeting: Meeting, *, by: User) -> None:
    """Held, circulated, and every comment that came in settled."""
    if meeting.minutes_state == Meeting.MinutesState.SIGNED:  # from there only an amendment leads back
        raise MoveRefused("These minutes have been agreed and signed already. Nothing was changed.")
    MINUTES.check_move(meeting.minutes_state, Meeting.MinutesState.AGREED, by=by)
    check_held(meeting)
    waiting = MinuteComment.objects.waiting().filter(item__meeting=meeting).count()
    if waiting:
        counted = "1 comment waits" if waiting == 1 else f"{waiting} comments wait"
        raise MoveRefused(f"{counted} for an answer. Say what was done about each first. Nothing was changed.")


def check_agreed_at(meeting: Meeting, at: Meeting) -> None:
    """Minutes are agreed by the same board, at a later meeting that has begun."""
    if at.board_id != meeting.board_id or at.date <= meeting.date:
        raise MoveRefused("Minutes are agreed at a later meeting of the same board. Nothing was changed.")
    if at.is_cancelled:
        raise MoveRefused("The meeting that would agree these minutes was cancelled. Nothing was changed.")
    if at.date > today():
        raise MoveRefused("The meeting that agrees these minutes has not been held yet. Nothing was changed.")


def check_may_amend(meeting: Meeting, item: AgendaItem, text: str, reason: str, *, by: User) -> None:
    if not by.has(Permission.MEETING_RUN):
        raise MoveRefused("Your roles do not let you amend minutes. Nothing was changed.")
    if meeting.minutes_state not in LOCKED_STATES:
        raise MoveRefused("These minutes are not agreed yet: change them where they are written. Nothing was changed.")
    if not reason.strip():
        raise MoveRefused("Say why the minutes are amended. Nothing was changed.")
    if text == (item.minute.text if hasattr(item, "minute") else ""):
        raise MoveRefused("The words are the same as before. Nothing was changed.")


def signs_as(meeting: Meeting, by: User) -> str:
    """In what capacity this person may sign, or nothing: they presided, or chair the board."""
    if meeting.presided_by and meeting.presided_by.user_id == by.pk:
        return f"{meeting.presided_by}, who presided"
    chair = meeting.board.chair
    if chair and chair.user_id == by.pk:
        return f"{chair}, chair of the {meeting.board}"
    return ""


def check_may_sign(meeting: Meeting, authors: set[int | None], *, by: User) -> None:
    """By the chair or who presided, and by nobody who wrote any of it: two people stand behind minutes."""
    MINUTES.check_move(meeting.minutes_state, Meeting.MinutesState.SIGNED, by=by)
    if not signs_as(meeting, by):
        raise MoveRefused("Only who presided, or the chair of the board, signs its minutes. Nothing was signed.")
    if by.pk in authors:
        raise MoveRefused("You wrote part of these minutes, so somebody else signs them. Nothing was signed.")


def check_sees_all(has_exempt: bool, *, by: User) -> None:
    """Nobody signs what they may not read."""
    if has_exempt and not by.has(Permission.RESTRICTED_VIEW):
        raise MoveRefused("These minutes have an exempt part that you may not see. Nothing was signed.")


def check_may_publish(meeting: Meeting, latest: MinutesVersion | None, published_on: dt.date) -> None:
    if latest is None:
        raise MoveRefused("Only minutes that were agreed can be published. Nothing was published.")
    if latest.publication_or_none:
        raise MoveRefused("This version of the minutes is published already. Nothing was changed.")
    if not meeting.date <= published_on <= today():
        raise MoveRefused("Minutes are published after the meeting and not after today. Nothing was published.")


def check_exemption(part: str, exemption: str, carried_action: BoardAction | None) -> None:
    """An exempt item names its paragraph; an action from an exempt item is not brought into the public part."""
    if part == AgendaItem.Part.EXEMPT and not exemption:
        raise MoveRefused("Choose the paragraph of Schedule 12A that makes this item exempt. Nothing was changed.")
    if part == AgendaItem.Part.PUBLIC and carried_action and carried_action.item.is_exempt:
        raise MoveRefused("This action arose from an exempt item, so it stays in the exempt part. Nothing was changed.")


def check_may_remove(item: AgendaItem) -> None:
    """What was minuted, decided or asked for under an item keeps it on the agenda."""
    minuted = hasattr(item, "minute") and item.minute.text
    if minuted or any(held.exists() for held in (item.decisions, item.actions, item.questions, item.assurances)):
        raise MoveRefused(
            "Something is minuted, decided, asked for or said under this item, so it stays on the agenda. "
            "Nothing was changed."
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
    """An owner and their deputy report on what is theirs; whoever runs meetings on any."""
    if not by.has(Permission.MEETING_RUN) and not action.is_theirs(by):
        raise MoveRefused("This action belongs to somebody else. Nothing was changed.")


def check_may_report(action: BoardAction, *, by: User) -> None:
    check_owns(action, by=by)
    if not BoardAction.objects.open().filter(pk=action.pk).exists():
        raise MoveRefused("This action is closed. Open it again first. Nothing was changed.")


@dataclass(frozen=True)
class Needs:
    """What a move asks for: the question its reason answers, empty where none is asked, and whether evidence is."""

    reason: str = ""
    evidence: bool = False


NEEDS: dict[str, Needs] = {
    S.BLOCKED: Needs(reason="What holds it up"),
    S.REPORTED: Needs(evidence=True),
    S.DONE: Needs(evidence=True),
    S.DROPPED: Needs(reason="Why it is no longer needed"),
    S.OPEN: Needs(reason="Why it is opened again"),
}


def needs_of(frm: str, to: str) -> Needs:
    """What the move asks for; going back from what was said to be done asks why."""
    if (frm, to) == (S.REPORTED, S.IN_PROGRESS):
        return Needs(reason="Why it is not done after all")
    return NEEDS.get(to, Needs())


def check_action_move(action: BoardAction, to: str, *, reason: str, no_evidence: str, by: User) -> None:
    """The table; an owner moves only what is theirs; some moves ask for a reason, and being done for evidence."""
    ACTION.check_move(action.status, to, by=by)
    check_owns(action, by=by)
    needs = needs_of(action.status, to)
    if needs.reason and not reason.strip():
        raise MoveRefused(f"{needs.reason}: this needs an answer. Nothing was changed.")
    if needs.evidence and not (action.evidence_files or no_evidence.strip()):
        raise MoveRefused("Add a file that shows what was done, or say why there is none. Nothing was changed.")


def check_redating(action: BoardAction, due: dt.date, *, why: str, by: User) -> None:
    check_may_report(action, by=by)
    if due == action.due:
        raise MoveRefused("That is the day it is due already. Nothing was changed.")
    if not why.strip():
        raise MoveRefused("Say why it is given another day. Nothing was changed.")


def check_keeps(commitment: Commitment, *, by: User) -> None:
    """The office says what became of any commitment; an owner elsewhere, and their deputy, of their own."""
    if not by.has(*_OFFICE) and not commitment.is_theirs(by):
        raise MoveRefused("This commitment belongs to somebody else. Nothing was changed.")


def check_tells(commitment: Commitment, text: str, *, by: User) -> None:
    """How it is going is said of an open commitment, by who may also say what became of it."""
    check_keeps(commitment, by=by)
    if not commitment.is_open:
        raise MoveRefused("What became of this commitment has been said already. Nothing was added.")
    if not text.strip():
        raise MoveRefused("Say how it is going. Nothing was added.")


def check_disposition(
    commitment: Commitment, to: str, *, why: str, due: dt.date | None, day: dt.date, by: User
) -> None:
    """The table; every fate is said in words; what is carried on has a new day that is still to come."""
    COMMITMENT.check_move(commitment.status, to, by=by)
    check_keeps(commitment, by=by)
    if not why.strip():
        raise MoveRefused("Say what became of it, in words the panel can read. Nothing was changed.")
    if to == C.CARRIED and (due is None or due <= day or due == commitment.due):
        raise MoveRefused("Give the new day by which it will be kept, a day to come. Nothing was changed.")


def check_owned_and_dated(
    *, owner: Person | None, deputy: Person | None, unowned_why: str, due: dt.date | None, undated_why: str
) -> None:
    """A commitment has an owner and a day, or says why not; a deputy stands beside another."""
    if owner is None and not unowned_why.strip():
        raise MoveRefused("Say who will keep this commitment, or why nobody is named. Nothing was changed.")
    if deputy is not None and deputy == owner:
        raise MoveRefused("The deputy must be somebody else than the owner. Nothing was changed.")
    if deputy is not None and owner is None:
        raise MoveRefused("Say who will keep this commitment before naming their deputy. Nothing was changed.")
    if due is None and not undated_why.strip():
        raise MoveRefused("Say by when this commitment will be kept, or why no day is named. Nothing was changed.")
