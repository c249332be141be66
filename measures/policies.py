"""What another rule on small numbers would hide and show of a measure, worked out without storing anything."""

import hashlib
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass

from django.db.models import F

from measures import disclosure
from measures.models import CurrentValue, Measure, Period, Series
from measures.models.period import month_index
from measures.trends.disclosure import NOTHING_HIDDEN, QUARTER, Cover, quarter_start
from measures.trends.periods import month_words, quarter_span

YEAR = 12  # months
NAMED = 6  # of the figures that change, as many are named
CHANGED_BY_HAND = ("suppress_small", "zeros_shown", "fewest_answers")


@dataclass(frozen=True)
class Group:
    """One kind of figure of a series: how many there are, and which would be hidden or shown."""

    noun: str
    count: int
    hidden: tuple[str, ...]  # shown now, hidden then; oldest first
    shown: tuple[str, ...]

    @property
    def sentences(self) -> list[str]:
        return [
            f"{len(names)} of {self.count} {self.noun} would be {what}: {_named(names)}."
            for what, names in (("hidden", self.hidden), ("shown", self.shown))
            if names
        ]


@dataclass(frozen=True)
class Shift:
    """What changes of one series; `symbols` is "hidden", "shown" or "" for its symbols at its latest month."""

    series: Series
    groups: tuple[Group, ...]
    symbols: str

    @property
    def sentences(self) -> list[str]:
        said = [words for group in self.groups for words in group.sentences]
        return [*said, f"The symbols at its latest month would be {self.symbols}."] if self.symbols else said


@dataclass(frozen=True)
class Effect:
    """Every series of the measure that would be shown otherwise, the own force first."""

    shifts: tuple[Shift, ...]
    series: int  # of the measure
    digest: str  # of what was decided and what it would do

    @property
    def hides(self) -> bool:
        return any(group.hidden for shift in self.shifts for group in shift.groups)

    @property
    def shows(self) -> bool:
        return any(group.shown for shift in self.shifts for group in shift.groups)


def with_policy(measure: Measure, **policy: object) -> Measure:
    """The measure as it would be, not stored."""
    changed = copy(measure)
    for name, value in policy.items():
        setattr(changed, name, value)
    return changed


def effect_of(measure: Measure, changed: Measure) -> Effect:
    """What anybody outside the office would see of a measure's series otherwise if it were `changed`."""
    held = list(
        Series.objects.filter(measure=measure)
        .select_related("measure", "area")
        .order_by(F("area__is_own").desc(), "breakdown", "area__name")
    )
    before, after = (_covers(held, one) for one in (measure, changed))
    figures: dict[int, list[CurrentValue]] = {one.pk: [] for one in held}
    for one in CurrentValue.objects.filter(series__measure=measure, value__isnull=False).select_related("period"):
        figures[one.series_id].append(one)
    shifts = tuple(filter(None, (_shift(one, figures[one.pk], before, after) for one in held)))
    decided = [getattr(changed, name) for name in CHANGED_BY_HAND]
    told = repr([decided, *((shift.series.pk, shift.sentences) for shift in shifts)])
    return Effect(shifts, len(held), hashlib.sha256(told.encode()).hexdigest())


def _covers(held: Iterable[Series], measure: Measure) -> dict[int, Cover]:
    series = [copy(one) for one in held]
    for one in series:
        one.measure = measure
    return disclosure.covers(series)


def _shift(
    series: Series, figures: list[CurrentValue], before: dict[int, Cover], after: dict[int, Cover]
) -> Shift | None:
    old, new = (covers.get(series.pk, NOTHING_HIDDEN) for covers in (before, after))
    if old == new:
        return None
    months = {month_index(one.period.end): one.value for one in figures if one.period.kind == Period.Kind.MONTH}
    groups = (
        _group("figures", [(str(one.period), _span(one), one.value) for one in figures], series, old, new),
        _group("quarters", list(_quarters(months)), series, old, new),
        _group("twelve-month totals", list(_years(months)), series, old, new),
    )
    groups = tuple(one for one in groups if one.hidden or one.shown)
    seen = [not months or cover.shows_signals(max(months)) for cover in (old, new)]
    symbols = "" if seen[0] == seen[1] else "shown" if seen[1] else "hidden"
    return Shift(series, groups, symbols) if groups or symbols else None


Reading = tuple[str, range, float | None]  # its name, its months, and the true count where it is one


def _group(noun: str, readings: list[Reading], series: Series, old: Cover, new: Cover) -> Group:
    ordered = sorted(readings, key=lambda one: one[1][-1])
    counts = series.measure.kind == Measure.Kind.COUNT
    of_survey = series.measure.kind == Measure.Kind.SURVEY
    found: dict[str, list[str]] = {"hidden": [], "shown": []}
    for name, months, value in ordered:
        asked = months[-1:] if of_survey else months
        was, becomes = (bool(cover.words(asked, value if counts else None)) for cover in (old, new))
        if was != becomes:
            found["hidden" if becomes else "shown"].append(name)
    return Group(noun, len(ordered), tuple(found["hidden"]), tuple(found["shown"]))


def _span(one: CurrentValue) -> range:
    return range(month_index(one.period.start), month_index(one.period.end) + 1)


def _quarters(months: dict[int, float]) -> Iterable[Reading]:
    for start in sorted({quarter_start(month) for month in months}):
        span = range(start, start + QUARTER)
        if all(month in months for month in span):
            yield quarter_span(span[-1]).words, span, sum(months[month] for month in span)


def _years(months: dict[int, float]) -> Iterable[Reading]:
    for last in sorted(months):
        span = range(last - YEAR + 1, last + 1)
        if all(month in months for month in span):
            yield f"to {month_words(last)}", span, sum(months[month] for month in span)


def _named(names: tuple[str, ...]) -> str:
    """The latest of them by name, oldest first, and how many more there are."""
    more = len(names) - NAMED
    said = ", ".join(names[-NAMED:])
    return f"{said} and {more} earlier" if more > 0 else said
