"""Numbers as people write them: 11,856; 2.9 per cent; 6.6 percentage points; 12 minutes and 47 seconds; one in six.

A number said with n decimals stands for anything within half a unit of the last one: `low` and `high` are those bounds,
so that "2.9 per cent" is right for 2.92 and "nearly 16" is wide on purpose.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Sort(StrEnum):
    COUNT = "count"
    PERCENT = "per cent"
    POINTS = "percentage points"
    DURATION = "seconds"
    MONEY = "pounds"
    RANK = "rank"
    TIMES = "times"  # doubled is 2 times
    MARGIN = "margin"


@dataclass(frozen=True)
class Number:
    """One number said. `value` is what the words give; what is meant lies from `low` to `high`, both allowed."""

    start: int
    end: int
    sort: Sort
    value: float
    low: float
    high: float
    said: str
    decimals: int = 0
    hedged: bool = False
    percent_sign: bool = False

    def fits(self, exact: float) -> bool:
        slack = 1e-9 * max(1.0, abs(exact))
        return self.low - slack <= exact <= self.high + slack


_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_WORDS = {word: index for index, word in enumerate(_UNITS)} | _TENS
_WORD = (
    r"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-](?:one|two|three|four|five"
    r"|six|seven|eight|nine))?"
    r"|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen"
    r"|eighteen|nineteen)(?:\s+hundred)?"
)
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_AMOUNT = rf"(?:{_DIGITS}|\b{_WORD}\b)"
_ORDINALS = ["half", "third", "quarter", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
_FRACTIONS = {name: Fraction(1, index) for index, name in enumerate(_ORDINALS, 2)}
_RANKS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
_HEDGE = re.compile(
    r"\b(about|around|roughly|approximately|approx\.?|nearly|almost|just over|just under|more than"
    r"|over|under|less than|"
    r"fewer than|(?<!add )(?<!adds )up to|at least|some|close to|in the region of)\s+(?:a\s+|an\s+)?$",
    re.IGNORECASE,
)
_FRACTION = r"half|(?:one|two|three|four)?[\s-]*(?:thirds?|quarters?|fifths?|tenths?|sixths?|eighths?)"

_DURATION = re.compile(
    rf"(?P<h>{_AMOUNT})\s*hours?(?:[\s,]+(?:and\s+)?(?P<hm>{_AMOUNT})\s*min(?:ute)?s?\b)?"
    rf"|(?P<m>{_AMOUNT})\s*min(?:ute)?s?\b(?:[\s,]+(?:and\s+)?(?:(?P<ms>{_AMOUNT})\s*sec(?:ond)?s?\b"
    r"|(?P<mb>[0-5]?\d)(?![\w:,.]*\d)(?!\s*(?:per\b|%|in\b|out\s+of\b|[a-z]+s\b))))?"
    rf"|(?P<s>{_AMOUNT})\s*sec(?:ond)?s?\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?<![\d:])(\d{2}):(\d{2}):(\d{2})(?![\d:])|(?<![\d:/])(\d{1,3}):(\d{2})(?![\d:])")
_MARGIN = re.compile(rf"(?:±|\+\s?/?\s?[-–−])\s*({_DIGITS})(?:\s*(?:per\s?cent|%))?", re.IGNORECASE)
_POINTS = re.compile(
    rf"([+−-]?)({_AMOUNT})\s*(?:percentage[\s-]+points?|per\s?cent\s+points?|pp|PP|ppts?)\b", re.IGNORECASE
)
_PERCENT = re.compile(rf"([+−-]?)({_AMOUNT})\s*(?:per\s?cent\b(?!age)|%)", re.IGNORECASE)
_MONEY = re.compile(rf"£\s?({_DIGITS})(?:\s*(million|billion|thousand|m|bn|k)\b)?", re.IGNORECASE)
_ONE_IN = re.compile(
    rf"\b(one|two|three|four|\d)\s+(?:in|out of)\s+(?:every\s+)?({_WORD}"
    rf"|\d{{1,3}})\b",
    re.IGNORECASE,
)
_MULTIPLE = re.compile(
    r"\b(more than\s+|nearly\s+|almost\s+)?(doubl|trebl|tripl|quadrupl)(?:ed|ing|es?)\b|\bhal(?:ved"
    r"|ving)\b",
    re.IGNORECASE,
)
_BY_FRACTION = re.compile(
    rf"\b(?:by|a|an|one)\s+(?:(?:about|around|nearly|almost|over|more than|just over|just under)"
    rf"\s+)?(?:a\s+|an\s+)?({_FRACTION})\b(?!\s+(?:of\s+(?:the\s+)?(?:year|20)|one|two|three|four|\d"
    rf"|audit|sample))",
    re.IGNORECASE,
)
_SHARE_OF = re.compile(  # "half of the total", "two thirds"; three quarters may be nine months
    r"\b(?<!first )(?<!second )(?<!latter )(?<!last )(?P<share>(?:a|an|one|two|three|four"
    r"|five)[\s-]+(?:thirds?|fifths?|sixths?"
    r"|sevenths?|eighths?|ninths?|tenths?)|(?:half|(?:a|one"
    r"|three)[\s-]+quarters?)(?=\s+(?:of\s+)?(?:the(?!\s+year)|all|these"
    r"|those|them|its|our|their|which|whom|\d)))\b",
    re.IGNORECASE,
)
_RANK = re.compile(
    r"\b(?:(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)|(\d{1,2})(?:st|nd|rd"
    r"|th))\s+(?:lowest|highest|best|worst|largest|smallest)\b",
    re.IGNORECASE,
)
_PLAIN = re.compile(rf"(?<![\w.,/£#+−-])([+−-]?)({_DIGITS})(?![\w/:]|\.\d|,\d)|\b({_WORD})\b(?!-)", re.IGNORECASE)


def amount(text: str) -> float:
    """The value of digits or of words up to nine thousand nine hundred."""
    text = text.strip().lower()
    if text[0].isdigit():
        return float(text.replace(",", ""))
    hundred = 100 if text.endswith("hundred") else 1
    parts = re.split(r"[\s-]+", text.removesuffix("hundred").strip())
    return float(sum(_WORDS[part] for part in parts) * hundred)


def _decimals(text: str) -> int:
    return len(text.split(".")[1]) if text[:1].isdigit() and "." in text else 0


def _number(text: str, start: int, end: int, sort: Sort, said: str, *, sign: str = "", wide: float = 0.0) -> Number:
    value = amount(said)
    decimals = _decimals(said)
    half = 0.5 * 10.0**-decimals
    if sort is Sort.COUNT and not decimals:
        half = 0.0
    low, high, hedged = _widened(text, start, value, max(half, wide))
    if sign in ("-", "−"):
        value, low, high = -value, -high, -low
    return Number(start, end, sort, value, low, high, text[start:end], decimals, hedged, "%" in text[start:end])


def is_slip(one: float, other: float) -> bool:
    """Whether two whole numbers differ by digits changed about, or, where they are long, by one digit."""
    a, b = f"{one:.0f}", f"{other:.0f}"
    wrong = sum(x != y for x, y in zip(a, b, strict=False))
    return len(a) == len(b) >= 2 and (sorted(a) == sorted(b) or (wrong == 1 and len(a) > 3))


def _widened(text: str, start: int, value: float, half: float) -> tuple[float, float, bool]:
    """What a hedge allows: "nearly" a little below, "more than" anything somewhat above."""
    if not (hedge := _HEDGE.search(text, max(0, start - 24), start)):
        return value - half, value + half, False
    word, room = hedge.group(1).lower(), max(half, 0.1 * abs(value))
    if word in ("nearly", "almost", "just under", "under", "less than", "fewer than", "up to", "close to"):
        return value - room, value + half, True
    if word in ("just over", "over", "more than", "at least"):
        return value - half, value + room, True
    return value - room, value + room, True


def numbers(text: str) -> list[Number]:
    """Every number that a text says, in order. A number is read once, by its fullest reading."""
    taken: list[tuple[int, int]] = []
    found: list[Number] = []

    def keep(number: Number) -> None:
        if not any(number.start < stop and number.end > begun for begun, stop in taken):
            taken.append((number.start, number.end))
            found.append(number)

    for match in _CLOCK.finditer(text):
        hours, minutes, seconds = (
            (int(part) for part in match.groups()[:3])
            if match.group(1)
            else (0, int(match.group(4)), int(match.group(5)))
        )
        keep(_exact(text, match, Sort.DURATION, hours * 3600 + minutes * 60 + seconds, 0.5))
    for match in _DURATION.finditer(text):
        keep(_duration(text, match))
    for match in _MARGIN.finditer(text):
        keep(_number(text, *match.span(), Sort.MARGIN, match.group(1)))
    for match in _POINTS.finditer(text):
        keep(_number(text, *match.span(), Sort.POINTS, match.group(2), sign=match.group(1)))
    for match in _PERCENT.finditer(text):
        keep(_number(text, *match.span(), Sort.PERCENT, match.group(2), sign=match.group(1)))
    for match in _MONEY.finditer(text):
        keep(_number(text, *match.span(), Sort.MONEY, match.group(1)))
    for match in _ONE_IN.finditer(text):
        share = 100 * amount(match.group(1)) / amount(match.group(2)) if amount(match.group(2)) else 0.0
        keep(_exact(text, match, Sort.PERCENT, share, 0.08 * share, hedged=True))
    for match in _MULTIPLE.finditer(text):
        keep(_multiple(text, match))
    for match in _BY_FRACTION.finditer(text):
        keep(_fraction(text, match))
    for match in _SHARE_OF.finditer(text):
        keep(_share_of(text, match))
    for match in _RANK.finditer(text):
        keep(
            _exact(text, match, Sort.RANK, float(_RANKS.get((match.group(1) or "").lower(), match.group(2) or 0)), 0.0)
        )
    for match in _PLAIN.finditer(text):
        said = match.group(2) or match.group(3)
        if said.lower() == "one" and not _counts(text, match.end()):
            continue
        keep(_number(text, *match.span(), Sort.COUNT, said, sign=match.group(1) or ""))
    return sorted(found, key=lambda number: number.start)


def _counts(text: str, end: int) -> bool:
    """Whether "one" here is a number of things and no pronoun."""
    return bool(
        re.match(
            r"\s+(?:file|case|appeal|complaint|crime|incident|trial|offence|person|of\s+(?:the|these|them)\b)",
            text[end:],
        )
    )


def _exact(text: str, match: re.Match[str], sort: Sort, value: float, half: float, *, hedged: bool = False) -> Number:
    low, high, said_so = _widened(text, match.start(), value, half)
    return Number(match.start(), match.end(), sort, value, low, high, match.group(), 0, hedged or said_so)


def _duration(text: str, match: re.Match[str]) -> Number:
    parts = {name: amount(said) if said else 0.0 for name, said in match.groupdict().items()}
    value = parts["h"] * 3600 + (parts["hm"] + parts["m"]) * 60 + parts["ms"] + parts["mb"] + parts["s"]
    coarse = (
        1800
        if match.group("h") and not match.group("hm")
        else 30
        if not (match.group("ms") or match.group("mb") or match.group("s"))
        else 0.5
    )
    return _exact(text, match, Sort.DURATION, value, coarse)


def _multiple(text: str, match: re.Match[str]) -> Number:
    stem = (match.group(2) or "").lower()
    value = {"doubl": 2.0, "trebl": 3.0, "tripl": 3.0, "quadrupl": 4.0}.get(stem, 0.5)
    more = (match.group(1) or "").lower().strip()
    low, high = (
        (value, value * 1.6) if more == "more than" else (value * 0.85, value) if more else (value * 0.9, value * 1.1)
    )
    return Number(match.start(), match.end(), Sort.TIMES, value, low, high, match.group(), hedged=True)


def _share_of(text: str, match: re.Match[str]) -> Number:
    words = match.group("share").lower().replace("-", " ").split()
    times = {"two": 2, "three": 3, "four": 4, "five": 5}.get(words[0], 1)
    name = words[-1] if words[-1] == "half" else words[-1].removesuffix("s")
    share = 100 * float(times * _FRACTIONS[name])
    return _exact(text, match, Sort.PERCENT, share, 2.5, hedged=True)


def _fraction(text: str, match: re.Match[str]) -> Number:
    words = match.group(1).lower().replace("-", " ").split()
    times = {"one": 1, "two": 2, "three": 3, "four": 4}.get(words[0], 1) if len(words) > 1 else 1
    share = 100 * float(times * _FRACTIONS[words[-1].removesuffix("s") if words[-1] != "half" else "half"])
    start = match.start(1)
    return Number(
        start, match.end(), Sort.PERCENT, share, share - 2.5, share + 2.5, text[start : match.end()], hedged=True
    )
