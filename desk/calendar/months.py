"""PURE: a month as weeks of days, with what falls on each."""

import datetime as dt
from calendar import Calendar
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

WEEKS = Calendar(firstweekday=0)  # Monday
EARLIEST, LATEST = 2000, 2100  # years


@dataclass(frozen=True)
class Day:
    day: dt.date
    is_inside: bool  # of the month shown
    entries: list[Any]


def month_named(words: str, today: dt.date) -> dt.date:
    """The first day of the month written as 2019-12; of today's where nothing sensible is written."""
    try:
        first = dt.date.fromisoformat(f"{words}-01")
    except ValueError:
        return today.replace(day=1)
    return first if EARLIEST <= first.year < LATEST else today.replace(day=1)


def weeks_of(first: dt.date) -> list[list[dt.date]]:
    return WEEKS.monthdatescalendar(first.year, first.month)


def filled(first: dt.date, entries: list[Any]) -> list[list[Day]]:
    by_day: dict[dt.date, list[Any]] = defaultdict(list)
    for one in entries:
        by_day[one.day].append(one)
    return [[Day(day, day.month == first.month, by_day[day]) for day in week] for week in weeks_of(first)]


def neighbours(first: dt.date) -> tuple[str, str]:
    """The months before and after, as they stand in an address."""
    return f"{first - dt.timedelta(days=1):%Y-%m}", f"{first + dt.timedelta(days=31):%Y-%m}"
