"""Severity B: periods and dates that do not fit each other, the paper's quarter, or its meeting."""

import re
from collections.abc import Iterator

from governance.papers.checking import days, periods
from governance.papers.checking.findings import Finding
from governance.papers.checking.numbers import numbers
from governance.papers.checking.periods import MONTH, Period, Phrase, Span, capital
from governance.papers.checking.prose import Kind
from governance.papers.checking.reading import Fact, Reading, Sentence, stems

_COMPARES = re.compile(
    r"\b(?:compare[sd]?|comparison|against|than|versus|up\s+from|down\s+from|from|whereas|on\s+the)\b", re.IGNORECASE
)
_LEANS = re.compile(r"^\W*(?:\d+\.\s+)?(?:this|that|which|it)?\s*(?:is\s+|was\s+)?compare[sd]?\b", re.IGNORECASE)


def _finding(rule: str, sentence: Sentence, phrase: Phrase, found: str, suggestion: str = "") -> Finding:
    return Finding(
        rule,
        "B",
        *sentence.place(phrase.start, phrase.end),
        sentence.text[phrase.start : phrase.end],
        found,
        suggestion,
    )


def comparators(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """What a period is set against ends in the same month of another year: "September 2019 ... June 2018" does not."""
    own = [(phrase, phrase.period) for phrase in sentence.periods if phrase.period]
    earlier = sentence.before if _LEANS.search(sentence.text) else None
    held = [phrase.period for phrase in earlier.periods if phrase.period] if earlier else []
    for index, (phrase, period) in enumerate(own):
        first = own[index - 1][1] if index else held[-1] if held else None
        if first is None or first.span is not period.span:
            continue
        between = sentence.text[own[index - 1][0].end if index else 0 : phrase.start]
        if len(between) > 130 or not _COMPARES.search(between) or re.search(r"\b(?:since|and\s+in|peak)\b", between):
            continue
        wanted = _same_time(first, period)
        if wanted is not None:
            yield _finding(
                "comparator-period",
                sentence,
                phrase,
                f"{capital(first)} is compared with {period}; the same time a year earlier is {wanted}.",
                _reworded(sentence.text[phrase.start : phrase.end], wanted),
            )


def _same_time(now: Period, other: Period) -> Period | None:
    """What should stand in place of `other`; None where it is a fair comparison."""
    if now.span in (Span.FINANCIAL, Span.RANGE) or now == other:
        return None
    apart = (now.last - other.last) % 12
    if apart == 0 or (now.span in (Span.MONTH, Span.QUARTER) and abs(now.last - other.last) == now.months):
        return None
    years = max(1, round(abs(now.last - other.last) / 12))
    return now.back(12 * years if other.last < now.last else -12 * years)


def _reworded(said: str, wanted: Period) -> str:
    if wanted.span in (Span.YEAR, Span.MONTH):
        return re.sub(
            rf"{MONTH}([\s-]+)(?:20)?\d\d",
            lambda found: f"{periods.month_name(wanted.last).split()[0]}{found.group(1)}{wanted.last // 12}",
            said,
        )
    return str(wanted)


def unfinished(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """ "1,599 in the 12 months to September." needs its year; "from October to April 2016" must run forwards."""
    for phrase in sentence.periods:
        said = sentence.text[phrase.start : phrase.end]
        if phrase.role == "no year" and sentence.block.kind is not Kind.HEADING and not _year_said(sentence):
            year = _likely_year(reading, phrase.month)
            yield _finding(
                "period-without-year", sentence, phrase, "The period has no year.", f"{said} {year}" if year else ""
            )
        elif phrase.role == "backwards":
            yield _finding("period-backwards", sentence, phrase, "The period ends before it begins.")
        elif phrase.role == "no financial year" and re.search(
            r"\b(?:quarter\s+\w+\s+(?:of\s+)?|Q\d\s+|financial\s+year\s+)$",
            sentence.text[: phrase.start] + " ",
            re.IGNORECASE,
        ):
            yield _finding("no-financial-year", sentence, phrase, "A financial year runs from one year into the next.")


def _year_said(sentence: Sentence) -> bool:
    """Whether the paragraph has named the year already, before this sentence."""
    return any(phrase.period for phrase in periods.phrases(sentence.block.text[: sentence.start]))


def _likely_year(reading: Reading, month: int | None) -> int | None:
    if reading.quarter is None or month is None:
        return None
    return (reading.quarter.last - (reading.quarter.last % 12 - month) % 12) // 12


_ELSEWHERE = re.compile(
    r"\b(?:compare[sd]?|comparison|previous|against|above|below|whereas|since|than|from|before|earlier|last\s+year|will|would"
    r"|expected|until|through|next|forthcoming|"
    r"reported\s+in|following|after|between|both|to|and|up|down|rose|fell|rise|fall|change\w*)\b",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"\b(?:is|are|shows?|remains?|continues?|has|have|stands?|demonstrates?|sees?|there\s+(?:is"
    r"|are))\b",
    re.IGNORECASE,
)


def quarters(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """ "shows no exception in quarter one" in the paper of quarter two: the words are another quarter's."""
    if reading.quarter is None or sentence.is_header or sentence.block.kind in (Kind.HEADING, Kind.NOTE, Kind.QUOTE):
        return
    own = periods.quarter_of(reading.quarter.last)
    for phrase in sentence.periods:
        if phrase.quarter is None or phrase.quarter == own or phrase.period:
            continue
        rest = sentence.text[: phrase.start] + sentence.text[phrase.end :]
        if any(p.quarter == own for p in sentence.periods) or re.search(
            r"\breport|\bpaper|\bplan", sentence.text[phrase.end : phrase.end + 40]
        ):
            continue
        if _ELSEWHERE.search(re.sub(r"\b(?:and|to)\b(?=.*$)", "", rest)) or not (
            _PRESENT.search(rest) or _is_own_value(reading, sentence)
        ):
            continue
        said = sentence.text[phrase.start : phrase.end]
        words = {1: "one", 2: "two", 3: "three", 4: "four"}[own]
        suggestion = f"Q{own}" if said.upper().startswith("Q") and said[1:2].isdigit() else f"quarter {words}"
        yield _finding("another-quarter", sentence, phrase, f"The paper is about quarter {words}.", suggestion)


def _is_own_value(reading: Reading, sentence: Sentence) -> bool:
    facts = sentence.measure.facts if sentence.measure else []
    own = {fact.value for fact in facts if fact.period == reading.quarter}
    return any(number.value in own for number in sentence.numbers)


def future_periods(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """Figures "in the 12 months to December 2019" cannot be known in the paper of the quarter to September 2019."""
    if (
        reading.quarter is None
        or not sentence.numbers
        or re.search(
            r"\b(?:will|by|until|forecast|project\w*|expect\w*|target|plan\w*|budget|due)\b",
            sentence.text,
            re.IGNORECASE,
        )
    ):
        return
    for phrase in sentence.periods:
        if (
            phrase.period
            and phrase.period.span in (Span.YEAR, Span.QUARTER)
            and phrase.period.last > reading.quarter.last
        ):
            yield _finding(
                "period-not-over",
                sentence,
                phrase,
                f"The paper's figures end in {periods.month_name(reading.quarter.last)}.",
            )


def two_periods(reading: Reading) -> Iterator[Finding]:
    """One value, one period: 64.8 "to August" in a header and "Sep-19" in a table of the same thing."""
    shown = list(_rows_by_month(reading))
    for measure in reading.measures:
        for fact in measure.facts:
            if (
                fact.number is None
                or fact.period is None
                or fact.period.span is not Span.YEAR
                or not fact.number.decimals
            ):
                continue
            for month, column, value, said in shown:
                alike = stems(column) & stems(measure.name) if column else set()
                if value == fact.value and month != fact.period.last and alike and abs(month - fact.period.last) < 12:
                    yield Finding(
                        "one-value-two-periods",
                        "B",
                        *_words_about(reading, fact),
                        fact.number.said,
                        f"The same {fact.number.said} stands beside {said} in a table; here it is for {fact.period}.",
                    )
                    break


def _words_about(reading: Reading, fact: Fact) -> tuple[int, int]:
    """The header's part that says value and period."""
    for sentence in reading.sentences:
        start, end = sentence.whole
        if sentence.is_header and fact.place and start <= fact.place[0] < end:
            stop = max((p.end for p in sentence.periods if p.period), default=0)
            return fact.place[0], max(fact.place[1], sentence.place(0, stop)[1] if stop else 0)
    return fact.place or (0, 0)


_SHORT_MONTH = re.compile(rf"^\s*(?P<month>{MONTH})[\s-]+(?P<year>(?:20)?\d\d)\s*$")


def _rows_by_month(reading: Reading) -> Iterator[tuple[int, str, float, str]]:
    """(month, column, value, label) of each cell of the tables that have a row a month."""
    columns: list[str] = []
    for block in reading.blocks:
        if block.kind is not Kind.ROW:
            continue
        cells = [cell for _, cell in block.cells()]
        label = _SHORT_MONTH.match(cells[0])
        if label is None:
            columns = cells
            continue
        year = int(label["year"]) if len(label["year"]) == 4 else 2000 + int(label["year"])
        for index, cell in enumerate(cells[1:], 1):
            for number in numbers(cell)[:1]:
                offset = len(cells) - len(columns)  # a header row may lack its empty first cell
                name = columns[index - offset] if 0 <= index - offset < len(columns) else ""
                yield year * 12 + periods.month_number(label["month"]), name, number.value, cells[0].strip()


SENTENCE_RULES = (comparators, unfinished, quarters, future_periods, days.dates, days.spans, days.explained)


def check(reading: Reading) -> Iterator[Finding]:
    for sentence in reading.sentences:
        for rule in SENTENCE_RULES:
            yield from rule(reading, sentence)
    yield from two_periods(reading)
