"""Signals from the record and back into it, beside PostgreSQL's own COPY of the same figures and the same signals.

    python -m bench.recompute

10,000 series of 120 months on a PostgreSQL database of its own; one series in twenty has gaps. Recomputing reads every
figure, judges each series at eight quarters' ends under both rulesets and writes the signals; the baseline copies the
figures out and the very same signals into the same table, keys and constraints included, and computes nothing. Rounds
take turns and the middle ratio counts, by the clock: most of the work is the database's. Then one figure of the 1.2
million changes: how long its job takes, and that only its own rows are written.
"""

import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib import import_module

import numpy as np
from numpy.typing import NDArray

from bench.databases import postgresql

SERIES, MONTHS = 10_000, 120
MEASURES = 100
LAST = 12 * 2019 + 8  # September 2019, counted in months
ROUNDS = 3
LIMIT = 3.0  # times the COPYs
ONE_CHANGED = 1.0  # seconds
FIGURES = "SELECT series_id, month, value, denominator FROM measures_currentvalue"
SIGNALS = "measures_trendsignal"


def main() -> None:
    with postgresql("recompute"):
        fill(SERIES, MONTHS)
        kept = [against_copies(), one_changed()]
    sys.exit(0 if all(kept) else 1)


def fill(series: int, months: int) -> None:
    """The office's measures, areas and series, and their figures as one batch that is current.

    Filling is no part of what is measured, so the million keys are not looked up one by one.
    """
    series_of, periods = named(series, months), periods_of(months)
    columns = import_module("measures.columns")
    place, month, figures = made_up(series, months)
    keys = np.arange(1, len(place) + 1)
    batch = np.full(len(place), accepted_batch())
    provisional = np.zeros(len(place), dtype=bool)
    figure = {"series_id": series_of[place], "period_id": periods[month], "value": figures, "provisional": provisional}
    with unchecked():
        columns.insert("measures_observation", {"id": keys, **figure, "batch_id": batch})
    execute(f"SELECT setval(pg_get_serial_sequence('measures_observation', 'id'), {len(keys)})")
    make_current(figure, keys, month, months)
    analyse()


def named(series: int, months: int) -> NDArray[np.int64]:
    """Measures, areas and series that are there; more of them where some are. The keys of the series, in order."""
    models = import_module("measures.models")
    held = models.Area.objects.count()
    names = [f"{number:04}" for number in range(held, max(series // MEASURES, 1))]
    areas = models.Area.objects.bulk_create(
        models.Area(slug=f"a-{name}", name=f"Area {name}", kind="force", is_own=name == "0000") for name in names
    )
    if not held:
        models.Measure.objects.bulk_create(
            models.Measure(slug=f"m-{one}", name=f"M {one}", short_name=f"M {one}", kind="count", unit="crimes")
            for one in range(MEASURES)
        )
    measures = list(models.Measure.objects.order_by("pk"))
    models.Series.objects.bulk_create(
        [models.Series(measure=measure, area=area) for area in areas for measure in measures], batch_size=5_000
    )
    return np.array(models.Series.objects.order_by("pk").values_list("pk", flat=True))


def periods_of(months: int) -> NDArray[np.int64]:
    periods = import_module("measures.models").Period.objects.months(set(range(LAST - months + 1, LAST + 1)))
    return np.array([periods[month].pk for month in sorted(periods)])


def made_up(series: int, months: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Series, month and value of each figure, counted from 0; one series in twenty lacks one month in ten."""
    generator = np.random.Generator(np.random.PCG64(42))
    place, month = (flat.ravel() for flat in np.meshgrid(np.arange(series), np.arange(months), indexing="ij"))
    there = (place % 20 != 0) | (generator.random(len(place)) >= 0.1) | (month == months - 1)
    place, month = place[there], month[there]
    return place, month, generator.poisson(50 + 8 * np.sin(2 * np.pi * month / 12)).astype(float)


def accepted_batch() -> int:
    now = import_module("django.utils.timezone").now()
    facts = {"source": "Bench", "as_at": date(2019, 10, 4), "state": "accepted", "created_at": now, "accepted_at": now}
    return import_module("measures.models").ImportBatch.objects.create(**facts).pk


def make_current(figure: dict[str, NDArray], keys: NDArray[np.int64], month: NDArray[np.int64], months: int) -> None:
    """The figures as what is held now, as accepting them would leave it."""
    rows = {**figure, "month": (month + LAST - months + 1).astype(np.int32), "observation_id": keys, "head_id": keys}
    import_module("measures.columns").insert("measures_currentvalue", rows)


@contextmanager
def unchecked() -> Iterator[None]:
    """Rows that are right by construction go in without their triggers and foreign keys being looked at."""
    execute("SET session_replication_role = replica")
    try:
        yield
    finally:
        execute("SET session_replication_role = DEFAULT")


def execute(sql: str) -> None:
    with import_module("django.db").connection.cursor() as cursor:
        cursor.execute(sql)


def analyse() -> None:
    """As autovacuum does in a record that has been there for more than a minute."""
    execute("VACUUM ANALYZE")


def copied_out(query: str) -> tuple[bytes, float]:
    with import_module("django.db").connection.cursor() as cursor:
        began = time.perf_counter()
        with cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT BINARY)") as copy:
            data = b"".join(copy)
        return data, time.perf_counter() - began


def copied_in(table: str, names: str, data: bytes) -> float:
    with import_module("django.db").connection.cursor() as cursor:
        began = time.perf_counter()
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN (FORMAT BINARY)") as copy:
            copy.write(data)
        return time.perf_counter() - began


def recomputed() -> tuple[dict[str, int], float, float]:
    recompute = import_module("measures.recompute")
    began, worked = time.perf_counter(), time.process_time()
    done = recompute.recompute_all()
    return done, time.perf_counter() - began, time.process_time() - worked


def against_copies() -> bool:
    model = import_module("measures.models").TrendSignal
    names = ", ".join(one.column for one in model._meta.concrete_fields if one.name != "id")
    taken, bare, out, back, own = [], [], [], [], []
    for _ in range(ROUNDS):
        execute(f"TRUNCATE {SIGNALS}")
        done, seconds, worked = recomputed()
        data, _ = copied_out(f"SELECT {names} FROM {SIGNALS}")
        execute(f"TRUNCATE {SIGNALS}")
        out.append(copied_out(FIGURES)[1])
        back.append(copied_in(SIGNALS, names, data))
        taken.append(seconds)
        own.append(worked)
        bare.append(out[-1] + back[-1])
    analyse()
    execute(f"UPDATE {SIGNALS} SET input_hash = input_hash + 1")
    analyse()
    again = recomputed()
    nothing = recomputed()
    ratio = statistics.median(one / other for one, other in zip(taken, bare, strict=True))
    kept = ratio <= LIMIT and (again[0]["written"], nothing[0]["written"]) == (done["written"], 0)
    middle = {name: statistics.median(times) for name, times in (("out", out), ("back", back), ("taken", taken))}
    print(
        f"recompute: {done['series']:,} series x {MONTHS} months, {done['written']:,} signals of "
        f"{len(data) / 1e6:.0f} MB: {ratio:.2f} times PostgreSQL's COPY of the figures out ({middle['out']:.2f} s) and "
        f"the signals in ({middle['back']:.2f} s): {middle['taken']:.2f} s by the clock, {min(own):.2f} s of it own "
        f"processor time; with every signal held and changed {again[1]:.2f} s, with none changed {nothing[1]:.2f} s; "
        f"the limit of {LIMIT:.0f} times is {'kept' if kept else 'BROKEN'}"
    )
    return kept


def one_changed() -> bool:
    """One figure changes: the job that follows, and the rows it writes."""
    models, actions = import_module("measures.models"), import_module("measures.actions")
    series = models.Series.objects.order_by("pk")[SERIES // 2]
    before = kept_signals()
    period = models.Period.objects.get(kind="month", end=date(2019, 9, 30))
    actions.record_observation(
        series=series,
        period=("month", period.start, period.end),
        figure=import_module("measures.validation").Figure(500.0),
        source="Bench",
        as_at=date(2019, 10, 4),
        reason="Bench",
        by=None,
    )
    job = import_module("core.jobs.models").Job.objects.get(kind="measures.recompute", state="waiting")
    began = time.perf_counter()
    import_module("core.jobs.performing").perform(job.pk)
    seconds = time.perf_counter() - began
    job.refresh_from_db()
    after = kept_signals()
    touched = {key[0] for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    written = job.result["written"]
    kept = seconds <= ONE_CHANGED and touched == {series.pk} and written == 2
    print(
        f"recompute: one figure of {SERIES * MONTHS:,} changed: its signals are right after {seconds:.3f} s, "
        f"{written} rows written, {len(touched)} series touched; the limit of {ONE_CHANGED:.0f} s is "
        f"{'kept' if kept else 'BROKEN'}"
    )
    return kept


def kept_signals() -> dict[tuple[int, int, int], tuple[int, int]]:
    """Each signal's row in the table and its hash, by what it is of."""
    held = import_module("measures.models").TrendSignal.objects.values_list(
        "series_id", "ruleset_id", "as_of", "pk", "input_hash"
    )
    return {key[:3]: key[3:] for key in held.iterator(chunk_size=20_000)}


if __name__ == "__main__":
    main()
