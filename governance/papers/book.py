"""Every figure a paper of one quarter may print: the registry's figures of the own force, and all series for charts.

A month after the quarter's end is not read, so a paper of an earlier quarter says what it should have said. A paper
leaves the office, in every build: it is made from what anybody may see (`measures.trends.disclosure`) and nothing else.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

from django.db.models import Max

from governance.papers.content.tokens import Names
from measures import disclosure, release
from measures.figures import SAMPLE_NAMES, MeasureFigures, quarter_figures
from measures.models import Area, CurrentValue, Measure, PeerVerdict, Period, Series, TrendSignal
from measures.models.period import month_index
from measures.provenance import attributions_by_measure
from measures.trends import formatting, ruleset
from measures.trends.disclosure import NOTHING_HIDDEN, Cover
from measures.trends.figures import Figure, MonthlyData, exact, monthly_data
from measures.trends.periods import rolling_span
from measures.trends.statistics import STATISTICS

RULESET = ruleset.DEFAULT


@dataclass(frozen=True, slots=True)
class Held:
    """One value as it is held: with a denominator the figure is their quotient."""

    value: float
    denominator: float | None
    provisional: bool
    margin: float | None


@dataclass
class Kept:
    """One series for the charts: months, twelve-month figures by their last month."""

    pk: int
    measure: Measure
    area: Area
    breakdown: str
    cover: Cover
    months: dict[int, Held] = field(default_factory=dict)
    years: dict[int, Held] = field(default_factory=dict)
    _data: MonthlyData | None = None

    @property
    def is_rolling(self) -> bool:
        return self.measure.kind == Measure.Kind.SURVEY

    @property
    def data(self) -> MonthlyData:
        """As the registry of statistics takes it."""
        if self._data is None:
            held = self.years if self.is_rolling else self.months
            below = None
            if self.measure.kind not in (Measure.Kind.COUNT, Measure.Kind.HOURS, Measure.Kind.SURVEY):
                below = [one.denominator for one in held.values()]
            kind = "ratio" if self.measure.kind == Measure.Kind.AUDIT_SAMPLE else self.measure.kind
            values = [one.value for one in held.values()]
            made = monthly_data(kind, held, values, below, stock=self.measure.stock_denominator or None)
            self._data = replace(made, cover=self.cover)
        return self._data

    def margin(self, month: int) -> float | None:
        held = self.years.get(month)
        return held.margin if held else None


class Unavailable(Exception):
    """There is no such series or statistic; the text is a sentence for the author."""


class Book:
    """What is held up to the end of a quarter, with what the rules say of it. `only` keeps it to some measures.

    `known` are figures by slug that were read already; whoever gives them has seen to it that anybody may see them.
    """

    def __init__(
        self, period: Period, only: Collection[str] | None = None, known: Mapping[str, MeasureFigures] | None = None
    ) -> None:
        self.period = period
        self.month = period.last_month
        self.figures: dict[str, MeasureFigures] = dict(known or {})
        if only is None or only:
            wanted = Measure.objects.all() if only is None else Measure.objects.filter(slug__in=only)
            with release.reading_as_published():
                measures = list(wanted)
                figures = quarter_figures(measures, period)
            self.figures |= {one.slug: figures[one.pk] for one in measures}

    @cached_property
    def kept(self) -> dict[tuple[str, int, str], Kept]:
        """Every series for the charts, by measure, area and breakdown: read when a chart first asks."""
        with release.reading_as_published():
            wanted = Series.objects.filter(measure__in=[one.measure.pk for one in self.figures.values()])
            every = list(wanted.select_related("measure", "area").order_by("pk"))
            covers = disclosure.covers(every)
            found = {
                one.pk: Kept(one.pk, one.measure, one.area, one.breakdown, covers.get(one.pk, NOTHING_HIDDEN))
                for one in every
            }
            self._read(found)
        return {(one.measure.slug, one.area.pk, one.breakdown): one for one in found.values()}

    @cached_property
    def own(self) -> Area | None:
        return Area.objects.filter(is_own=True).first()

    @cached_property
    def _credits(self) -> dict[int, list[str]]:
        return attributions_by_measure(one.pk for one in self.kept.values())

    def credits(self, measure: Measure) -> list[str]:
        """What the publishers of a measure's figures ask to be said beside them."""
        return self._credits.get(measure.pk, [])

    @cached_property
    def _as_at(self) -> dict[int, dt.date]:
        """By measure, the day of the newest figure of the own force."""
        with release.reading_as_published():
            return self._days()

    def _days(self) -> dict[int, dt.date]:
        own = {one.pk: one.measure.pk for one in self.kept.values() if one.area.is_own and not one.breakdown}
        held = CurrentValue.objects.filter(series_id__in=own, period__end__lte=self.period.end)
        under = [one.batch_id for one in release.held_back() if one.batch_id]
        held = held.exclude(observation__batch_id__in=under) if under else held
        days = held.values_list("series_id").annotate(day=Max("observation__batch__as_at"))
        return {own[pk]: day for pk, day in days if day}

    def as_at(self, measure: Measure) -> str:
        """The day its figures are as at, in words; empty where none are held."""
        day = self._as_at.get(measure.pk)
        return f"{day.day} {day:%B %Y}" if day else ""

    def _read(self, by_pk: dict[int, Kept]) -> None:
        """Months go under their cover; a twelve-month figure that may not be shown is not kept at all."""
        held = CurrentValue.objects.filter(
            series__measure__in={one.measure.pk for one in by_pk.values()},
            value__isnull=False,
            period__end__lte=self.period.end,
        )
        names = ("series_id", "period_id", "period__kind", "period__end", "value", "denominator", "provisional")
        hidden = release.withheld(by_pk).cells
        for pk, period, kind, end, *facts in held.order_by("period__end").values_list(*names, "observation__margin"):
            kept, month, one = by_pk[pk], month_index(end), Held(*facts)
            if (pk, period) in hidden:
                before = hidden[pk, period]
                if before is None:
                    continue
                one = Held(before.value, before.denominator, before.provisional, before.margin)
            if kind == Period.Kind.MONTH:
                kept.months[month] = one
            elif kind == Period.Kind.YEAR_TO and not kept.cover.words(year_months(kept, month)):
                kept.years[month] = one

    def last_month(self, measure: Measure) -> int:
        """The last month a measure can have figures for by the end of the quarter."""
        return self.month - measure.lag_months

    def of(self, slug: str) -> MeasureFigures:
        """The own force's figures of a measure."""
        if slug not in self.figures:
            raise Unavailable(f"There is no measure “{slug}”.")
        return self.figures[slug]

    def signal(self, slug: str) -> TrendSignal | None:
        return self.of(slug).signals.get(RULESET.name)

    def verdict(self, slug: str) -> PeerVerdict | None:
        return self.of(slug).peer

    def series(self, slug: str, area: Area | None = None, breakdown: str = "") -> Kept:
        area = area or self.own
        held = self.kept.get((slug, area.pk if area else 0, breakdown))
        if held is None:
            raise Unavailable(f"There is no series “{slug}”.")
        return held

    def areas_of(self, slug: str) -> list[Kept]:
        """The measure's whole series in every area."""
        return [one for (held, _, breakdown), one in self.kept.items() if held == slug and not breakdown]

    def figure(self, slug: str, statistic: str) -> Figure:
        """A statistic of the own force at the measure's last month."""
        return figure_of(self.of(slug), statistic)

    def margin(self, slug: str) -> Fraction | None:
        """The margin of a survey's latest reading, in percentage points."""
        reading = self.of(slug).reading
        return exact(reading.margin) if reading else None

    def observations(self, slug: str, figure: Figure) -> tuple[int, ...]:
        """The observations a figure was worked out from."""
        figures = self.of(slug)
        if figures.readings:
            return tuple(one.observation for one in figures.readings if one.last_month in figure.months)
        return tuple(figures.observations[month] for month in figure.months if month in figures.observations)

    def names(self, own: str = "") -> Names:
        """What short codes may name, in a text about the measure `own`."""
        every = dict(Measure.objects.values_list("slug", "short_name"))
        return Names(every, (*STATISTICS, *SAMPLE_NAMES), own)

    def text(self, slug: str, figure: Figure, context: formatting.Context = "prose") -> str:
        """A figure in house style at the measure's own precision, or what stands in its place."""
        return self.of(slug).say(figure, context)


def figure_of(held: MeasureFigures, statistic: str) -> Figure:
    """A statistic of a measure as it is read. Raises Unavailable."""
    try:
        return held.figure(statistic)
    except (KeyError, ValueError) as problem:
        raise Unavailable(f"There is no statistic “{statistic}” of “{held.measure.short_name}”.") from problem


def year_months(kept: Kept, last: int) -> tuple[int, ...]:
    """The months a twelve-month figure is judged by: a survey's answers are counted by its last."""
    return (last,) if kept.is_rolling else rolling_span(last).months
