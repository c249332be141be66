"""Periods that are not months: a quarter, twelve months to a date, the span of a sample; from a start and an end.

A row then names its last month like any other row, and the kind and length of its period beside it: within one kind
and length the last month says which period is meant, so every check of months holds for them as well.
"""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from measures.parsing.months import NO_MONTH, NotAMonth, month_name, parse_day
from measures.parsing.problems import quote
from measures.parsing.report import Collector
from measures.parsing.table import TextColumn

MONTHS_IN = {"month": (1, 1), "quarter": (3, 3), "year-to": (12, 120), "sample": (1, 120)}  # fewest and most months
KINDS_WRITTEN: Mapping[str, str] = {
    **{kind: kind for kind in MONTHS_IN},
    "year to": "year-to",
    "twelve months to": "year-to",
    "12 months to": "year-to",
    "rolling": "year-to",
    "monthly": "month",
    "quarterly": "quarter",
    "audit": "sample",
}


@dataclass(frozen=True, order=True)
class Span:
    """A kind of period (see MONTHS_IN) and how many months it has."""

    kind: str
    months: int


MONTHLY = Span("month", 1)


@dataclass(frozen=True)
class Spans:
    """By row: `last` int32[n], the last month of its period (NO_MONTH where it cannot be read), and `codes` int32[n]
    into `spans`."""

    last: np.ndarray
    codes: np.ndarray
    spans: tuple[Span, ...]


def read_spans(
    starts: TextColumn,
    ends: TextColumn,
    kinds: TextColumn | None,
    numbers: np.ndarray,
    headings: Mapping[str, str],
    collector: Collector,
    *,
    day_first: bool = True,
) -> Spans:
    """Read n rows, each different pair of start, end and kind once. `headings`: role -> heading, for the messages."""
    written = [starts.codes, ends.codes, kinds.codes if kinds else np.zeros(len(numbers), dtype=np.int32)]
    different, which = np.unique(np.stack(written, axis=1), axis=0, return_inverse=True)
    which = which.reshape(-1)
    last = np.full(len(different), NO_MONTH, dtype=np.int32)
    codes = np.zeros(len(different), dtype=np.int32)
    spans: dict[Span, int] = {MONTHLY: 0}
    for position, (start, end, kind) in enumerate(different.tolist()):
        try:
            last[position], span = _period(
                starts.texts[start], ends.texts[end], kinds.texts[kind] if kinds else "", day_first
            )
            codes[position] = spans.setdefault(span, len(spans))
        except NotAMonth as problem:
            at = np.flatnonzero(which == position)
            collector.add_rows(
                problem.code, numbers[at], partial(_said, str(problem)), column=lambda _: headings.get("end")
            )
    return Spans(last[which], codes[which], tuple(spans))


def _said(sentence: str, _: int) -> str:
    """The same sentence of every row."""
    return sentence


def _period(start: str, end: str, kind: str, day_first: bool) -> tuple[int, Span]:
    """(last month, span). Raises NotAMonth with a sentence."""
    first, first_day = parse_day(start, day_first=day_first)
    last, last_day = parse_day(end, day_first=day_first)
    if last < first:
        raise NotAMonth("period_backwards", f"The period starts {quote(start)}, after its end {quote(end)}. Swap them.")
    if first_day not in (None, 1):
        raise NotAMonth("period_not_whole", f"The period starts {quote(start)}, which is not the first of a month.")
    if last_day not in (None, calendar.monthrange(last // 12, last % 12 + 1)[1]):
        raise NotAMonth("period_not_whole", f"The period ends {quote(end)}, which is not the last day of a month.")
    months = last - first + 1
    named = _kind(kind, months)
    fewest, most = MONTHS_IN[named]
    if not fewest <= months <= most:
        raise NotAMonth(
            "period_length",
            f"{month_name(first)} to {month_name(last)} is {months} months, which is not a period of the kind "
            f"{quote(named)}. Check both dates.",
        )
    return last, Span(named, months)


def _kind(text: str, months: int) -> str:
    plain = " ".join(text.split()).casefold()
    if not plain:
        return {1: "month", 3: "quarter", 12: "year-to"}.get(months, "sample")
    if plain not in KINDS_WRITTEN:
        raise NotAMonth(
            "period_kind", f"{quote(text)} is not a kind of period. Write {', '.join(MONTHS_IN)}, or leave it blank."
        )
    return KINDS_WRITTEN[plain]
