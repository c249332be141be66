"""Signals and peer verdicts rebuilt from the figures. Idempotent, in any order, with nobody's name on it.

Every series is judged at its latest month and at the end of each of the latest quarters (less the measure's lag), so
that a page of an earlier quarter shows what could be said then. Only rows whose input changed are written.
"""

import hashlib
import math
from collections.abc import Callable, Iterable

import numpy as np
from django.db import transaction
from django.db.models import Max
from numpy.typing import NDArray

from measures import reading
from measures.models import Area, PeerVerdict, Ruleset, Series, TrendSignal
from measures.models.measure import Measure
from measures.trends import peers, rules, ruleset
from measures.trends.ruleset import CANNOT_SAY, RULES

QUARTERS_KEPT = 8
CHUNK = 2_000  # series read, judged and written at a time: a cancelled job loses at most one
COMPARED = (Measure.Kind.RATE, Measure.Kind.RATIO, Measure.Kind.DAYS_PER_PERSON, Measure.Kind.DURATION)
STATES = {
    peers.GREATER: PeerVerdict.State.ABOVE,
    peers.IN_LINE_ABOVE: PeerVerdict.State.UPPER,
    peers.IN_LINE_BELOW: PeerVerdict.State.LOWER,
    peers.LESS: PeerVerdict.State.BELOW,
}
FIELDS = ["r1", "r2", "r3", "r4", "r5", "r5c", "no_data", "not_enough", "statistics", "input_hash"]
Progress = Callable[[float, float, str], None]


def no_progress(done: float, total: float, words: str = "") -> None:
    """For callers with nobody waiting."""


def stored_rulesets() -> list[tuple[Ruleset, ruleset.Ruleset]]:
    """Every ruleset of the code with its row; a version that is new gets one."""
    pairs = []
    for one in ruleset.RULESETS.values():
        row = Ruleset.objects.filter(name=one.name, version=one.version).first()
        if row is None:
            chance = one.chance.any_symbol if one.chance else 0.0
            row = Ruleset.objects.create(name=one.name, version=one.version, parameters=one.parameters(), chance=chance)
        pairs.append((row, one))
    return pairs


def recompute_all(progress: Progress = no_progress) -> dict[str, int]:
    """Every monthly series and every verdict; drops signals of months that are no longer asked about."""
    return recompute_series(None, progress)


def recompute_series(pks: Iterable[int] | None, progress: Progress = no_progress) -> dict[str, int]:
    """The signals of these series (None: all) and of what depends on them. Says how many rows were written.

    When figures have reached a new quarter every series gets a row for it, so then all are done.
    """
    last = reading.frontier()
    if last is None:
        return {"series": 0, "written": 0}
    ends = reading.quarter_ends(last, QUARTERS_KEPT)
    if pks is not None and not TrendSignal.objects.filter(as_of__gte=ends[0] - 12).exists():
        pks = None
    if pks is not None and _is_new_quarter(ends[0]):
        pks = None
    series = reading.monthly_series_of(pks)
    sets = stored_rulesets()
    written = 0
    for start in range(0, len(series), CHUNK):
        progress(start, len(series), f"{start:,} of {len(series):,} series")
        batch = series[start : start + CHUNK]
        with transaction.atomic():
            written += _judge(batch, ends, sets)
    written += _judge_peers({one.measure_id for one in series}, ends, {row.name: row for row, _ in sets})
    progress(len(series), max(1, len(series)), "Done")
    return {"series": len(series), "written": written}


def _is_new_quarter(end: int) -> bool:
    without_lag = TrendSignal.objects.filter(series__measure__lag_months=0).aggregate(latest=Max("as_of"))["latest"]
    return without_lag is None or without_lag < end


def _judge(series: list[Series], ends: list[int], sets: list[tuple[Ruleset, ruleset.Ruleset]]) -> int:
    """Judge one batch at every as-of month; how many rows were written."""
    table = reading.load(series)
    quotient = np.array([one.measure.kind not in reading.ADDITIVE for one in series])
    wanted: dict[tuple[int, int, int], TrendSignal] = {}
    for row_set, one_set in sets:
        for rows in (np.flatnonzero(quotient), np.flatnonzero(~quotient)):
            if rows.size:
                data = table.monthly_series(rows, quotient=bool(quotient[rows[0]]))
                for as_of in _as_of_months(table, rows, ends):
                    found = rules.evaluate_latest(data, one_set, np.array([table.column(int(m)) for m in as_of]))
                    _collect(wanted, table, rows, as_of, found, row_set)
    return _store_signals(series, wanted)


def _as_of_months(table: reading.Table, rows: NDArray[np.int64], ends: list[int]) -> list[NDArray[np.int64]]:
    """For each turn, the as-of month of each row: its latest month first, then the quarter ends less its lag."""
    lags = np.array([table.series[row].measure.lag_months for row in rows])
    latest = np.array([table.last_month(row) or ends[0] for row in rows])
    return [latest, *(np.array(end - lags) for end in ends)]


def _collect(wanted, table, rows, as_of, found: rules.Evaluation, row_set: Ruleset) -> None:
    for place, row in enumerate(rows):
        one, month = table.series[row], int(as_of[place])
        beyond = month - table.last  # the table ends before the month asked about: nothing can be said of it
        flags = {rule: int(found.flags[rule][place]) for rule in RULES}
        said = {rule: None if flag == CANNOT_SAY or beyond > 0 else flag for rule, flag in flags.items()}
        no_data = bool(found.no_data[place]) if beyond <= 0 else _is_silent(table, row, month)
        numbers = {name: float(values[place]) for name, values in found.statistics.items()} if beyond <= 0 else {}
        kept = {name: value for name, value in numbers.items() if math.isfinite(value)}
        kept["season_doubt"] = bool(found.season_doubt[place]) if beyond <= 0 else False
        wanted[(one.pk, row_set.pk, month)] = TrendSignal(
            series=one,
            ruleset=row_set,
            as_of=month,
            **said,
            no_data=no_data,
            not_enough=not no_data and any(said[rule] is None for rule in found.ruleset.shown),
            statistics=kept,
            input_hash=_input_hash(table, row, month, row_set),
        )


def _is_silent(table: reading.Table, row: int, month: int) -> bool:
    latest = table.last_month(row)
    return latest is None or month - latest >= 12


def _input_hash(table: reading.Table, row: int, month: int, row_set: Ruleset) -> str:
    """Of everything the answer can depend on: the window's figures, what is left out, the phases, the ruleset."""
    stop = table.column(month) + 1
    start = max(0, stop - 60)
    digest = hashlib.sha256(f"{row_set.pk}\x1f{month}\x1f{table.first + start}".encode())
    for part in (table.values, table.denominators, table.left_out, table.phases):
        digest.update(np.ascontiguousarray(part[row, start:stop]).tobytes())
    measure = table.series[row].measure
    digest.update(f"{measure.kind}\x1f{measure.stock_denominator}".encode())
    return digest.hexdigest()


def _store_signals(series: list[Series], wanted: dict[tuple[int, int, int], TrendSignal]) -> int:
    """Write what is new or has another input; drop what nobody asks about any more."""
    pks = [one.pk for one in series]
    held: dict[tuple[int, int, int], tuple[int, str]] = {}
    for batch in reading.series_in_batches(pks):
        rows = TrendSignal.objects.filter(series_id__in=batch)
        for pk, one, row_set, month, digest in rows.values_list("pk", "series_id", "ruleset_id", "as_of", "input_hash"):
            held[(one, row_set, month)] = (pk, digest)
    gone = [pk for key, (pk, _) in held.items() if key not in wanted]
    for batch in reading.series_in_batches(gone):
        TrendSignal.objects.filter(pk__in=batch).delete()
    changed = [signal for key, signal in wanted.items() if held.get(key, (0, ""))[1] != signal.input_hash]
    TrendSignal.objects.bulk_create(
        changed,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["series", "ruleset", "as_of"],
        update_fields=FIELDS,
    )
    return len(changed)


def _judge_peers(measures: set[int], ends: list[int], sets: dict[str, Ruleset]) -> int:
    """The own force beside its most similar group, for the measures that are compared."""
    own = Area.objects.filter(is_own=True).first()
    compared = Measure.objects.filter(pk__in=measures, kind__in=COMPARED, frequency=Measure.Frequency.MONTHLY)
    keep: list[PeerVerdict] = []
    row_set = sets["default"]
    members = reading.peers_of(own, ends[0]) if own else []
    for measure in compared if members else []:
        found = reading.series_of_areas([measure.pk], [own.pk, *members])
        mine = [one for one in found if one.area_id == own.pk]
        if mine and len(found) > 1:
            keep += _verdicts(reading.load(found), found.index(mine[0]), ends, row_set)
    touched = PeerVerdict.objects.filter(series__measure_id__in=measures)
    with transaction.atomic():
        touched.delete()
        PeerVerdict.objects.bulk_create(keep, batch_size=500)
    return len(keep)


def _verdicts(table: reading.Table, mine: int, ends: list[int], row_set: Ruleset) -> list[PeerVerdict]:
    """One verdict a quarter: level on twelve-month values of the same period, trend on the monthly gap."""
    rows = np.arange(len(table.series))
    data = table.monthly_series(rows, quotient=True)
    others = np.delete(rows, mine)
    lag = table.series[mine].measure.lag_months
    made = []
    for end in ends:
        rolling = np.array([_rolling(table, data, row, end - lag) for row in rows])
        column = table.column(end - lag)
        level = peers.judge_level(rolling[[mine]], rolling[others][None, :])
        trend = peers.judge_trend(data.values[[mine]], data.values[others][None, :, :], ruleset.DEFAULT, column)
        apart = int(trend.flags[0])
        numbers = {"own": rolling[mine], "mean": level.mean[0], "upper": level.upper[0], "lower": level.lower[0]}
        kept: dict[str, object] = {name: float(value) for name, value in numbers.items() if np.isfinite(value)}
        kept |= {"peers": int(level.peers[0]), "rank": int(level.rank[0])}
        kept["values"] = {table.series[row].area.name: float(rolling[row]) for row in rows if np.isfinite(rolling[row])}
        made.append(
            PeerVerdict(
                series=table.series[mine],
                ruleset=row_set,
                as_of=end - lag,
                state=STATES.get(int(level.level[0])),
                apart=None if apart == CANNOT_SAY else apart,
                statistics=kept,
            )
        )
    return made


def _rolling(table: reading.Table, data, row: int, month: int) -> float:
    """The twelve months to `month`: sum over sum, or over the mean of a stock; NaN unless all twelve are there."""
    stop = month - table.first + 1
    if stop < 12 or stop > table.months:
        return math.nan
    top, below = table.values[row, stop - 12 : stop], table.denominators[row, stop - 12 : stop]
    total = below.sum()
    return math.nan if np.isnan(top).any() or not total > 0 else float(data.factor[row] * top.sum() / total)
