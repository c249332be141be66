"""Which two figures of a sentence are set against each other, and which of them is the later.

A pair needs words that make it one: "from X to Y", "X against Y", "X, more than the Y of last year", or two figures
each with its own period. Figures that stand beside each other without such words are no pair.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from governance.papers.checking.directions import FALLEN, RISEN, is_change
from governance.papers.checking.numbers import Number, Sort
from governance.papers.checking.reading import Reading, Sentence
from governance.papers.checking.timing import stamps


@dataclass(frozen=True)
class Level:
    """A count, rate or time that stands for a whole period; `sentence` is where it stands."""

    number: Number
    sentence: Sentence

    @property
    def value(self) -> float:
        return self.number.value


@dataclass(frozen=True)
class Pair:
    now: Level
    before: Level

    @property
    def in_text(self) -> tuple[Level, Level]:
        """The two in the order of the text."""
        one, other = self.now, self.before
        if one.sentence is not other.sentence:
            return (one, other) if one.sentence.before is not other.sentence else (other, one)
        return (one, other) if one.number.start < other.number.start else (other, one)


_BACK = re.compile(
    r"^\W*(?:\d+\.\s+)?(?:this|that|which|these|it|they|the\s+(?:increase|decrease|reduction|rise|fall"
    r"|change|figure|number|total|comparable|corresponding|equivalent)|an?|together|altogether|in\s+all|in\s+total|compared|of\s+these"
    r"|by\s+comparison|previously|before\s+that)\b",
    re.IGNORECASE,
)
_THERE = re.compile(
    r"^\W*(?:in|for|during)\s+[^.,;]{3,60}?,?\s+(?:there\s+(?:were|was|had\s+been)|it\s+(?:was|stood|had)"
    r"|the\s+(?:figure|number|"
    r"total|count)\s+(?:was|stood|had))\b|^\W*(?:the|an?|one)\s+(?:year|quarter|month|previous|same"
    r"|corresponding)\b",
    re.IGNORECASE,
)


def window(sentence: Sentence) -> list[Sentence]:
    """The sentence, and the one before where this one leans on it."""
    leans = _BACK.search(sentence.text) or _THERE.search(sentence.text)
    return [sentence, sentence.before] if leans and sentence.before else [sentence]


def figures(sentence: Sentence, sort: Sort) -> list[Number]:
    """The numbers of one sort that say how much there was. Words such as "two surveys" give way to digits."""
    found = [one for one in sentence.numbers if one.sort is sort and not one.hedged and not is_change(sentence, one)]
    digits = [one for one in found if one.said.lstrip("£")[:1].isdigit()]
    return digits if len(digits) >= 2 else found


_FILL = (
    r"(?:(?:an?|the|its|their|our)\s+)?(?:(?:previous|earlier|last\s+year's|total|average|mean|figure"
    r"|level|rate|high|low|peak|count)"
    r"\s+)*(?:of\s+|at\s+)?"
)
_FROM = re.compile(rf"\bfrom\s+{_FILL}$", re.IGNORECASE)
_TO = re.compile(rf"(?:^|[\s,])to\s+{_FILL}$", re.IGNORECASE)
_TO_NOW = re.compile(
    rf"\b(?:{RISEN}|{FALLEN}|improved|worsened|deteriorated|changed|moved|up|down)\s+(?:\w+ly\s+)?to\s+{_FILL}$",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\b(?:compare[sd]?\s+(?:to|with)|in\s+comparison\s+(?:to|with)|by\s+comparison|against|versus"
    r"|as\s+opposed\s+to|whereas|relative\s+to|"
    r"up\s+(?:from|on)|down\s+(?:from|on)|than|on\s+the|(?:fewer|more)\s+.{0,30}than)\b",
    re.IGNORECASE,
)
_IT_WAS = re.compile(
    r"[;,–]\s*(?:when\s+)?(?:it|they|that|the\s+(?:figure|number|rate|share))\s+(?:was|were|stood|had\s+(?:been|stood))\b",
    re.IGNORECASE,
)
_LED_AGAINST = re.compile(
    r"\b(?:compare[sd]?\s+(?:to|with)|in\s+comparison\s+(?:to|with)|against|relative\s+to"
    r"|set\s+against)\s+[^.;\d]{0,60}[^.;]{0,30}$",
    re.IGNORECASE,
)
_OTHER_PLACE = re.compile(
    r"\b(?:national\w*|regional\w*|peers?|similar\s+(?:group|forces)|target|standard|threshold|benchmark|England"
    r"|neighbouring|north|south|east|"
    r"west|towns?|villages?|rest\s+of|of\s+(?:which|whom|these|them)|men|women|boys|girls)\b",
    re.IGNORECASE,
)


def pairs(reading: Reading, sentence: Sentence, sort: Sort) -> list[Pair]:
    """The pairs of one sort that a sentence, or it with the one it leans on, sets against each other."""
    held = figures(sentence, sort)
    if len(held) == 2:
        found = _pair(reading, sentence, *held)
        return [found] if found else []
    if len(held) == 1 and len(near := window(sentence)) == 2:
        earlier = figures(near[1], sort)
        if len(earlier) == 1:
            found = _across(reading, Level(earlier[0], near[1]), Level(held[0], sentence))
            return [found] if found else []
    return list(_said(sentence, held)) if len(held) > 2 else []


def _pair(reading: Reading, here: Sentence, a: Number, b: Number) -> Pair | None:
    text = here.text
    led, between = text[: a.start], text[a.end : b.start]
    if re.match(r"\s+(?:\w+\s+)?of\s+(?:them|these|those|which|whom)\b", text[b.end :]):
        return None
    first, second = Level(a, here), Level(b, here)
    if _FROM.search(led) and _TO.search(between):
        return Pair(second, first)
    if led.rstrip().endswith("(") and re.fullmatch(r"\s*(?:\w+\s+){0,3}to\s+", between):
        return Pair(second, first)
    if _OTHER_PLACE.search(text[max(0, a.start - 45) : b.end + 40]):
        return None
    if _FROM.search(between) and not _FROM.search(led):
        return Pair(first, second)
    if (dated := _dated(reading, here, a, b)) is not None:
        return Pair(first, second) if dated else Pair(second, first)
    if _TO_NOW.search(text[: b.start]) and len(between) < 160:
        return Pair(second, first)
    if _AGAINST.search(between) or _IT_WAS.search(between):
        return Pair(first, second)
    if _LED_AGAINST.search(led) and "," in between:
        return Pair(second, first)
    return None


def _dated(reading: Reading, here: Sentence, a: Number, b: Number) -> bool | None:
    """Whether the first of two figures is the later by its period; None where not each of them has its own.

    Two figures and two periods go together in the order of the text. Of more periods each figure has the nearest.
    """
    said = stamps(reading, here)
    if len(said) == 2:
        one, other = said[0][2], said[1][2]
    elif len(said) > 2:
        near = [min(said, key=lambda stamp: _away(here, number, stamp)) for number in (a, b)]
        one, other = near[0][2], near[1][2]
    else:
        return None
    return None if one == other else one > other


def _away(here: Sentence, number: Number, stamp: tuple[int, int, int]) -> int:
    """How far a period stands from a figure; another figure between them puts it out of reach."""
    start, end = (number.end, stamp[0]) if stamp[0] >= number.end else (stamp[1], number.start)
    crossed = any(start <= other.start < end for other in here.numbers if other.sort is number.sort)
    return end - start + (500 if crossed else 0) + (0 if stamp[0] >= number.end else 5)


def _across(reading: Reading, first: Level, second: Level) -> Pair | None:
    """Two sentences with a figure each."""
    one, other = stamps(reading, first.sentence), stamps(reading, second.sentence)
    compares = re.match(
        r"\W*(?:\d+\.\s+)?(?:this|that|which|it)?\s*(?:is\s+|was\s+)?compare[sd]?\s+(?:to|with)|\W*(?:this"
        r"|that|it)\s+(?:is|was)\s+"
        r"(?:up|down)\s+(?:from|on)",
        second.sentence.text,
        re.IGNORECASE,
    )
    if compares:
        return Pair(first, second)
    if any(_OTHER_PLACE.search(level.sentence.text) for level in (first, second)):
        return None
    months = {stamp[2] for stamp in one}, {stamp[2] for stamp in other}
    if len(months[0]) == 1 and len(months[1]) == 1 and months[0] != months[1]:
        return Pair(first, second) if max(months[0]) > max(months[1]) else Pair(second, first)
    return None


def _said(here: Sentence, held: list[Number]) -> Iterator[Pair]:
    """Of several figures those that stand next to each other with the plainest words between them."""
    for a, b in zip(held, held[1:], strict=False):
        between, led = here.text[a.end : b.start], here.text[max(0, a.start - 40) : a.start]
        if _FROM.search(led) and _TO.search(between) and not re.search(r"[;.]\s", between):
            yield Pair(Level(b, here), Level(a, here))
        elif re.search(r"\b(?:compare[sd]?\s+(?:to|with)|against|versus|whereas|up\s+from|down\s+from)\b", between):
            yield Pair(Level(a, here), Level(b, here))


_ANOTHER = re.compile(
    r"(?:;|,\s+(?:while|whereas|but|although|and)|\s(?:and|while|whereas|but))\s+(?!(?:that|this|so|it"
    r"|they|is|was|were|has|have|had|"
    r"therefore|thus|hence|which|represents?|shows?|the\s+(?:figure|total|number|increase|decrease|rise"
    r"|fall|change|difference)(?!\s+of)|"
    r"(?:an?|the)?\s*(?:increase|decrease|rise|fall|reduction|drop|uplift|\d)|up|down|in|by)\b)(?:[a-z-]+\s+){1,6}?"
    rf"(?:(?:{RISEN}|{FALLEN}|(?:is|was|were|are)\s+(?:up|down))\b|(?:by|of)\s+$)",
    re.IGNORECASE,
)


def same_clause(sentence: Sentence, pair: Pair, start: int, end: int) -> bool:
    """Whether a claim speaks of a pair, and not of another thing after "and ..." or "; ..."."""
    ends = [
        at
        for level in (pair.now, pair.before)
        if level.sentence is sentence
        for at in (level.number.start, level.number.end)
    ]
    if not ends:
        return True
    if start >= max(ends):
        return not _ANOTHER.search(sentence.text[max(ends) : start])
    if end <= min(ends):
        return not _ANOTHER.search(sentence.text[end : min(ends)])
    return True
