"""Boards, their names and members, and the meetings they hold."""

import datetime as dt

from django.utils.text import slugify

from core.accounts.models import Person, User
from core.audit import action
from core.documents.versions import save_if_unchanged
from governance.boards.actions.agenda import carry_open_actions
from governance.boards.models import Board, BoardAlias, Meeting, Membership
from measures.models import Measure


@action
def create_board(
    *,
    name: str,
    relation: str,
    chair: Person | None = None,
    frequency: str = "",
    parent: Board | None = None,
    terms: str = "",
    aliases: list[str] | None = None,
    measures: list[Measure] | None = None,
    by: User | None,
) -> Board:
    """Add a board under its name and every other name it goes by."""
    board = Board.objects.create(
        name=name,
        slug=slugify(name)[:80],
        relation=relation,
        chair=chair,
        frequency=frequency,
        parent=parent,
        terms=terms,
    )
    BoardAlias.objects.bulk_create(BoardAlias(board=board, name=alias) for alias in aliases or [])
    board.measures.set(measures or [])
    return board


@action
def edit_board(*, board: Board, version: int, aliases: list[str], by: User, **changes: object) -> Board:
    """Change what is said of a board; its address stays, so that links keep working."""
    changed = save_if_unchanged(Board, board.pk, version, **changes)
    held = {alias.name: alias for alias in changed.aliases.all()}
    for name in held.keys() - set(aliases):
        held[name].delete()
    BoardAlias.objects.bulk_create(
        BoardAlias(board=changed, name=name) for name in dict.fromkeys(aliases) if name not in held
    )
    return changed


@action
def set_members(*, board: Board, members: dict[Person, str], by: User | None) -> None:
    """The members of a board and in what capacity each sits; whoever is not named leaves."""
    held = {membership.person_id: membership for membership in board.memberships.all()}
    wanted = {person.pk: capacity for person, capacity in members.items()}
    for person, membership in held.items():
        if person not in wanted:
            membership.delete()
    for person, capacity in wanted.items():
        if person not in held:
            Membership.objects.create(board=board, person_id=person, capacity=capacity)
        elif held[person].capacity != capacity:
            held[person].capacity = capacity
            held[person].save(update_fields=["capacity"])


@action
def create_meeting(
    *,
    board: Board,
    date: dt.date,
    starts_at: dt.time | None = None,
    place: str = "",
    is_public: bool = False,
    by: User | None,
) -> Meeting:
    """Fix a meeting; what is still open from earlier ones is put on its agenda."""
    meeting = Meeting.objects.create(board=board, date=date, starts_at=starts_at, place=place, is_public=is_public)
    carry_open_actions(meeting=meeting, by=by)
    return meeting
