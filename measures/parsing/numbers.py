"""Figures as people write them: counts, percentages, amounts and durations, read exactly.

A blank, a dash, `..`, `n/a` and the like mean that there is no figure: they are *missing*, never zero. Everything else
that is not a number is a problem that quotes the text. NaN and infinity are not numbers here. Signs `£` and `%` and the
thousands separators comma and blank are understood; a decimal comma is refused because it cannot be told
from a thousands separator. A percentage keeps its printed size: `12.5%` is 12.5.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from measures.parsing.problems import quote

LARGEST = Decimal(10) ** 15  # beyond it a spreadsheet has lost digits
LONGEST = 80  # characters of a number or a duration
SECONDS = {"seconds": 1, "minutes": 60, "hours": 3_600, "days": 86_400}

MISSING = frozenset(
    {"", "-", "–", "—", ".", "..", "...", "…", ":", "n/a", "na", "n.a.", "n.a", "none", "null", "missing", "unknown"}
    | {"not available", "not applicable", "no data", "[x]", "[z]"}
)
SUPPRESSED = re.compile(r"\*+|\[?c\]?|(?:<|&lt;|fewer than|less than|under) ?\d+|\d+ ?(?:or fewer|or less)")

_PLAIN = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_FULL = re.compile(
    r"(?P<sign>[-+]?) ?£? ?(?P<whole>\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+|(?=\.))(?P<rest>\.\d*)?"
    r"(?P<power>e[-+]?\d{1,2})? ?(?P<percent>%?)",
    re.ASCII,
)
_COMMA = re.compile(r"[-+]?\d{1,3}(?:\.\d{3})*,\d{1,2}|[-+]?\d{1,3}(?:\.\d{3})+,\d+|[-+]?\d+(?:,\d+)+", re.ASCII)
_CLOCK = re.compile(r"(?:(\d{1,5}):)?(\d{1,5}):(\d{1,2}(?:\.\d+)?)", re.ASCII)
_PART = re.compile(r"(\d+(?:\.\d+)?) ?(d|h|m|s)[a-z]*\.?(?:,? and |, ?| )?", re.ASCII)
_WORDS = re.compile(
    r"(?:\d+(?:\.\d+)? ?(?:days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)\b\.?(?:,? and |, ?| )?)+"
    r"|(?:\d+(?:\.\d+)?[dhms] ?)+",
    re.ASCII,
)
_UNIT_SECONDS = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}


class NotANumber(ValueError):
    """The text is not a figure. `code` is for the summary, the message for the person."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Numbers:
    """k different texts read: `floats` float64[k], NaN where there is no figure; `problems` and `percents` (those
    written
    with a % sign) by position. A text that is missing has NaN and no problem."""

    floats: np.ndarray
    problems: dict[int, NotANumber]
    percents: frozenset[int]


def parse_numbers(texts: Sequence[str]) -> Numbers:
    """Read each of k texts as a plain number."""
    return _parse_all(texts, parse_number)


def parse_durations(texts: Sequence[str], *, unit: str = "seconds") -> Numbers:
    """Read each of k texts as a duration, in seconds. `unit` is what a plain number is counted in."""
    return _parse_all(texts, lambda text: parse_duration(text, unit=unit))


def _parse_all(texts: Sequence[str], parse: Callable[[str], Decimal | None]) -> Numbers:
    floats = np.full(len(texts), np.nan)
    problems = {}
    for position, text in enumerate(texts):
        try:
            number = parse(text)
        except NotANumber as problem:
            problems[position] = problem
        else:
            if number is not None:
                floats[position] = number
    percents = frozenset(position for position, text in enumerate(texts) if "%" in text)
    return Numbers(floats, problems, percents)


def parse_number(text: str) -> Decimal | None:
    """The number a text holds, None when it says there is none. Raises NotANumber with a sentence."""
    if len(text) <= 15 and _PLAIN.fullmatch(text):  # nearly every cell of nearly every file
        return Decimal(text)
    plain = _plain(text)
    if plain in MISSING:
        return None
    match = _FULL.fullmatch(plain)
    if match is None or (match["rest"] == "." and not match["whole"]):
        raise _refusal(plain, text)
    whole = match["whole"].replace(",", "").replace(" ", "")
    number = Decimal(f"{match['sign']}{whole or 0}{match['rest'] or ''}{match['power'] or ''}")
    if abs(number) >= LARGEST:
        raise NotANumber("number_too_large", f"{quote(text)} is too large to be a figure. Check the cell.")
    return number


def parse_duration(text: str, *, unit: str = "seconds") -> Decimal | None:
    """Seconds: "1 minute 30 seconds", "18 secs", "1h 5m", "12:47" (minutes first), "00:01:20" (hours first), "90".

    A plain number is counted in `unit`, one of SECONDS. None when the text says there is none; raises NotANumber.
    """
    plain = _plain(text)
    if match := _CLOCK.fullmatch(plain):
        hours, minutes, seconds = int(match[1] or 0), int(match[2]), Decimal(match[3])
        if seconds >= 60 or (match[1] and minutes >= 60):
            raise NotANumber(
                "duration_impossible", f"{quote(text)} is not a duration: nothing after a colon passes 59."
            )
        return hours * 3_600 + minutes * 60 + seconds
    if _WORDS.fullmatch(plain):
        return _from_words(plain, text)
    try:
        number = parse_number(text)
    except NotANumber as problem:
        if problem.code != "not_a_number":
            raise
        how = "Write it as 1 minute 30 seconds, 01:30 or a number of " + unit + "."
        raise NotANumber("not_a_duration", f"{quote(text)} is not a duration. {how}") from None
    if plain.endswith("%"):
        raise NotANumber("not_a_duration", f"{quote(text)} is a percentage where a duration belongs.")
    return None if number is None else number * SECONDS[unit]


def _from_words(plain: str, text: str) -> Decimal:
    parts = [(Decimal(amount), _UNIT_SECONDS[unit]) for amount, unit in _PART.findall(plain)]
    units = [unit for _, unit in parts]
    if units != sorted(set(units), reverse=True):
        raise NotANumber(
            "duration_impossible",
            f"{quote(text)} is not a duration: write hours, minutes, seconds once each, in that order.",
        )
    return sum((amount * unit for amount, unit in parts), Decimal(0))


def _plain(text: str) -> str:
    """Lower case, every kind of blank a single blank, the typographer's minus a hyphen when a digit follows."""
    plain = " ".join(text[: 10 * LONGEST].split()).lower()
    if len(plain) > LONGEST:
        raise NotANumber("not_a_number", f"{quote(text)} is too long to be a figure. Check the cell.")
    if plain[:1] in "−–" and plain[1:2].isdigit():
        plain = "-" + plain[1:]
    return plain


def _refusal(plain: str, text: str) -> NotANumber:
    if plain.startswith("#"):
        return NotANumber("spreadsheet_error", f"{quote(text)} is a spreadsheet error. Correct the cell at its source.")
    if SUPPRESSED.fullmatch(plain):
        return NotANumber(
            "suppressed",
            f"{quote(text)} hides a small number. Ask the supplier for the figure, or leave the cell blank.",
        )
    if _COMMA.fullmatch(plain):
        return NotANumber(
            "number_unclear", f"{quote(text)} can be read two ways. Use a full stop for decimals: 1,234.5 or 1234.5."
        )
    return NotANumber(
        "not_a_number", f"{quote(text)} is not a number. Put a figure there, or leave it blank if there is none."
    )
