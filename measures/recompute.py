"""Signals and peer verdicts rebuilt from the figures. Idempotent, in any order, with nobody's name on it.
Projections are made beside them, once a quarter, and never again.

Every series is judged at its latest month and at the end of each of the latest quarters (less the measure's lag), so
that a page of an earlier quarter shows what can be said of it. Only rows whose input changed are written.
"""

import time
from collections.abc import Callable, Iterable, Iterator

import numpy as np
from django.db import connection, transaction
from numpy.typing import NDArray

from measures import columns, judging, projecting, reading, release, standing, storing
from measures.models import Measure, Ruleset, Series, TrendSignal
from measures.trends import ruleset
from measures.trends.ruleset import RULES

QUARTERS_KEPT = 8
CHUNK = 1_000  # series read, judged and written at a time: a cancelled job loses at most one
BREATH = 0.15  # seconds between two chunks on SQLite, whose other writers look every 0.1 s whether it is their turn
FIELDS = [*RULES, "no_data", "not_enough", "numbers", "input_hash"]
TABLE = TrendSignal._meta.db_table
MONTHS_APART = 1 << 20  # above every month index
Progress = Callable[[float, float, str], None]
Share = Callable[[list[list]], list[dict[str, int]]]  # argument lists of `judge_some` -> what each gave back


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


def recompute_all(progress: Progress = no_progress, *, share: Share | None = None) -> dict[str, int]:
    """Every monthly series and every verdict; drops signals of months that are no longer asked about."""
    return recompute_series(None, progress, share=share)


def recompute_series(
    pks: Iterable[int] | None, progress: Progress = no_progress, *, share: Share | None = None
) -> dict[str, int]:
    """The signals of these series (None: all) and of what depends on them. Says how many rows were written.

    When figures have reached another quarter every series gets a row for it, so then all are done; also where that
    happens meanwhile. `share`: have the parts of a large recompute done by whoever is free.
    """
    with release.reading_everything():
        return _recompute(pks, progress, share)


def _recompute(pks: Iterable[int] | None, progress: Progress, share: Share | None) -> dict[str, int]:
    ends = _ends()
    if ends is None:
        return {"series": 0, "written": 0}
    if pks is not None:
        pks = set(pks)
        pks = None if _has_moved(ends, pks) else pks | reading.never_judged()
    asked = reading.monthly_series() if pks is None else sorted(pks)
    parts = [asked[start : start + CHUNK] for start in range(0, len(asked), CHUNK)]
    if share and len(parts) > 1:
        stored_rulesets()  # made by one before many need them
        done = share([[part, ends] for part in parts])
    else:
        done = list(_one_by_one(parts, ends, progress))
    judged, written = (sum(one[name] for one in done) for name in ("series", "written"))
    touched = None if pks is None else set(Series.objects.filter(pk__in=pks).values_list("measure_id", flat=True))
    written += standing.judge(touched, ends, next(row for row, one in stored_rulesets() if one is ruleset.DEFAULT))
    projecting.project_new(pks, ends[0])
    if _ends() != ends:
        return recompute_series(None, progress, share=share)
    progress(judged, max(1, judged), "Done")
    return {"series": judged, "written": written}


def _ends() -> list[int] | None:
    """The quarters' ends asked about; None before there are figures."""
    last = reading.frontier()
    return None if last is None else reading.quarter_ends(last, QUARTERS_KEPT)


def _one_by_one(parts: list[list[int]], ends: list[int], progress: Progress) -> Iterator[dict[str, int]]:
    total = sum(map(len, parts))
    for number, part in enumerate(parts):
        progress(number * CHUNK, total, f"{number * CHUNK:,} of {total:,} series")
        if number and connection.vendor == "sqlite":
            time.sleep(BREATH)
        yield judge_some(part, ends)


def _has_moved(ends: list[int], pks: set[int]) -> bool:
    """Whether the quarters have changed since the other series were judged. All are judged alike, so one tells."""
    monthly = Series.objects.filter(measure__frequency=Measure.Frequency.MONTHLY).order_by("pk")
    other = next((pk for pk in monthly.values_list("pk", flat=True).iterator() if pk not in pks), None)
    if other is None:
        return False
    judged = Series.objects.select_related("measure").get(pk=other)
    held = set(judged.trend_signals.values_list("as_of", flat=True))
    if not held:
        return False
    latest = reading.last_month_of(judged)
    wanted = {end - judged.measure.lag_months for end in ends}
    return held != wanted | ({latest} if latest is not None else set())


def judge_some(pks: Iterable[int], ends: list[int]) -> dict[str, int]:
    """Judge these series, all or none of them; how many were of monthly measures and how many rows were written.

    One writer at a time for each series: who stores its figures, or judges it as well, waits, so that the answers
    kept are of the figures kept.
    """
    sets = [(row.pk, one) for row, one in stored_rulesets()]
    with release.reading_everything(), transaction.atomic():
        series = reading.monthly_series_of(pks)
        if not series:
            return {"series": 0, "written": 0}
        storing.lock_series(one.pk for one in series)
        answers = judging.judge(reading.load(series, until=ends[0]), ends, sets)
        return {"series": len(series), "written": _store(answers)}


def _store(answers: judging.Answers) -> int:
    """Write what is new or has another input; drop what nobody asks about any more."""
    series, sets = (np.unique(answers.columns[name]) for name in ("series_id", "ruleset_id"))
    held = columns.read(
        TABLE,
        {"id": "i8", "series_id": "i8", "ruleset_id": "i8", "as_of": "i4", "input_hash": "i8"},
        among={"series_id": series, "ruleset_id": sets},
    )
    before, wanted = (_keys(rows, series, sets) for rows in (held, answers.columns))
    order = np.argsort(before)
    at = np.searchsorted(before, wanted, sorter=order)
    place = order[np.minimum(at, len(order) - 1)] if len(order) else np.zeros(len(wanted), dtype=np.int64)
    same = np.zeros(len(wanted), dtype=bool)
    if len(order):
        same = (before[place] == wanted) & (held["input_hash"][place] == answers.columns["input_hash"])
    stands = np.zeros(len(before), dtype=bool)
    stands[place[same]] = True
    columns.delete(TABLE, held["id"][~stands])
    changed = answers.taken(np.flatnonzero(~same))
    columns.insert(TABLE, changed.columns, changed.missing)
    return len(changed)


def _keys(rows: dict[str, NDArray], series: NDArray[np.int64], sets: NDArray[np.int64]) -> NDArray[np.int64]:
    """A number for each row that no row of another series, ruleset or month has."""
    place = np.searchsorted(series, rows["series_id"]) * len(sets) + np.searchsorted(sets, rows["ruleset_id"])
    return place * MONTHS_APART + rows["as_of"]


def series_of_measures(measures: Iterable[Measure]) -> list[int]:
    """The series to recompute when a note or a phase of these measures has changed."""
    return list(Series.objects.filter(measure__in=list(measures)).order_by("pk").values_list("pk", flat=True))
