"""What boards and meetings may not be, beside the tables of `states`: each check raises a sentence for the page."""

import datetime as dt

from core.accounts.clock import today
from core.accounts.models import Person, User
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from governance.boards.models import AgendaItem, Board, ItemPaper, LegalHold, Meeting, Membership


def check_no_hold(board: Board) -> None:
    """While a legal hold stands nothing is taken off a board's record."""
    if LegalHold.objects.filter(board=board, lifted_at__isnull=True).exists():
        raise MoveRefused("A legal hold stands on this board’s records: nothing is taken away. Nothing was changed.")


def check_seat(
    board: Board,
    person: Person,
    starts: dt.date | None,
    ends: dt.date | None,
    substitutes: list[Person],
    besides: Membership | None = None,
) -> None:
    """A seat ends after it starts, nobody holds two at one time, and nobody stands in for themselves."""
    if starts and ends and ends < starts:
        raise MoveRefused("The last day must not be before the first. Nothing was changed.")
    if person in substitutes:
        raise MoveRefused("Nobody can stand in for themselves. Nothing was changed.")
    others = board.memberships.filter(person=person).exclude(pk=besides.pk if besides else None)
    first, last = starts or dt.date.min, ends or dt.date.max
    if any((one.starts or dt.date.min) <= last and first <= (one.ends or dt.date.max) for one in others):
        raise MoveRefused(f"{person.name} has a seat on this board on some of those days already. Nothing was changed.")


def check_not_cancelled(meeting: Meeting) -> None:
    if meeting.is_cancelled:
        raise MoveRefused("This meeting was cancelled. If it is held after all, reinstate it. Nothing was changed.")


def check_may_move(meeting: Meeting, date: dt.date, why: str) -> None:
    """Another day has its reason, and the board does not meet on it already."""
    if date == meeting.date:
        return
    if not why.strip():
        raise MoveRefused("Say why the meeting is moved to another day. Nothing was changed.")
    if Meeting.objects.standing().filter(board=meeting.board_id, date=date).exclude(pk=meeting.pk).exists():
        raise MoveRefused("The board meets on that day already. Nothing was changed.")


def check_may_cancel(meeting: Meeting, why: str) -> None:
    """Nothing came of it: a meeting that was held has minutes instead."""
    if not why.strip():
        raise MoveRefused("Say why the meeting is cancelled. Nothing was changed.")
    items = AgendaItem.objects.filter(meeting=meeting)
    minuted = items.exclude(minute__isnull=True).exclude(minute__text="").exists()
    came = meeting.attendances.filter(kind="present").exists()
    if minuted or came or items.exclude(decisions=None).exists() or items.exclude(actions=None).exists():
        raise MoveRefused(
            "Somebody is noted as present, or something is written under its agenda: it was held. Nothing was changed."
        )


def check_may_reinstate(meeting: Meeting, why: str) -> None:
    """Only what is cancelled, with a reason, and on a day on which the board does not meet otherwise by now."""
    if not meeting.is_cancelled:
        raise MoveRefused("This meeting is not cancelled. Nothing was changed.")
    if not why.strip():
        raise MoveRefused("Say why the meeting is held after all. Nothing was changed.")
    if Meeting.objects.standing().filter(board=meeting.board_id, date=meeting.date).exists():
        raise MoveRefused(
            "Another meeting of this board has been fixed for that day meanwhile. Cancel or move that one first. "
            "Nothing was changed."
        )


def check_may_defer(item: AgendaItem, why: str) -> None:
    """What was decided or asked for under an item was taken."""
    if why.strip() and (item.decisions.exists() or item.actions.exists()):
        raise MoveRefused("A decision or an action came of this item, so it was taken. Nothing was changed.")


def check_received(received_on: dt.date) -> None:
    if received_on > today():
        raise MoveRefused("A paper cannot have come after today. Nothing was changed.")


def check_may_withdraw(paper: ItemPaper, why: str) -> None:
    if paper.withdrawn_at:
        raise MoveRefused("This paper has been taken off already. Nothing was changed.")
    if not why.strip():
        raise MoveRefused("Say why the paper is taken off. Nothing was changed.")


def check_declares(meeting: Meeting, person: Person, interest: str) -> None:
    """Somebody who is there declares what their interest is."""
    if not interest.strip():
        raise MoveRefused("Say what the interest is. Nothing was changed.")
    if not meeting.attendances.filter(person=person, kind="present").exists():
        raise MoveRefused(f"Note first that {person.name} is present. Nothing was changed.")


def check_away(meeting: Meeting, member: Person | None) -> None:
    """Nobody stands in for somebody who is there."""
    if member and meeting.attendances.filter(person=member, kind="present").exists():
        raise MoveRefused(f"{member.name} is noted as present, so nobody stands in for them. Nothing was changed.")


def check_may_release(item: AgendaItem, why: str, *, by: User) -> None:
    """By whoever keeps the minutes and may read the item, once its day has come, with a reason."""
    if not (by.has(Permission.MEETING_RUN) and by.has(Permission.RESTRICTED_VIEW)):
        raise MoveRefused("Your roles do not let you release exempt items. Nothing was changed.")
    if not item.is_exempt:
        raise MoveRefused("This item is in the public part already. Nothing was changed.")
    if item.release_on is None or item.release_on > today():
        raise MoveRefused("The day on which this item need no longer be exempt has not come. Nothing was changed.")
    if not why.strip():
        raise MoveRefused("Say why, in words the public may read. Nothing was changed.")


def check_later(until: dt.date) -> None:
    if until <= today():
        raise MoveRefused("Give a day to come on which it is looked at again. Nothing was changed.")
