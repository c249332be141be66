"""Periods in words: "the 12 months to September 2019", "quarter two", "Q2 2019-20", "from April 2016 to October 2017".

Months are counted from year 0, so that `month + 12` is a year later. A quarter is one of the financial year: quarter
one is April to June.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

MONTHS = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
_SHORT = {name[:3]: index for index, name in enumerate(MONTHS)} | {"sept": 8}
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)"
)
_ORDER = {"one": 1, "two": 2, "three": 3, "four": 4, "first": 1, "second": 2, "third": 3, "fourth": 4}
_ORDER |= {"1": 1, "2": 2, "3": 3, "4": 4}
_FY = r"(?:20)?\d\d\s?[-/–]\s?(?:20)?\d\d"
_TWELVE = r"(?:12|twelve)[\s-]+months?"
_FEW = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "nine": 9, "eighteen": 18, "twenty-four": 24}


class Span(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"  # twelve months to a month
    FINANCIAL = "financial year"
    RANGE = "range"


@dataclass(frozen=True)
class Period:
    """`first` and `last` month, both included, as year * 12 + month - 1."""

    span: Span
    first: int
    last: int

    @property
    def months(self) -> int:
        return self.last - self.first + 1

    def back(self, months: int = 12) -> "Period":
        return Period(self.span, self.first - months, self.last - months)

    def __str__(self) -> str:
        if self.span is Span.MONTH:
            return month_name(self.last)
        if self.span is Span.QUARTER:
            return f"quarter {['one', 'two', 'three', 'four'][quarter_of(self.last) - 1]} {financial_year(self.last)}"
        if self.span is Span.YEAR:
            return f"the 12 months to {month_name(self.last)}"
        if self.span is Span.FINANCIAL:
            return financial_year(self.last)
        return f"{month_name(self.first)} to {month_name(self.last)}"


@dataclass(frozen=True)
class Phrase:
    """A period as it is said: where in the text, and what of it is known.

    `period` is None where the words leave a part to the reader ("the previous year", "the 12 months to September"):
    then `role` says which way to read them.
    """

    start: int
    end: int
    period: Period | None
    role: str  # "", "previous year", "previous quarter", "same quarter", "no year", "quarter only", "now"
    month: int | None = None  # 0 to 11, where a month without a year is named
    quarter: int | None = None


def capital(period: Period) -> str:
    """A period at the beginning of a sentence."""
    said = str(period)
    return said[0].upper() + said[1:]


def month_name(month: int) -> str:
    return f"{MONTHS[month % 12].capitalize()} {month // 12}"


def month_number(name: str) -> int:
    """0 to 11 for a month's name or its short form."""
    return _SHORT[name.lower()[:4] if name.lower().startswith("sept") else name.lower()[:3]]


def quarter_of(month: int) -> int:
    return (month % 12 - 3) % 12 // 3 + 1


def financial_year(month: int) -> str:
    year = month // 12 if month % 12 >= 3 else month // 12 - 1
    return f"{year}-{(year + 1) % 100:02d}"


def quarter(number: int, year: int) -> Period:
    """Quarter `number` of the financial year that begins in April of `year`."""
    first = year * 12 + 3 + (number - 1) * 3
    return Period(Span.QUARTER, first, first + 2)


def year_to(month: int) -> Period:
    return Period(Span.YEAR, month - 11, month)


def parse_quarter(text: str) -> Period | None:
    """ "2019-20Q2", "Q2 2019-20", "quarter two 2019/20": a quarter with its year; None for anything else."""
    for pattern in (rf"\s*({_FY})\s*Q([1-4])\s*$", rf"\s*(?:Q|quarter)\s*([1-4]|one|two|three|four),?\s*({_FY})\s*$"):
        if found := re.match(pattern, text, re.IGNORECASE):
            number, year = (
                found.groups()[::-1] if found.group(1)[0].isdigit() and len(found.group(1)) > 1 else found.groups()
            )
            return quarter(_ORDER[number.lower()], _year(year))
    return None


def parse_period(text: str) -> Period | None:
    """A period of a table of facts: a quarter, "2019-09", "year to 2019-09", "2018-19", or words as in prose."""
    text = text.strip()
    if as_quarter := parse_quarter(text):
        return as_quarter
    if found := re.fullmatch(r"(\d{4})[-/](\d{2})(?:-\d\d)?", text):
        year, number = int(found.group(1)), int(found.group(2))
        if number == (year + 1) % 100 and number > 12:
            return Period(Span.FINANCIAL, year * 12 + 3, year * 12 + 14)
        return Period(Span.MONTH, year * 12 + number - 1, year * 12 + number - 1) if 1 <= number <= 12 else None
    if found := re.fullmatch(r".*?(?:to|ending|r12)[\s:_-]*(\d{4})-(\d{2})(?:-\d\d)?", text, re.IGNORECASE):
        return year_to(int(found.group(1)) * 12 + int(found.group(2)) - 1)
    said = [phrase for phrase in phrases(text) if phrase.period]
    return said[0].period if said else None


def _year(text: str) -> int:
    digits = re.split(r"\D", text, maxsplit=1)[0]
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _month_of(name: str, year: str) -> int:
    return _year(year) * 12 + month_number(name)


def _named_quarter(found: re.Match[str]) -> tuple[Period | None, str, int | None, int | None]:
    number = _ORDER[(found.group("q") or found.group("q2")).lower()]
    if year := found.group("fy"):
        return quarter(number, _year(year)), "", None, number
    return None, "quarter only", None, number


def _range(found: re.Match[str]) -> tuple[Period | None, str, int | None, int | None]:
    last = _month_of(found.group("m2"), found.group("y2"))
    first = _month_of(found.group("m1"), found.group("y1") or found.group("y2"))
    if first > last and not found.group("y1"):
        first -= 12
    if last < first:
        return None, "backwards", None, None
    span = Span.QUARTER if last - first == 2 and first % 3 == 0 else Span.RANGE
    return Period(Span.YEAR if last - first == 11 and span is Span.RANGE else span, first, last), "", None, None


def _months_to(found: re.Match[str]) -> tuple[Period | None, str, int | None, int | None]:
    """ "The three months to September 2019": a quarter where it is one of the financial year."""
    last = _month_of(found["m"], found["y"])
    said = (found["n"] or "three").lower()
    months = int(said) if said.isdigit() else _FEW[said]
    first = last - months + 1
    span = Span.QUARTER if months == 3 and first % 3 == 0 else Span.YEAR if months == 12 else Span.RANGE
    return Period(span, first, last), "", None, None


_PATTERNS = [
    (
        rf"(?:{_TWELVE}|12-month)(?:\s+period)?(?:\s+(?:up\s+)?to|\s+ending|\s+ended|\s+ending\s+in)(?:"
        rf"\s+the\s+end\s+of)?\s+(?:(?P<d>\d{{1,2}})\s+)?(?P<m>{MONTH})[\s-]+(?P<y>20\d\d)\b", "year"),
    (
        rf"\byear(?:\s+(?:up\s+)?to|\s+ending|\s+ended|\s+ending\s+in)(?:\s+the\s+end\s+of)?"
        rf"\s+(?:(?P<d>\d{{1,2}})\s+)?(?P<m>{MONTH})[\s-]+(?P<y>20\d\d)\b", "year"),
    (
        rf"\b(?:(?P<n>{'|'.join(_FEW)}|\d{{1,2}})[\s-]+months?(?:\s+period)?|quarter)(?:\s+(?:up\s+)?to|\s+ending"
        rf"|\s+ended)(?:\s+in|\s+the\s+end\s+of)?\s+(?:\d{{1,2}}\s+)?(?P<m>{MONTH})[\s-]+(?P<y>20\d\d)\b", "months"),
    (r"\bcalendar\s+year\s+(?:of\s+)?(?P<y>20\d\d)\b|\bwhole\s+of\s+(?P<y2>20\d\d)\b(?!\s?[-/–]\s?\d)", "calendar"),
    (
        rf"(?:(?:{_TWELVE}|12-month)(?:\s+period)?|\byear)(?:\s+(?:up\s+)?to|\s+ending|\s+ended)"
        rf"(?:\s+the\s+end\s+of)?\s+(?P<m>{MONTH})\b(?!\s+(?:20\d\d|\d))", "year, no year"),
    (
        rf"\b(?:from\s+|between\s+)?(?:\d{{1,2}}\s+)?(?P<m1>{MONTH})(?:\s+(?P<y1>20\d\d))?\s+(?:to|and"
        rf"|until|-|–)\s+(?:\d{{1,2}}\s+)?(?P<m2>{MONTH})[\s-]+(?P<y2>20\d\d)\b", "range"),
    (
        rf"\b(?:quarter\s+(?P<q>one|two|three|four|[1-4])|Q(?P<q2>[1-4]))(?:\s*[,(]?\s*(?:of"
        rf"\s+)?(?P<fy>{_FY}))?\b", "quarter"),
    (rf"\b(?:the\s+)?(?P<q>first|second|third|fourth)\s+quarter(?P<q2>)(?:\s+of)?(?:\s+(?P<fy>{_FY}))?\b", "quarter"),
    (
        r"\b(?:the\s+)?(?:same|corresponding|equivalent)\s+(?:quarter|period|three\s+months|month|time|point|12\s+months"
        r"|twelve\s+months)(?:\s+(?:of|in))?(?:\s+the)?(?:\s+(?:last|previous|prior|preceding|a|one)\s+year|\s+year"
        r"(?=\s+(?:earlier|before)))?(?:\s+(?:earlier|before|ago))?", "same quarter"),
    (r"\b(?:the\s+)?(?:previous|last|preceding|prior)\s+quarter\b|\b(?:the\s+)?quarter\s+before\b", "previous quarter"),
    (
        rf"\b(?:the\s+)?(?:previous|preceding|prior|earlier)\s+(?:{_TWELVE}(?:\s+period)?|year)\b|\b(?:a"
        rf"|one|the)\s+year\s+(?:earlier|ago|before)\b|\b{_TWELVE}\s+(?:earlier|before|ago)\b|\blast"
        rf"\s+year\b|\bthe\s+year\s+before\b", "previous year"),
    (r"\b(?:this|the|the\s+latest|the\s+current)\s+quarter\b", "own quarter"),
    (rf"\b(?:the\s+)?(?:last|past|latest|rolling)\s+{_TWELVE}(?:\s+period)?\b|\brolling\s+(?:twelve|12)\b", "now"),
    (rf"\b(?P<m>{MONTH})[\s-]+(?P<y>20\d\d|(?<=[a-z]-)\d\d)\b", "month"),
    (r"\b(?:financial\s+year\s+)?(?P<fy>20\d\d\s?[-/–]\s?(?:20)?\d\d)\b", "financial"),
]  # fmt: skip
_COMPILED = [(re.compile(pattern, re.IGNORECASE if kind != "month" else 0), kind) for pattern, kind in _PATTERNS]


def _read(kind: str, found: re.Match[str]) -> tuple[Period | None, str, int | None, int | None]:
    if kind == "year":
        return year_to(_month_of(found["m"], found["y"])), "", None, None
    if kind == "year, no year":
        return None, "no year", month_number(found["m"]), None
    if kind == "range":
        return _range(found)
    if kind == "quarter":
        return _named_quarter(found)
    if kind == "months":
        return _months_to(found)
    if kind == "calendar":
        return year_to(int(found["y"] or found["y2"]) * 12 + 11), "", None, None
    if kind == "month":
        month = _month_of(found["m"], found["y"])
        return Period(Span.MONTH, month, month), "", None, None
    if kind == "financial":
        year = _year(found["fy"])
        ends = re.split(r"\D+", found["fy"].strip())[-1]
        if int(ends) % 100 != (year + 1) % 100:
            return None, "no financial year", None, None
        return Period(Span.FINANCIAL, year * 12 + 3, year * 12 + 14), "", None, None
    return None, kind, None, None


def phrases(text: str) -> list[Phrase]:
    """Every period that a text names, in order, the longest reading of each place."""
    taken: list[tuple[int, int]] = []
    found: list[Phrase] = []
    for pattern, kind in _COMPILED:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < stop and end > begun for begun, stop in taken):
                continue
            taken.append((start, end))
            found.append(Phrase(start, end, *_read(kind, match)))
    return sorted(found, key=lambda phrase: phrase.start)
