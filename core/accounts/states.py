"""A workflow as a table: which state may follow which, and the permission each move needs.

Each app's `states.py` declares its machines with this; docs/states.md is generated from them, and is the second
opinion on them: a table must not be its own test.
"""

from dataclasses import dataclass

from django.db.models import TextChoices

from core.accounts.models import User
from core.accounts.permissions import Permission


class MoveRefused(Exception):
    """A move that the table or a rule does not allow. Its text is a sentence for the person who tried."""


@dataclass(frozen=True)
class Machine:
    """The states of one noun and the moves between them."""

    noun: str
    states: type[TextChoices]
    transitions: dict[tuple[str, str], tuple[Permission, ...]]

    def permissions(self, frm: str, to: str) -> tuple[Permission, ...]:
        """Any one of these permissions allows the move; none at all: there is no such move."""
        return self.transitions.get((frm, to), ())

    def check_move(self, frm: str, to: str, *, by: User) -> None:
        """Raise MoveRefused unless the table has the move and `by` holds a permission for it."""
        allowed = self.permissions(frm, to)
        was, will = self.states(frm).label, self.states(to).label
        if not allowed:
            raise MoveRefused(
                f"This {self.noun} is “{was}”, and from there it cannot become “{will}”. Nothing was changed."
            )
        if not by.has(*allowed):
            raise MoveRefused(f"Your roles do not let you make this {self.noun} “{will}”. Nothing was changed.")

    def moves(self, frm: str, *, by: User) -> list[str]:
        """The states that `by` may move it to from here."""
        return [to for (start, to), allowed in self.transitions.items() if start == frm and by.has(*allowed)]
