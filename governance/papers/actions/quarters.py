"""Opening a quarter: its slots, its authors, and deadlines counted back from the panel's meeting."""

from dataclasses import dataclass
from datetime import date

from core.accounts.clock import now, working_days_before
from core.accounts.models import User
from core.audit import action
from deepdive.actions import move_updates, open_updates
from deepdive.models import DeepDiveTurn
from governance.boards.actions import add_item
from governance.boards.models import AgendaItem, Meeting
from governance.papers.models import Commentary, Paper, Quarter
from measures.models import Measure, Period, Plan
from measures.models.period import month_index

APPROVAL_BEFORE_PAPER = 3  # working days
COMMENTARY_BEFORE_APPROVAL = 5  # working days


@dataclass(frozen=True)
class Deadlines:
    """The days a quarter's work is due. For a meeting on 19 December 2019: 28 November, 5 and 10 December."""

    commentary: date
    approval: date
    paper: date


def deadlines(meeting: Meeting, held_on: date | None = None) -> Deadlines:
    """Counted back from the day of the meeting, or from another day it might be held on."""
    paper = working_days_before(held_on or meeting.date, meeting.board.paper_days)
    approval = working_days_before(paper, APPROVAL_BEFORE_PAPER)
    return Deadlines(working_days_before(approval, COMMENTARY_BEFORE_APPROVAL), approval, paper)


@action
def open_quarter(*, period: Period, meeting: Meeting, plan: Plan, by: User) -> Quarter:
    """Make everything the quarter needs, its period too where nothing has been stored of it yet.

    A quarter that is open already is given back as it is.
    """
    due = deadlines(meeting)
    if period.pk is None:
        period = Period.objects.quarter_ending(month_index(period.end))
    quarter, is_new = Quarter.objects.get_or_create(
        period=period,
        defaults={
            "plan": plan,
            "meeting": meeting,
            "commentary_due": due.commentary,
            "approval_due": due.approval,
            "paper_due": due.paper,
            "opened_by": by,
            "opened_at": now(),
        },
    )
    if is_new:
        _open_slots(quarter, due)
        open_updates(period=period, due=due.commentary, by=by)
        _start_paper(quarter, by)
    return quarter


@action
def move_deadlines(*, quarter: Quarter, reason: str, by: User) -> Quarter:
    """Count the deadlines back from the day the meeting has now. What was due with the rest is due with it still."""
    held = Quarter.objects.select_for_update(of=("self",)).select_related("meeting__board", "period").get(pk=quarter.pk)
    was, due = held.commentary_due, deadlines(held.meeting)
    held.commentary_due, held.approval_due, held.paper_due = due.commentary, due.approval, due.paper
    held.save(update_fields=["commentary_due", "approval_due", "paper_due"])
    waiting = held.commentaries.exclude(state=Commentary.State.APPROVED)
    waiting.filter(due=was).update(due=due.commentary)
    move_updates(period=held.period, was=was, due=due.commentary, reason=reason, by=by)
    return held


def _open_slots(quarter: Quarter, due: Deadlines) -> None:
    """An empty commentary for each headline measure, with whoever wrote it last time."""
    measures = Measure.objects.headline().filter(plan_measures__priority__plan=quarter.plan)
    before = Commentary.objects.filter(quarter__period__end__lt=quarter.period.end).order_by("quarter__period__end")
    writers = dict(before.values_list("measure_id", "assigned_to_id"))
    Commentary.objects.bulk_create(
        Commentary(quarter=quarter, measure=measure, due=due.commentary, assigned_to_id=writers.get(measure.pk))
        for measure in measures.order_by("plan_measures__priority__number", "plan_measures__position")
    )


def _start_paper(quarter: Quarter, by: User) -> None:
    """The paper stands on the meeting's agenda from the start, so that its number is the agenda's."""
    title = f"Performance report, {quarter.period}"
    item = AgendaItem.objects.filter(meeting=quarter.meeting, title=title).first()
    item = item or add_item(meeting=quarter.meeting, title=title, presenter="Commissioner", by=by)
    deep_dive = DeepDiveTurn.objects.priority_of(quarter.period, quarter.plan)
    Paper.objects.create(quarter=quarter, agenda_item=item, title=title, deep_dive=deep_dive)
