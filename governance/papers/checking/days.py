"""Severity B and A: days that are none, that are past, and spans of months counted wrong."""

import datetime as dt
import re
from collections.abc import Iterator

from governance.papers.checking import periods
from governance.papers.checking.findings import Finding
from governance.papers.checking.numbers import Sort
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
        if reading.meeting and day < dt.date(*reading.meeting) and _is_ahead(sentence.text, found.start()):
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
            if month < this and _is_ahead(sentence.text, found.start()):
                place = sentence.place(found.start("month"), found.end())
                yield Finding(
                    "date-past",
                    "B",
                    *place,
                    sentence.text[found.start("month") : found.end()],
                    f"{periods.month_name(month)} is over by the meeting.",
                )


def _is_ahead(text: str, at: int) -> bool:
    """Whether the words before a date speak of it as to come."""
    clause = re.split(
        r"[;.]\s|(?<!be )\b(?:which|since|because|after|following|meant|was|were|took|met|had|began|started"
        r"|concluded|launched|completed|introduced|held|published|moved)\b",
        text[:at],
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


_SPAN_WORD = re.compile(
    r"\b(?:consecutive|successive|straight|running|in\s+a\s+row|period|over|for|trend|last|past)\b", re.IGNORECASE
)


def spans(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """ "18 consecutive months" from April 2016 to October 2017 is 19: both ends count."""
    for number in sentence.numbers:
        unit = re.match(
            r"\s*(?:[-\w]+\s+){0,2}?(months?|quarters?|years?)\b", sentence.text[number.end :], re.IGNORECASE
        )
        if number.sort is not Sort.COUNT or number.hedged or not unit:
            continue
        run = _run(sentence, number.start, number.end)
        size = {"m": 1, "q": 3, "y": 12}[unit.group(1)[0].lower()]
        if run is None or not _SPAN_WORD.search(sentence.text[max(0, number.start - 40) : number.end + 40]):
            continue
        first, last = run
        months = last - first + 1
        right = months / size
        if (
            right <= 0
            or abs(right - number.value) < 1e-9
            or (size > 1 and months % size and round(right) == number.value)
        ):
            continue
        if (
            size == 12 and last - first == 12 * number.value
        ):  # "over two years, September 2017 to September 2019": two points
            continue
        if size == 1 and abs(right - number.value) > max(6, 0.5 * number.value):
            continue  # another span is meant
        text = f"{right:g}"
        yield Finding(
            "months-counted",
            "A",
            *sentence.place(number.start, number.end),
            number.said,
            f"{periods.month_name(first)} to {periods.month_name(last)} is {text} {unit.group(1)}.",
            text if right.is_integer() else "",
        )


def _run(sentence: Sentence, start: int, end: int) -> tuple[int, int] | None:
    """First and last month of what a span speaks of: a range said, or "dating back to X" with what began after it."""
    for phrase in sentence.periods:
        if phrase.period and phrase.period.span in (Span.RANGE, Span.QUARTER) and abs(phrase.start - end) < 90:
            return phrase.period.first, phrase.period.last
    back = re.search(
        rf"\b(?:dating\s+back\s+to|back\s+to|beginning\s+in|starting\s+in|from)\s+(?P<month>{MONTH})"
        rf"\s+(?P<year>20\d\d)",
        sentence.text[end:],
    )
    if not back:
        return None
    first = int(back["year"]) * 12 + periods.month_number(back["month"])
    for other in (sentence, sentence.before):
        since = other and re.search(rf"\bsince\s+(?P<month>{MONTH})\s+(?P<year>20\d\d)", other.text)
        if since:
            return first, int(since["year"]) * 12 + periods.month_number(since["month"]) - 1
    return None


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
