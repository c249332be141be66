"""Figures about one series: a value over a span of months, the change between two, the share of one in another.

Exact arithmetic (fractions) throughout, so that rounding happens once, on the page, and a half is known to be a half.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Literal

from measures.trends import periods
from measures.trends.disclosure import NOT_SHOWN, NOTHING_HIDDEN, Cover
from measures.trends.periods import Span

Kind = Literal["count", "hours", "ratio", "duration", "rate", "days_per_person", "survey"]
Unit = Literal["count", "hours", "per_cent", "seconds", "per_1000", "days", "percentage_points", "per_cent_change"]
Number = int | float | Decimal | Fraction

ADDITIVE: tuple[Kind, ...] = ("count", "hours")
# The denominator is a level (people), so its months are averaged, not added.
STOCK: tuple[Kind, ...] = ("rate", "days_per_person")
UNITS: dict[Kind, Unit] = {
    "count": "count",
    "hours": "hours",
    "ratio": "per_cent",
    "duration": "seconds",
    "rate": "per_1000",
    "days_per_person": "days",
    "survey": "per_cent",
}
SCALE = {"ratio": 100, "rate": 1000}
ALL_EXACT = 2.0**53  # below it a float holds every whole number as it is
WHY_HIDDEN = "It is of too few to be shown, or would show another figure that is."


def exact(number: Number | None) -> Fraction | None:
    """A number as it was written, exactly; None for missing (None or NaN). A float is read by its shortest decimal."""
    if number is None:
        return None
    if isinstance(number, float):  # asked first: most figures are, and asking whether one is a fraction is dear
        return _exact_float(float(number))
    if isinstance(number, Fraction):
        return number
    if isinstance(number, Decimal):
        return None if number.is_nan() else Fraction(number)
    return Fraction(number) if isinstance(number, int) else _exact_float(float(number))


def _exact_float(value: float) -> Fraction | None:
    if value.is_integer() and abs(value) < ALL_EXACT:
        return Fraction(int(value))  # a tenth of what reading the decimal costs
    return None if math.isnan(value) else Fraction(repr(value))


@dataclass(frozen=True)
class MonthlyData:
    """One series: numerators (or counts) and denominators by month index. `population` is for a rate per 1,000.

    `cover` says what of it may not be shown: every figure made from the series obeys it.
    """

    kind: Kind
    numerator: Mapping[int, Fraction]
    denominator: Mapping[int, Fraction]
    population: Fraction | None = None
    stock: bool = False
    cover: Cover = NOTHING_HIDDEN

    @property
    def has_denominator(self) -> bool:
        """Whether a value is a quotient."""
        return self.kind not in (*ADDITIVE, "survey")


def monthly_data(
    kind: Kind,
    months: Iterable[int],
    numerator: Iterable[Number | None],
    denominator: Iterable[Number | None] | None = None,
    *,
    population: Number | None = None,
    stock: bool | None = None,
) -> MonthlyData:
    """One series from arrays of equal length; a missing number (None, NaN) or month is simply not there.

    kinds: count and hours add up; ratio is 100 * numerator / denominator; duration is seconds / incidents; rate is
    1,000 * numerator / people; days_per_person is days / people; survey is a percentage, each reading covering the
    twelve months to its month. `stock` overrides whether the denominator is a level; rates and days per person are.
    """
    indexes = [int(month) for month in months]
    if len(set(indexes)) != len(indexes):
        raise ValueError("A month is given twice: the series has two values for it.")
    needs_denominator = kind not in (*ADDITIVE, "survey")
    if needs_denominator and denominator is None:
        raise ValueError(f"A {kind} needs denominators.")

    def by_month(numbers: Iterable[Number | None]) -> dict[int, Fraction]:
        pairs = zip(indexes, map(exact, numbers), strict=True)
        return {month: value for month, value in pairs if value is not None}

    below = by_month(denominator) if needs_denominator and denominator is not None else {}
    level = kind in STOCK if stock is None else stock
    return MonthlyData(kind, by_month(numerator), below, exact(population), level)


@dataclass(frozen=True)
class Figure:
    """A statistic worked out, or the reason it cannot be.

    value        exact, in `unit`; None when it cannot be said
    parts        what the formula divided or compared: (numerator, denominator) or (later, earlier); empty for a sum
    months       every month index it used, or would have
    withheld     what is printed in its place where it may not be shown: "<5", "not shown"; it has no value then
    """

    name: str
    title: str
    unit: Unit
    value: Fraction | None
    period: str
    formula: str
    months: tuple[int, ...]
    parts: tuple[Fraction, ...] = ()
    why_not: str = ""
    withheld: str = ""


def hidden(figure: Figure, words: str = NOT_SHOWN) -> Figure:
    """The figure without its value, which may not be shown."""
    return replace(figure, value=None, parts=(), why_not=WHY_HIDDEN, withheld=words)


def missing_sentence(missing: list[int]) -> str:
    """Which months are not there, in a sentence; a long list is cut short and counted."""
    names = [periods.month_words(month) for month in missing[:3]]
    if len(missing) > len(names):
        return f"{len(missing)} months are missing, the first of them {names[0]}."
    if len(names) == 1:
        return f"{names[0]} is missing."
    return f"{', '.join(names[:-1])} and {names[-1]} are missing."


def over(data: MonthlyData, span: Span, name: str, title: str) -> Figure:
    """The measure's value over a span: a sum, a quotient of sums, or sum over mean where the denominator is a level."""
    if data.kind == "survey":
        return _reading(data, span, name, title)
    months, has_denominator = span.months, data.has_denominator
    formula = _formula(data, len(months))
    # Each is made once: a page makes thousands, and `replace` takes longer than all the rest.
    made = partial(Figure, name, title, UNITS[data.kind], period=span.words, formula=formula, months=months)
    missing = [
        month for month in months if month not in data.numerator or (has_denominator and month not in data.denominator)
    ]
    if missing:
        return made(value=None, why_not=missing_sentence(missing))
    above = _sum(data.numerator, months)
    words = data.cover.words(months, above)
    if words:
        return hidden(made(value=None), words)
    if not has_denominator:
        return made(value=above)
    below = _sum(data.denominator, months)
    if data.stock:
        below /= len(months)
    if below <= 0:
        return made(value=None, parts=(above, below), why_not="There was nothing to divide by in the period.")
    return made(value=SCALE.get(data.kind, 1) * above / below, parts=(above, below))


def _sum(held: Mapping[int, Fraction], months: Sequence[int]) -> Fraction:
    """Whole numbers are added as such: adding fractions looks for a common divisor each time."""
    if len(months) == 1:
        return held[months[0]]
    numbers = [held[month] for month in months]
    if all(one.denominator == 1 for one in numbers):
        return Fraction(sum(one.numerator for one in numbers))
    return sum(numbers, Fraction(0))


def _reading(data: MonthlyData, span: Span, name: str, title: str) -> Figure:
    value = data.numerator.get(span.last)
    why_not = "" if value is not None else missing_sentence([span.last])
    period = periods.rolling_span(span.last).words
    formula = "the survey's own figure, which covers the twelve months"
    figure = Figure(name, title, "per_cent", value, period, formula, (span.last,), why_not=why_not)
    words = "" if value is None else data.cover.words(figure.months)
    return replace(hidden(figure, words), why_not=f"{words[:1].upper()}{words[1:]}.") if words else figure


def _formula(data: MonthlyData, count: int) -> str:
    what = "the month's" if count == 1 else f"the sum of the {count} months'"
    if not data.has_denominator:
        return "the month's figure" if count == 1 else f"the sum of the {count} months"
    below = ("the month's" if count == 1 else f"the mean of the {count} months'") if data.stock else what
    times = {"ratio": ", times 100", "rate": ", times 1,000"}.get(data.kind, "")
    return (
        f"{what} numerator{'' if count == 1 else 's'} divided by {below} denominator{'' if count == 1 else 's'}{times}"
    )


def change(later: Figure, earlier: Figure, name: str = "change", *, percentage: bool = False) -> Figure:
    """The change between two figures of one unit, or that as a percentage of the earlier.

    Between percentages the change is in percentage points. Without either figure, or as a percentage of nothing, None.
    """
    if later.unit != earlier.unit:
        raise ValueError(f"A figure in {later.unit} cannot be compared with one in {earlier.unit}.")
    difference_unit: Unit = "percentage_points" if later.unit == "per_cent" else later.unit
    unsaid = Figure(
        name=name,
        title=f"{'percentage change' if percentage else 'change'}, {later.title} on {earlier.title}",
        unit="per_cent_change" if percentage else difference_unit,
        value=None,
        period=f"{later.period} against {earlier.period}",
        formula="the later less the earlier" + (", divided by the earlier, times 100" if percentage else ""),
        months=tuple(sorted({*later.months, *earlier.months})),
    )
    if later.value is None or earlier.value is None:
        withheld = NOT_SHOWN if later.withheld or earlier.withheld else ""
        return replace(unsaid, why_not=later.why_not or earlier.why_not, withheld=withheld)
    known = replace(unsaid, parts=(later.value, earlier.value))
    if percentage and earlier.value == 0:
        return replace(known, why_not="The earlier figure is zero: there is no percentage of it.")
    difference = later.value - earlier.value
    return replace(known, value=100 * difference / earlier.value if percentage else difference)


def share(part: Figure, whole: Figure, name: str = "share") -> Figure:
    """One figure as a percentage of another of the same unit and period."""
    if (part.unit, part.period) != (whole.unit, whole.period):
        raise ValueError("A share is of the same unit and period as its whole.")
    formula = "the part divided by the whole, times 100"
    unsaid = Figure(name, f"share of {whole.title}", "per_cent", None, part.period, formula, part.months)
    if part.value is None or not whole.value:
        withheld = NOT_SHOWN if part.withheld or whole.withheld else ""
        return replace(
            unsaid,
            withheld=withheld,
            why_not=part.why_not or whole.why_not or "The whole is zero: there is no share of it.",
        )
    return replace(unsaid, value=100 * part.value / whole.value, parts=(part.value, whole.value))
