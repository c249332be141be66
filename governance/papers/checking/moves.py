"""What a sentence says of a measure's change, against the record: by how much (A) and which way (C)."""

import re
from collections.abc import Iterator

from governance.papers.checking.certainty import deviations
from governance.papers.checking.directions import direction, is_change, one_way, ways
from governance.papers.checking.facts import Facts
from governance.papers.checking.findings import Finding
from governance.papers.checking.numbers import Number, Sort
from governance.papers.checking.pairing import pairs
from governance.papers.checking.periods import Period, Phrase, Span
from governance.papers.checking.reading import Reading, Sentence
from governance.papers.checking.timing import explains, resolved
from governance.papers.checking.wording import count_text, like, percent_text

ELSEWHERE = re.compile(
    r"\b(?:national\w*|regional\w*|England|countr\w+|peers?|most\s+similar|MSG|forces|(?:peer|group|force"
    r"|regional|similar)\s+average"
    r"|average\s+of\s+(?:the|its|our|all)|group|region|target|forecast|expected|projected|estimate\w*"
    r"|of\s+(?:which|these|whom|them)"
    r"|attributed|due\s+to|accounted|involving|proportion|because)\b",
    re.IGNORECASE,
)
_BACK = ("previous year", "same quarter", "previous quarter")


def plain_periods(reading: Reading, sentence: Sentence) -> list[tuple[Phrase, Period]]:
    """The periods that a sentence names outright, each once; one that only explains another is left out."""
    found: list[tuple[Phrase, Period]] = []
    last: Phrase | None = None
    for phrase in sentence.periods:
        period = resolved(reading, phrase) if phrase.role not in _BACK else None
        is_aside = last is not None and explains(sentence.text, (last.start, last.end), (phrase.start, phrase.end))
        is_again = last is not None and last.role not in _BACK and is_aside
        last = phrase
        if period and not is_again and period not in [one for _, one in found]:
            found.append((phrase, period))
    return found


def comparator(sentence: Sentence, period: Period, others: list[Period]) -> list[Period]:
    """What a change of a period is on: what the sentence says, else a year earlier, or the quarter before as well."""
    roles = {phrase.role for phrase in sentence.periods}
    alike = [other for other in others if other != period and other.span is period.span]
    if alike:
        return alike
    if "previous quarter" in roles and period.span is Span.QUARTER:
        return [period.back(3)]
    if roles & {"previous year", "same quarter"} or period.span is not Span.QUARTER:
        return [period.back(12)]
    return [period.back(12), period.back(3)]


def _set_against(reading: Reading, sentence: Sentence) -> tuple[Period, list[Period]] | None:
    """The period that changed, of several the latest, and what it is set against."""
    named = [period for _, period in plain_periods(reading, sentence)]
    if not named or len({period.span for period in named}) > 1 or len(named) > 2:
        return None
    now = max(named, key=lambda one: one.last)
    return now, comparator(sentence, now, named)


def _known_pairs(known: Facts, now: Period, befores: list[Period]) -> list[tuple[float, float]]:
    return [(a[0].value, b[0].value) for before in befores if (a := known.level(now)) and (b := known.level(before))]


# --- by how much --------------------------------------------------------------------------------------------------


def stated_changes(reading: Reading, sentence: Sentence, known: Facts) -> Iterator[Finding]:
    """A change said of a measure, in hundredths or in figures, against that of the record."""
    if any(pairs(reading, sentence, sort) for sort in (Sort.COUNT, Sort.DURATION, Sort.PERCENT)):
        return  # the sentence says its own two values, and arithmetic looks at those
    for number in sentence.numbers:
        if not (number.sort is Sort.TIMES or is_change(sentence, number)) or is_aside(sentence, number):
            continue
        place = _nearest(reading, sentence, number) or _set_against(reading, sentence)
        if place is None:
            continue
        now, befores = place
        if number.sort in (Sort.PERCENT, Sort.TIMES):
            held = [100 * (a - b) / b for a, b in _known_pairs(known, now, befores) if b]
            held += [fact.value for fact in known.changes if fact.period == now]
            yield from _percentage(sentence, number, held)
        elif number.sort in (Sort.COUNT, Sort.POINTS, Sort.DURATION):
            yield from _difference(sentence, number, [a - b for a, b in _known_pairs(known, now, befores)])


def _nearest(reading: Reading, sentence: Sentence, number: Number) -> tuple[Period, list[Period]] | None:
    """Where a sentence names periods of several kinds, that in the number's own clause."""
    named = plain_periods(reading, sentence)
    if len(named) < 2 or len({period.span for _, period in named}) == 1:
        return None
    phrase, period = min(named, key=lambda one: min(abs(one[0].start - number.end), abs(number.start - one[0].end)))
    return period, comparator(sentence, period, [])


def _percentage(sentence: Sentence, number: Number, held: list[float]) -> Iterator[Finding]:
    if not held:
        return
    way = direction(sentence.text, number.start, number.end)
    place = sentence.place(number.start, number.end)
    if number.sort is Sort.TIMES:
        if not any(number.fits(1 + change / 100) for change in held):
            told = f"The change is {percent_text(held[0])}."
            yield Finding("change-against-record", "A", *place, number.said, told)
        return
    if way == 0 or any(number.fits(abs(change)) and change * way >= 0 for change in held):
        return
    right = "rise" if held[0] > 0 else "fall"
    shown = f"The record shows a {right} of {percent_text(abs(held[0]), number.decimals)}."
    if any(number.fits(abs(change)) for change in held):
        yield Finding("direction-against-record", "C", *place, number.said, shown)
    else:
        better = like(number, abs(held[0])) if "per" in number.said or "%" in number.said else ""
        yield Finding("change-against-record", "A", *place, number.said, shown, better)


def _difference(sentence: Sentence, number: Number, held: list[float]) -> Iterator[Finding]:
    way = direction(sentence.text, number.start, number.end)
    if not held or way == 0 or number.hedged:
        return
    step = 0.5 * 10.0**-number.decimals if number.decimals or number.sort is Sort.DURATION else 0.0
    if any(abs(abs(gap) - abs(number.value)) <= step + 1e-9 and gap * way >= 0 for gap in held):
        return
    if not any(0.2 <= abs(number.value) / abs(gap) <= 5 for gap in held if gap):
        return  # of another order of size: some other thing is meant
    gap = held[0]
    told = f"The record shows a {'rise' if gap > 0 else 'fall'} of {count_text(abs(round(gap, 2)))}."
    better = like(number, abs(gap)) if number.sort is not Sort.DURATION else ""
    yield Finding("change-against-record", "A", *sentence.place(number.start, number.end), number.said, told, better)


def is_aside(sentence: Sentence, number: Number) -> bool:
    """Whether a number is about other places, a part or a forecast: then the measure's facts do not bind it."""
    clause = (
        re.split(r"[;,]\s(?!\d)|\band\b", sentence.text[: number.start])[-1]
        + sentence.text[number.start : number.end + 30]
    )
    led = sentence.text[: number.start]
    return bool(ELSEWHERE.search(clause)) or bool(re.search(r"\bof\s+(?:which|these|whom|them)\b", led))


# --- which way ----------------------------------------------------------------------------------------------------

_FLAT = re.compile(
    r"\b(?:remain\w*|is|was|were|are|been|stayed|held)\s+(?:broadly\s+|largely\s+|much\s+)?(?:stable"
    r"|unchanged|flat|level"
    r"|steady|the\s+same)\b",
    re.IGNORECASE,
)
_WHY = re.compile(r"\b(?:due\s+to|because|may|might|could|if\s+not|whether|risk\s+of|fear\w*)\b", re.IGNORECASE)


def directions(reading: Reading, sentence: Sentence, known: Facts) -> Iterator[Finding]:
    """A direction without its two figures: "hate crime has fallen" where the record shows a rise."""
    text = sentence.text
    if ELSEWHERE.search(text) or _WHY.search(text):
        return
    if any(pairs(reading, sentence, sort) for sort in (Sort.COUNT, Sort.DURATION, Sort.PERCENT)):
        return
    place = _set_against(reading, sentence)
    if place is None:
        return
    now, befores = place
    held = _known_pairs(known, now, befores)
    if not held:
        return
    said = [way for way in ways(sentence) if not _is_of_a_number(sentence, way.start, way.end)]
    split = [way for way in said if way.than]
    sign = one_way(split or said)
    if split and _is_turned(reading, sentence, split[0].end, now):
        sign = -sign
    flat = _FLAT.search(text) if not said else None
    if not sign and not flat:
        return
    if all(_contradicts(sign, later, earlier) for later, earlier in held):
        later, earlier = held[0]
        start, end = flat.span() if flat else ((split or said)[0].start, (split or said)[0].end)
        yield Finding(
            "direction-against-record",
            "C",
            *sentence.place(start, end),
            text[start:end],
            f"The record has {count_text(round(later, 2))} for {now} and {count_text(round(earlier, 2))} before.",
        )


def _is_turned(reading: Reading, sentence: Sentence, at: int, now: Period) -> bool:
    """Whether "than" sets the earlier period against the later: "fewer in 2018 than in 2019"."""
    named = plain_periods(reading, sentence)
    return (
        len(named) == 2
        and named[1][1] == now
        and re.search(r"\bthan\b", sentence.text[at : named[1][0].start]) is not None
    )


def _is_of_a_number(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a word of change belongs to a figure beside it, which is judged by itself: "12 more", "up 5 per cent"."""
    return any(
        is_change(sentence, one) and (0 <= one.start - end <= 12 or 0 <= start - one.end <= 12)
        for one in sentence.numbers
    )


def _contradicts(way: int, now: float, before: float) -> bool:
    if way == 0:
        return before > 0 and abs(now - before) / before > 0.1 and deviations(now, before) > 3
    return (now - before) * way < 0
