"""Months, quarters and financial years, and how the office says them.

A month is one whole number, 12 * year + month - 1 with January as month 1, so periods are plain arithmetic. The
financial year runs from April: quarter one is April to June, and 2019-20 quarter two is July to September 2019.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
QUARTER_WORDS = ("one", "two", "three", "four")
APRIL = 3  # January is 0
QUARTER_MONTHS = 3
YEAR_MONTHS = 12

SpanKind = Literal["month", "quarter", "rolling", "year_to_date", "months"]


def month_index(year: int, month: int) -> int:
    """The index of a month; `month` 1 to 12."""
    if not 1 <= month <= YEAR_MONTHS:
        raise ValueError(f"There is no month {month}.")
    return YEAR_MONTHS * year + month - 1


def month_parts(month: int) -> tuple[int, int]:
    """Year and month (1 to 12) of an index."""
    return month // YEAR_MONTHS, month % YEAR_MONTHS + 1


def month_words(month: int) -> str:
    """ "September 2019"."""
    return f"{MONTH_NAMES[month % YEAR_MONTHS]} {month // YEAR_MONTHS}"


def financial_year_start(month: int) -> int:
    """The April that begins the financial year a month is in."""
    return month - (month - APRIL) % YEAR_MONTHS


def financial_year_words(month: int) -> str:
    """ "2019-20"."""
    year = financial_year_start(month) // YEAR_MONTHS
    return f"{year}-{(year + 1) % 100:02d}"


def quarter_number(month: int) -> int:
    """1 to 4, of the financial year."""
    return (month - financial_year_start(month)) // QUARTER_MONTHS + 1


def last_quarter_end(month: int) -> int:
    """The last month, at or before this one, that ends a quarter."""
    return month - (month + 1 - APRIL) % QUARTER_MONTHS


@dataclass(frozen=True)
class Span:
    """A run of whole months, first and last included."""

    kind: SpanKind
    first: int
    last: int

    def __post_init__(self) -> None:
        """Refuse a span that ends before it begins."""
        if self.last < self.first:
            raise ValueError("A period cannot end before it begins.")

    @property
    def months(self) -> tuple[int, ...]:
        """Every month of the span."""
        return tuple(range(self.first, self.last + 1))

    def moved(self, months: int) -> Span:
        """The same span so many months later."""
        return Span(self.kind, self.first + months, self.last + months)

    @property
    def words(self) -> str:
        """The period as a sentence names it."""
        if self.kind == "quarter":
            return f"quarter {QUARTER_WORDS[quarter_number(self.last) - 1]} {financial_year_words(self.last)}"
        if self.kind == "rolling":
            return f"the twelve months to {month_words(self.last)}"
        if self.first == self.last:
            return month_words(self.last)
        start = MONTH_NAMES[self.first % YEAR_MONTHS]
        same_year = self.first // YEAR_MONTHS == self.last // YEAR_MONTHS
        return f"{start if same_year else month_words(self.first)} to {month_words(self.last)}"


def month_span(month: int) -> Span:
    """One month."""
    return Span("month", month, month)


def quarter_span(month: int) -> Span:
    """The last quarter that was over by the end of `month`."""
    last = last_quarter_end(month)
    return Span("quarter", last - QUARTER_MONTHS + 1, last)


def rolling_span(month: int) -> Span:
    """The twelve months ending with `month`."""
    return Span("rolling", month - YEAR_MONTHS + 1, month)


def year_to_date_span(month: int) -> Span:
    """From April to `month`."""
    return Span("year_to_date", financial_year_start(month), month)
