"""Severity B: what a period is set against is the same time of another year, or the one just before it."""

import re
from collections.abc import Iterator

from governance.papers.checking import periods
from governance.papers.checking.findings import Finding
from governance.papers.checking.numbers import Sort
from governance.papers.checking.pairing import pairs
from governance.papers.checking.periods import MONTH, Period, Phrase, Span, capital
from governance.papers.checking.reading import Reading, Sentence
from governance.papers.checking.timing import explains, resolved

_COMPARES = re.compile(
    r"\b(?:compare[sd]?|comparison|against|than|versus|up\s+from|down\s+from|up\s+on|down\s+on|from"
    r"|whereas|while|on\s+the|"
    r"relative\s+to|set\s+beside)\b",
    re.IGNORECASE,
)
_STRONGLY = re.compile(
    r"\b(?:compare[sd]?|comparison|against|versus|than|year\s+on\s+year|set\s+beside"
    r"|relative\s+to)\b",
    re.IGNORECASE,
)
_LEANS = re.compile(r"^\W*(?:\d+\.\s+)?(?:this|that|which|it)?\s*(?:is\s+|was\s+)?compare[sd]?\b", re.IGNORECASE)
_LONGER = re.compile(
    r"\b(?:since|peak\w*|record|(?:two|three|four|five|six|ten|several|many|\d+)[\s-]+years?|baseline"
    r"|long[\s-]term|highest|lowest|pandemic)\b",
    re.IGNORECASE,
)
_SEPARATE = re.compile(r"\b(?:since|and\s+in|peak)\b")


def named(
    sentence: Sentence, phrase: Phrase, found: str, suggestion: str = "", rule: str = "comparator-period"
) -> Finding:
    said = sentence.text[phrase.start : phrase.end]
    return Finding(rule, "B", *sentence.place(phrase.start, phrase.end), said, found, suggestion)


def comparators(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """What a period is set against: "September 2019 ... June 2018" is none, nor is "a year earlier, in May 2018"."""
    told = list(_explained(reading, sentence))
    yield from told
    if not told:
        yield from _set_against(reading, sentence)


# --- two periods --------------------------------------------------------------------------------------------------


def _set_against(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    own = [(phrase, phrase.period) for phrase in sentence.periods if phrase.period]
    earlier = sentence.before if _LEANS.search(sentence.text) else None
    held = [phrase.period for phrase in earlier.periods if phrase.period] if earlier else []
    paired = len(own) == 2 and any(pairs(reading, sentence, sort) for sort in (Sort.COUNT, Sort.PERCENT, Sort.DURATION))
    for index, (phrase, period) in enumerate(own):
        first = own[index - 1][1] if index else held[-1] if held else None
        if first is None:
            continue
        begun = own[index - 1][0].end if index else 0
        between = sentence.text[begun : phrase.start]
        led = sentence.text[: own[index - 1][0].start] if index else ""
        words = _COMPARES.search(between) or (len(own) == 2 and _STRONGLY.search(led[-60:]))
        if len(between) > 130 or not (words or paired) or _SEPARATE.search(between):
            continue
        strongly = bool(_STRONGLY.search(between) or _STRONGLY.search(led)) and not _LONGER.search(sentence.text)
        wanted = _same_time(first, period, strongly)
        if wanted is not None:
            yield named(
                sentence,
                phrase,
                f"{capital(first)} is compared with {period}; the same time a year earlier is {wanted}.",
                _reworded(sentence.text[phrase.start : phrase.end], wanted),
            )


_ONE_LENGTH = (Span.MONTH, Span.QUARTER, Span.YEAR)


def _same_time(now: Period, other: Period, strongly: bool) -> Period | None:
    """What should stand in place of `other`; None where it is a fair comparison."""
    if now == other or Span.FINANCIAL in (now.span, other.span):
        return None
    apart = now.last - other.last
    if Span.RANGE in (now.span, other.span):
        near = max(now.months, other.months) < 2 * min(now.months, other.months)
        fair = now.months == other.months and (apart % 12 == 0 or abs(apart) == now.months)
        return now.back(12 if apart >= 0 else -12) if strongly and near and not fair else None
    if now.span is not other.span:
        return None
    years = max(1, round(abs(apart) / 12))
    if apart % 12 == 0:
        return now.back(12 if apart > 0 else -12) if strongly and years > 1 and now.span in _ONE_LENGTH else None
    if now.span in (Span.MONTH, Span.QUARTER) and abs(apart) == now.months:
        return None
    return now.back(12 * years if apart > 0 else -12 * years)


def _reworded(said: str, wanted: Period) -> str:
    if wanted.span in (Span.YEAR, Span.MONTH) and re.search(MONTH, said):
        return re.sub(
            rf"{MONTH}([\s-]+)(?:20)?\d\d",
            lambda found: f"{periods.month_name(wanted.last).split()[0]}{found.group(1)}{wanted.last // 12}",
            said,
        )
    return str(wanted)


# --- a period and its explanation ---------------------------------------------------------------------------------

_BACK = {"previous year": 12, "same quarter": 12, "previous quarter": 3}


def _explained(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """ "The same month of the previous year, September 2018": the period behind the words must be the one they mean."""
    for one, other in zip(sentence.periods, sentence.periods[1:], strict=False):
        if not explains(sentence.text, (one.start, one.end), (other.start, other.end)):
            continue
        relative, absolute = (one, other) if other.period else (other, one)
        period = absolute.period
        if period is None or relative.period or relative.role not in _BACK or period.span is Span.FINANCIAL:
            continue
        now = _now(reading, sentence, absolute)
        if now is None:
            continue
        back = 1 if relative.role == "previous quarter" and now.span is Span.MONTH else _BACK[relative.role]
        wanted = now.back(back)
        if period != wanted:
            said = sentence.text[relative.start : relative.end]
            yield named(
                sentence,
                absolute,
                f"Beside {now}, {said} is {wanted}.",
                _reworded(sentence.text[absolute.start : absolute.end], wanted),
            )


def _now(reading: Reading, sentence: Sentence, absolute: Phrase) -> Period | None:
    """The period that a relative one is counted from: another of its kind beside it, else the paper's own."""
    assert absolute.period is not None
    for place in (sentence, sentence.before):
        others = [
            period
            for phrase in (place.periods if place else [])
            if phrase is not absolute and (period := _said(reading, phrase)) and period.span is absolute.period.span
        ]
        if others:
            return others[-1] if place is not sentence else others[0]
    own = reading.quarter
    if own is None or absolute.period.span is Span.RANGE:
        return None
    last = own.last
    return {Span.QUARTER: own, Span.YEAR: periods.year_to(last)}.get(absolute.period.span)


def _said(reading: Reading, phrase: Phrase) -> Period | None:
    own = reading.quarter
    if phrase.period or own is None:
        return phrase.period
    if phrase.quarter:
        return resolved(reading, phrase)
    return {"own quarter": own, "now": periods.year_to(own.last)}.get(phrase.role)
