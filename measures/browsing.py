"""Every series the office holds, narrowed and a page at a time: a page costs the same however many there are.

A narrowing that asks after figures is one look into an index a series ("current values by month", "one signal of a
series at a month under a ruleset"); only the search for gaps adds up the months of all.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet

from measures import disclosure, reading, release
from measures.models import CurrentValue, Observation, Ruleset, Series, TrendSignal
from measures.models.period import month_index
from measures.trends import ruleset
from measures.trends.disclosure import NOTHING_HIDDEN, Cover
from measures.trends.figures import MonthlyData

LIT = Q(r5c_ar__isnull=True, r5c__in=(1, -1)) | Q(
    *(Q(**{f"{rule}__in": (1, -1)}) for rule in ("r1", "r2", "r3", "r4", "r5c_ar")), _connector=Q.OR
)
MONTHLY = Q(month__isnull=False, value__isnull=False)


@dataclass(frozen=True)
class Held:
    """What is held of one series. `readings` counts what is not of single months; months are month indexes."""

    series: Series
    data: MonthlyData
    months: tuple[int, ...] = ()
    readings: int = 0
    last_reading: int | None = None
    signal: TrendSignal | None = None
    cover: Cover = NOTHING_HIDDEN
    exact: bool = False

    @property
    def is_restricted(self) -> bool:
        """Whether true values are here that not everybody may see."""
        return self.exact and bool(self.cover)

    def hidden(self, observation: Observation) -> str:
        """What stands in place of a stored figure; "" where it may be seen."""
        return "" if self.exact else disclosure.words_of_version(self.series, self.cover, observation)

    @property
    def last(self) -> int | None:
        return self.months[-1] if self.months else self.last_reading

    @property
    def gaps(self) -> int:
        """Months without a figure between the first and the last."""
        return self.months[-1] - self.months[0] + 1 - len(self.months) if self.months else 0


@dataclass(frozen=True)
class Narrowed:
    """What a reader asks for; empty asks for everything."""

    words: str = ""
    measure: str = ""
    area: str = ""
    breakdown: str = ""
    kind: str = ""
    reaches: str = ""  # "current" or "behind"
    signal: str = ""  # "yes" or "no"
    gaps: str = ""


def narrowed(asked: Narrowed) -> QuerySet[Series]:
    """The series asked for, in the order of a list: measure, area, breakdown."""
    found = Series.objects.all()
    for word in asked.words.split():
        found = found.filter(
            Q(measure__name__icontains=word)
            | Q(measure__short_name__icontains=word)
            | Q(measure__slug__icontains=word)
            | Q(area__name__icontains=word)
            | Q(breakdown__icontains=word)
        )
    if asked.measure:
        found = found.filter(measure__slug=asked.measure)
    if asked.area:
        found = found.filter(area__slug=asked.area)
    if asked.breakdown:
        found = found.filter(breakdown="") if asked.breakdown == "whole" else found.exclude(breakdown="")
    if asked.kind:
        found = found.filter(measure__kind=asked.kind)
    found = _by_figures(found, asked)
    return found.order_by("measure__short_name", "area__name", "breakdown", "pk").select_related("measure", "area")


def _by_figures(found: QuerySet[Series], asked: Narrowed) -> QuerySet[Series]:
    last = reading.frontier_seen() if asked.reaches or asked.signal else None
    if asked.reaches and last is not None:
        due = last - OuterRef("measure__lag_months")
        reaches = Exists(
            release.released_values(CurrentValue.objects.filter(MONTHLY, series=OuterRef("pk"), month__gte=due))
        )
        found = found.filter(reaches if asked.reaches == "current" else ~reaches)
    if asked.signal and last is not None:
        as_of = reading.quarter_ends(last, 1)[0] - OuterRef("measure__lag_months")
        rows = TrendSignal.objects.filter(LIT, series=OuterRef("pk"), ruleset_id=_ruleset(), as_of=as_of)
        rows = release.released_signals(rows)
        found = found.filter(Exists(rows) if asked.signal == "yes" else ~Exists(rows))
    if asked.gaps:
        spans = release.released_values(CurrentValue.objects.filter(MONTHLY)).values("series")
        spans = spans.annotate(held=Count("pk"), first=Min("month"), last=Max("month"))
        broken = spans.filter(held__lt=F("last") - F("first") + 1).values("series")
        found = found.filter(pk__in=broken) if asked.gaps == "yes" else found.exclude(pk__in=broken)
    return found


def _ruleset() -> int | None:
    """The row of the ruleset in use; None before anything has been judged."""
    one = ruleset.DEFAULT
    return Ruleset.objects.filter(name=one.name, version=one.version).values_list("pk", flat=True).first()


def held_of(series: list[Series], *, exact: bool) -> list[Held]:
    """What is held of each of these, in their order, in as many queries for one as for fifty.

    `exact`: small numbers too, as they are; only for a reader who `may_see_exact`.
    """
    if not series:
        return []
    table = reading.load(series)
    readings = _readings(one.pk for one in series)
    signals = _signals(one.pk for one in series)
    covers = disclosure.covers(series)
    made = []
    for row, one in enumerate(series):
        cover, signal = covers.get(one.pk, NOTHING_HIDDEN), signals.get(one.pk)
        data = table.data(row)
        if not exact:
            data = replace(data, cover=cover)
            signal = disclosure.shown_signal(signal, cover) if signal else None
        count, last = readings.get(one.pk, (0, None))
        months = tuple(sorted(data.numerator))
        made.append(Held(one, data, months, count, last, signal, cover, exact))
    return made


def _readings(pks: Iterable[int]) -> dict[int, tuple[int, int]]:
    held = CurrentValue.objects.filter(series_id__in=list(pks), month__isnull=True, value__isnull=False)
    rows = release.released_values(held).values_list("series_id").annotate(count=Count("pk"), last=Max("period__end"))
    return {pk: (count, month_index(last)) for pk, count, last in rows}


def _signals(pks: Iterable[int]) -> dict[int, TrendSignal]:
    """The newest signal of each under the ruleset in use."""
    rows = TrendSignal.objects.filter(series_id__in=list(pks), ruleset_id=_ruleset()).order_by("as_of")
    return {one.series_id: one for one in release.released_signals(rows).select_related("ruleset")}
