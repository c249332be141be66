"""Who sits on a board, from when to when, and who may sit in their place."""

import datetime as dt
from collections.abc import Iterable

from core.accounts.clock import today
from core.accounts.models import Person, User
from core.audit import action
from core.documents.versions import save_if_unchanged
from governance.boards import checks
from governance.boards.models import Board, Membership


@action
def set_member(
    *,
    board: Board,
    person: Person,
    capacity: str,
    starts: dt.date | None = None,
    substitutes: Iterable[Person] = (),
    by: User | None,
) -> Membership:
    """Give somebody a seat, or change the capacity in which they sit in the one they hold."""
    held = Board.objects.select_for_update().get(pk=board.pk)
    membership = held.memberships.filter(person=person, ends__isnull=True).first()
    if membership is None:
        checks.check_seat(held, person, starts, None, list(substitutes))
        membership = Membership.objects.create(board=held, person=person, capacity=capacity, starts=starts)
        membership.substitutes.set(substitutes)
    elif membership.capacity != capacity:
        membership = save_if_unchanged(Membership, membership.pk, membership.version, capacity=capacity)
    return membership


@action
def edit_member(
    *,
    membership: Membership,
    version: int,
    capacity: str,
    starts: dt.date | None,
    ends: dt.date | None,
    substitutes: Iterable[Person],
    by: User,
) -> Membership:
    """Change in what capacity somebody sits, for how long, and who may sit in their place."""
    board = Board.objects.select_for_update().get(pk=membership.board_id)
    checks.check_seat(board, membership.person, starts, ends, list(substitutes), besides=membership)
    changed = save_if_unchanged(Membership, membership.pk, version, capacity=capacity, starts=starts, ends=ends)
    changed.substitutes.set(substitutes)
    return changed


@action
def remove_member(*, membership: Membership, by: User) -> None:
    """Take back a seat that was entered by mistake. Who leaves a board keeps their row, with its last day."""
    checks.check_no_hold(membership.board)
    membership.delete()


@action
def set_members(*, board: Board, members: dict[Person, str], by: User | None) -> None:
    """The members of a board and in what capacity each sits; who is not named leaves: today is their last day."""
    for membership in board.memberships.filter(ends__isnull=True).exclude(person__in=members):
        save_if_unchanged(Membership, membership.pk, membership.version, ends=today())
    for person, capacity in members.items():
        set_member(board=board, person=person, capacity=capacity, by=by)
