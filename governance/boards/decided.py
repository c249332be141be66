"""The list of decisions: what of it is wanted, and its lines for files."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.http import urlencode

from core.accounts.models import User
from governance.boards import decision_content
from governance.boards.models import Decision

SHOWS = {
    "all": ("All", Q()),
    "complete": ("To complete", Q(state=Decision.State.NOTED)),
    "approve": ("To approve", Q(state=Decision.State.DRAFTED)),
    "publish": ("To publish", Q(is_significant=True) & ~Q(state=Decision.State.PUBLISHED)),
}
HEADINGS = (
    "Reference", "Title", "What was decided", "Board", "Decided on", "Decided by", "Options considered",
    "Advice taken", "Reasons", "Legal basis", "Classification", "Exempt under", "Of significant public interest",
    "To be published by", "Record",
)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What of the list is asked for; empty for everything of that property."""

    show: str = "all"
    board: str = ""
    year: str = ""


def read(given: Mapping[str, str]) -> Wanted:
    show, year = given.get("show", ""), given.get("year", "")
    is_year = year.isascii() and year.isdecimal() and len(year) == 4
    return Wanted(show if show in SHOWS else "all", given.get("board", ""), year if is_year else "")


def query(wanted: Wanted, **changes: str) -> str:
    """The address of the same list with something else about it."""
    held = {"show": wanted.show, "board": wanted.board, "year": wanted.year} | changes
    return "?" + urlencode({name: value for name, value in held.items() if value})


def found(user: User, wanted: Wanted) -> QuerySet[Decision]:
    """What this person may see of what is wanted, the newest first."""
    held = Decision.objects.seen_by(user).filter(SHOWS[wanted.show][1])
    if wanted.board:
        held = held.filter(Q(item__meeting__board__slug=wanted.board) | Q(board__slug=wanted.board))
    if wanted.year:
        held = held.alias(day=Coalesce("decided_on", "item__meeting__date")).filter(day__year=int(wanted.year))
    return held.select_related("item__meeting__board", "board").newest_first()


@dataclass(frozen=True)
class Row:
    """One decision as lists show it."""

    one: Decision
    today: dt.date

    @property
    def is_late(self) -> bool:
        return decision_content.is_late(self.one, self.today)

    def line(self) -> list[object]:
        """The row under `HEADINGS`."""
        one = self.one
        board = one.item.meeting.board if one.item else one.board
        significant = {True: "Yes", False: "No", None: "Not said yet"}[one.is_significant]
        return [
            one.ref, one.title, one.text, board.name if board else "", one.day, one.decided_by, one.options,
            one.advice, one.reasons, one.legal_basis, one.marking, one.paragraph, significant, one.publish_by,
            one.get_state_display(),
        ]  # fmt: skip
