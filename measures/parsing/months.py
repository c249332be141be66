"""Months as people write them, read as one whole number: 12 * year + (month - 1).

Forms read: 2019-09, 2019-09-30 (with or without a time), 201909, 20190930, 2019M09, Sep-19, Sept 2019, September 2019,
1995 Jan, 30 Sep 2019, September 30, 2019, 09/2019, 01/09/2019 and 01.09.19 (day first unless told otherwise), and the
day numbers a spreadsheet shows for a date that lost its format (43709, from the 1900 calendar). A date stands for the
month it is in. A two-digit year from 70 is 19.., below it 20... What could be read two ways is refused, not guessed.
"""

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from measures.parsing.problems import quote

NO_MONTH = -1
FIRST_YEAR, LAST_YEAR = 1900, 2100
TWO_DIGIT_PIVOT = 70  # years: 70 is 1970, 69 is 2069
SERIAL_DAYS = range(20_000, 80_000)  # spreadsheet day numbers: October 1954 to January 2119
SERIAL_EPOCH = date(1899, 12, 30)  # day 0 of the 1900 calendar for every day after February 1900

MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
LONGEST = 40  # characters of a month

_NAMES = {name.lower(): number for number, name in enumerate(MONTH_NAMES, 1)}
_NAMES |= {name[:3].lower(): number for number, name in enumerate(MONTH_NAMES, 1)} | {"sept": 9}

_MIDNIGHT = r"00:00(?::00(?:\.0+)?)?(?:z|[+-]\d{2}:?\d{2})"  # in a zone, only midnight is surely of its day
_TIME = rf"(?:[t ](?:{_MIDNIGHT}|\d{{1,2}}:\d{{2}}(?::\d{{2}}(?:\.\d+)?)?))?"
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})(?:[-/.](\d{1,2}))?" + _TIME, re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})" + _TIME, re.ASCII)
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})", re.ASCII)
_NAME_YEAR = re.compile(r"([a-z]+)[-/ .,'’]*(\d{4}|\d{2})", re.ASCII)
_YEAR_NAME = re.compile(r"(\d{4})[-/ .,]*([a-z]+)", re.ASCII)
_DAY_NAME_YEAR = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-/ .,]*([a-z]+)[-/ .,]+(\d{4}|\d{2})" + _TIME, re.ASCII)
_NAME_DAY_YEAR = re.compile(r"([a-z]+)[ .]+(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})", re.ASCII)
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})?", re.ASCII)
_YEAR_M = re.compile(r"(\d{4}) ?m ?(\d{1,2})", re.ASCII)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?", re.ASCII)

_YEAR_ALONE = re.compile(r"(?:year|fy|cy)? ?(\d{4})(?:[-/]\d{2,4})?", re.ASCII)
_QUARTER = re.compile(r".*\b(?:q[1-4]|qtr|quarter)\b.*|[a-z]{3,9} ?(?:-|–|to) ?[a-z]{3,9}.*", re.ASCII)
_DAY_NAME = re.compile(r"(\d{1,2})[- /]?([a-z]+)", re.ASCII)

HOW = "Write the month as 2019-09 or September 2019."


class NotAMonth(ValueError):
    """The text does not name one month. `code` is for the summary, the message for the person."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Months:
    """Different texts of a column read as months: `months` int32[k] (NO_MONTH where not), `problems` by position."""

    months: np.ndarray
    problems: dict[int, NotAMonth]


def parse_months(texts: Sequence[str], *, day_first: bool = True) -> Months:
    """Read each of k texts."""
    months = np.full(len(texts), NO_MONTH, dtype=np.int32)
    problems = {}
    for position, text in enumerate(texts):
        try:
            months[position] = parse_month(text, day_first=day_first)
        except NotAMonth as problem:
            problems[position] = problem
    return Months(months, problems)


def parse_month(text: str, *, day_first: bool = True) -> int:
    """The month a text names, as 12 * year + (month - 1). Raises NotAMonth with a sentence."""
    return parse_day(text, day_first=day_first)[0]


def parse_day(text: str, *, day_first: bool = True) -> tuple[int, int | None]:
    """The month a text names and the day in it, None where it names the month alone. Raises NotAMonth."""
    plain = " ".join(text.split()).lower()
    if not plain:
        raise NotAMonth("month_missing", f"The month is missing. {HOW}")
    if len(plain) > LONGEST:
        raise NotAMonth("month_unreadable", f"{quote(text)} is not a month. {HOW}")
    year, month, day = _parts(plain, text, day_first)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotAMonth("month_impossible", f"{quote(text)} is in the year {year}. Check the year.")
    if not 1 <= month <= 12:
        order = "" if day_first else ", with the month before the day"
        raise NotAMonth("month_impossible", f"{quote(text)} would be month {month} of {year}{order}. {HOW}")
    days = calendar.monthrange(year, month)[1]
    if day is not None and not 1 <= day <= days:
        raise NotAMonth(
            "month_impossible",
            f"{quote(text)} is not a date: {month_name(12 * year + month - 1)} has {days} days. {HOW}",
        )
    return 12 * year + month - 1, day


def month_name(month: int) -> str:
    """24236 -> "September 2019"."""
    return f"{MONTH_NAMES[month % 12]} {month // 12}"


def month_text(month: int) -> str:
    """24236 -> "2019-09"."""
    return f"{month // 12:04}-{month % 12 + 1:02}"


def looks_month_first(texts: Sequence[str]) -> bool:
    """Whether dates such as 09/01/2019 seem to be month first: read day first, all fall in one month of the year.

    A monthly series dated on the 1st gives 01/01, 02/01, 03/01 ...: the second number never changes while the
    first runs over several values and never passes 12.
    """
    found = [match for text in texts if (match := _DAY_FIRST.fullmatch(text.strip().lower()))]
    firsts, seconds = {int(match[1]) for match in found}, {int(match[2]) for match in found}
    return len(firsts) >= 3 and len(seconds) == 1 and max(firsts) <= 12


def _parts(plain: str, text: str, day_first: bool) -> tuple[int, int, int | None]:
    """Year, month and day (None where the text has none) as written, not yet checked against the calendar."""
    if match := _YEAR_FIRST.fullmatch(plain):
        year, month = int(match[1]), int(match[3])
        if match[2] == "/" and not match[4] and month == (year + 1) % 100:
            raise NotAMonth("month_unclear", f"{quote(text)} could be a month or a financial year. {HOW}")
        return year, month, int(match[4]) if match[4] else None
    if match := _DAY_FIRST.fullmatch(plain):
        first, second = int(match[1]), int(match[2])
        day, month = (first, second) if day_first else (second, first)
        return _full_year(match[3]), month, day
    if match := _MONTH_YEAR.fullmatch(plain):
        return int(match[2]), int(match[1]), None
    if match := _YEAR_M.fullmatch(plain):
        return int(match[1]), int(match[2]), None
    return _named(plain) or _digits(plain) or _refuse(plain, text)


def _named(plain: str) -> tuple[int, int, int | None] | None:
    """Forms with the month in letters."""
    if (match := _NAME_YEAR.fullmatch(plain)) and match[1] in _NAMES:
        return _full_year(match[2]), _NAMES[match[1]], None
    if (match := _YEAR_NAME.fullmatch(plain)) and match[2] in _NAMES:
        return int(match[1]), _NAMES[match[2]], None
    if (match := _DAY_NAME_YEAR.fullmatch(plain)) and match[2] in _NAMES:
        return _full_year(match[3]), _NAMES[match[2]], int(match[1])
    if (match := _NAME_DAY_YEAR.fullmatch(plain)) and match[1] in _NAMES:
        return int(match[3]), _NAMES[match[1]], int(match[2])
    return None


def _digits(plain: str) -> tuple[int, int, int | None] | None:
    """Forms with nothing but digits: 201909, 20190930 and a spreadsheet's day number."""
    if match := _DIGITS.fullmatch(plain):
        return int(match[1]), int(match[2]), int(match[3]) if match[3] else None
    if (match := _SERIAL.fullmatch(plain)) and int(match[1]) in SERIAL_DAYS:
        day = SERIAL_EPOCH + timedelta(days=int(match[1]))
        return day.year, day.month, day.day
    return None


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (1900 if year >= TWO_DIGIT_PIVOT else 2000)


def _refuse(plain: str, text: str) -> tuple[int, int, int | None]:
    if _YEAR_ALONE.fullmatch(plain):
        raise NotAMonth("month_unclear", f"{quote(text)} is a year, not a month. {HOW}")
    if _QUARTER.fullmatch(plain):
        raise NotAMonth("month_unclear", f"{quote(text)} is a period of several months, not one month. {HOW}")
    if (match := _DAY_NAME.fullmatch(plain)) and match[2] in _NAMES:
        raise NotAMonth("month_unclear", f"{quote(text)} does not say which year. {HOW}")
    raise NotAMonth("month_unreadable", f"{quote(text)} is not a month. {HOW}")
