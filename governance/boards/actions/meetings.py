"""The meetings of a board: fixed one by one or by a rhythm, moved, and cancelled."""

import datetime as dt
from typing import Any

from core.accounts.clock import now
from core.accounts.models import User
from core.audit import action
from core.documents.versions import Stale, save_if_unchanged
from governance.boards import checks, moving
from governance.boards.actions.holding import hold
from governance.boards.models import Board, Meeting, MeetingMove, MeetingReturn, MeetingSeries
from governance.boards.planning import planned


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
    """Fix a meeting. What is still open from earlier ones proposes itself for its agenda."""
    return Meeting.objects.create(board=board, date=date, starts_at=starts_at, place=place, is_public=is_public)


@action
def edit_meeting(
    *,
    meeting: Meeting,
    version: int,
    date: dt.date,
    starts_at: dt.time | None,
    place: str,
    is_public: bool,
    why: str = "",
    by: User,
) -> Meeting:
    """Change when and where a meeting is held, until its minutes are agreed. Another day keeps the old one, and why."""
    held = hold(meeting)
    if held.version != version:
        raise Stale(held)
    checks.check_may_move(held, date, why)
    was = held.date
    changes = {"date": date, "starts_at": starts_at, "place": place, "is_public": is_public}
    saved = save_if_unchanged(Meeting, held.pk, version, **changes)
    if was != date:
        MeetingMove.objects.create(meeting=saved, was=was, now=date, why=why.strip(), by=by, at=now())
        moving.follow(saved, was, why=why.strip(), by=by)
    return saved


@action
def cancel_meeting(*, meeting: Meeting, version: int, why: str, by: User) -> Meeting:
    """A meeting that will not be, or was not held. It stays where it was, with the reason; calendars hear of it."""
    held = hold(meeting)
    checks.check_may_cancel(held, why)
    return save_if_unchanged(Meeting, held.pk, version, cancelled_why=why.strip(), cancelled_at=now(), cancelled_by=by)


@action
def reinstate_meeting(*, meeting: Meeting, version: int, reason: str, by: User) -> Meeting:
    """Take the cancelling back: the meeting is held after all. What the cancelling said is kept, and the reason."""
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if held.version != version:
        raise Stale(held)
    checks.check_may_reinstate(held, reason)
    MeetingReturn.objects.create(
        meeting=held,
        cancelled_why=held.cancelled_why,
        cancelled_at=held.cancelled_at,
        cancelled_by=held.cancelled_by,
        why=reason.strip(),
        by=by,
        at=now(),
    )
    return save_if_unchanged(Meeting, held.pk, version, cancelled_why="", cancelled_at=None, cancelled_by=None)


@action
def create_series(*, board: Board, by: User | None, **facts: Any) -> MeetingSeries:
    """Say in what rhythm a board meets. Meetings are fixed from it year by year."""
    return MeetingSeries.objects.create(board=board, **facts)


@action
def edit_series(*, series: MeetingSeries, version: int, by: User, **facts: Any) -> MeetingSeries:
    """Change the rhythm of what is not fixed yet; meetings that are fixed stay as they are."""
    return save_if_unchanged(MeetingSeries, series.pk, version, **facts)


@action
def fix_series(*, series: MeetingSeries, first: dt.date, last: dt.date, by: User | None) -> list[Meeting]:
    """Fix every day of the rhythm that is not fixed yet, each on a working day; those that were fixed now."""
    Board.objects.select_for_update().get(pk=series.board_id)
    made = []
    for one in planned(series, first, last):
        if not one.is_new:
            continue
        meeting = Meeting.objects.create(
            board_id=series.board_id,
            date=one.date,
            starts_at=series.starts_at,
            place=series.venue,
            is_public=series.is_public,
            series=series,
            planned_for=one.day,
        )
        if one.date != one.day:
            MeetingMove.objects.create(meeting=meeting, was=one.day, now=one.date, why=one.why, by=by, at=now())
        made.append(meeting)
    return made
