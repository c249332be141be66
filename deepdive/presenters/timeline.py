"""Actions across quarters: what each quarter said of each, by shape and word. Nothing here reads the database."""

from collections.abc import Sequence
from dataclasses import dataclass

from deepdive.models import ActionStatus, ActionUpdate, Rag
from deepdive.presenters.rows import RAG_SHAPES, RAG_TONES, ActionRow, rag_word
from measures.models import Period

LEGEND = [(RAG_TONES[one], RAG_SHAPES[one], one.label) for one in Rag]


@dataclass(frozen=True)
class Cell:
    """What one quarter said of an action. `shape` is drawn, `words` say the same."""

    shape: str = ""
    tone: str = ""
    rating: str = ""
    status: str = ""
    state: str = ""  # how far the update is, where it is not approved
    ref: str = ""  # of the action of an earlier plan that it was said of
    pk: int = 0

    @property
    def is_said(self) -> bool:
        return bool(self.shape)


def cells(row: ActionRow, quarters: Sequence[Period], *, drafts: bool) -> list[Cell]:
    """A cell for each quarter, in the order of the quarters; an empty one where nothing was asked.

    Of an update that is not approved only its state is told, but to those who may read `drafts`.
    """
    said = {update.period_id: update for update in reversed(row.updates)}
    return [_cell(row, said[one.pk], drafts) if one.pk in said else Cell() for one in quarters]


def _cell(row: ActionRow, update: ActionUpdate, drafts: bool) -> Cell:
    approved = update.state == ActionUpdate.State.APPROVED
    if not approved and not drafts:
        return Cell(state=update.get_state_display().lower())
    elsewhere = update.action_id != row.action.pk
    return Cell(
        shape=RAG_SHAPES[update.rag],
        tone=RAG_TONES[update.rag],
        rating=rag_word(update.rag),
        status=ActionStatus(update.status).label,
        state="" if approved else update.get_state_display().lower(),
        ref=update.action.ref if elsewhere else "",
        pk=0 if elsewhere else update.pk,
    )


Moves = list[tuple[str, str]]  # the statuses an action may be moved to, with their labels


@dataclass(frozen=True)
class Column:
    """One status of the board, and its cards: each an action and where it may be moved from here."""

    status: str
    label: str
    cards: list[tuple[ActionRow, Moves]]


def columns(rows: list[ActionRow], moves: dict[str, Moves]) -> list[Column]:
    """A column for each status in the order of the work; "carried" only where something was."""
    held: dict[str, list[tuple[ActionRow, Moves]]] = {status: [] for status in ActionStatus.values}
    for row in rows:
        held[row.action.status].append((row, moves[row.action.status]))
    return [
        Column(status, str(ActionStatus(status).label), found)
        for status, found in held.items()
        if found or status != ActionStatus.CARRIED
    ]
