"""Boards and the names they go by, and the people the office knows."""

from collections.abc import Iterable

from django.utils.text import slugify

from core.accounts.models import Person, User
from core.audit import action
from core.documents.versions import save_if_unchanged
from governance.boards.models import Board, BoardAlias
from measures.models import Measure

NOT_A_BOARD = {"new", "standing"}  # what /boards/<slug>/ must not be called: these are pages


@action
def create_board(
    *,
    name: str,
    relation: str,
    chair: Person | None = None,
    frequency: str = "",
    parent: Board | None = None,
    terms: str = "",
    paper_days: int = 7,
    notice_days: int = 5,
    overdue_days: int = 28,
    retention: str = Board.Retention.PERMANENT,
    aliases: list[str] | None = None,
    measures: Iterable[Measure] = (),
    by: User | None,
) -> Board:
    """Add a board under its name and every other name it goes by."""
    board = Board.objects.create(
        name=name,
        slug=_free_slug(name),
        relation=relation,
        chair=chair,
        frequency=frequency,
        parent=parent,
        terms=terms,
        paper_days=paper_days,
        notice_days=notice_days,
        overdue_days=overdue_days,
        retention=retention,
    )
    BoardAlias.objects.bulk_create(BoardAlias(board=board, name=alias) for alias in dict.fromkeys(aliases or []))
    board.measures.set(measures)
    return board


def _free_slug(name: str) -> str:
    """The board's address, from its name; two names that would share one are told apart by a number."""
    wanted = slugify(name)[:76] or "board"
    taken = NOT_A_BOARD | set(Board.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)


@action
def edit_board(
    *,
    board: Board,
    version: int,
    aliases: list[str],
    measures: Iterable[Measure] | None = None,
    by: User,
    **changes: object,
) -> Board:
    """Change what is said of a board; its address stays, so that links keep working."""
    changed = save_if_unchanged(Board, board.pk, version, **changes)
    held = {alias.name: alias for alias in changed.aliases.all()}
    for name in held.keys() - set(aliases):
        held[name].delete()
    BoardAlias.objects.bulk_create(
        BoardAlias(board=changed, name=name) for name in dict.fromkeys(aliases) if name not in held
    )
    if measures is not None:
        changed.measures.set(measures)
    return changed


@action
def add_person(*, name: str, job_title: str = "", organisation: str = "", by: User | None) -> Person:
    """Add somebody the office deals with, so that they can sit, attend or own an action; no account comes of it."""
    return Person.objects.create(name=name, job_title=job_title, organisation=organisation)
