"""What a sentence says of a measure, against the record: values (A), periods (B), directions and significance (C)."""

import re
from collections.abc import Iterator

from governance.papers.checking.certainty import correlations, records, significance
from governance.papers.checking.directions import is_change
from governance.papers.checking.facts import Facts, named_in
from governance.papers.checking.findings import Finding
from governance.papers.checking.moves import directions, is_aside, stated_changes
from governance.papers.checking.numbers import Number, Sort, is_slip
from governance.papers.checking.pairing import figures, pairs, window
from governance.papers.checking.periods import Period, Phrase
from governance.papers.checking.prose import Kind
from governance.papers.checking.reading import Reading, Sentence
from governance.papers.checking.timing import resolved
from governance.papers.checking.wording import like


def check(reading: Reading, facts: Facts) -> Iterator[Finding]:
    for sentence in _spoken(reading):
        yield from _held(reading, sentence, facts)
        yield from significance(reading, sentence)
        yield from correlations(sentence)
        yield from records(sentence)


def against(reading: Reading, facts: Facts) -> Iterator[Finding]:
    """Only what the facts contradict: nothing that a sentence shows by itself, which is found without them."""
    for sentence in _spoken(reading):
        yield from _held(reading, sentence, facts)


def _spoken(reading: Reading) -> Iterator[Sentence]:
    silent = (Kind.HEADING, Kind.NOTE, Kind.QUOTE, Kind.CAPTION)
    return (one for one in reading.sentences if not one.is_header and one.block.kind not in silent)


def _held(reading: Reading, sentence: Sentence, facts: Facts) -> Iterator[Finding]:
    known = known_of(sentence, facts)
    if known.levels or known.changes:
        values = list(stated_values(reading, sentence, known))
        yield from values
        moves = list(stated_changes(reading, sentence, known))
        yield from moves
        if not values and not moves:
            yield from directions(reading, sentence, known)


def known_of(sentence: Sentence, facts: Facts) -> Facts:
    """The facts of the measure that a sentence names, or the one before it; else of that of its part of the paper."""
    names = facts.measures()
    for text in (sentence.text, sentence.before.text if sentence.before and len(window(sentence)) == 2 else ""):
        if text and (name := named_in(text, names)):
            return facts.of(name)
    measure = sentence.measure
    if measure is None:
        return Facts()
    from_record = measure.name if measure.name in names else named_in(measure.name, names)
    held = facts.of(from_record) if from_record else Facts()
    return Facts(held.levels + tuple(fact for fact in measure.facts if fact.period), held.changes)


def period_of(reading: Reading, sentence: Sentence, number: Number) -> Period | None:
    """The period of a number: of two numbers and two periods each has its own in their order, else the nearest."""
    held = figures(sentence, number.sort)
    named = [resolved(reading, phrase) for phrase in sentence.periods if not _explains(sentence, phrase)]
    if len(held) == 2 and number in held and len(named) == 2 and pairs(reading, sentence, number.sort):
        return named[held.index(number)]
    best: tuple[int, Phrase] | None = None
    for phrase in sentence.periods:
        follows = phrase.start >= number.end
        between = [one for one in sentence.numbers if one.sort is number.sort and number.end < one.start < phrase.start]
        if _explains(sentence, phrase) or between:
            continue
        gap = sentence.text[number.end : phrase.start] if follows else sentence.text[phrase.end : number.start]
        if ";" in gap and not (len(held) == 1 and len(named) == 1):
            continue  # another clause
        away = phrase.start - number.end if follows else number.start - phrase.end + 15
        if away < (90 if len(named) > 1 else 140) and (best is None or away < best[0]):
            best = away, phrase
    return resolved(reading, best[1]) if best else None


def _explains(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether a period stands in brackets behind another, to say which months that is."""
    return any(
        other.end < phrase.start <= other.end + 4 and "(" in sentence.text[other.end : phrase.start + 1]
        for other in sentence.periods
    )


_EACH = re.compile(r"\s+(?:\w+\s+){0,2}?(?:a|per|each|every)\s+(?:month|week|day)\b")


def stated_values(reading: Reading, sentence: Sentence, known: Facts) -> Iterator[Finding]:
    """A value said of a period against the record's value for it."""
    done: set[Period] = set()
    for number in sentence.numbers:
        if (
            number.sort not in (Sort.COUNT, Sort.PERCENT, Sort.DURATION)
            or number.hedged
            or is_change(sentence, number)
            or is_aside(sentence, number)
            or _EACH.match(sentence.text[number.end :])
        ):
            continue
        period = period_of(reading, sentence, number)
        if period is None or period in done:
            continue
        levels = [fact for fact in known.level(period) if fact.number is None or fact.number.sort is number.sort]
        if not levels:
            continue
        done.add(period)
        if any(number.fits(fact.value) or fact.value == number.value for fact in levels) or not _same_kind(
            number, levels[0].value
        ):
            continue
        place = sentence.place(number.start, number.end)
        elsewhere = [fact for fact in known.levels if fact.period and fact.period != period and number.fits(fact.value)]
        right = like(number, levels[0].value)
        if elsewhere:
            yield Finding(
                "value-of-another-period",
                "B",
                *place,
                number.said,
                f"{number.said} is the figure for {elsewhere[0].period}; for {period} it is {right}.",
                right,
            )
        else:
            yield Finding(
                "value-against-record", "A", *place, number.said, f"The figure for {period} is {right}.", right
            )


def _same_kind(number: Number, value: float) -> bool:
    """Whether a number can be meant as this value at all: the same order of size."""
    if number.sort is Sort.COUNT and value != int(value) and number.value == int(number.value):
        return False
    return value == 0 or is_slip(number.value, value) or 0.4 <= number.value / value <= 2.5
