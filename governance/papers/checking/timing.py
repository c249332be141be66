"""When a figure is of: what a period phrase means in this paper, and which of two was earlier."""

import re

from governance.papers.checking import periods
from governance.papers.checking.periods import MONTH, Period, Phrase
from governance.papers.checking.reading import Reading, Sentence


def resolved(reading: Reading, phrase: Phrase) -> Period | None:
    """The period a phrase means in this paper; None where it leaves it open."""
    own = reading.quarter
    if phrase.period:
        return phrase.period
    if own is None:
        return None
    year = own.first // 12
    year = year if own.first % 12 >= 3 else year - 1
    if phrase.role == "quarter only" and phrase.quarter:
        meant = periods.quarter(phrase.quarter, year)
        return meant if meant.last <= own.last else meant.back(12)  # one that is to come has no figures yet
    if phrase.role == "own quarter":
        return own
    if phrase.role in ("same quarter", "previous quarter"):
        return own.back(12 if phrase.role == "same quarter" else 3)
    if phrase.role == "no year" and phrase.month is not None:
        return periods.year_to(own.last - (own.last % 12 - phrase.month) % 12)
    if phrase.role == "now":
        return periods.year_to(own.last)
    return None


_NOW = re.compile(
    r"\b(?:this\s+(?:year|time|month|one)|the\s+(?:latest|current|most\s+recent)\s+(?:\w+\s+)?(?:year"
    r"|quarter|period|survey|"
    r"figures?|data|month|one)|now|currently|at\s+present|today|presently|(?:the\s+)?current\s+(?:year"
    r"|quarter|figure)|"
    r"these\s+twelve\s+months)\b",
    re.IGNORECASE,
)
_THEN = re.compile(
    r"\b(?:(?:the\s+)?(?:one|year|quarter|month|period|survey|twelve\s+months)\s+(?:before|prior|previous(?:ly)?)|"
    r"(?:the\s+)?(?:previous|preceding|prior|last|earlier)\s+(?:one|figure|survey|period|months?|time)"
    r"|previously|formerly|"
    r"before\s+(?:that|then)|at\s+that\s+time|had\s+been|used\s+to\s+be|last\s+time|a\s+(?:month"
    r"|quarter)\s+(?:ago|earlier|"
    r"before)|twelve\s+months\s+(?:ago|earlier|before)|(?:two|three|four|five)\s+years\s+(?:ago|earlier|before))\b",
    re.IGNORECASE,
)
_YEAR = re.compile(
    rf"(?<![\d/–-])\b(?:in|for|of|during|since|from|to|by)\s+(?P<year>20\d\d)\b(?!\s?[-/–]\s?\d|\s+{MONTH})"
)


def stamps(reading: Reading, sentence: Sentence) -> list[tuple[int, int, int]]:
    """(start, end, month) of each word that says when, in order. The month only tells earlier from later."""
    named = [period.last for phrase in sentence.periods if (period := phrase.period)]
    own = max(named, default=reading.quarter.last if reading.quarter else 0)
    if reading.quarter and not named:
        own = reading.quarter.last
    found: list[tuple[int, int, int]] = []
    for phrase in sentence.periods:
        back = {"previous year": 12, "same quarter": 12, "previous quarter": 3, "now": 0, "own quarter": 0}
        period = resolved(reading, phrase)
        if phrase.role in back:
            found.append((phrase.start, phrase.end, own - back[phrase.role]))
        elif period:
            found.append((phrase.start, phrase.end, period.last))
    for pattern, months in ((_NOW, 0), (_THEN, 6)):
        for match in pattern.finditer(sentence.text):
            found.append((*match.span(), own - months))
    for match in _YEAR.finditer(sentence.text):
        found.append((match.start("year"), match.end(), int(match["year"]) * 12 + 11))
    return _apart(sentence.text, sorted(found))


EXPLAINS = re.compile(
    r"[\s,(–-]*(?:that\s+is,?|i\.e\.,?|namely|being|which\s+(?:is|was))?\s*(?:in|for"
    r"|to)?\s*(?:the\s+)?"
)


def explains(text: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether a period only says which another is, in brackets or commas: not so in "Compared with A, B fell"."""
    if not EXPLAINS.fullmatch(text[one[1] : other[0]]):
        return False
    opened = re.search(
        r"\b(?:compare[sd]?|comparison|against|relative|than|unlike"
        r"|beside)\b[^,.;]*$",
        text[: one[0]],
        re.IGNORECASE,
    )
    return (
        not (opened and "," in text[one[1] : other[0]]) or re.match(r"\s*(?:[,.;:)–]|$)", text[other[1] :]) is not None
    )


def _apart(text: str, found: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Without those that lie within another; one that explains another ("a year earlier, in June 2018") is joined."""
    kept: list[tuple[int, int, int]] = []
    for start, end, month in found:
        if kept and start < kept[-1][1]:
            continue
        if kept and explains(text, kept[-1][:2], (start, end)):
            kept[-1] = (kept[-1][0], end, month)
            continue
        kept.append((start, end, month))
    return kept
