"""The registry of statistics: every figure a paper may print about one series, each from the months it says it used.

A figure knows its value (exact), its unit, its period in words, its formula in words and its months. If one month
of its period is missing the value is None and `why_not` says which: a partial sum is never passed off as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from measures.trends import periods
from measures.trends.figures import ADDITIVE, Figure, Kind, MonthlyData, Unit, change, hidden, over
from measures.trends.periods import Span


@dataclass(frozen=True)
class Statistic:
    """An entry of the registry: how to find the figure, and the kinds of measure it makes sense for."""

    name: str
    title: str
    kinds: tuple[Kind, ...]
    work_out: Callable[[MonthlyData, int], Figure]


EVERY_KIND: tuple[Kind, ...] = ("count", "hours", "ratio", "duration", "rate", "days_per_person", "survey")
MONTHLY_KINDS: tuple[Kind, ...] = EVERY_KIND[:-1]
QUOTIENTS: tuple[Kind, ...] = ("ratio", "duration", "rate", "days_per_person")
NUMERATOR_UNITS: dict[Kind, Unit] = {"duration": "seconds", "days_per_person": "days"}
PERCENTAGE_KINDS = ("ratio", "survey")

LEVELS: dict[str, tuple[str, Callable[[int], Span], int, tuple[Kind, ...]]] = {
    # name: title, span at a month, months moved, kinds
    "month": ("latest month", periods.month_span, 0, MONTHLY_KINDS),
    "previous_month": ("previous month", periods.month_span, -1, MONTHLY_KINDS),
    "month_year_ago": ("same month last year", periods.month_span, -12, MONTHLY_KINDS),
    "quarter": ("quarter", periods.quarter_span, 0, MONTHLY_KINDS),
    "previous_quarter": ("previous quarter", periods.quarter_span, -3, MONTHLY_KINDS),
    "quarter_year_ago": ("same quarter last year", periods.quarter_span, -12, MONTHLY_KINDS),
    "rolling12": ("rolling twelve months", periods.rolling_span, 0, EVERY_KIND),
    "rolling12_quarter_ago": ("rolling twelve months a quarter ago", periods.rolling_span, -3, EVERY_KIND),
    "rolling12_year_ago": ("rolling twelve months a year ago", periods.rolling_span, -12, EVERY_KIND),
    "year_to_date": ("financial year to date", periods.year_to_date_span, 0, MONTHLY_KINDS),
    "year_to_date_year_ago": ("financial year to date, last year", periods.year_to_date_span, -12, MONTHLY_KINDS),
}
PAIRS = {  # name of the change: later level, earlier level, kinds
    "month_on_previous": ("month", "previous_month", MONTHLY_KINDS),
    "month_on_year": ("month", "month_year_ago", MONTHLY_KINDS),
    "quarter_on_previous": ("quarter", "previous_quarter", MONTHLY_KINDS),
    "quarter_on_year": ("quarter", "quarter_year_ago", MONTHLY_KINDS),
    "rolling12_on_quarter": ("rolling12", "rolling12_quarter_ago", EVERY_KIND),
    "rolling12_on_year": ("rolling12", "rolling12_year_ago", EVERY_KIND),
    "year_to_date_on_year": ("year_to_date", "year_to_date_year_ago", MONTHLY_KINDS),
}


def _level(name: str) -> Callable[[MonthlyData, int], Figure]:
    title, span_at, moved, _ = LEVELS[name]
    return lambda data, month: over(data, span_at(month).moved(moved), name, title)


def _change(name: str, *, percentage: bool) -> Callable[[MonthlyData, int], Figure]:
    later, earlier, _ = PAIRS[name]
    full = f"{name}_percentage" if percentage else f"{name}_change"
    return lambda data, month: change(
        _level(later)(data, month), _level(earlier)(data, month), full, percentage=percentage
    )


def _mean_per_month(data: MonthlyData, month: int) -> Figure:
    year = over(data, periods.rolling_span(month), "mean_per_month", "mean per month")
    value = None if year.value is None else year.value / periods.YEAR_MONTHS
    parts = () if year.value is None else (year.value, Fraction(periods.YEAR_MONTHS))
    formula = "the sum of the 12 months divided by 12"
    made = Figure(year.name, year.title, year.unit, value, year.period, formula, year.months, parts, year.why_not)
    return hidden(made) if year.withheld else made


def _part(name: str, level: str, *, below: bool) -> Callable[[MonthlyData, int], Figure]:
    """The numerator or denominator of a quotient, on its own: the 4,437 and the 4,993 of "4,437 of 4,993"."""
    title = f"{'denominator' if below else 'numerator'}, {LEVELS[level][0]}"

    def work_out(data: MonthlyData, month: int) -> Figure:
        whole = _level(level)(data, month)
        averaged = below and data.stock
        formula = f"the {'mean' if averaged else 'sum'} of the months' {'denominators' if below else 'numerators'}"
        unit: Unit = NUMERATOR_UNITS.get(data.kind, "count") if not below else "count"
        unsaid = Figure(name, title, unit, None, whole.period, formula, whole.months, why_not=whole.why_not)
        if whole.withheld:
            return hidden(unsaid)
        return replace(unsaid, value=whole.parts[1 if below else 0], why_not="") if whole.parts else unsaid

    return work_out


def _rate_per_1000(data: MonthlyData, month: int) -> Figure:
    year = over(data, periods.rolling_span(month), "rate_per_1000", "rate per 1,000 people")
    formula = "the sum of the 12 months divided by the population, times 1,000"
    unsaid = Figure(year.name, year.title, "per_1000", None, year.period, formula, year.months)
    if year.withheld:
        return hidden(unsaid)
    if year.value is None or not data.population:
        return replace(unsaid, why_not=year.why_not or "No population is recorded for the area.")
    rate = 1000 * year.value / data.population
    return replace(unsaid, value=rate, parts=(year.value, data.population))


def _entries() -> Iterable[Statistic]:
    for name, (title, _, _, kinds) in LEVELS.items():
        yield Statistic(name, title, kinds, _level(name))
    for name, (later, earlier, kinds) in PAIRS.items():
        title = f"{LEVELS[later][0]} on {LEVELS[earlier][0]}"
        yield Statistic(f"{name}_change", f"change, {title}", kinds, _change(name, percentage=False))
        relative = tuple(kind for kind in kinds if kind not in PERCENTAGE_KINDS)
        yield Statistic(f"{name}_percentage", f"percentage change, {title}", relative, _change(name, percentage=True))
    for level in ("quarter", "rolling12"):
        for part, below in (("numerator", False), ("denominator", True)):
            name = f"{level}_{part}"
            yield Statistic(name, f"{part}, {LEVELS[level][0]}", QUOTIENTS, _part(name, level, below=below))
    yield Statistic("mean_per_month", "mean per month", ADDITIVE, _mean_per_month)
    yield Statistic("rate_per_1000", "rate per 1,000 people", ("count",), _rate_per_1000)


STATISTICS: dict[str, Statistic] = {statistic.name: statistic for statistic in _entries()}


def available(kind: Kind) -> tuple[str, ...]:
    """Names of the statistics that make sense for a kind of measure, in the registry's order."""
    return tuple(name for name, statistic in STATISTICS.items() if kind in statistic.kinds)


def compute(name: str, data: MonthlyData, month: int) -> Figure:
    """One statistic at a measure's last month (the report month less the measure's lag).

    The quarter is the last one over by then. KeyError: no such statistic. ValueError: not for this kind of measure.
    """
    statistic = STATISTICS[name]
    if data.kind not in statistic.kinds:
        raise ValueError(f"A {statistic.title} makes no sense of a {data.kind.replace('_', ' ')}.")
    return statistic.work_out(data, month)


def compute_all(data: MonthlyData, month: int) -> dict[str, Figure]:
    """Every statistic that makes sense for the measure, by name."""
    return {name: compute(name, data, month) for name in available(data.kind)}
