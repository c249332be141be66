"""The demo's calendar: April 2013 to September 2019, seventy-eight months, counted from nought.

Months are written "2019-09" in the recipes because that is how people say them; everything else uses an index.
"""

from calendar import monthrange
from datetime import date

FIRST_YEAR, FIRST_MONTH = 2013, 4
MONTHS = 78  # April 2013 to September 2019
LAST = "2019-09"


def index(month: str) -> int:
    """Months since April 2013; "2013-04" is 0. Raises ValueError for a month outside the grid."""
    year, number = month.split("-")
    found = (int(year) - FIRST_YEAR) * 12 + int(number) - FIRST_MONTH
    if not 0 <= found < MONTHS:
        raise ValueError(f"{month} lies outside April 2013 to September 2019.")
    return found


def first_day(position: int) -> date:
    """First day of the month at a position of the grid; positions before the grid are allowed for year-to periods."""
    months = FIRST_YEAR * 12 + FIRST_MONTH - 1 + position
    return date(months // 12, months % 12 + 1, 1)


def last_day(position: int) -> date:
    """Last day of the month at a position of the grid."""
    first = first_day(position)
    return first.replace(day=monthrange(first.year, first.month)[1])


def name(position: int) -> str:
    """The month as "2019-09"."""
    return first_day(position).strftime("%Y-%m")
