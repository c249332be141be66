"""Shapes of the service delivery plan for its pages. Nothing here reads the database."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils.timezone import localtime

from deepdive.models import ActionStatus, ActionUpdate, DeliveryAction, Objective, Rag

STATUS_TONES = {
    ActionStatus.NOT_STARTED: "grey",
    ActionStatus.IN_PROGRESS: "blue",
    ActionStatus.STALLED: "red",
    ActionStatus.DELIVERED: "green",
    ActionStatus.CLOSED: "grey",
}
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


@dataclass
class ActionRow:
    """One action as the plan lists it."""

    action: DeliveryAction
    update: ActionUpdate | None
    last_approved: ActionUpdate | None
    redated: int
    today: dt.date
    flags: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not self.action.is_open:
            return
        if self.action.due is None:
            self.flags.append("no due date")
        elif self.action.due < self.today:
            self.flags.append("overdue")
        if self.action.owner_id is None:
            self.flags.append("no owner")

    @property
    def status_tone(self) -> str:
        return STATUS_TONES[self.action.status]

    @property
    def rag_tone(self) -> str:
        return RAG_TONES[self.action.rag]

    @property
    def rag_word(self) -> str:
        return self.action.get_rag_display().split(":")[0]

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


def by_objective(rows: list[ActionRow]) -> list[tuple[Objective, list[ActionRow]]]:
    """Rows under their objectives, in the order they come."""
    groups: dict[int, tuple[Objective, list[ActionRow]]] = {}
    for row in rows:
        groups.setdefault(row.action.objective_id, (row.action.objective, []))[1].append(row)
    return list(groups.values())


def beside_older(updates: list[ActionUpdate]) -> list[tuple[ActionUpdate, ActionUpdate | None, str]]:
    """Updates, the latest first, each with the one before it and the tone of its state."""
    older = [*updates[1:], None]
    return [(one, before, STATE_TONES[one.state]) for one, before in zip(updates, older, strict=True)]


def stalest_first(rows: list[ActionRow]) -> list[ActionRow]:
    """Actions never updated first, then those whose last approved update is oldest; done ones last."""
    return sorted(
        rows, key=lambda row: (not row.action.is_open, row.days_since_update is not None, -(row.days_since_update or 0))
    )
