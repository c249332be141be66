"""The days a rhythm of meetings has in a year, beside what is fixed already."""

import datetime as dt
from dataclasses import dataclass

from core.accounts.clock import closed_because, nearest_working_day
from governance.boards.models import Meeting, MeetingSeries

EARLIEST, LATEST = 2000, 2100  # years


@dataclass(frozen=True)
class Planned:
    """One day of a rhythm. `date` is where it falls after weekends and bank holidays, `why` what it had to avoid."""

    day: dt.date
    date: dt.date
    why: str
    fixed: Meeting | None
    taken: bool  # the board meets on that date already, by no rhythm or another

    @property
    def is_new(self) -> bool:
        return self.fixed is None and not self.taken


def year_of(day: dt.date) -> int:
    """The financial year a day lies in, by the calendar year in which it begins."""
    return day.year if day.month >= 4 else day.year - 1


def bounds(year: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, 4, 1), dt.date(year + 1, 3, 31)


def year_words(year: int) -> str:
    """ "2019-20"."""
    return f"{year}-{(year + 1) % 100:02d}"


def planned(series: MeetingSeries, first: dt.date, last: dt.date) -> list[Planned]:
    """Every day of the rhythm in the time given."""
    held = {one.planned_for: one for one in series.meetings.all()}
    taken = set(Meeting.objects.standing().filter(board=series.board_id).values_list("date", flat=True))
    earlier = series.if_closed == MeetingSeries.Closed.BEFORE
    found = []
    for day in series.rhythm.days(first, last):
        date = nearest_working_day(day, earlier=earlier)
        fixed = held.get(day)
        found.append(Planned(day, date, closed_because(day), fixed, fixed is None and date in taken))
        taken.add(date)
    return found
