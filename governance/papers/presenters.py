"""Shapes of commentary for its pages. Nothing here reads the database."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from governance.boards.models import Meeting
from governance.boards.presenters import day_words
from governance.papers.models import Commentary

STATE_TONES = {"draft": "grey", "review": "blue", "approved": "green"}


@dataclass(frozen=True)
class SlotRow:
    """One commentary as the quarter lists it."""

    commentary: Commentary
    today: dt.date

    @property
    def tone(self) -> str:
        return STATE_TONES[self.commentary.state]

    @property
    def state(self) -> str:
        if self.commentary.state == Commentary.State.DRAFT and not self.commentary.text:
            return "Not begun"
        return self.commentary.get_state_display()

    @property
    def late(self) -> str:
        if self.commentary.state != Commentary.State.DRAFT or self.commentary.due >= self.today:
            return ""
        days = (self.today - self.commentary.due).days
        return f"{days} {'day' if days == 1 else 'days'} late"


def by_priority(rows: list[SlotRow]) -> list[tuple[str, list[SlotRow]]]:
    """Rows under the headings of their priorities, in the order they come."""

    def heading(row: SlotRow) -> str:
        return f"{row.commentary.priority}. {row.commentary.priority_title}"

    return [(title, list(group)) for title, group in groupby(rows, key=heading)]


def day_note(meeting: Meeting, stated: str) -> str:
    """What became of the day a paper states for its meeting; empty where the meeting is held that day."""
    now = day_words(meeting.date)
    if meeting.is_cancelled:
        return "The meeting was cancelled."
    return "" if stated == now else f"The meeting was moved from {stated} to {now}."
