"""Severity A: a change, in words or per cent, against the two figures it is between.

A rule speaks only where the words say how the figures belong together ("6 completed and 3 upheld", "compared with",
"of which"), and keeps silent where any reading of the figures near by makes the claim true.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations

from governance.papers.checking.findings import Finding
from governance.papers.checking.numbers import Number, Sort
from governance.papers.checking.reading import Sentence
from governance.papers.checking.wording import count_text, duration_text, like, percent_text

UP = re.compile(
    r"\b(?:increas\w*|ris(?:e|es|en|ing)|rose|grew|grow(?:n|th|ing)?|up|higher|more|additional"
    r"|greater|climb\w*|gain\w*|uplift|"
    r"surge\w*|jump\w*|improve\w*)\b",
    re.IGNORECASE,
)
DOWN = re.compile(
    r"\b(?:decreas\w*|reduc\w*|f[ae]ll(?:s|en|ing)?|fell|drop\w*|declin\w*|down|lower|fewer|less"
    r"|below|cut|shrank|shrunk)\b",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"^\W*(?:\d+\.\s+)?(?:this|that|which|these|it|the\s+(?:increase|decrease|reduction|rise|fall"
    r"|change))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Level:
    """A count, rate or time that stands for a whole period; `sentence` is where it stands."""

    number: Number
    sentence: Sentence

    @property
    def value(self) -> float:
        return self.number.value


def direction(text: str, at: int, end: int) -> int:
    """1 for a rise, -1 for a fall, 0 where the words near a figure say neither. The nearest word decides."""
    best, sign = 60, 0
    for pattern, way in ((UP, 1), (DOWN, -1)):
        for found in pattern.finditer(text, max(0, at - 60), min(len(text), end + 45)):
            if found.group().lower().startswith("improve"):
                continue
            away = at - found.end() if found.end() <= at else found.start() - end
            between = text[min(found.end(), end) : max(found.start(), at)]
            if re.search(r"[.;]\s", between):
                continue
            if 0 <= away < best:
                best, sign = away, way
    return sign


def levels(sentence: Sentence) -> list[Level]:
    return [
        Level(number, sentence)
        for number in sentence.numbers
        if number.sort in (Sort.COUNT, Sort.DURATION, Sort.MONEY) and not number.hedged
    ]


def window(sentence: Sentence) -> list[Sentence]:
    """The sentence, and the one before where this one leans on it."""
    leans = bool(_BACK.search(sentence.text)) or bool(
        re.match(r"\W*(?:\d+\.\s+)?(?:an?|compared|of these)\b", sentence.text, re.IGNORECASE)
    )
    return [sentence, sentence.before] if leans and sentence.before else [sentence]


def header_values(sentence: Sentence) -> list[float]:
    return [fact.value for fact in sentence.measure.facts] if sentence.measure else []


# --- a change and its two values ----------------------------------------------------------------------------------


def pairs_said(sentences: list[Sentence], sort: Sort) -> Iterator[tuple[Level, Level]]:
    """(now, before) where the words set two figures against each other: "from X to Y", "Y compared with X"."""
    for here in sentences:
        marks = [one for one in here.numbers if one.sort is sort and not one.hedged]
        for first, second in zip(marks, marks[1:], strict=False):
            between, led = here.text[first.end : second.start], here.text[max(0, first.start - 30) : first.start]
            if re.search(r"\bfrom\s+(?:an?\s+(?:average|total)\s+of\s+|about\s+)?$", led, re.IGNORECASE) and re.search(
                r"(?:^|\s)to\s+(?:an?\s+(?:average|total)\s+of\s+)?$", between
            ):
                yield Level(second, here), Level(first, here)
            elif re.search(r"\b(?:compare[sd]?\s+(?:to|with)|against|versus|whereas|up\s+from|down\s+from)\b", between):
                yield Level(first, here), Level(second, here)
    if len(sentences) == 2:
        now, earlier = sentences
        marks, held = ([one for one in each.numbers if one.sort is sort and not one.hedged] for each in (now, earlier))
        if (
            marks
            and held
            and re.match(
                r"\W*(?:\d+\.\s+)?(?:this|that|which|it)?\s*(?:is\s+|was\s+)?compare[sd]?\s+(?:to|with)",
                now.text,
                re.IGNORECASE,
            )
        ):
            yield Level(held[-1], earlier), Level(marks[0], now)


def changes(sentence: Sentence) -> Iterator[Finding]:
    """A percentage change, its difference in brackets and its two values must agree, and so must their direction."""
    near = window(sentence)
    for claim in sentence.numbers:
        if claim.sort is Sort.TIMES:
            yield from _multiples(sentence, near, claim)
        if claim.sort is not Sort.PERCENT or claim.hedged and "per" not in claim.said.lower():
            continue
        way = direction(sentence.text, claim.start, claim.end) or (
            1 if claim.said.startswith("+") else -1 if claim.value < 0 else 0
        )
        if way == 0:
            continue
        yield from _percent_change(sentence, near, claim, way)


def _multiples(sentence: Sentence, near: list[Sentence], claim: Number) -> Iterator[Finding]:
    """ "More than doubled, from 529 to 739": the two figures say how many times."""
    said = [
        pair for sort in (Sort.COUNT, Sort.DURATION, Sort.MONEY) for pair in pairs_said(near, sort) if pair[1].value > 0
    ]
    if said and not any(claim.fits(now.value / before.value) for now, before in said):
        now, before = said[0]
        yield Finding(
            "change-and-its-values",
            "A",
            *sentence.place(claim.start, claim.end),
            claim.said,
            f"{text_of(now)} is {now.value / before.value:.2g} times {text_of(before)}.",
        )


_ROSE = re.compile(
    r"\b(?P<up>rose|risen|increas\w+|grew|grown|climb\w+|up|rising|rise|growth)\b"
    r"|\b(?P<down>fell|fallen|fall|falling|decreas\w+|reduc\w+|drop\w*|declin\w+|down|cut)\b",
    re.IGNORECASE,
)


def from_to(sentence: Sentence) -> Iterator[Finding]:
    """ "Burglaries rose from 4,382 to 3,026": the word and the two figures must point one way."""
    text = sentence.text
    for sort in (Sort.COUNT, Sort.DURATION, Sort.PERCENT, Sort.MONEY):
        for now, before in pairs_said([sentence], sort):
            led = text[: before.number.start] if before.number.start < now.number.start else ""
            words = list(_ROSE.finditer(led)) if re.search(r"\bfrom\s+(?:\w+\s+){0,4}$", led) else []
            if not words or len(led) - words[-1].end() > 45 or now.value == before.value:
                continue
            word, rises = words[-1], now.value > before.value
            if bool(word["up"]) != rises and not re.search(r"\bfrom\b", led[word.end() : -6]):
                yield Finding(
                    "direction-of-change",
                    "A",
                    *sentence.place(word.start(), word.end()),
                    word.group(),
                    f"From {text_of(before)} to {text_of(now)} is a {'rise' if rises else 'fall'}.",
                )


def _candidates(sentence: Sentence, near: list[Sentence]) -> list[float]:
    values = [level.value for one in near for level in levels(one)]
    return [value for value in values + header_values(sentence) if value > 0]


def _true_somewhere(claim: Number, values: list[float], way: int) -> bool:
    """Whether any two figures near by make the change, or a figure and a difference from it."""
    for now, before in permutations(values, 2):
        if _fits_change(claim, now, before, way) or _fits_change(claim, before + way * now, before, way):
            return True
        if before != now and way * now < before and _fits_change(claim, before, before - way * now, way):
            return True
    return False


def _fits_change(claim: Number, now: float, before: float, way: int) -> bool:
    if before <= 0 or (now - before) * way < 0:
        return False
    return claim.fits(abs(100 * (now - before) / before) * (1 if claim.value >= 0 else -1))


def _percent_change(sentence: Sentence, near: list[Sentence], claim: Number, way: int) -> Iterator[Finding]:
    said = [
        pair for sort in (Sort.COUNT, Sort.DURATION, Sort.MONEY) for pair in pairs_said(near, sort) if pair[1].value > 0
    ]
    values = _candidates(sentence, near)
    place = sentence.place(claim.start, claim.end)
    if said:
        now, before = said[0]
        if any(_fits_change(claim, a.value, b.value, way) for a, b in said):
            return
        right = 100 * (now.value - before.value) / before.value
        if any(_fits_change(claim, a.value, b.value, -way) for a, b in said):
            word = "a rise" if right > 0 else "a fall"
            yield Finding(
                "direction-of-change", "A", *place, claim.said, f"From {text_of(before)} to {text_of(now)} is {word}."
            )
        elif not _true_somewhere(claim, values, way):
            yield _wrong_change(sentence, claim, right, f"From {text_of(before)} to {text_of(now)}")
        return
    if not _true_somewhere(claim, values, way):
        yield from _by_difference(sentence, near, claim, way)


def _by_difference(sentence: Sentence, near: list[Sentence], claim: Number, way: int) -> Iterator[Finding]:
    """A percentage with its difference in brackets ("a decrease of 39; 5.9 per cent"), or "on" a value of before."""
    difference = _difference_beside(sentence, claim)
    if difference is None:
        if base := _base_said(sentence, claim, near):
            now, before = base
            shown = f"From {count_text(before)} to {count_text(now)}"
            yield _wrong_change(sentence, claim, 100 * (now - before) / before, shown)
        return
    others = [level for one in near for level in levels(one) if level.number is not difference]
    if others:
        leans = len(near) == 2 and others[0].sentence is not sentence
        before = (others[-1] if leans else others[0]).value - way * difference.value
        if before > 0:
            shown = f"{count_text(difference.value)} on {count_text(before)}"
            yield _wrong_change(sentence, claim, 100 * way * difference.value / before, shown)


def _wrong_change(sentence: Sentence, claim: Number, right: float, shown: str) -> Finding:
    return Finding(
        "change-and-its-values",
        "A",
        *sentence.place(claim.start, claim.end),
        claim.said,
        f"{shown} is {percent_text(abs(right), claim.decimals)}.",
        like(claim, abs(right)),
    )


def text_of(level: Level) -> str:
    if level.number.sort is Sort.PERCENT:
        return level.number.said
    return duration_text(level.value) if level.number.sort is Sort.DURATION else count_text(level.value)


def _difference_beside(sentence: Sentence, claim: Number) -> Number | None:
    """The count that stands in brackets with a percentage, or with the percentage in its brackets."""
    text = sentence.text
    for number in sentence.numbers:
        if number.sort is not Sort.COUNT or number.hedged:
            continue
        gap = text[number.end : claim.start] if number.end <= claim.start else text[claim.end : number.start]
        if (
            len(gap) < 60
            and re.fullmatch(r"[^().]*\(\s*|[^().]*[;,]\s*(?:or\s+|by\s+)?|\s+or\s+", gap)
            and direction(text, number.start, number.end)
            and not re.search(r"\b(?:to|in|from|compared|against|than|on|of)\b", gap)
        ):
            return number
    return None


def _base_said(sentence: Sentence, claim: Number, near: list[Sentence]) -> tuple[float, float] | None:
    """(now, before) for "6.1 per cent reduction on 1,703", what is now standing before it."""
    text = sentence.text
    after = next(
        (one for one in sentence.numbers if one.start > claim.end and one.sort is Sort.COUNT and not one.hedged), None
    )
    if after is None:
        return None
    gap = text[claim.end : after.start]
    if len(gap) > 70 or not re.search(
        r"\b(?:on|than|over|from|against|compared\s+(?:to|with))\s+(?:the\s+)?(?:\w+\s+){0,4}$", gap
    ):
        return None
    before = [
        level
        for one in near
        for level in levels(one)
        if level.sentence is not sentence or level.number.end <= claim.start
    ]
    same = [level for level in before if level.sentence is sentence]
    if not before:
        return None
    return (same or before)[-1].value, after.value
