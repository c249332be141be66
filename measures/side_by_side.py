"""What a measure can be set beside, and the parts a change of it can be explained by."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from measures import disclosure, reading
from measures.models import Area, Measure, Series
from measures.trends.disclosure import NOTHING_HIDDEN
from measures.trends.figures import MonthlyData, over
from measures.trends.periods import month_span, rolling_span

PARTS_OF = (Measure.Kind.COUNT, Measure.Kind.HOURS, Measure.Kind.RATIO)
WHERE = (Area.Kind.NATION, Area.Kind.REGION, Area.Kind.FORCE)


@dataclass(frozen=True)
class Side:
    """One monthly series with its name and its months up to the as-of."""

    name: str
    series: Series
    data: MonthlyData
    as_of: int

    def monthly(self, months: int) -> dict[int, float]:
        """The latest so many months that have a value."""
        window = range(self.as_of - months + 1, self.as_of + 1)
        found = {month: over(self.data, month_span(month), "", "").value for month in window}
        return {month: float(value) for month, value in found.items() if value is not None}


def choices_beside(measure: Measure) -> list[Series]:
    """Monthly series a measure can be set beside: its own in other places, then the own force's other measures."""
    monthly = Series.objects.filter(measure__frequency=Measure.Frequency.MONTHLY, breakdown="")
    elsewhere = monthly.filter(measure=measure, area__is_own=False, area__kind__in=WHERE)
    others = monthly.filter(area__is_own=True).exclude(measure=measure).order_by("measure__short_name")
    places = sorted(
        elsewhere.select_related("measure", "area"),
        key=lambda one: (WHERE.index(Area.Kind(one.area.kind)), one.area.name),
    )
    return [*places, *others.select_related("measure", "area")]


def own_series(measure: Measure) -> Series | None:
    return Series.objects.own_force().filter(measure=measure).select_related("measure", "area").first()


def sides(series: Sequence[Series], names: Sequence[str], until: int, *, exact: bool) -> list[Side]:
    """These series read together, each up to its own last month; what may not be shown is not there unless `exact`."""
    covers = {} if exact else disclosure.covers(series)
    table = reading.load(list(series), until=until)
    made = []
    for row, (one, name) in enumerate(zip(series, names, strict=True)):
        last = until - one.measure.lag_months
        data = replace(table.data(row, until=last), cover=covers.get(one.pk, NOTHING_HIDDEN))
        made.append(Side(name, one, data, last))
    return made


def parts_held(measure: Measure) -> dict[str, list[Series]]:
    """The breakdowns that are recorded of the own force's measure: by what, and the series of each.

    `breakdown` names a part; a team is a place. Both may be held.
    """
    of = Series.objects.filter(measure=measure).select_related("measure", "area").order_by("area__name", "breakdown")
    groups = list(of.filter(area__is_own=True).exclude(breakdown=""))
    teams = list(of.filter(area__kind=Area.Kind.TEAM, breakdown=""))
    return {by: held for by, held in (("group", groups), ("team", teams)) if held}


def candidates(measure: Measure) -> list[Series]:
    """The own force's other counts of the same unit, which somebody may know to be parts of it."""
    if measure.kind != Measure.Kind.COUNT:
        return []
    same = Series.objects.own_force().filter(measure__kind=measure.kind, measure__unit=measure.unit)
    return list(same.exclude(measure=measure).select_related("measure", "area").order_by("measure__short_name"))


@dataclass(frozen=True)
class YearPair:
    """Twelve months and the twelve before: numerators, and denominators (1 where there is none)."""

    before: Fraction
    after: Fraction
    divisors: tuple[Fraction, Fraction] = (Fraction(1), Fraction(1))


def year_pair(side: Side, month: int) -> YearPair | None:
    """A side's year to a month beside the year before; None where either cannot be said."""
    now, then = (over(side.data, rolling_span(end), "", "") for end in (month, month - 12))
    if now.value is None or then.value is None:
        return None
    if not side.data.has_denominator:
        return YearPair(then.value, now.value)
    return YearPair(then.parts[0], now.parts[0], (then.parts[1] / 100, now.parts[1] / 100))
