"""Shapes of boards, meetings and actions for their pages. Nothing here reads the database."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from core.accounts.clock import working_days_until
from deepdive.presenters import due_words
from governance.boards.models import AgendaItem, Attendance, BoardAction, Meeting, MeetingMove, Membership

STATUS_TONES = {
    BoardAction.Status.OPEN: "blue",
    BoardAction.Status.IN_PROGRESS: "blue",
    BoardAction.Status.BLOCKED: "amber",
    BoardAction.Status.REPORTED: "violet",
    BoardAction.Status.DONE: "green",
    BoardAction.Status.DROPPED: "grey",
}
NEXT_STEPS = (BoardAction.Status.DONE, BoardAction.Status.REPORTED)  # the one button, whichever this person may press
SOON = 5  # working days
AGES = (
    ("overdue", "Overdue", lambda days: days < 0),
    ("soon", "Due within a fortnight", lambda days: 0 <= days <= 14),
    ("later", "Due later", lambda days: days > 14),
)  # days from today to the due date


def day_words(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def countdown(day: dt.date, today: dt.date) -> tuple[str, str]:
    """How far off a day is, in working days, and the tone that says how pressing."""
    if day == today:
        return "today", "amber"
    days = working_days_until(today, day)
    unit = "working day" if abs(days) == 1 else "working days"
    if day < today:
        return (f"{-days} {unit} ago" if days else "just past"), "grey"
    return (f"in {days} {unit}" if days else "before the next working day"), "amber" if days <= SOON else "blue"


@dataclass(frozen=True)
class Deadline:
    """A day before a meeting by which something must be done."""

    label: str
    date: dt.date
    today: dt.date

    @property
    def words(self) -> str:
        return countdown(self.date, self.today)[0]

    @property
    def tone(self) -> str:
        return countdown(self.date, self.today)[1]


@dataclass(frozen=True)
class YearRow:
    """One meeting as the year's page shows it: whether its day moved, and how it stands."""

    meeting: Meeting
    moves: list[MeetingMove]
    standing: str
    tone: str

    @property
    def day(self) -> str:
        """ "Thursday 19 December 2019"; made here, for a year has hundreds and a template’s date costs much more."""
        return f"{self.meeting.date:%A} {day_words(self.meeting.date)}"


def year_row(meeting: Meeting, today: dt.date) -> YearRow:
    if meeting.is_cancelled:
        standing, tone = "cancelled", "red"
    elif meeting.is_locked:
        standing, tone = "minutes agreed", "green"
    elif meeting.date < today:
        is_out = meeting.minutes_state == Meeting.MinutesState.CIRCULATED
        standing, tone = "minutes circulated" if is_out else "minutes in draft", "grey"
    else:
        standing, tone = countdown(meeting.date, today)
    return YearRow(meeting, list(meeting.moves.all()), standing, tone)


@dataclass(frozen=True)
class ArisingRow:
    """One action arising as lists show it."""

    action: BoardAction
    today: dt.date

    @property
    def due(self) -> str:
        return due_words(self.action.due, self.today, is_open=self.action.is_open)

    @property
    def is_late(self) -> bool:
        return self.action.is_open and self.action.due < self.today

    @property
    def late(self) -> str:
        days = (self.today - self.action.due).days
        return f"{days} {'day' if days == 1 else 'days'} overdue"

    @property
    def tone(self) -> str:
        return STATUS_TONES[self.action.status]


def by_age(actions: Iterable[BoardAction], today: dt.date) -> list[tuple[str, list[ArisingRow]]]:
    """Open actions as overdue, soon and later, the longest overdue first; groups without any are left out."""
    rows = [ArisingRow(one, today) for one in actions]
    groups = [(label, [row for row in rows if holds((row.action.due - today).days)]) for _, label, holds in AGES]
    return [(label, held) for label, held in groups if held]


@dataclass(frozen=True)
class Seat:
    """Somebody expected at a meeting, or who came: what is noted of them."""

    person: Any
    capacity: str
    attendance: Attendance | None
    substitutes: tuple[Any, ...] = ()  # who may sit in their place and is not here yet
    stood_in: str = ""  # who sits in their place

    @property
    def kind(self) -> str:
        return self.attendance.kind if self.attendance else ""

    @property
    def substitute_for_id(self) -> int | None:
        return self.attendance.substitute_for_id if self.attendance else None


def seats(memberships: Iterable[Membership], attendances: Iterable[Attendance]) -> list[Seat]:
    """The board's members, then others who came, each with what is noted of their attendance."""
    noted = {one.person_id: one for one in attendances}
    came = {one.person_id for one in noted.values() if one.kind == Attendance.Kind.PRESENT}
    instead = {one.substitute_for_id: one.person.name for one in noted.values() if one.substitute_for_id}
    members = [
        Seat(
            one.person,
            one.capacity,
            noted.pop(one.person_id, None),
            tuple(who for who in one.substitutes.all() if who.pk not in came) if one.person_id not in came else (),
            instead.get(one.person_id, ""),
        )
        for one in memberships
    ]
    return members + [Seat(one.person, "In attendance", one) for one in noted.values()]


def attended(attendances: Iterable[Attendance]) -> list[tuple[str, list[str]]]:
    """(Present | Apologies | Absent, names), a substitute with the name of whom they stand in for."""
    groups: dict[str, list[str]] = {label: [] for label in Attendance.Kind.labels}
    for one in attendances:
        instead = f" (for {one.substitute_for.name})" if one.substitute_for else ""
        groups[one.get_kind_display()].append(f"{one.person}{instead}")
    return [(label, names) for label, names in groups.items() if names]


def without_minute(items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """Items under which nothing at all was written."""
    return [item for item in items if not minute_of(item) and not has_outcome(item)]


def has_outcome(item: AgendaItem) -> bool:
    """Whether anything came of it: a decision, an action, a question, or a word of the board's assurance."""
    return any(held.all() for held in (item.decisions, item.actions, item.questions, item.assurances))


def minute_of(item: AgendaItem) -> str:
    return item.minute.text if hasattr(item, "minute") else ""


def meeting_lead(meeting: Meeting, items: list[AgendaItem], today: dt.date) -> str:
    """The meeting in a sentence: when it is, or what came of it."""
    if meeting.is_cancelled:
        return "This meeting is cancelled."
    count = len(items)
    listed = f"{count} {'item' if count == 1 else 'items'}"
    if meeting.date > today:
        return f"The meeting is {countdown(meeting.date, today)[0]}, with {listed} on the agenda."
    decided = sum(len(item.decisions.all()) for item in items)
    asked = sum(len(item.actions.all()) for item in items)
    if meeting.date == today and not decided + asked:
        return f"The meeting is today, with {listed} on the agenda."
    taken = f"{decided or 'No'} {'decision was' if decided == 1 else 'decisions were'} taken"
    agreed = f"{asked or 'no'} {'action was' if asked == 1 else 'actions were'} agreed"
    return f"{taken} and {agreed} under {listed}."
