"""Signals and peer verdicts rebuilt from the figures. Idempotent, in any order, with nobody's name on it.
Projections are made beside them, once a quarter, and never again.

Every series is judged at its latest month and at the end of each of the latest quarters (less the measure's lag), so
that a page of an earlier quarter shows what can be said of it. Only rows whose input changed are written.
"""

import hashlib
import math
import time
from collections.abc import Callable, Iterable

import numpy as np
from django.db import connection, transaction
from numpy.typing import NDArray

from measures import projecting, reading, standing
from measures.models import Measure, Ruleset, Series, TrendSignal
from measures.trends import rules, ruleset
from measures.trends.ruleset import CANNOT_SAY, RULES

QUARTERS_KEPT = 8
CHUNK = 2_000  # series read, judged and written at a time: a cancelled job loses at most one
BREATH = 0.15  # seconds between two chunks on SQLite, whose other writers look every 0.1 s whether it is their turn
WINDOW = max(one.reach for one in ruleset.VERSIONS)  # months behind an answer
FIELDS = [*RULES, "no_data", "not_enough", "statistics", "input_hash"]
Progress = Callable[[float, float, str], None]
Place = tuple[int, int, int]  # series, ruleset, as-of month


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

    When figures have reached another quarter every series gets a row for it, so then all are done.
    """
    last = reading.frontier()
    if last is None:
        return {"series": 0, "written": 0}
    ends = reading.quarter_ends(last, QUARTERS_KEPT)
    if pks is not None:
        pks = set(pks)
        pks = None if _has_moved(ends, pks) else pks | reading.never_judged()
    series = reading.monthly_series_of(pks)
    sets = stored_rulesets()
    written = 0
    for start in range(0, len(series), CHUNK):
        progress(start, len(series), f"{start:,} of {len(series):,} series")
        if start and connection.vendor == "sqlite":
            time.sleep(BREATH)
        batch = series[start : start + CHUNK]
        with transaction.atomic():
            written += _judge(batch, ends, sets)
    touched = None if pks is None else set(Series.objects.filter(pk__in=pks).values_list("measure_id", flat=True))
    written += standing.judge(touched, ends, next(row for row, one in sets if one is ruleset.DEFAULT))
    projecting.project_new(pks, ends[0])
    progress(len(series), max(1, len(series)), "Done")
    return {"series": len(series), "written": written}


def _has_moved(ends: list[int], pks: set[int]) -> bool:
    """Whether the quarters have changed since the other series were judged. All are judged alike, so one tells."""
    judged = Series.objects.filter(trend_signals__isnull=False).exclude(pk__in=pks).select_related("measure").first()
    if judged is None:
        return False
    held = set(judged.trend_signals.values_list("as_of", flat=True))
    latest = reading.last_month_of(judged)
    wanted = {end - judged.measure.lag_months for end in ends}
    return held != wanted | ({latest} if latest is not None else set())


def _judge(series: list[Series], ends: list[int], sets: list[tuple[Ruleset, ruleset.Ruleset]]) -> int:
    """Judge one batch at every as-of month; how many rows were written."""
    table = reading.load(series, until=ends[0])
    quotient = np.array([one.measure.kind not in reading.ADDITIVE for one in series])
    wanted: dict[Place, TrendSignal] = {}
    for rows in (np.flatnonzero(quotient), np.flatnonzero(~quotient)):
        if not rows.size:
            continue
        data = table.monthly_series(rows, quotient=bool(quotient[rows[0]]))
        for as_of in _as_of_months(table, rows, ends):
            columns = np.array([table.column(int(month)) for month in as_of])
            hashes = [_input_hash(table, row, int(month)) for row, month in zip(rows, as_of, strict=True)]
            for row_set, one_set in sets:
                found = rules.evaluate_latest(data, one_set, columns)
                _collect(wanted, table, rows, as_of, found, row_set, hashes)
    return _store(series, wanted)


def _as_of_months(table: reading.Table, rows: NDArray[np.int64], ends: list[int]) -> list[NDArray[np.int64]]:
    """For each turn, the as-of month of each row: its latest month first, then the quarter ends less its lag."""
    lags = np.array([table.series[row].measure.lag_months for row in rows])
    newest = [table.last_month(row) for row in rows]
    latest = [end if month is None else month for month, end in zip(newest, ends[0] - lags, strict=True)]
    return [np.array(latest), *(np.array(end - lags) for end in ends)]


def _collect(
    wanted: dict[Place, TrendSignal],
    table: reading.Table,
    rows: NDArray[np.int64],
    as_of: NDArray[np.int64],
    found: rules.Evaluation,
    row_set: Ruleset,
    hashes: list[str],
) -> None:
    for place, row in enumerate(rows):
        one, month = table.series[row], int(as_of[place])
        flags = {rule: int(found.flags[rule][place]) for rule in RULES}
        said = {rule: None if flag == CANNOT_SAY else flag for rule, flag in flags.items()}
        numbers = {name: float(values[place]) for name, values in found.statistics.items()}
        kept: dict[str, float | bool] = {name: value for name, value in numbers.items() if math.isfinite(value)}
        kept["season_doubt"] = bool(found.season_doubt[place])
        no_data = _is_silent(table, row, month, found.ruleset.no_data_months)
        wanted[(one.pk, row_set.pk, month)] = TrendSignal(
            series=one,
            ruleset=row_set,
            as_of=month,
            **said,
            no_data=no_data,
            not_enough=not no_data and any(said[rule] is None for rule in found.ruleset.shown_for(said)),
            statistics=kept,
            input_hash=hashes[place],
        )


def _is_silent(table: reading.Table, row: int, month: int, months: int) -> bool:
    """Nothing recorded in the months up to this one; a month a data note leaves out was recorded all the same."""
    stop = table.column(month) + 1
    return bool(np.isnan(table.values[row, max(0, stop - months) : stop]).all())


def _input_hash(table: reading.Table, row: int, month: int) -> str:
    """Of everything the answer can depend on: the window's figures, what is left out, the phases, the kind.

    The same for one series whatever else was read with it: months are counted back from the one judged.
    """
    stop = table.column(month) + 1
    start = max(0, stop - WINDOW)
    there = np.flatnonzero(~np.isnan(table.values[row, start:stop]))
    part = there + start
    measure = table.series[row].measure
    setting = f"{month}\x1f{measure.kind}\x1f{measure.stock_denominator}\x1f{reading.smallest(measure)}"
    digest = hashlib.sha256(setting.encode())
    phase_now = table.phases[row, stop - 1] if stop else 0
    for values in (
        stop - part,
        table.values[row, part],
        table.denominators[row, part],
        table.left_out[row, part],
        table.phases[row, part] - phase_now,
    ):
        digest.update(np.ascontiguousarray(values).tobytes())
    return digest.hexdigest()


def _store(series: list[Series], wanted: dict[Place, TrendSignal]) -> int:
    """Write what is new or has another input; drop what nobody asks about any more."""
    held: dict[Place, tuple[int, str]] = {}
    for batch in reading.series_in_batches(one.pk for one in series):
        rows = TrendSignal.objects.filter(series_id__in=batch)
        for pk, one, row_set, month, digest in rows.values_list("pk", "series_id", "ruleset_id", "as_of", "input_hash"):
            held[(one, row_set, month)] = (pk, digest)
    current = {row_set for _, row_set, _ in wanted}
    gone = [pk for key, (pk, _) in held.items() if key not in wanted and key[1] in current]
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


def series_of_measures(measures: Iterable[Measure]) -> list[int]:
    """The series to recompute when a note or a phase of these measures has changed."""
    return list(Series.objects.filter(measure__in=list(measures)).order_by("pk").values_list("pk", flat=True))
