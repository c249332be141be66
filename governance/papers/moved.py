"""The deadlines of a quarter go with the meeting they are counted back from."""

import datetime as dt

from core.accounts.models import User
from governance.boards.models import Meeting
from governance.boards.moving import DayMoved, Follower, register_follower
from governance.papers.actions.quarters import deadlines, move_deadlines
from governance.papers.models import Quarter


def foretell(meeting: Meeting, date: dt.date) -> list[DayMoved]:
    """Commentary, approvals and paper of every quarter that is still being worked on for this meeting."""
    due = deadlines(meeting, date)
    return [
        moved
        for quarter in Quarter.objects.unpublished().filter(meeting=meeting).select_related("period")
        for moved in (
            DayMoved(f"Commentary and delivery updates of {quarter}", quarter.commentary_due, due.commentary),
            DayMoved(f"Approvals of {quarter}", quarter.approval_due, due.approval),
            DayMoved(f"Paper of {quarter}", quarter.paper_due, due.paper),
        )
    ]


def follow(meeting: Meeting, was: dt.date, why: str, by: User) -> None:
    days = f"from {was.day} {was:%B %Y} to {meeting.date.day} {meeting.date:%B %Y}"
    for quarter in Quarter.objects.unpublished().filter(meeting=meeting):
        move_deadlines(quarter=quarter, reason=f"The meeting was moved {days}: {why}", by=by)


FOLLOWER = register_follower(Follower(foretell, follow))
