"""Severity A: a change, in words or per cent, against the two figures it is between.

A rule speaks only where the words say how the figures belong together ("6 completed and 3 upheld", "compared with",
"of which"), and keeps silent where any reading of the figures near by makes the claim true.
"""

import re
from collections.abc import Iterator

from governance.papers.checking.directions import direction, is_change, one_way, ways
from governance.papers.checking.findings import Finding
from governance.papers.checking.numbers import Number, Sort
from governance.papers.checking.pairing import Level, Pair, figures, pairs, same_clause, window
from governance.papers.checking.reading import Reading, Sentence
from governance.papers.checking.wording import count_text, duration_text, like, percent_text

LEVEL_SORTS = (Sort.COUNT, Sort.DURATION, Sort.MONEY)


def text_of(level: Level) -> str:
    if level.number.sort is Sort.PERCENT:
        return level.number.said
    return duration_text(level.value) if level.number.sort is Sort.DURATION else count_text(level.value)


def _all_pairs(reading: Reading, sentence: Sentence) -> list[Pair]:
    return [pair for sort in LEVEL_SORTS for pair in pairs(reading, sentence, sort) if pair.before.value > 0]


# --- which way it went --------------------------------------------------------------------------------------------


def turned(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """ "Burglaries rose from 4,382 to 3,026": the words and the two figures must point one way."""
    for sort in (*LEVEL_SORTS, Sort.PERCENT):
        for pair in pairs(reading, sentence, sort):
            if pair.now.value == pair.before.value:
                continue
            said = [way for way in ways(sentence) if same_clause(sentence, pair, way.start, way.end)]
            plain = [way for way in said if not way.than]
            rises = pair.now.value > pair.before.value
            first, second = pair.in_text
            split = [
                way for way in said if way.than and first.sentence is second.sentence and way.end <= second.number.start
            ]
            wrong = [way for way in split if (way.sign > 0) != (first.value > second.value)]
            if not wrong and len(figures(sentence, sort)) <= 2 and one_way(plain) not in (0, 1 if rises else -1):
                wrong = plain
            if wrong:
                way = wrong[-1]
                yield Finding(
                    "direction-of-change",
                    "A",
                    *sentence.place(way.start, way.end),
                    sentence.text[way.start : way.end],
                    f"From {text_of(pair.before)} to {text_of(pair.now)} is a {'rise' if rises else 'fall'}.",
                )


# --- by how much --------------------------------------------------------------------------------------------------


def changes(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """A percentage change, its difference in brackets and its two values must agree, and so must their direction."""
    held = _all_pairs(reading, sentence)
    for claim in sentence.numbers:
        if claim.sort is Sort.TIMES:
            yield from _multiples(sentence, held, claim)
        if claim.sort is not Sort.PERCENT:
            continue
        way = direction(sentence.text, claim.start, claim.end) or (
            1 if claim.said.startswith("+") else -1 if claim.value < 0 else 0
        )
        tied = [pair for pair in held if same_clause(sentence, pair, claim.start, claim.end)]
        if way == 0 and not (tied and _alone(sentence, claim)):
            continue
        yield from _percent_change(reading, sentence, tied, claim, way)


def _alone(sentence: Sentence, claim: Number) -> bool:
    """Whether a percentage stands by itself in brackets behind a pair, or is called a change."""
    text = sentence.text
    called = re.search(r"\b(?:change|difference|movement|shift)\s+(?:of|is)\s+$|\bby\s+$", text[: claim.start])
    return bool(called) or (text[: claim.start].endswith("(") and text[claim.end :].startswith(")"))


def _multiples(sentence: Sentence, held: list[Pair], claim: Number) -> Iterator[Finding]:
    """ "More than doubled, from 529 to 739": the two figures say how many times."""
    said = [pair for pair in held if same_clause(sentence, pair, claim.start, claim.end)]
    if said and not any(claim.fits(pair.now.value / pair.before.value) for pair in said):
        pair = said[0]
        yield Finding(
            "change-and-its-values",
            "A",
            *sentence.place(claim.start, claim.end),
            claim.said,
            f"{text_of(pair.now)} is {pair.now.value / pair.before.value:.2g} times {text_of(pair.before)}.",
        )


def _fits_change(claim: Number, now: float, before: float, way: int) -> bool:
    if before <= 0 or (now - before) * way < 0:
        return False
    return claim.fits(abs(100 * (now - before) / before) * (1 if claim.value >= 0 else -1))


def _percent_change(
    reading: Reading, sentence: Sentence, tied: list[Pair], claim: Number, way: int
) -> Iterator[Finding]:
    if not tied:
        if not _in_headers(sentence, claim, way):
            yield from _by_difference(sentence, window(sentence), claim, way)
        return
    if any(_fits_change(claim, pair.now.value, pair.before.value, way) for pair in tied):
        return
    pair = tied[0]
    right = 100 * (pair.now.value - pair.before.value) / pair.before.value
    shown = f"From {text_of(pair.before)} to {text_of(pair.now)}"
    if any(_fits_change(claim, pair.now.value, pair.before.value, -way) for pair in tied):
        word = "a rise" if right > 0 else "a fall"
        place = sentence.place(claim.start, claim.end)
        yield Finding("direction-of-change", "A", *place, claim.said, f"{shown} is {word}.")
    elif is_share_of_whole(sentence, claim) or _in_headers(sentence, claim, way):
        return
    else:
        yield _wrong_change(sentence, claim, right, shown)


def is_share_of_whole(sentence: Sentence, claim: Number) -> bool:
    """ "30 per cent of them": a share, and no change, though words of change stand near."""
    return bool(re.match(r"\s+of\s+(?:the|all|these|those|them|its|our|[\d])", sentence.text[claim.end :]))


def _in_headers(sentence: Sentence, claim: Number, way: int) -> bool:
    """Whether two figures of the measure's header row, or one of them and one here, make the change."""
    known = [fact.value for fact in sentence.measure.facts] if sentence.measure else []
    here = [one.value for one in figures(sentence, Sort.COUNT)]
    pool = [(now, before) for now in known + here for before in known + here if now != before]
    return bool(known) and any(_fits_change(claim, now, before, way) for now, before in pool)


def _by_difference(sentence: Sentence, near: list[Sentence], claim: Number, way: int) -> Iterator[Finding]:
    """A percentage with its difference in brackets ("a decrease of 39; 5.9 per cent"), or "on" a value of before."""
    difference = _difference_beside(sentence, claim)
    if difference is None:
        if base := _base_said(sentence, claim, near):
            now, before = base
            if not _fits_change(claim, now, before, way):
                shown = f"From {count_text(before)} to {count_text(now)}"
                yield _wrong_change(sentence, claim, 100 * (now - before) / before, shown)
        return
    others = [Level(number, one) for one in near for number in figures(one, Sort.COUNT) if number is not difference]
    if not others:
        return
    leans = len(near) == 2 and others[0].sentence is not sentence
    level = others[-1] if leans else others[0]
    is_base = re.search(
        r"\b(?:from|on|than|over|against|compared\s+(?:to|with))\s+(?:the\s+)?(?:\w+\s+){0,3}$",
        level.sentence.text[: level.number.start],
    )
    before = level.value if is_base else level.value - way * difference.value
    if before > 0 and not claim.fits(100 * difference.value / before):
        shown = f"{count_text(difference.value)} on {count_text(before)}"
        yield _wrong_change(sentence, claim, 100 * way * difference.value / before, shown)


def _wrong_change(sentence: Sentence, claim: Number, right: float, shown: str) -> Finding:
    is_fraction = "per" not in claim.said.lower() and "%" not in claim.said
    return Finding(
        "change-and-its-values",
        "A",
        *sentence.place(claim.start, claim.end),
        claim.said,
        f"{shown} is {percent_text(abs(right), claim.decimals)}.",
        "" if is_fraction else like(claim, abs(right)),
    )


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
    after = next((one for one in figures(sentence, Sort.COUNT) if one.start > claim.end), None)
    if after is None:
        return None
    gap = text[claim.end : after.start]
    if len(gap) > 70 or not re.search(
        r"\b(?:on|than|over|from|against|compared\s+(?:to|with))\s+(?:the\s+)?(?:\w+\s+){0,4}$", gap
    ):
        return None
    before = [
        Level(number, one)
        for one in near
        for number in figures(one, Sort.COUNT)
        if one is not sentence or number.end <= claim.start
    ]
    same = [level for level in before if level.sentence is sentence]
    if not before or after.value <= 0:
        return None
    return (same or before)[-1].value, after.value


# --- the difference -----------------------------------------------------------------------------------------------


def differences(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """ "146 crimes, five fewer than the 151": the difference must be one of its figures."""
    for pair in pairs(reading, sentence, Sort.COUNT):
        for number in sentence.numbers:
            if number.sort is not Sort.COUNT or number.hedged or number in (pair.now.number, pair.before.number):
                continue
            gap = pair.now.value - pair.before.value
            if (
                is_change(sentence, number)
                and same_clause(sentence, pair, number.start, number.end)
                and abs(gap) != number.value
                and not _in_facts(sentence, number.value)
            ):
                yield _wrong_difference(sentence, number, pair.now.value, pair.before.value)
    counts = [one for one in sentence.numbers if one.sort is Sort.COUNT and not one.hedged]
    for now, gap_said, before in zip(counts, counts[1:], counts[2:], strict=False):
        than = _MORE.match(sentence.text[gap_said.end : before.start])
        if than and len(sentence.text[now.end : gap_said.start]) <= 80 and len(counts) > 3:
            way = -1 if re.search(r"fewer|less|lower", than.group(), re.IGNORECASE) else 1
            if (now.value - before.value) * way != gap_said.value and (now.value - before.value) * way > 0:
                yield _wrong_difference(sentence, gap_said, now.value, before.value)


_MORE = re.compile(r"^\s*(?:\w+\s+){0,3}?(?:more|fewer|less|higher|lower)\s+(?:\w+\s+){0,3}?than\b", re.IGNORECASE)


def _in_facts(sentence: Sentence, value: float) -> bool:
    return bool(sentence.measure) and any(fact.value == value for fact in sentence.measure.facts)  # type: ignore[union-attr]


def _wrong_difference(sentence: Sentence, number: Number, now: float, before: float) -> Finding:
    return Finding(
        "difference-of-two",
        "A",
        *sentence.place(number.start, number.end),
        number.said,
        f"{count_text(now)} less {count_text(before)} is {count_text(now - before)}.",
        count_text(abs(now - before)),
    )


# --- from one percentage to another -------------------------------------------------------------------------------


def points(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """From one percentage to another: the difference is in percentage points, and is that of the two."""
    for pair in pairs(reading, sentence, Sort.PERCENT):
        gap = pair.now.value - pair.before.value
        decimals = max(pair.now.number.decimals, pair.before.number.decimals)
        right = f"{abs(gap):.{decimals}f} percentage points"
        for claim in sentence.numbers:
            if claim in (pair.now.number, pair.before.number) or not is_change(sentence, claim):
                continue
            if not same_clause(sentence, pair, claim.start, claim.end):
                continue
            way = direction(sentence.text, claim.start, claim.end)
            is_wrong = (
                claim.sort is Sort.POINTS
                and not claim.hedged
                and (round(abs(gap), decimals) != abs(claim.value) or gap * way < 0)
            ) or (
                claim.sort is Sort.PERCENT
                and pair.before.value > 0
                and not claim.fits(abs(100 * gap / pair.before.value))
            )
            if is_wrong:
                told = f"{pair.before.number.said} to {pair.now.number.said}"
                move = "" if claim.sort is Sort.PERCENT else f"a {'rise' if gap > 0 else 'fall'} of "
                yield Finding(
                    "points-between-percentages",
                    "A",
                    *sentence.place(claim.start, claim.end),
                    claim.said,
                    f"From {told} is {move}{right}.",
                    right,
                )


RULES = (turned, changes, differences, points)
