"""Who may see small numbers, and what is hidden of which series from everybody else.

The rules are `measures.trends.disclosure`; this finds what they need: a series' figures in every version, and those of
the series it is cut into or is a part of. Policing teams are parts of the force, forces are parts of regions and the
nation; breakdowns are parts of their area. One query where nothing is small, four where something is.
"""

from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field, replace

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, OuterRef, Q
from django.http import HttpRequest

from core.accounts.models import User
from core.accounts.permissions import Permission
from measures.models import Area, CurrentValue, Measure, Observation, Period, Series, TrendSignal
from measures.models.period import month_index
from measures.models.signal import STATISTICS
from measures.trends import disclosure
from measures.trends.disclosure import Counts, Cover, Policy, SpanOfMonths

COUNTS_ABOVE = (
    Measure.Kind.RATIO,
    Measure.Kind.RATE,
    Measure.Kind.AUDIT_SAMPLE,
)  # numerators that count people or cases
SHARES = (Measure.Kind.RATIO, Measure.Kind.AUDIT_SAMPLE)
NEVER_SMALL = (Measure.Kind.HOURS, Measure.Kind.SURVEY)  # not counts of people or cases
LARGER = (Area.Kind.REGION, Area.Kind.NATION)
IN_ONE_QUERY = 500
REFUSED = "You may not see counts below five as they are. Ask without figures=exact for what may be shown."


def may_see_exact(user: User) -> bool:
    """Whether somebody may see counts below five as they are, inside the office and under its marking."""
    return user.is_authenticated and user.has(Permission.SMALL_NUMBERS_VIEW)


def asks_exact(request: HttpRequest) -> bool:
    """Whether an export is asked for with every figure: `?figures=exact`. PermissionDenied for who may not see them."""
    if request.GET.get("figures") != "exact":
        return False
    if not may_see_exact(request.user):
        raise PermissionDenied(REFUSED)
    return True


def policy_of(measure: Measure) -> Policy:
    below = disclosure.SMALL_BELOW if measure.suppress_small and measure.kind not in NEVER_SMALL else 0
    return Policy(below, measure.zeros_shown, measure.fewest_answers)


def words_of_reading(series: Series, cover: Cover, period: Period, value: float | None = None) -> str:
    """What stands in place of one stored figure; "" where it may be shown. `value` is of a count, if it is one."""
    first, last = month_index(period.start), month_index(period.end)
    if series.measure.kind == Measure.Kind.SURVEY:
        return cover.words((last,))
    return cover.words(range(first, last + 1), value if series.measure.kind == Measure.Kind.COUNT else None)


def words_of_version(series: Series, cover: Cover, observation: Observation) -> str:
    """The same of any version of a figure, one that is no longer held too."""
    if is_small(series.measure, observation.value, observation.denominator):
        return policy_of(series.measure).small_words
    return words_of_reading(series, cover, observation.period, observation.value)


def shown_signal(signal: TrendSignal, cover: Cover) -> TrendSignal | None:
    """What of a series' signals at a month may be shown; None where nothing may."""
    if not cover.shows_signals(signal.as_of):
        return None
    if cover.shows_history(signal.as_of):
        return signal
    shown = copy(signal)
    shown.r5c_ar = None
    at = next(place for place, name in enumerate(STATISTICS) if name.startswith("r5c_ar"))
    shown.numbers = bytes(signal.numbers)[: 8 * at]  # those of r5c_ar stand last
    return shown


def is_small(measure: Measure, value: float, below: float | None) -> bool:
    """Whether a stored figure is, or is made of, a count its measure hides."""
    parts = [value] if measure.kind == Measure.Kind.COUNT or measure.kind in COUNTS_ABOVE else []
    if below is not None:
        parts += [below, below - value] if measure.kind in SHARES else [below]
    return any(map(policy_of(measure).hides, parts))


@dataclass
class _History:
    """Every version of one series' figures, and which are current."""

    series: Series
    above: dict[int, float] = field(default_factory=dict)
    below: dict[int, float] = field(default_factory=dict)
    small_spans: set[SpanOfMonths] = field(default_factory=set)
    answers: dict[SpanOfMonths, int | None] = field(default_factory=dict)
    was_small: set[int] = field(default_factory=set)
    versions: dict[int, set[tuple[float, float | None]]] = field(default_factory=lambda: defaultdict(set))
    came_in: dict[int, int] = field(default_factory=dict)  # the first batch that had a month

    def add(self, kind: str, span: SpanOfMonths, value: float, below: float | None, answers: int | None) -> None:
        """A current figure."""
        if self.series.measure.kind == Measure.Kind.SURVEY:
            self.answers[span] = answers
        elif kind != Period.Kind.MONTH:
            self.small_spans |= {span} if is_small(self.series.measure, value, below) else set()
        else:
            self.above[span[1]] = value
            if below is not None:
                self.below[span[1]] = below

    def remember(self, month: int, value: float, below: float | None, batch: int) -> None:
        """Any version of a month's figure."""
        self.versions[month].add((value, below))
        self.came_in.setdefault(month, batch)
        if is_small(self.series.measure, value, below):
            self.was_small.add(month)

    @property
    def counts(self) -> Counts:
        revised = {month for month, values in self.versions.items() if len(values) > 1}
        late = {
            month
            for month, batch in self.came_in.items()
            if any(
                self.came_in.get(later, batch) < batch
                for later in range(month + 1, disclosure.quarter_start(month) + disclosure.QUARTER)
            )
        }
        return Counts(self.above, self.was_small, revised | late)

    def cover_alone(self, also: Iterable[int] = ()) -> Cover:
        """The cover of the series by itself; the months `also` are hidden for the sake of another series."""
        policy, kind = policy_of(self.series.measure), self.series.measure.kind
        if kind == Measure.Kind.COUNT:
            return disclosure.cover_counts(policy, self.counts, also=set(also) & set(self.above))
        alone = disclosure.cover_quotients(
            policy, self.above, self.below, counts_above=kind in COUNTS_ABOVE, is_share=kind in SHARES
        )
        forced = {month: disclosure.NOT_SHOWN for month in also if month in self.above}
        return replace(alone, hidden=forced | dict(alone.hidden))


def covers(series: Iterable[Series]) -> dict[int, Cover]:
    """What is hidden of each of these series (measure and area selected), by primary key; absent where nothing is.

    The policy is that of the measures given, for their relatives too: so a policy that is not stored can be tried.
    """
    wanted = [one for one in series if _is_guarded(one)]
    if not wanted:
        return {}
    relatives, small = _relatives(wanted)
    answered = {one.pk for one in wanted if one.measure.kind == Measure.Kind.SURVEY}
    families = [one for one in _families(relatives.values()) if small & {member.pk for member in one.members}]
    needed = answered.union(*({member.pk for member in one.members} for one in families))
    histories = _histories({pk: relatives[pk] for pk in needed})
    found = {pk: _cover_of_answers(histories[pk]) for pk in answered}
    for one in families:
        found |= one.covers(histories)
    asked = {one.pk for one in wanted}
    return {pk: cover for pk, cover in found.items() if pk in asked and cover}


def cover_of(series: Series) -> Cover:
    return covers([series]).get(series.pk, disclosure.NOTHING_HIDDEN)


def _is_part(series: Series) -> bool:
    return bool(series.breakdown) or series.area.kind == Area.Kind.TEAM


def _is_guarded(series: Series) -> bool:
    if series.measure.kind == Measure.Kind.SURVEY:
        return _is_part(series)
    return policy_of(series.measure).is_on


def _relatives(wanted: list[Series]) -> tuple[dict[int, Series], set[int]]:
    """These series and those of the same measures that they are cut into, or are parts of; and which of them may have
    had a small number in any version."""
    kinds = {one.area.kind for one in wanted}
    near = Q(area_id__in={one.area_id for one in wanted})
    if Area.Kind.TEAM in kinds or any(one.area.is_own for one in wanted):
        near |= Q(area__kind=Area.Kind.TEAM) | Q(area__is_own=True)
    if kinds & set(LARGER):
        near |= Q(area__kind=Area.Kind.FORCE, breakdown="")
    measures = {one.measure_id: one.measure for one in wanted}
    held = Series.objects.filter(near, measure_id__in=measures).annotate(ever_small=_ever_small(measures.values()))
    found = {one.pk: one for one in held.select_related("area").order_by("pk")}
    for one in found.values():
        one.measure = measures[one.measure_id]
    small = {pk for pk, one in found.items() if one.ever_small}
    return found | {one.pk: one for one in wanted}, small


def _ever_small(measures: Iterable[Measure]) -> Q:
    """Whether a series of one of these measures may have had a small number in any version."""
    counted = [one for one in measures if policy_of(one).is_on]
    least = {"value__gt": 0} if all(one.zeros_shown for one in counted) else {"value__gte": 0}
    limit = disclosure.SMALL_BELOW
    small = Q(value__lt=limit, **least) | Q(denominator__lt=limit) | Q(denominator__lt=F("value") + limit)
    versions = Observation.objects.filter(small, series_id=OuterRef("pk"))
    return Q(measure_id__in=[one.pk for one in counted]) & Q(Exists(versions))


def _histories(series: dict[int, Series]) -> dict[int, _History]:
    made = {pk: _History(one) for pk, one in series.items()}
    for batch in _batches(series):
        months = Observation.objects.filter(series_id__in=batch, period__kind=Period.Kind.MONTH).order_by("pk")
        names = ("series_id", "period__end", "value", "denominator", "batch_id")
        for pk, end, *rest in months.values_list(*names):
            made[pk].remember(month_index(end), *rest)
        current = CurrentValue.objects.filter(series_id__in=batch, value__isnull=False)
        names = ("series_id", "period__kind", "period__start", "period__end", "value", "denominator")
        for pk, kind, start, end, *rest in current.values_list(*names, "observation__sample_size"):
            made[pk].add(kind, (month_index(start), month_index(end)), *rest)
    return made


def _batches(pks: Iterable[int]) -> Iterable[list[int]]:
    held = list(pks)
    return (held[start : start + IN_ONE_QUERY] for start in range(0, len(held), IN_ONE_QUERY))


def _cover_of_answers(history: _History) -> Cover:
    return disclosure.cover_answers(policy_of(history.series.measure), history.answers)


@dataclass(frozen=True)
class _Family:
    """A whole with its parts, each group one way of cutting it; or the larger areas of a measure with its forces."""

    whole: Series | None
    groups: tuple[tuple[Series, ...], ...] = ()
    larger: tuple[Series, ...] = ()

    @property
    def parts(self) -> tuple[Series, ...]:
        return tuple(part for group in self.groups for part in group)

    @property
    def members(self) -> tuple[Series, ...]:
        return (*((self.whole,) if self.whole else ()), *self.parts, *self.larger)

    def covers(self, histories: dict[int, _History]) -> dict[int, Cover]:
        first = self.members[0].measure
        if self.larger:
            made = self._of_larger(histories)
        elif first.kind == Measure.Kind.COUNT:
            made = self._of_counts(policy_of(first), histories)
        else:
            made = self._of_quotients(histories)
        policy = policy_of(first)
        return {pk: disclosure.cover_spans(policy, histories[pk].small_spans, cover) for pk, cover in made.items()}

    def _of_counts(self, policy: Policy, histories: dict[int, _History]) -> dict[int, Cover]:
        whole = histories[self.whole.pk].counts if self.whole else Counts({})
        groups = [[histories[part.pk].counts for part in group] for group in self.groups]
        found = disclosure.cover_family(policy, whole, groups)
        made = {self.whole.pk: found.whole} if self.whole else {}
        for group, covered in zip(self.groups, found.parts, strict=True):
            made |= {part.pk: cover for part, cover in zip(group, covered, strict=True)}
        return made

    def _of_quotients(self, histories: dict[int, _History]) -> dict[int, Cover]:
        held = {one.pk: (histories[one.pk].cover_alone(), histories[one.pk].counts) for one in self.members}
        whole = held[self.whole.pk] if self.whole else (disclosure.NOTHING_HIDDEN, Counts({}))
        cover, parts = disclosure.cover_quotient_family(whole, [held[one.pk] for one in self.parts])
        made = {self.whole.pk: cover} if self.whole else {}
        return made | {one.pk: part for one, part in zip(self.parts, parts, strict=True)}

    def _of_larger(self, histories: dict[int, _History]) -> dict[int, Cover]:
        """Which force is in which region is not recorded: a month that is small in any force is hidden in all."""
        months = {month for part in self.parts for month in histories[part.pk].was_small}
        return {one.pk: histories[one.pk].cover_alone(months) for one in self.larger}


def _families(series: Iterable[Series]) -> list[_Family]:
    """The series of each measure as families; a series without relatives is a family of its own."""
    by_measure: dict[int, list[Series]] = defaultdict(list)
    for one in series:
        if policy_of(one.measure).is_on:
            by_measure[one.measure_id].append(one)
    return [family for held in by_measure.values() for family in _families_of_measure(held)]


def _families_of_measure(held: list[Series]) -> list[_Family]:
    teams = [one for one in held if one.area.kind == Area.Kind.TEAM]
    others: dict[int, list[Series]] = defaultdict(list)
    for one in held:
        if one.area.kind != Area.Kind.TEAM:
            others[one.area_id].append(one)
    found = [_family_of_area(members, teams) for members in others.values()]
    if teams and not any(members[0].area.is_own for members in others.values()):
        found.append(_Family(None, (tuple(teams),)))
    larger = tuple(one for one in held if one.area.kind in LARGER and not one.breakdown)
    forces = tuple(one for one in held if one.area.kind == Area.Kind.FORCE and not one.breakdown)
    return [*found, _Family(None, (forces,), larger)] if larger else found


def _family_of_area(members: list[Series], teams: list[Series]) -> _Family:
    """An area's series; breakdowns within teams make one group of everything, whose members hide each other."""
    area = members[0].area
    whole = next((one for one in members if not one.breakdown and area.kind not in LARGER), None)
    cuts = tuple(one for one in members if one.breakdown)
    own_teams = tuple(teams) if area.is_own else ()
    if any(one.breakdown for one in own_teams):
        return _Family(whole, ((*cuts, *own_teams),))
    return _Family(whole, tuple(filter(None, (cuts, own_teams))))
