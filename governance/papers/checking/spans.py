"""Severity A: spans of months, quarters and years counted wrong. Both ends of a span count."""

import re
from collections.abc import Iterator

from governance.papers.checking import periods
from governance.papers.checking.findings import Finding
from governance.papers.checking.numbers import Number, Sort
from governance.papers.checking.periods import MONTH, Phrase, Span
from governance.papers.checking.reading import Reading, Sentence
from governance.papers.checking.timing import resolved

_SPAN_WORD = re.compile(
    r"\b(?:consecutive|successive|straight|running|in\s+a\s+row|period|over|for|trend|last|past)\b", re.IGNORECASE
)
_UNIT = re.compile(
    r"\s*(?:(?!(?:for|in|of|per|an?|and|or|to|from|over|by|at|on|each|every|during"
    r"|within)\b)[-\w]+\s+){0,2}?(months?|quarters?|years?)\b",
    re.IGNORECASE,
)
_SIZES = {"m": 1, "q": 3, "y": 12}


def spans(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """ "18 consecutive months" from April 2016 to October 2017 is 19."""
    for number in sentence.numbers:
        unit = _UNIT.match(sentence.text[number.end :])
        hedged = number.hedged and not re.search(r"\bover\s+(?:the\s+)?$", sentence.text[: number.start], re.IGNORECASE)
        if number.sort is not Sort.COUNT or hedged or not unit or number.value != int(number.value):
            continue
        said = unit.group(1)
        end = number.end + unit.end()
        if (listed := _listed(reading, sentence, end, said)) is not None:
            if listed != number.value:
                yield _wrong(sentence, number, f"{listed} {said} are named.", f"{listed}")
            continue
        run, beside = _beside(reading, sentence, number.start, end), True
        if run is None:
            run, beside = _run(sentence, number.start, number.end), False
        if run is None or not (beside or _near(sentence, number)):
            continue
        yield from _counted(sentence, number, said, run, beside)


def _near(sentence: Sentence, number: Number) -> bool:
    return bool(_SPAN_WORD.search(sentence.text[max(0, number.start - 40) : number.end + 40]))


def _counted(sentence: Sentence, number: Number, said: str, run: tuple[int, int], beside: bool) -> Iterator[Finding]:
    size = _SIZES[said[0].lower()]
    first, last = run
    months = last - first + 1
    right = months / size
    rounded = size > 1 and months % size and round(right) == number.value
    # "over two years, September 2017 to September 2019" is from one point to another
    points = size == 12 and last - first == 12 * number.value
    elsewhere = not beside and size == 1 and abs(right - number.value) > max(6, 0.5 * number.value)
    if right <= 0 or abs(right - number.value) < 1e-9 or rounded or points or elsewhere:
        return
    text = f"{right:g}"
    told = f"{periods.month_name(first)} to {periods.month_name(last)} is {text} {said}."
    yield _wrong(sentence, number, told, text if right.is_integer() else "")


def _wrong(sentence: Sentence, number: Number, told: str, better: str) -> Finding:
    return Finding("months-counted", "A", *sentence.place(number.start, number.end), number.said, told, better)


# --- what stands right beside the number --------------------------------------------------------------------------

_LEADS_ON = re.compile(
    r"[\s,(–:-]*(?:(?:running|inclusive|that\s+is|namely|i\.e\.|covering|starting|beginning|spanning"
    r"|stretching|up|shown|in\s+a\s+row|all"
    r"|on\s+end)\s*,?\s*)*(?:from|between|of|in|for)?\s*(?:the\s+)?[\s(–]*",
    re.IGNORECASE,
)
_LEADS_BACK = re.compile(
    r"\s*(?:inclusive)?\)?[\s,–:(-]*(?:that\s+is|i\.e\.|which\s+is|which\s+are|is|are|was|were|makes?"
    r"|gives?|spans?|covers?|or|for)?[\s,]*"
    r"(?:an?\s+(?:run|span|period|total|stretch|spell)\s+of\s+|the\s+|a\s+)?",
    re.IGNORECASE,
)
_TO = re.compile(
    r"\s+(?:to|until|till|through(?:\s+to)?|up\s+to|and|–|-)\s+(?:the\s+)?(?:end\s+of\s+)?"
    r"|\s?[–-]\s?",
    re.IGNORECASE,
)


def _beside(reading: Reading, sentence: Sentence, start: int, end: int) -> tuple[int, int] | None:
    """First and last month of a run that stands next to "nine quarters"."""
    for begun, stop, first, last in _runs(reading, sentence):
        if begun >= end and _LEADS_ON.fullmatch(sentence.text[end:begun]):
            return first, last
        if stop <= start and _LEADS_BACK.fullmatch(sentence.text[stop:start]):
            return first, last
    return None


def _runs(reading: Reading, sentence: Sentence) -> Iterator[tuple[int, int, int, int]]:
    """(start, end, first month, last month) of "July to September 2019" and of "quarter one 2018-19 to quarter two"."""
    text = sentence.text
    for phrase in sentence.periods:
        if phrase.period and len(re.findall(rf"\b{MONTH}\b", text[phrase.start : phrase.end])) > 1:
            yield phrase.start, phrase.end, phrase.period.first, phrase.period.last
    for one, other in zip(sentence.periods, sentence.periods[1:], strict=False):
        first, last = resolved(reading, one), resolved(reading, other)
        joined = _TO.fullmatch(text[one.end : other.start])
        if not joined or first is None or last is None or first.span is not last.span or first.first > last.first:
            continue
        if "and" in joined.group() and not re.search(r"\bbetween\s+(?:the\s+)?$", text[: one.start], re.IGNORECASE):
            continue
        yield one.start, other.end, first.first, last.last


def _listed(reading: Reading, sentence: Sentence, end: int, unit: str) -> int | None:
    """How many periods are named one by one behind a number: "(2016-17, 2017-18 and 2018-19)"."""
    spans = {"m": (Span.MONTH,), "q": (Span.QUARTER,), "y": (Span.FINANCIAL, Span.YEAR)}[unit[0].lower()]
    said = [one for one in sentence.periods if one.start >= end]
    if not said or not _LEADS_ON.fullmatch(sentence.text[end : said[0].start]):
        return None
    held: list[Phrase] = [said[0]]
    for one in said[1:]:
        if not re.fullmatch(
            r"\s*,\s*(?:and\s+)?(?:in\s+)?|\s+and\s+(?:in\s+)?", sentence.text[held[-1].end : one.start]
        ):
            break
        held.append(one)
    kinds = [period.span for one in held if (period := resolved(reading, one))]
    is_list = len(held) > 1 and len(kinds) == len(held) and all(kind in spans for kind in kinds)
    return len(held) if is_list and not re.search(r"\bbetween\b", sentence.text[end : held[0].start]) else None


# --- what stands further off --------------------------------------------------------------------------------------


def _run(sentence: Sentence, start: int, end: int) -> tuple[int, int] | None:
    """First and last month of what a span speaks of: a range said, or "dating back to X" with what began after it."""
    for phrase in sentence.periods:
        if phrase.period and phrase.period.span in (Span.RANGE, Span.QUARTER) and abs(phrase.start - end) < 90:
            return phrase.period.first, phrase.period.last
    back = re.search(
        rf"\b(?:dating\s+back\s+to|back\s+to|beginning\s+in|starting\s+in|from)\s+(?P<month>{MONTH})"
        rf"\s+(?P<year>20\d\d)",
        sentence.text[end:],
    )
    if not back:
        return None
    first = int(back["year"]) * 12 + periods.month_number(back["month"])
    for other in (sentence, sentence.before):
        since = other and re.search(rf"\bsince\s+(?P<month>{MONTH})\s+(?P<year>20\d\d)", other.text)
        if since:
            return first, int(since["year"]) * 12 + periods.month_number(since["month"]) - 1
    return None
