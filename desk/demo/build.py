"""The demo office from nothing: the story of two quarters, told through the real actions on the days they happened.

Quarter one of 2019-20 ends published. Quarter two stands on 2 December 2019 with a good deal done and a few things left
to try the flow on; `finish_demo` tells the story on from there, to the paper published on 10 December.
"""

import datetime as dt
from collections.abc import Callable

from core.accounts.permissions import Role
from core.audit import audit_context
from desk.demo.building import accountability, decisions, delivery, meetings, promises, quarters, record, said
from desk.demo.building.cast import Cast, begin, found, on
from desk.demo.words import introduction, shapes
from desk.demo.words import meetings as words
from desk.demo.words.glossary import GLOSSARY
from desk.demo.words.promises import LIFE
from desk.demo.words.promises import ONE as PROMISES_ONE
from desk.demo.words.promises import TWO as PROMISES_TWO
from desk.demo.words.quarter_one import QUARTER_ONE
from desk.demo.words.quarter_two import QUARTER_TWO, SLIPS, with_slip
from desk.demo.words.sheet import SHEET
from desk.demo.words.updates_one import UPDATES_ONE
from desk.demo.words.updates_two import UPDATES_TWO
from governance.papers.actions.quarters import open_quarter
from governance.papers.models import Paper, Quarter
from measures.models import Period, Plan
from measures.models.period import month_index
from measures.recompute import no_progress, recompute_all

Progress = Callable[[float, float, str], None]

STEPS = 5
BEGIN = dt.date(2019, 4, 8)
TODAY = dt.date(2019, 12, 2)  # the day on which the demonstration opens
END_OF_ONE, END_OF_TWO = dt.date(2019, 6, 30), dt.date(2019, 9, 30)
LOADED_ONE, LOADED_TWO = dt.date(2019, 7, 15), dt.date(2019, 10, 14)
IN_REVIEW = {"hate-crime", "appeals-upheld"}
IN_DRAFT = {"abandonment-crib"}
UPDATE_IN_REVIEW, UPDATE_IN_DRAFT, UPDATE_NOT_BEGUN = "2.10", "2.11", "2.05"
RECHECKED = "A figure, a period or a word in it does not agree with the data. Please look at it again."


def build_demo(progress: Progress = no_progress, *, complete: bool = False) -> None:
    """Fill an empty database with the demo office; with `complete` up to quarter two's paper, published."""
    with audit_context(actor_name="command:demo"):
        _open(progress)
    if complete:
        finish_demo(progress)


def finish_demo(progress: Progress = no_progress) -> None:
    """Take the demo office as `build_demo` leaves it to the end of quarter two. MoveRefused where others have gone on."""
    progress(STEPS, STEPS + 1, "Quarter two to its end")
    with audit_context(actor_name="command:demo"):
        _finish(Quarter.objects.get(period=_period(END_OF_TWO)), found())
    progress(STEPS + 1, STEPS + 1, "Done")


def _open(progress: Progress) -> None:
    progress(0, STEPS, "Office, people, plan and measures")
    cast = begin(BEGIN)
    plan = record.define(cast[Role.ANALYST])
    quarters.explain(GLOSSARY, cast)
    meetings.found_boards(cast)
    delivery.plan_delivery(plan, cast)
    delivery.redate(BEGIN, LOADED_ONE, cast)
    on(LOADED_ONE)
    delivery.reach_steps(cast)
    progress(1, STEPS, "Figures to June 2019")
    _load(dt.date.min, END_OF_ONE, LOADED_ONE, cast)
    progress(2, STEPS, "Quarter one")
    _quarter_one(plan, cast)
    progress(3, STEPS, "Figures to September 2019")
    first, *rest = words.MEETINGS
    _hold(first, cast)
    _load(END_OF_ONE, END_OF_TWO, LOADED_TWO, cast)
    progress(4, STEPS, "Quarter two")
    _quarter_two(plan, cast)
    for meeting in rest:
        _hold(meeting, cast)
    meetings.close_done(words.MEETINGS, TODAY, cast)
    promises.live(LIFE, cast)
    on(TODAY)
    meetings.report_open(words.MEETINGS, cast)
    accountability.account(cast)
    progress(STEPS, STEPS, "Done")


def _load(after: dt.date, last: dt.date, as_at: dt.date, cast: Cast) -> None:
    """Figures and the notes on them as they became known, and what the rules say of them."""
    on(as_at)
    by = cast[Role.ANALYST]
    first = after + dt.timedelta(days=1)
    record.load(first, last, as_at, by)
    record.add_notes([note for note in record.notes_known_on(last) if note.starts >= first], by)
    recompute_all()


def _period(last: dt.date) -> Period:
    return Period.objects.quarter_ending(month_index(last))


def _quarter_one(plan: Plan, cast: Cast) -> None:
    """Opened in July, written in August, published in September."""
    on(dt.date(2019, 7, 16))
    meeting = meetings.call(words.PANEL_SEPTEMBER, cast)
    quarter = open_quarter(period=_period(END_OF_ONE), meeting=meeting, plan=plan, by=cast[Role.SECRETARY])
    quarters.assign(quarter, cast)
    on(dt.date(2019, 8, 12))
    quarters.write(quarter, QUARTER_ONE, cast)
    delivery.write_updates(quarter.period, UPDATES_ONE, cast)
    on(dt.date(2019, 8, 23))
    quarters.approve(quarter, cast)
    delivery.approve_updates(quarter.period, cast)
    quarters.cover(quarter.paper, SHEET, cast)
    quarters.introduce(quarter.paper, introduction.ONE, introduction.TOPICS_ONE, None, cast)
    on(dt.date(2019, 9, 2))
    quarters.submit(quarter.paper, cast)
    quarters.sign_and_publish(quarter.paper, dt.date(2019, 9, 3), dt.date(2019, 9, 4), cast)
    meetings.hold(words.PANEL_SEPTEMBER, meeting, cast)
    on(dt.date(2019, 9, 16))
    promises.promise(quarter, PROMISES_ONE, cast)


def _hold(meeting: shapes.Meeting, cast: Cast) -> None:
    """Call a meeting on what is open by then; hold it, agree what it agrees, and send its minutes round."""
    meetings.close_done(words.MEETINGS, min(meeting.date, TODAY), cast)
    made = meetings.call(meeting, cast)
    if meeting.date <= TODAY:
        meetings.hold(meeting, made, cast)
        decisions.write_up(made, cast)
        meetings.agree(words.MEETINGS, made, cast)
        meetings.circulate(meeting, made, cast)


def _quarter_two(plan: Plan, cast: Cast) -> None:
    """Opened in October; by 2 December most of it is approved, with the slips that some of it holds."""
    on(dt.date(2019, 10, 15))
    meeting = meetings.call(words.PANEL_DECEMBER, cast)
    quarter = open_quarter(period=_period(END_OF_TWO), meeting=meeting, plan=plan, by=cast[Role.SECRETARY])
    meetings.call(words.PANEL_FEBRUARY, cast)
    delivery.redate(LOADED_ONE, TODAY, cast)
    on(dt.date(2019, 11, 18))
    said.quote(quarter, cast)
    on(dt.date(2019, 11, 20))
    quarters.write(quarter, {slug: with_slip(slug) for slug in QUARTER_TWO}, cast, leave=IN_DRAFT)
    written = {ref: update for ref, update in UPDATES_TWO.items() if ref != UPDATE_NOT_BEGUN}
    delivery.file_evidence(cast)
    delivery.write_updates(quarter.period, written, cast, leave={UPDATE_IN_DRAFT})
    on(dt.date(2019, 11, 28))
    quarters.approve(quarter, cast, leave=IN_REVIEW)
    delivery.approve_updates(quarter.period, cast, leave={UPDATE_IN_REVIEW})
    on(dt.date(2019, 11, 29))
    quarters.introduce(quarter.paper, introduction.TWO, introduction.TOPICS_TWO, quarter.paper.deep_dive, cast)
    promises.tell(Quarter.objects.get(period=_period(END_OF_ONE)), PROMISES_ONE, cast)
    promises.promise(quarter, PROMISES_TWO, cast)


def _finish(quarter: Quarter, cast: Cast) -> None:
    """What is left is written and approved, slips are put right, and the paper is submitted, signed and published."""
    on(dt.date(2019, 12, 4))
    quarters.reopen(quarter, SLIPS, RECHECKED, cast)
    quarters.write(quarter, QUARTER_TWO, cast)
    delivery.write_updates(quarter.period, UPDATES_TWO, cast)
    on(dt.date(2019, 12, 5))
    quarters.approve(quarter, cast)
    delivery.approve_updates(quarter.period, cast)
    paper = Paper.objects.get(quarter=quarter)
    on(dt.date(2019, 12, 6))
    quarters.submit(paper, cast)
    quarters.sign_and_publish(paper, dt.date(2019, 12, 9), dt.date(2019, 12, 10), cast)
