"""What happens in the meeting: who came, what was said, what was decided, and who is to do what by when."""

import datetime as dt

from django.db.models import Max

from core.accounts.clock import now
from core.accounts.models import Person, User
from core.audit import action
from core.documents.richtext import ensure_ids
from core.documents.versions import save_if_unchanged
from governance.boards import states
from governance.boards.models import AgendaItem, Attendance, BoardAction, Decision, Meeting, Minute


@action
def set_attendance(
    *, meeting: Meeting, person: Person, kind: str, substitute_for: Person | None = None, by: User | None
) -> Attendance:
    states.check_not_locked(meeting)
    return Attendance.objects.update_or_create(
        meeting=meeting, person=person, defaults={"kind": kind, "substitute_for": substitute_for}
    )[0]


@action
def save_minute(*, item: AgendaItem, version: int, text: str, by: User | None) -> Minute:
    """Keep what was typed under an item; version 0 is the first words under it."""
    states.check_not_locked(item.meeting)
    minute, is_new = Minute.objects.get_or_create(item=item, defaults={"text": ensure_ids(text)})
    if is_new:
        return minute
    return save_if_unchanged(Minute, minute.pk, version, text=ensure_ids(text))


def _next_ref(letter: str, year: int) -> str:
    """A2019-007: references count up within a year and are never used again."""
    model = Decision if letter == "D" else BoardAction
    start = f"{letter}{year}-"
    last = model.objects.filter(ref__startswith=start).aggregate(last=Max("ref"))["last"]
    return f"{start}{int(last.removeprefix(start)) + 1 if last else 1:03d}"


@action
def record_decision(*, item: AgendaItem, text: str, decided_by: str, by: User | None) -> Decision:
    states.check_not_locked(item.meeting)
    Meeting.objects.select_for_update().get(pk=item.meeting_id)
    return Decision.objects.create(
        item=item, ref=_next_ref("D", item.meeting.date.year), text=text, decided_by=decided_by
    )


@action
def record_action(*, item: AgendaItem, text: str, owner: Person, due: dt.date, by: User | None) -> BoardAction:
    """An action always has somebody who owns it and a day it is due."""
    states.check_not_locked(item.meeting)
    Meeting.objects.select_for_update().get(pk=item.meeting_id)
    return BoardAction.objects.create(
        item=item, ref=_next_ref("A", item.meeting.date.year), text=text, owner=owner, due=due
    )


@action
def report_progress(*, board_action: BoardAction, version: int, progress: str, by: User) -> BoardAction:
    """Say how an open action is going; agreed minutes do not stop that, for the action lives on after them."""
    return save_if_unchanged(BoardAction, board_action.pk, version, progress=progress)


@action
def move_action(*, board_action: BoardAction, to: str, reason: str = "", by: User) -> BoardAction:
    """Close an action, or open it again with a reason."""
    held = BoardAction.objects.select_for_update().select_related("owner").get(pk=board_action.pk)
    states.check_action_move(held, to, reason=reason, by=by)
    is_open = to == BoardAction.Status.OPEN
    held.status = to
    held.closed_at = None if is_open else now()
    held.closed_by = None if is_open else by
    held.version += 1
    held.save(update_fields=["status", "closed_at", "closed_by", "version"])
    return held


@action
def agree_minutes(*, meeting: Meeting, by: User) -> Meeting:
    """Lock the minutes and all that lies under them."""
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    states.check_may_agree(held, by=by)
    held.minutes_state = Meeting.MinutesState.AGREED
    held.agreed_by, held.agreed_at = by, now()
    held.version += 1
    held.save(update_fields=["minutes_state", "agreed_by", "agreed_at", "version"])
    return held
