"""Days promised in the words of an update. Pure: plain text in, sentences with their days out.

Only what can be taken at its word is found: a day ("by 31 March 2020"), a month ("in March 2020", "by the end of
March"), "next month", "the new year". What is vaguer ("in the near future") promises no day.
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
MONTH = "|".join(MONTHS)
SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\d)[^.!?\n]+)*[.!?]?")  # a point inside a number ends nothing
DAY = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? ({MONTH})\b(?:,? (\d{{4}}))?", re.I)
WHOLE = re.compile(rf"(?<!\d )(?<!st )(?<!nd )(?<!rd )(?<!th )\b({MONTH})\b(?:,? (\d{{4}}))?", re.I)
NEXT_MONTH, NEW_YEAR = re.compile(r"\bnext month\b", re.I), re.compile(r"\bthe new year\b", re.I)


@dataclass(frozen=True)
class Promise:
    """A sentence, and the last day on which it would be kept."""

    text: str
    due: dt.date


def promises(text: str, written: dt.date) -> list[Promise]:
    """Sentences that name a day after `written`, each with the latest day it names, in reading order.

    A month without a year is the next of that name. "May" alone at the start of a sentence is taken for the verb.
    """
    found = []
    for sentence in SENTENCE.findall(text):
        days = [day for day in _days(sentence.strip(), written) if day > written]
        if days:
            found.append(Promise(" ".join(sentence.split()), max(days)))
    return found


def _days(sentence: str, written: dt.date) -> list[dt.date]:
    days = [_day(int(number), month, year, written) for number, month, year in DAY.findall(sentence)]
    for match in WHOLE.finditer(sentence):
        month, year = match.groups()
        if month.casefold() == "may" and not year and (month != "May" or match.start() == 0):
            continue
        days.append(_day(31, month, year, written))
    if NEXT_MONTH.search(sentence):
        days.append(_last(written.year + written.month // 12, written.month % 12 + 1))
    if NEW_YEAR.search(sentence):
        days.append(dt.date(written.year + 1, 1, 31))
    return [day for day in days if day]


def _day(number: int, month: str, year: str, written: dt.date) -> dt.date | None:
    """The day, 31 being the last of its month; without a year the first of that name that is not yet over."""
    place = MONTHS[month.casefold()]
    for one in [int(year)] if year else [written.year, written.year + 1]:
        if not dt.MINYEAR <= one <= dt.MAXYEAR or number < 1:
            return None
        last = _last(one, place)
        if number > 31 or (number < 31 and number > last.day):
            return None
        day = last if number == 31 else last.replace(day=number)
        if year or day > written:
            return day
    return None


def _last(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])
