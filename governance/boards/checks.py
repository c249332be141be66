"""What boards and meetings may not be, beside the tables of `states`: each check raises a sentence for the page."""

import datetime as dt

from core.accounts.models import Person
from core.accounts.states import MoveRefused
from governance.boards.models import Board, LegalHold, Membership


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
