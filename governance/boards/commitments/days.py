"""By when a sentence says a promise will be kept. Pure.

Words are taken against the quarter a paper is about and the day of the meeting it is for: "in December" is the December
nearest the meeting, "the quarter three report" the report on the quarter after quarter two, which is due when the panel
meets again, about a quarter later. A day that only the calendar of the panel can settle is given as the last it can be.
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
MONTH = "|".join(MONTHS)
QUARTERS = {"one": 1, "two": 2, "three": 3, "four": 4, "1": 1, "2": 2, "3": 3, "4": 4}
ORDINAL = r"(?:<sup>)?(?:st|nd|rd|th)?(?:</sup>)?"
DAY = re.compile(rf"\b(\d{{1,2}}){ORDINAL} ({MONTH})\b(?:,? (\d{{4}}))?", re.I)
BY = r"\b(?:in|by|by the end of|during|from|until|before|early|late|at the end of) (?:early |late |the end of )?"
IN_MONTH = re.compile(rf"{BY}({MONTH})\b(?:,? (\d{{4}}))?", re.I)
NUMBER = "(one|two|three|four|[1-4])"
REPORT_ON = re.compile(rf"\bquarter {NUMBER}\b(?=[^.;]{{0,40}}\b(?:report|paper)\b)", re.I)
IN_QUARTER = re.compile(
    rf"\b(?:in|by|during|through|until|throughout|and) (?:the end of )?(?:quarter|Q) ?{NUMBER}\b", re.I
)
THROUGH_YEAR = re.compile(
    r"\b(?:throughout|by the end of|before the end of|in|during) (?:the )?(?:financial year )?(\d{4})[-/](\d{2})\b",
    re.I,
)
NEXT_MEETING = re.compile(r"\b(?:next (?:panel )?meeting|next meeting of the panel)\b", re.I)
NEXT_REPORT = re.compile(r"\b(?:next (?:quarter(?:ly)?|performance)?(?:’s|'s)? ?(?:report|paper)|next quarter)\b", re.I)
NEW_YEAR = re.compile(r"\bthe new year\b", re.I)
NEXT_MONTH = re.compile(r"\bnext month\b", re.I)
NEXT_WEEK = re.compile(r"\bnext week\b", re.I)
YEAR = re.compile(r"\b(?:in|by|during|by the end of) (20\d{2})\b(?![-/]\d)", re.I)
MEETINGS_APART = 92  # days: a panel that has a paper each quarter meets about so long after


@dataclass(frozen=True, slots=True)
class When:
    """The last day on which a promise would be kept, and the words that say so."""

    day: dt.date
    words: str


def when(sentence: str, *, quarter_end: dt.date, meeting: dt.date) -> When | None:
    """The latest day the sentence names that lies after the end of the quarter; None where it names none.

    A day of the month says more than a month, a quarter or the next meeting beside it.
    """
    days = [_named(one[0], int(one[1]), one[2], one[3], meeting) for one in DAY.finditer(sentence)]
    if coming := [one for one in days if one and one.day > quarter_end]:
        return max(coming, key=lambda one: one.day)
    found = [one for one in _all(sentence, quarter_end, meeting) if one and one.day > quarter_end]
    return max(found, key=lambda one: one.day) if found else None


def _all(sentence: str, quarter_end: dt.date, meeting: dt.date) -> list[When | None]:
    found: list[When | None] = []
    for match in IN_MONTH.finditer(sentence):
        found.append(_named(match[0], 0, match[1], match[2], meeting))
    for match in REPORT_ON.finditer(sentence):
        ends = _quarter(QUARTERS[match[1].casefold()], quarter_end)
        found.append(When(ends + (meeting - quarter_end), match[0]))
    for match in IN_QUARTER.finditer(sentence):
        found.append(When(_quarter(QUARTERS[match[1].casefold()], quarter_end), match[0]))
    for match in THROUGH_YEAR.finditer(sentence):
        found.append(When(dt.date(int(match[1]) + 1, 3, 31), match[0]))
    for pattern in (NEXT_MEETING, NEXT_REPORT):
        if match := pattern.search(sentence):
            found.append(When(meeting + dt.timedelta(days=MEETINGS_APART), match[0]))
    if match := NEW_YEAR.search(sentence):
        year = meeting.year + (meeting.month > 1)
        found.append(When(dt.date(year, 1, 31), match[0]))
    if match := NEXT_MONTH.search(sentence):
        found.append(When(_last(meeting.year + meeting.month // 12, meeting.month % 12 + 1), match[0]))
    if match := NEXT_WEEK.search(sentence):
        found.append(When(meeting + dt.timedelta(days=7), match[0]))
    for match in YEAR.finditer(sentence):
        found.append(When(dt.date(int(match[1]), 12, 31), match[0]))
    return found


def _named(words: str, number: int, month: str, year: str | None, meeting: dt.date) -> When | None:
    """A day, or the last of a month; without a year the one nearest the meeting."""
    place = MONTHS[month.casefold()]
    years = [int(year)] if year else [meeting.year - 1, meeting.year, meeting.year + 1]
    days = []
    for one in years:
        last = _last(one, place)
        if number <= last.day:
            days.append(last.replace(day=number) if number else last)
    return When(min(days, key=lambda day: abs((day - meeting).days)), words) if days else None


def _quarter(number: int, quarter_end: dt.date) -> dt.date:
    """The end of the next quarter of that number; that of the paper itself where it is the paper's own."""
    own = (quarter_end.month - 4) // 3 % 4 + 1
    months = quarter_end.month + 3 * ((number - own) % 4)
    return _last(quarter_end.year + (months - 1) // 12, (months - 1) % 12 + 1)


def _last(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])
