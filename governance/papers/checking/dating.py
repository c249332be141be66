"""Severity B: periods and dates that do not fit each other, the paper's quarter, or its meeting."""

import re
from collections.abc import Iterator

from governance.papers.checking import days, periods
from governance.papers.checking.comparing import comparators
from governance.papers.checking.covering import not_over, own_quarter
from governance.papers.checking.findings import Finding
from governance.papers.checking.numbers import numbers
from governance.papers.checking.periods import MONTH, Phrase, Span
from governance.papers.checking.prose import Kind
from governance.papers.checking.reading import Fact, Reading, Sentence, stems
from governance.papers.checking.spans import spans


def _finding(rule: str, sentence: Sentence, phrase: Phrase, found: str, suggestion: str = "") -> Finding:
    return Finding(
        rule,
        "B",
        *sentence.place(phrase.start, phrase.end),
        sentence.text[phrase.start : phrase.end],
        found,
        suggestion,
    )


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


SENTENCE_RULES = (comparators, unfinished, own_quarter, not_over, days.dates, spans, days.explained)


def check(reading: Reading) -> Iterator[Finding]:
    for sentence in reading.sentences:
        for rule in SENTENCE_RULES:
            yield from rule(reading, sentence)
    yield from two_periods(reading)
