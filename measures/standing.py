"""The own force beside its most similar forces, judged afresh from the figures: derived data, like the signals.

Levels compare twelve months with the same twelve months, so a verdict of September may be of the year to June where
that is the latest for which everyone's figures are in; it says which in `statistics["month"]`. Whether the force moves
apart is asked of monthly figures only: a survey's years overlap.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from measures import reading, release
from measures.comparing import amount
from measures.models import Area, CurrentValue, Measure, PeerVerdict, Period, Ruleset, Series
from measures.models.period import MONTHS_IN_YEAR, month_index
from measures.trends import peers, ruleset
from measures.trends.intervals import survey
from measures.trends.ruleset import CANNOT_SAY
from measures.trends.verdicts import likely

COMPARED = (Measure.Kind.RATE, Measure.Kind.RATIO, Measure.Kind.DAYS_PER_PERSON, Measure.Kind.DURATION)
LOOKS_BACK = 12  # months a verdict may be behind the quarter for want of the others' figures
STATES = {
    peers.GREATER: PeerVerdict.State.ABOVE,
    peers.IN_LINE_ABOVE: PeerVerdict.State.UPPER,
    peers.IN_LINE_BELOW: PeerVerdict.State.LOWER,
    peers.LESS: PeerVerdict.State.BELOW,
}
Floats = NDArray[np.float64]
Rows = NDArray[np.int64]  # of series


@dataclass(frozen=True)
class Group:
    """A most similar group from a month on. `areas` are the primary keys of its members, own force left out."""

    pk: int
    first: int
    areas: frozenset[int]


def judge(measures: set[int] | None, ends: list[int], row_set: Ruleset) -> int:
    """Verdicts of the compared measures among these (None: all) at each quarter's end. How many rows were written.

    Each is made with the group that held in its own month: a new grouping changes no verdict of an earlier quarter.
    """
    own = Area.objects.filter(is_own=True).first()
    groups = groups_of(own) if own else []
    among = Measure.objects.all() if measures is None else Measure.objects.filter(pk__in=measures)
    made: list[PeerVerdict] = []
    if own and groups:
        areas = {own.pk}.union(*(group.areas for group in groups))
        for measure in among.filter(kind__in=COMPARED, frequency=Measure.Frequency.MONTHLY).order_by("pk"):
            made += _of_months(reading.series_of_areas([measure.pk], areas), own, groups, ends, row_set)
        for measure in among.filter(kind=Measure.Kind.SURVEY).order_by("pk"):
            made += _of_survey(reading.series_of_areas([measure.pk], areas), own, groups, ends, row_set)
    held = PeerVerdict.objects.filter(ruleset=row_set)
    return _store(held if measures is None else held.filter(series__measure_id__in=measures), made)


def groups_of(area: Area) -> list[Group]:
    """The groups an area has had, newest first."""
    held = area.peer_groups.order_by("-valid_from").prefetch_related("members")
    return [
        Group(one.pk, month_index(one.valid_from), frozenset(member.area_id for member in one.members.all()))
        for one in held
    ]


def group_at(groups: Iterable[Group], month: int) -> Group | None:
    """The group that held in a month; None before the first."""
    return next((group for group in groups if group.first <= month), None)


def _store(held: Iterable[PeerVerdict], made: list[PeerVerdict]) -> int:
    """Write what is new or other than before; drop what is no longer asked about."""
    before = {(one.series_id, one.as_of): one for one in held}
    wanted = {(one.series_id, one.as_of) for one in made}
    changed = [one for one in made if _said(before.get((one.series_id, one.as_of))) != _said(one)]
    with transaction.atomic():
        PeerVerdict.objects.filter(pk__in=[one.pk for key, one in before.items() if key not in wanted]).delete()
        PeerVerdict.objects.bulk_create(
            changed,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["series", "ruleset", "as_of"],
            update_fields=["state", "apart", "statistics"],
        )
    return len(changed)


def _said(verdict: PeerVerdict | None) -> tuple[object, ...] | None:
    return verdict and (verdict.state, verdict.apart, verdict.statistics)


def _of_months(
    series: list[Series], own: Area, groups: list[Group], ends: list[int], row_set: Ruleset
) -> list[PeerVerdict]:
    mine = _place_of(series, own)
    if mine is None or len(series) < 2:
        return []
    table = reading.load(series, until=ends[0])
    data = table.monthly_series(np.arange(len(series)), quotient=True)
    rolling = reading.rolling_twelve(table)
    lag = series[mine].measure.lag_months

    def apart_at(month: int, rows: Rows) -> peers.PeerTrends:
        column = table.column(month)
        return peers.judge_trend(data.values[[mine]], data.values[rows][None, :, :], ruleset.DEFAULT, column)

    def values_at(month: int) -> Floats:
        column = table.column(month)
        return rolling[:, column] if column >= 0 else np.full(len(series), np.nan)

    def ranges_at(month: int, rows: Rows) -> dict[int, tuple[float, float] | None]:
        column = table.column(month)
        months = slice(column + 1 - MONTHS_IN_YEAR, column + 1)
        parts = {row: (table.values[row, months], table.denominators[row, months]) for row in rows.tolist()}
        measure = series[mine].measure
        return {
            row: likely(amount(measure, float(rolling[row, column]), float(above.sum()), below))
            for row, (above, below) in parts.items()
        }

    asked = _Asked(series, mine, groups, row_set, ranges_at)
    return [asked.verdict(end - lag, values_at, apart_at) for end in ends if group_at(groups, end - lag)]


def _of_survey(
    series: list[Series], own: Area, groups: list[Group], ends: list[int], row_set: Ruleset
) -> list[PeerVerdict]:
    mine = _place_of(series, own)
    if mine is None or len(series) < 2:
        return []
    row_of = {one.pk: row for row, one in enumerate(series)}
    yearly = CurrentValue.objects.filter(series_id__in=row_of, period__kind=Period.Kind.YEAR_TO, value__isnull=False)
    held: dict[int, Floats] = {}
    margins: dict[tuple[int, int], float] = {}  # by month and row
    for one in release.seen(yearly.select_related("period", "observation")):
        month, row = month_index(one.period.end), row_of[one.series_id]
        held.setdefault(month, np.full(len(series), np.nan))[row] = one.value
        if one.observation and one.observation.margin:
            margins[month, row] = one.observation.margin
    nothing = np.full(len(series), np.nan)

    def ranges_at(month: int, rows: Rows) -> dict[int, tuple[float, float] | None]:
        known = {row: margins[month, row] for row in rows.tolist() if (month, row) in margins}
        ends = {row: survey(held[month][row], margin) for row, margin in known.items()}
        return {row: (float(both.lower), float(both.upper)) for row, both in ends.items()}

    asked = _Asked(series, mine, groups, row_set, ranges_at)
    lag = series[mine].measure.lag_months
    return [
        asked.verdict(end - lag, lambda month: held.get(month, nothing), None)
        for end in ends
        if group_at(groups, end - lag)
    ]


def _place_of(series: list[Series], own: Area) -> int | None:
    return next((row for row, one in enumerate(series) if one.area_id == own.pk), None)


@dataclass(frozen=True)
class _Asked:
    """The series of one measure, own force's at row `mine`, and the groups it has been compared with."""

    series: list[Series]
    mine: int
    groups: list[Group]
    row_set: Ruleset
    ranges_at: Callable[[int, Rows], dict[int, tuple[float, float] | None]]  # likely ranges at a month, by row

    def verdict(
        self,
        as_of: int,
        values_at: Callable[[int], Floats],
        apart_at: Callable[[int, Rows], peers.PeerTrends] | None,
    ) -> PeerVerdict:
        """On the latest month, up to a year back, of which own force and everybody of the group have a figure."""
        group = group_at(self.groups, as_of)
        areas = group.areas if group else frozenset()
        rows = np.array(
            [row for row, one in enumerate(self.series) if one.area_id in areas and row != self.mine], dtype=np.int64
        )
        everybody = [self.mine, *rows]
        whole = [not np.isnan(values_at(as_of - back)[everybody]).any() for back in range(LOOKS_BACK)]
        month = as_of - whole.index(True) if True in whole else as_of
        values = values_at(month)
        level = peers.judge_level(values[[self.mine]], values[rows][None, :])
        numbers = {
            "own": values[self.mine],
            "mean": level.mean[0],
            "upper": level.upper[0],
            "lower": level.lower[0],
        }
        trend = apart_at(as_of, rows) if apart_at else None
        if trend:
            numbers |= {"apart_slope": trend.slope[0], "apart_p": trend.p[0]}
        kept: dict[str, object] = {name: float(value) for name, value in numbers.items() if np.isfinite(value)}
        kept |= {"month": month, "peers": int(level.peers[0]), "rank": int(level.rank[0])}
        kept |= {"group": group.pk if group else None}
        shown = [(self.series[row].area.name, values[row]) for row in everybody]
        kept["values"] = {name: float(value) for name, value in shown if value == value}
        ranges = self.ranges_at(month, np.array(everybody)) if len(kept["values"]) == len(shown) else {}
        kept["ranges"] = {self.series[row].area.name: list(ends) for row, ends in ranges.items() if ends}
        apart = CANNOT_SAY if trend is None else int(trend.flags[0])
        return PeerVerdict(
            series=self.series[self.mine],
            ruleset=self.row_set,
            as_of=as_of,
            state=STATES.get(int(level.level[0])),
            apart=None if apart == CANNOT_SAY else apart,
            statistics=kept,
        )
