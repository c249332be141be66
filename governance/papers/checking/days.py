"""Severity B and A: days that are none, that are past, and spans of months counted wrong."""

import datetime as dt
import re
from collections.abc import Iterator

from governance.papers.checking import periods
from governance.papers.checking.findings import Finding
from governance.papers.checking.periods import MONTH, Period, Phrase, Span, capital
from governance.papers.checking.reading import Reading, Sentence

_DATE = re.compile(
    rf"\b(?:(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday),?"
    rf"\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month>{MONTH})\b(?:\s+(?P<year>20\d\d)\b)?"
)
_AHEAD = re.compile(
    r"\b(?:will|is\s+due|are\s+due|is\s+to\b|are\s+to\b|going\s+to|is\s+planned|are\s+planned"
    r"|plans?\s+to|is\s+scheduled|are\s+scheduled|"
    r"is\s+expected|are\s+expected|is\s+being\s+\w+|intends?\s+to|to\s+be|expects?\b[^.;]*\bto|to\s+open)\b",
    re.IGNORECASE,
)
_MONTH_AHEAD = re.compile(
    rf"\b(?:in|by|during|from|for|until)\s+(?:early\s+|late\s+|mid-?\s*|the\s+end\s+of"
    rf"\s+)?(?P<month>{MONTH})\s+(?P<year>20\d\d)\b"
)


def dates(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """A day that does not exist, a weekday it is not, and what is "due" on a day before the meeting."""
    for found in _DATE.finditer(sentence.text):
        day = _day(reading, found)
        start, end = sentence.place(found.start(), found.end())
        if day is None:
            yield Finding(
                "no-such-day", "B", start, end, found.group(), f"There is no {found['day']} {found['month']}."
            )
            continue
        if found["weekday"] and found["year"] and day.strftime("%A") != found["weekday"]:
            yield Finding(
                "weekday",
                "B",
                start,
                end,
                found.group(),
                f"{day.day} {day:%B %Y} is a {day:%A}.",
                found.group().replace(found["weekday"], f"{day:%A}"),
            )
        if reading.meeting and day < dt.date(*reading.meeting) and _is_ahead(sentence.text, found.start(), found.end()):
            held = dt.date(*reading.meeting)
            yield Finding(
                "date-past",
                "B",
                start,
                end,
                found.group(),
                f"The meeting is on {held.day} {held:%B %Y}, after {day.day} {day:%B}.",
            )
    if reading.meeting:
        this = reading.meeting[0] * 12 + reading.meeting[1] - 1
        for found in _MONTH_AHEAD.finditer(sentence.text):
            month = int(found["year"]) * 12 + periods.month_number(found["month"])
            if month < this and _is_ahead(sentence.text, found.start(), found.end()):
                place = sentence.place(found.start("month"), found.end())
                yield Finding(
                    "date-past",
                    "B",
                    *place,
                    sentence.text[found.start("month") : found.end()],
                    f"{periods.month_name(month)} is over by the meeting.",
                )


_WAS_AHEAD = re.compile(
    r"\b(?:had\s+been|was|were)\s+(?:\w+ly\s+|first\s+)?(?:due|expected|planned|scheduled|to|going|meant"
    r"|intended|supposed|set)\b",
    re.IGNORECASE,
)
_FRONTED = re.compile(
    r"^\W*(?:\d+\.\s+)?(?:from|on|by|as\s+of|as\s+from|with\s+effect\s+from|starting|beginning|until"
    r"|before|after|in)\s+"
    r"(?:\w+day,?\s+|the\s+|early\s+|late\s+|mid-?\s*)?$",
    re.IGNORECASE,
)


def _is_ahead(text: str, start: int, end: int) -> bool:
    """Whether the words before a date, or behind one that begins the sentence, speak of it as to come."""
    if _FRONTED.search(text[:start]):
        clause = re.split(r"[;.]\s", text[end:])[0][:90]
        ahead = re.search(
            r"\b(?:will|is\s+due|are\s+due|is\s+to|are\s+to|is\s+going|are\s+going)\b", clause, re.IGNORECASE
        )
        return bool(ahead) and not re.search(r"\b(?:was|were|had|has|have)\b", clause[: ahead.start() if ahead else 0])
    if _WAS_AHEAD.search(re.split(r"[;.]\s", text[:start])[-1]):
        return False
    clause = re.split(
        r"[;.]\s|(?<!be )\b(?:which|since|because|after|following|meant|was|were|took|met|had|began|started"
        r"|concluded|launched|completed|introduced|held|published|moved)\b",
        text[:start],
    )[-1]
    return bool(found := list(_AHEAD.finditer(clause))) and len(clause) - found[-1].end() < 90


def _day(reading: Reading, found: re.Match[str]) -> dt.date | None:
    """The day meant: without a year, the one nearest to the meeting."""
    month, day = periods.month_number(found["month"]) + 1, int(found["day"])
    years = (
        [int(found["year"])]
        if found["year"]
        else [reading.meeting[0] + move for move in (-1, 0, 1)]
        if reading.meeting
        else [2000]
    )
    days = []
    for year in years:
        try:
            days.append(dt.date(year, month, day))
        except ValueError:
            continue
    if not days:
        return None
    near = dt.date(*reading.meeting) if reading.meeting else days[0]
    return min(days, key=lambda one: abs(one - near))


_STATED = re.compile(
    rf"(?:\(|,\s+that\s+is,?\s+|\s[-–]\s)\s*(?:\d{{1,2}}\s+)?(?P<m1>{MONTH})(?:\s+(?P<y1>20\d\d))?\s+(?:to|-|–)\s+"
    rf"(?:\d{{1,2}}\s+)?(?P<m2>{MONTH})(?:\s+(?P<y2>20\d\d))?(?:\s*\)|(?=\s[-–]\s|[.,\s]))"
)


def explained(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """ "Quarter two 2019-20 (1 July to 30 September 2019)": the brackets must say the same months."""
    for found in _STATED.finditer(sentence.text):
        led = [named for p in sentence.periods if p.end <= found.start() < p.end + 4 and (named := _named(reading, p))]
        if not led or led[-1].span not in (Span.QUARTER, Span.YEAR):
            continue
        said = [periods.month_number(found["m1"]), periods.month_number(found["m2"])]
        fits = said == [led[-1].first % 12, led[-1].last % 12]
        if not fits or (found["y2"] and int(found["y2"]) != led[-1].last // 12):
            wanted = led[-1]
            months = f"{periods.month_name(wanted.first)} to {periods.month_name(wanted.last)}"
            yield Finding(
                "months-of-period",
                "B",
                *sentence.place(found.start(), found.end()),
                found.group(),
                f"{capital(wanted)} is {months}.",
                found.group()[0].replace("(", f"({months})").strip(" ,") if found.group().startswith("(") else "",
            )


def _named(reading: Reading, phrase: Phrase) -> Period | None:
    """The period of a phrase; a quarter without a year is one of the paper's own year."""
    if phrase.period or not phrase.quarter or reading.quarter is None:
        return phrase.period
    own = reading.quarter.first
    return periods.quarter(phrase.quarter, own // 12 if own % 12 >= 3 else own // 12 - 1)
