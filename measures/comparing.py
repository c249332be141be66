"""One measure in every force over the same twelve months: for ranks, charts of the nation and the verdicts' workbench.

A force's year is worked out from its months, or taken as it was given ("twelve months to June"). Periods are never
mixed: everybody is read at the latest month, up to a year back, at which the own force and half of the others have one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from measures import disclosure, reading, release
from measures.models import Area, CurrentValue, Measure, Period, Series
from measures.models.period import MONTHS_IN_YEAR, month_index
from measures.trends.verdicts import Amount

LOOKS_BACK = 12  # months


@dataclass(frozen=True)
class Years:
    """Twelve-month figures of one measure by last month and force: `at[month][area pk]`."""

    measure: Measure
    areas: dict[int, Area]
    own: int | None
    at: dict[int, dict[int, Amount]] = field(default_factory=dict)

    def common_month(self, as_of: int) -> int | None:
        """The latest month up to `as_of` of which the own force and at least half of the others have a figure."""
        others = len(self.areas) - 1
        for month in range(as_of, as_of - LOOKS_BACK, -1):
            held = self.at.get(month, {})
            if self.own in held and others and 2 * (len(held) - 1) >= others:
                return month
        return None

    def among(self, month: int, areas: Iterable[int] | None = None) -> dict[int, Amount]:
        """Figures of these forces (None: all) at a month, own force among them where it has one."""
        held = self.at.get(month, {})
        wanted = set(held) if areas is None else {*areas, self.own}
        return {pk: amount for pk, amount in held.items() if pk in wanted}


def years_of(measure: Measure, as_of: int, *, exact: bool) -> Years:
    """The years of every force that end within the twelve months to `as_of`.

    A force of which anything in that time may not be shown is left out, unless `exact`.
    """
    found = Series.objects.filter(measure=measure, area__kind=Area.Kind.FORCE, breakdown="")
    series = list(found.select_related("measure", "area__region").order_by("area__name"))
    if not exact:
        hidden = disclosure.covers(series)
        first = as_of - LOOKS_BACK - MONTHS_IN_YEAR + 1
        series = [one for one in series if one.pk not in hidden or not hidden[one.pk].touches(first, as_of)]
    areas = {one.area_id: one.area for one in series}
    own = next((pk for pk, area in areas.items() if area.is_own), None)
    made = Years(measure, areas, own)
    months = range(as_of - LOOKS_BACK + 1, as_of + 1)
    _add_monthly(made, series, months)
    _add_given(made, series, months)
    return made


def _add_monthly(made: Years, series: list[Series], months: range) -> None:
    if not series or made.measure.frequency != Measure.Frequency.MONTHLY:
        return
    table = reading.load(series, until=months[-1])
    rolling = reading.rolling_twelve(table)
    for month in months:
        stop = month - table.first + 1
        if stop < MONTHS_IN_YEAR:
            continue
        window = slice(stop - MONTHS_IN_YEAR, stop)
        for row, one in enumerate(series):
            value = rolling[row, stop - 1]
            if not np.isnan(value):
                above, below = table.values[row, window].sum(), table.denominators[row, window]
                made.at.setdefault(month, {})[one.area_id] = amount(made.measure, float(value), float(above), below)


def amount(measure: Measure, value: float, above: float, below: np.ndarray) -> Amount:
    """A force's rolling twelve with what it is made of: the sum above, and the months' denominators below."""
    if measure.kind in reading.ADDITIVE or np.isnan(below).any():
        return Amount(value)
    beneath = float(below.mean() if measure.stock_denominator else below.sum())
    return Amount(value, above, beneath, per_of(measure))


def per_of(measure: Measure) -> float:
    return reading.PER.get(Measure.Kind(measure.kind), 1.0)


def _add_given(made: Years, series: list[Series], months: range) -> None:
    """Years given as such: a survey's, or a force known by its published totals alone. Months go before them."""
    area_of = {one.pk: one.area_id for one in series}
    rows = CurrentValue.objects.filter(
        series__in=area_of, period__kind=Period.Kind.YEAR_TO, value__isnull=False
    ).select_related("period")
    for one in release.seen(rows):
        pk, value, below = one.series_id, one.value, one.denominator
        month = month_index(one.period.end)
        if month not in months:
            continue
        if below:
            given = Amount(per_of(made.measure) * value / below, value, below, per_of(made.measure))
        else:
            given = Amount(value)
        made.at.setdefault(month, {}).setdefault(area_of[pk], given)
