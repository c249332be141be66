"""What a sentence says of a measure, against the record: values (A), periods (B), directions and significance (C)."""

import re
from collections.abc import Iterator

from governance.papers.checking.certainty import correlations, deviations, records, significance
from governance.papers.checking.directions import DOWN, UP, direction, is_change
from governance.papers.checking.facts import Facts, named_in
from governance.papers.checking.findings import Finding
from governance.papers.checking.numbers import Number, Sort
from governance.papers.checking.pairing import pairs, window
from governance.papers.checking.periods import Period, Phrase, Span
from governance.papers.checking.prose import Kind
from governance.papers.checking.reading import Reading, Sentence
from governance.papers.checking.timing import resolved
from governance.papers.checking.wording import count_text, like, percent_text

_ELSEWHERE = re.compile(
    r"\b(?:national\w*|regional\w*|England|countr\w+|peers?|most\s+similar|MSG|forces|average|group"
    r"|region|target|forecast|expected|"
    r"projected|estimate\w*|of\s+(?:which|these|whom|them)|attributed|due\s+to|accounted|involving"
    r"|proportion|because)\b",
    re.IGNORECASE,
)


def check(reading: Reading, facts: Facts) -> Iterator[Finding]:
    for sentence in reading.sentences:
        if sentence.is_header or sentence.block.kind in (Kind.HEADING, Kind.NOTE, Kind.QUOTE, Kind.CAPTION):
            continue
        known = known_of(sentence, facts)
        if known.levels or known.changes:
            values = list(stated_values(reading, sentence, known))
            yield from values
            moves = list(stated_changes(reading, sentence, known))
            yield from moves
            if not values and not moves:
                yield from directions(reading, sentence, known)
        yield from significance(reading, sentence)
        yield from correlations(sentence)
        yield from records(sentence)


def known_of(sentence: Sentence, facts: Facts) -> Facts:
    """The facts of the measure that a sentence names, or the one before it; else of that of its part of the paper."""
    names = facts.measures()
    for text in (sentence.text, sentence.before.text if sentence.before and len(window(sentence)) == 2 else ""):
        if text and (name := named_in(text, names)):
            return facts.of(name)
    measure = sentence.measure
    if measure is None:
        return Facts()
    from_record = named_in(measure.name, names)
    held = facts.of(from_record) if from_record else Facts()
    return Facts(held.levels + tuple(fact for fact in measure.facts if fact.period), held.changes)


def period_of(reading: Reading, sentence: Sentence, number: Number) -> Period | None:
    """The period that stands nearest to a number in its own clause; None where that one leaves open which it is."""
    best: tuple[int, Phrase] | None = None
    for phrase in sentence.periods:
        follows = phrase.start >= number.end
        between = [one for one in sentence.numbers if one.sort is number.sort and number.end < one.start < phrase.start]
        if _explains(sentence, phrase) or between:
            continue
        gap = sentence.text[number.end : phrase.start] if follows else sentence.text[phrase.end : number.start]
        if ";" in gap:
            continue  # another clause
        away = phrase.start - number.end if follows else number.start - phrase.end + 15
        if away < 90 and (best is None or away < best[0]):
            best = away, phrase
    return resolved(reading, best[1]) if best else None


def _explains(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether a period stands in brackets behind another, to say which months that is."""
    return any(
        other.end < phrase.start <= other.end + 4 and "(" in sentence.text[other.end : phrase.start + 1]
        for other in sentence.periods
    )


def _is_aside(sentence: Sentence, number: Number) -> bool:
    """Whether a number is about other places, a part or a forecast: then the measure's facts do not bind it."""
    clause = (
        re.split(r"[;,]\s(?!\d)|\band\b", sentence.text[: number.start])[-1]
        + sentence.text[number.start : number.end + 30]
    )
    return bool(_ELSEWHERE.search(clause)) or bool(
        re.search(r"\bof\s+(?:which|these|whom|them)\b", sentence.text[: number.start])
    )


def stated_values(reading: Reading, sentence: Sentence, known: Facts) -> Iterator[Finding]:
    """A value said of a period against the record's value for it."""
    done: set[Period] = set()
    for number in sentence.numbers:
        if (
            number.sort not in (Sort.COUNT, Sort.PERCENT, Sort.DURATION)
            or number.hedged
            or is_change(sentence, number)
            or _is_aside(sentence, number)
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
    transposed = sorted(count_text(number.value)) == sorted(count_text(value))
    return value == 0 or transposed or 0.4 <= number.value / value <= 2.5


def _comparator(reading: Reading, sentence: Sentence, period: Period) -> list[Period]:
    """What a change of a period is on: what the sentence says, else a year earlier, or the quarter before as well."""
    roles = {phrase.role for phrase in sentence.periods}
    others = [
        p for phrase in sentence.periods if (p := resolved(reading, phrase)) and p != period and p.span is period.span
    ]
    if others:
        return others
    if "previous quarter" in roles and period.span is Span.QUARTER:
        return [period.back(3)]
    if roles & {"previous year", "same quarter"} or period.span is not Span.QUARTER:
        return [period.back(12)]
    return [period.back(12), period.back(3)]


def stated_changes(reading: Reading, sentence: Sentence, known: Facts) -> Iterator[Finding]:
    """A percentage change said of a measure against that of the record."""
    for number in sentence.numbers:
        if (
            number.sort not in (Sort.PERCENT, Sort.TIMES)
            or not (number.sort is Sort.TIMES or is_change(sentence, number))
            or _is_aside(sentence, number)
        ):
            continue
        if any(pairs(reading, sentence, sort) for sort in (Sort.COUNT, Sort.DURATION, Sort.PERCENT)):
            continue  # the sentence says its own two values, and arithmetic looks at those
        period = _later_period(reading, sentence, number)
        if period is None:
            continue
        held = [
            change
            for before in _comparator(reading, sentence, period)
            if (change := known.change(period, before)) is not None
        ]
        held += [fact.value for fact in known.changes if fact.period == period]
        if not held:
            continue
        way = direction(sentence.text, number.start, number.end)
        place = sentence.place(number.start, number.end)
        if number.sort is Sort.TIMES:
            if not any(number.fits(1 + change / 100) for change in held):
                yield Finding(
                    "change-against-record", "A", *place, number.said, f"The change is {percent_text(held[0])}."
                )
            continue
        if way == 0 or any(number.fits(abs(change)) and change * way >= 0 for change in held):
            continue
        if any(number.fits(abs(change)) for change in held):
            right = "a rise" if held[0] > 0 else "a fall"
            yield Finding(
                "direction-against-record",
                "C",
                *place,
                number.said,
                f"The record shows {right} of {percent_text(abs(held[0]), number.decimals)}.",
            )
        else:
            yield Finding(
                "change-against-record",
                "A",
                *place,
                number.said,
                f"The record shows a {'rise' if held[0] > 0 else 'fall'} of"
                f" {percent_text(abs(held[0]), number.decimals)}.",
                like(number, abs(held[0])),
            )


def _later_period(reading: Reading, sentence: Sentence, number: Number) -> Period | None:
    """The period that changed: of two that are set against each other the later one."""
    period = period_of(reading, sentence, number) or _only_period(reading, sentence)
    alike = [p for phrase in sentence.periods if (p := resolved(reading, phrase)) and period and p.span is period.span]
    return max(alike, key=lambda one: one.last) if len(set(alike)) == 2 else period


def _only_period(reading: Reading, sentence: Sentence) -> Period | None:
    found = {period for phrase in sentence.periods if (period := resolved(reading, phrase))}
    return found.pop() if len(found) == 1 else None


_MOVED = re.compile(
    r"\b(?:has|have|had)?\s*(?:also\s+)?(?:significantly\s+|slightly\s+|sharply"
    r"\s+)?(?P<word>increased|risen|rose|grown|grew|gone\s+up|went\s+up|"
    r"decreased|reduced|fallen|fell|dropped|declined|gone\s+down|went\s+down)\b(?!\s+(?:by|from|to)\s+\d)"
    r"|\b(?:an|a|the)\s+(?:\w+\s+)?(?P<noun>increase|rise|growth|decrease|reduction|fall|drop|decline)\s+in\b"
    r"|\b(?P<flat>(?:remain\w*|is|was|were|are|been)\s+(?:broadly\s+|largely\s+)?(?:stable|unchanged"
    r"|flat|level|steady))\b"
    r"|\b(?:was|were|is|are)\s+(?P<level>higher|lower|up|down)\b(?!\s+(?:by|to)\s+\d)",
    re.IGNORECASE,
)


def directions(reading: Reading, sentence: Sentence, known: Facts) -> Iterator[Finding]:
    """A direction without a figure: "hate crime has fallen" where the record shows a rise clear of chance."""
    period = _only_period(reading, sentence) or (resolved(reading, sentence.periods[0]) if sentence.periods else None)
    moved = _MOVED.search(sentence.text)
    if (
        period is None
        or moved is None
        or _ELSEWHERE.search(sentence.text)
        or re.search(r"\b(?:not|no|neither|due\s+to|because)\b", sentence.text, re.IGNORECASE)
    ):
        return
    befores = _comparator(reading, sentence, period)
    pairs = [
        (a[0].value, b[0].value) for before in befores if (a := known.level(period)) and (b := known.level(before))
    ]
    if not pairs:
        return
    word = next(part for part in (moved["word"], moved["noun"], moved["flat"], moved["level"]) if part)
    way = (
        0
        if moved["flat"]
        else 1
        if UP.search(word) or word.lower().startswith(("grew", "grow", "gone up", "went up", "up"))
        else -1
        if DOWN.search(word) or "down" in word
        else 0
    )
    wrong = [(now, before) for now, before in pairs if _contradicts(way, now, before)]
    if len(wrong) == len(pairs):
        now, before = wrong[0]
        yield Finding(
            "direction-against-record",
            "C",
            *sentence.place(moved.start(), moved.end()),
            moved.group().strip(),
            f"The record has {count_text(round(now, 2))} for {period} and {count_text(round(before, 2))} before.",
        )


def _contradicts(way: int, now: float, before: float) -> bool:
    if way == 0:
        return before > 0 and abs(now - before) / before > 0.1 and deviations(now, before) > 3
    return (now - before) * way < 0
