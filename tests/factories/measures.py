"""Measures and their figures, made for a test."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

import factory
from django.utils import timezone

from measures.models import (
    Area,
    CurrentValue,
    ImportBatch,
    Measure,
    Observation,
    PeerGroup,
    PeerMember,
    Period,
    PlanMeasure,
    Population,
    Series,
)
from measures.models.period import month_index
from tests.factories.plans import PriorityFactory

SEPTEMBER = 12 * 2019 + 8
STEADY = (100, 104)  # in turn: mean 102, no rule lit


class AreaFactory(factory.django.DjangoModelFactory):
    """The own force unless told otherwise."""

    class Meta:
        model = Area
        django_get_or_create = ("slug",)

    name = "Testshire Police"
    slug = "testshire"
    kind = Area.Kind.FORCE
    is_own = True


class MeasureFactory(factory.django.DjangoModelFactory):
    """A headline count that stands in the plan: `MeasureFactory(slug="burglary")`."""

    class Meta:
        model = Measure
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"counted-{n}")
    name = factory.LazyAttribute(lambda one: one.slug.replace("-", " ").capitalize())
    short_name = factory.SelfAttribute("name")
    kind = Measure.Kind.COUNT
    unit = "crimes"
    polarity = Measure.Polarity.DOWN
    headline = True

    @factory.post_generation
    def placed(self, create: bool, extracted: bool | None, **kwargs: object) -> None:
        if extracted is not False:
            priority = PriorityFactory()
            PlanMeasure.objects.create(priority=priority, measure=self, position=priority.plan_measures.count() + 1)


class SeriesFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Series

    measure = factory.SubFactory(MeasureFactory)
    area = factory.SubFactory(AreaFactory)


class BatchFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ImportBatch

    file_name = "figures.csv"
    source = "Crime recording system"
    as_at = dt.date(2019, 10, 4)
    state = ImportBatch.State.ACCEPTED
    created_at = factory.LazyFunction(timezone.now)
    accepted_at = factory.LazyFunction(timezone.now)


def steady(months: int = 36) -> list[float]:
    """Months that no rule is lit by."""
    return [float(STEADY[month % 2]) for month in range(months)]


def give(
    series: Series,
    values: Sequence[float | None],
    denominators: Sequence[float] | None = None,
    *,
    last: int = SEPTEMBER,
    provisional: Iterable[int] = (),
    batch: ImportBatch | None = None,
) -> None:
    """Record months that end with `last`; None leaves a month out. A month held already is superseded."""
    months = range(last - len(values) + 1, last + 1)
    below = [None] * len(values) if denominators is None else denominators
    given = {m: pair for m, *pair in zip(months, values, below, strict=True) if pair[0] is not None}
    periods = Period.objects.months(set(given))
    uncertain, batch = set(provisional), batch or BatchFactory()
    cells = [
        (periods[month], row, month, {"value": value, "denominator": below, "provisional": month in uncertain})
        for row, (month, (value, below)) in enumerate(given.items(), 2)
    ]
    _record(series, batch, cells)


def give_reading(
    series: Series, kind: str, start: dt.date, end: dt.date, facts: Mapping[str, float | None], batch=None
) -> None:
    """Record one survey or sample: facts are value, denominator, margin, sample_size."""
    period = Period.objects.get_or_create(kind=kind, start=start, end=end)[0]
    _record(series, batch or BatchFactory(), [(period, 2, None, dict(facts))])


def _record(series: Series, batch: ImportBatch, cells: list[tuple[Period, int, int | None, dict]]) -> None:
    """Each period with its row of the file, its month and its facts, all at once: one at a time is most of a test."""
    held = {
        one.period_id: one for one in CurrentValue.objects.filter(series=series, period__in=[at for at, *_ in cells])
    }
    observed = Observation.objects.bulk_create(
        Observation(
            series=series,
            period=period,
            batch=batch,
            row=row,
            supersedes_id=held[period.pk].head_id if period.pk in held else None,
            **facts,
        )
        for period, row, _, facts in cells
    )
    fresh, changed = [], []
    for one, (period, _, month, facts) in zip(observed, cells, strict=True):
        current = held.get(period.pk) or CurrentValue(series=series, period=period)
        current.month, current.observation, current.head = month, one, one
        current.value, current.denominator = one.value, one.denominator
        current.provisional = facts.get("provisional", False)
        (changed if current.pk else fresh).append(current)
    CurrentValue.objects.bulk_create(fresh)
    told = ["month", "observation", "head", "value", "denominator", "provisional"]
    CurrentValue.objects.bulk_update(changed, told)


def survey_years(series: Series, readings: Mapping[tuple[int, int], tuple[float, float]]) -> None:
    """Twelve months to each (year, month): per cent and margin."""
    for (year, month), (value, margin) in readings.items():
        start = month_index(dt.date(year, month, 1)) - 11
        first = dt.date(start // 12, start % 12 + 1, 1)
        end = dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
        give_reading(series, Period.Kind.YEAR_TO, first, end, {"value": value, "margin": margin, "sample_size": 540})


def peers_of(own: Area, count: int = 7, valid_from: dt.date = dt.date(2014, 1, 1)) -> list[Area]:
    """The most similar group of an area: Peer A and so on."""
    group = PeerGroup.objects.create(area=own, valid_from=valid_from, source="made up")
    made = []
    for letter in "ABCDEFGHIJ"[:count]:
        area = AreaFactory(name=f"Peer {letter}", slug=f"peer-{letter.lower()}", is_own=False)
        PeerMember.objects.create(group=group, area=area)
        made.append(area)
    return made


def people(area: Area, by_year: Mapping[int, int]) -> None:
    for year, value in by_year.items():
        Population.objects.create(area=area, year=year, value=value, source="made up")
