"""One action as the plan lists it: its dates in words, its tones, and what is wrong with it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.timezone import localtime

from core.documents.richtext import plain_text
from deepdive.flags import Facts, Flag, Said, flags, unchanged_for
from deepdive.models import ActionStatus, ActionUpdate, DeliveryAction, Milestone, Objective, Rag
from measures.models import Period

STATUS_TONES = {
    ActionStatus.NOT_STARTED: "grey",
    ActionStatus.IN_PROGRESS: "blue",
    ActionStatus.STALLED: "red",
    ActionStatus.DELIVERED: "green",
    ActionStatus.CLOSED: "grey",
    ActionStatus.CARRIED: "violet",
}
RAG_SHAPES = {Rag.GREEN: "circle", Rag.AMBER: "triangle", Rag.RED: "diamond", Rag.NONE: "ring"}
RAG_TONES = {Rag.GREEN: "green", Rag.AMBER: "amber", Rag.RED: "red", Rag.NONE: "grey"}
STATE_TONES = {
    ActionUpdate.State.DRAFT: "grey",
    ActionUpdate.State.REVIEW: "blue",
    ActionUpdate.State.APPROVED: "green",
}


def due_words(due: dt.date | None, today: dt.date, *, is_open: bool) -> str:
    """A due date as people say it; an open action without one is itself a warning."""
    if due is None:
        return "no due date" if is_open else ""
    said = f"{due.day} {due:%B %Y}"
    if not is_open or due >= today:
        return said
    days = (today - due).days
    return f"{said}, {days} {'day' if days == 1 else 'days'} overdue"


def rag_word(rag: str) -> str:
    return Rag(rag).label.split(":")[0]


@dataclass
class ActionRow:
    """An action with its update of the quarter asked about and all that was said of its line before.

    `updates` are those of the action and of what it carries on, the latest first.
    """

    action: DeliveryAction
    period: Period | None
    updates: Sequence[ActionUpdate]
    waiting: Sequence[Milestone]  # milestones neither reached nor dropped
    redated: int
    stale_after: int
    today: dt.date
    flags: list[Flag] = field(init=False)
    unchanged: int = field(init=False)

    def __post_init__(self) -> None:
        said = [
            Said(plain_text(one.text), one.status, one.rag)
            for one in self.updates
            if one.text and (self.period is None or one.period.end <= self.period.end)
        ]
        self.unchanged = unchanged_for(said)
        update = self.update
        self.flags = flags(
            Facts(
                is_open=self.action.is_open,
                today=self.today,
                has_owner=self.action.owner_id is not None,
                due=self.action.due,
                moved=self.redated,
                promises=[one.due for one in self.waiting],
                said=said,
                quarter=str(self.period) if self.period else "",
                asked=update is not None,
                written=bool(update and update.text),
                stale_after=self.stale_after,
            )
        )

    @property
    def kinds(self) -> set[str]:
        return {flag.kind for flag in self.flags}

    @property
    def update(self) -> ActionUpdate | None:
        """The action's own update of the quarter."""
        if self.period is None:
            return None
        own = (one for one in self.updates if one.action_id == self.action.pk)
        return next((one for one in own if one.period_id == self.period.pk), None)

    @property
    def last_approved(self) -> ActionUpdate | None:
        return next((one for one in self.updates if one.state == ActionUpdate.State.APPROVED), None)

    @property
    def said(self) -> list[Flag]:
        """What is wrong, without what the due date says already beside itself."""
        return [flag for flag in self.flags if flag.kind not in ("overdue", "undated", "unowned")]

    @property
    def status_tone(self) -> str:
        return STATUS_TONES[self.action.status]

    @property
    def rag_tone(self) -> str:
        return RAG_TONES[self.action.rag]

    @property
    def rag_shape(self) -> str:
        return RAG_SHAPES[self.action.rag]

    @property
    def rag_word(self) -> str:
        return rag_word(self.action.rag)

    @property
    def due(self) -> str:
        return due_words(self.action.due, self.today, is_open=self.action.is_open)

    @property
    def days_since_update(self) -> int | None:
        if self.last_approved is None:
            return None
        return max(0, (self.today - localtime(self.last_approved.approved_at).date()).days)

    @property
    def update_tone(self) -> str:
        return STATE_TONES[self.update.state] if self.update else "grey"

    @property
    def staleness(self) -> tuple[object, ...]:
        """Sorts the stalest first: never updated, then the longest unchanged, then the longest without an update."""
        days = self.days_since_update
        return not self.action.is_open, days is not None, -self.unchanged, -(days or 0), self.action.ref


def by_objective(rows: list[ActionRow]) -> list[tuple[Objective, list[ActionRow]]]:
    """Rows under their objectives, in the order they come."""
    groups: dict[int, tuple[Objective, list[ActionRow]]] = {}
    for row in rows:
        groups.setdefault(row.action.objective_id, (row.action.objective, []))[1].append(row)
    return list(groups.values())


def beside_older(updates: list[ActionUpdate]) -> list[tuple[ActionUpdate, ActionUpdate | None, str]]:
    """Updates, the latest first, each with the one before it and the tone of its state."""
    older = [*updates[1:], None]
    return [(one, older[place], STATE_TONES[one.state]) for place, one in enumerate(updates)]


def stalest_first(rows: list[ActionRow]) -> list[ActionRow]:
    return sorted(rows, key=lambda row: row.staleness)
