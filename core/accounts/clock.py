"""What day it is for the office, and its working days."""

import datetime as dt
from functools import cache

import holidays
from django.utils import timezone

from core.accounts.context import current_office
from core.accounts.models import Office


def today() -> dt.date:
    """The office's today: the real date, unless a demonstration has set another."""
    return (current_office() or Office()).today


def now() -> dt.datetime:
    """This moment on the office's today: what is written beside a name when somebody approves or signs.

    A demonstration that has set its date thereby tells one story; its log still keeps the real time.
    """
    real = timezone.localtime()
    return timezone.make_aware(dt.datetime.combine(today(), real.time()))


@cache
def _bank_holidays() -> holidays.HolidayBase:
    return holidays.country_holidays("GB", subdiv="ENG")


@cache
def _weekdays_closed(year: int) -> tuple[dt.date, ...]:
    """The bank holidays of a year that are no Saturday or Sunday."""
    found = holidays.country_holidays("GB", subdiv="ENG", years=year)
    return tuple(day for day in found if day.year == year and day.weekday() < 5)


def is_working_day(day: dt.date) -> bool:
    """Monday to Friday and not a bank holiday in England and Wales."""
    return day.weekday() < 5 and day not in _bank_holidays()


def closed_because(day: dt.date) -> str:
    """Why nobody works on that day: "Good Friday is a bank holiday", "a Saturday"; empty for a working day."""
    if named := _bank_holidays().get(day):
        return f"{named} is a bank holiday"
    return f"{day:%A} is no working day" if day.weekday() >= 5 else ""


def nearest_working_day(day: dt.date, *, earlier: bool = False) -> dt.date:
    """The day itself where it is a working day, else the next one, or the one before."""
    while not is_working_day(day):
        day += dt.timedelta(days=-1 if earlier else 1)
    return day


def working_days_before(day: dt.date, count: int) -> dt.date:
    """The day `count` working days before `day`, which itself is not counted.

    Seven working days before Thursday 19 December 2019 is Tuesday 10 December.
    """
    while count > 0:
        day -= dt.timedelta(days=1)
        count -= is_working_day(day)
    return day


def clear_working_days_before(day: dt.date, count: int) -> dt.date:
    """The last day that leaves `count` clear working days before `day`: neither end is counted.

    Five clear days before Thursday 19 December 2019 is Wednesday 11 December.
    """
    return working_days_before(day, count + 1)


def working_days_until(start: dt.date, end: dt.date) -> int:
    """How many working days lie after `start`, up to and including `end`; negative when `end` has passed."""
    if end < start:
        return -working_days_until(end, start)
    weeks, rest = divmod((end - start).days, 7)
    weekdays = 5 * weeks + sum((start.weekday() + step) % 7 < 5 for step in range(1, rest + 1))
    years = range(start.year, end.year + 1)
    return weekdays - sum(start < day <= end for year in years for day in _weekdays_closed(year))
