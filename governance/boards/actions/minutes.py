"""What happens in the meeting: who came, what was said, what was decided, and who is to do what by when."""

import datetime as dt

from core.accounts.clock import today
from core.accounts.models import Person, User
from core.audit import action
from core.documents.richtext import ensure_ids
from core.documents.versions import Stale, save_if_unchanged
from governance.boards import states
from governance.boards.actions.holding import hold, next_in_year
from governance.boards.checks import check_away
from governance.boards.minutes_content import opening
from governance.boards.models import AgendaItem, Attendance, BoardAction, Meeting, Minute


@action
def set_attendance(
    *, meeting: Meeting, person: Person, kind: str, substitute_for: Person | None = None, by: User | None
) -> Attendance:
    """Note that somebody came, sent apologies or stayed away; only who came can stand in for another."""
    held = hold(meeting)
    if kind == Attendance.Kind.PRESENT:
        states.check_begun(held, "nobody was present at it")
    states.check_substitute(person, kind, substitute_for)
    check_away(held, substitute_for)
    return Attendance.objects.update_or_create(
        meeting=held, person=person, defaults={"kind": kind, "substitute_for": substitute_for}
    )[0]


@action
def clear_attendance(*, attendance: Attendance, by: User) -> None:
    """Take back what was noted of somebody's attendance."""
    hold(attendance.meeting)
    attendance.delete()


@action
def save_minute(*, item: AgendaItem, version: int, text: str, by: User | None) -> Minute:
    """Keep what was typed under an item; version 0 is the first words under it. The same words again write nothing."""
    hold(item.meeting)
    text = ensure_ids(text)
    minute = Minute.objects.filter(item=item).first()
    if minute is None:
        return _written(Minute.objects.create(item=item, text=text), by)
    if minute.text == text:
        return minute
    if version == 0:
        raise Stale(minute)
    return _written(save_if_unchanged(Minute, minute.pk, version, text=text), by)


def _written(minute: Minute, by: User | None) -> Minute:
    """Whoever saves becomes one of its authors: who signs the minutes must be none of them."""
    if by is not None:
        minute.authors.add(by)
    return minute


@action
def prefill_minutes(*, meeting: Meeting, received: dict[int, list[str]], by: User) -> int:
    """Begin the minute of every item that has none with what agenda and papers say already; how many were begun."""
    held = hold(meeting)
    begun = 0
    for item in held.items.filter(minute__isnull=True).select_related("carried_action__owner"):
        if text := opening(item, received.get(item.pk, [])):
            _written(Minute.objects.create(item=item, text=ensure_ids(text)), by)
            begun += 1
    return begun


@action
def record_action(*, item: AgendaItem, text: str, owner: Person, due: dt.date, by: User | None) -> BoardAction:
    """An action always has somebody who owns it and a day it is due. Sent twice, it is still one action."""
    held = hold(item.meeting)
    if again := BoardAction.objects.filter(item=item, text=text, owner=owner, due=due).first():
        return again
    return BoardAction.objects.create(
        item=item,
        ref=next_in_year(BoardAction, "A", held.date.year),
        text=text,
        owner=owner,
        due=due,
        raised_on=today(),
    )
