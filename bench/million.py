"""A million figures from a file's bytes to the record, beside PostgreSQL's own COPY of them into the same table.

    python -m bench.million

10,000 series of 100 months as a CSV, on a PostgreSQL database of its own: checked (read, recognised, every rule,
compared with the record, preview kept), then accepted, which checks and compares all of it again and stores:
observations, what is current, one logged event with a digest of every row. The baseline copies the very same rows into
the very same table, its keys and constraints checked, and is rolled back; the quicker of two. By the clock, check and
acceptance together.
"""

import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any

import numpy as np

from bench.databases import postgresql

SERIES, MONTHS = 10_000, 100
FIRST = 12 * 2011 + 5  # June 2011, counted in months
LIMIT = 2.0  # times the COPY
ROUNDS = 2  # of the COPY


def main() -> None:
    with postgresql("million"):
        kept = report()
    sys.exit(0 if kept else 1)


def report() -> bool:
    actions = import_module("measures.actions")
    by = prepare()
    bare = min(bare_copy() for _ in range(ROUNDS))
    data = the_file()
    resting = peak()
    batch = actions.upload_file(
        data=data, name="bench.csv", source="Bench", as_at=date(2019, 10, 1), provisional=False, by=by
    )
    del data

    def check() -> None:
        actions.inspect_file(batch=batch, by=by)
        batch.refresh_from_db()
        if batch.state == "uploaded":
            actions.confirm_columns(batch=batch, mapping=batch.mapping, by=by)
        actions.check_file(batch=batch, by=by)

    def accept() -> None:
        actions.request_acceptance(batch=batch, by=by)
        actions.accept_file(batch=batch, by=by)

    checked, accepted = timed(check), timed(accept)
    batch.refresh_from_db()
    if (batch.state, batch.rows_count) != ("accepted", SERIES * MONTHS):
        raise SystemExit(f"million: the file was not accepted whole but is {batch.get_state_display()}.")
    ratio = (checked[0] + accepted[0]) / bare
    kept = ratio <= LIMIT
    print(
        f"million: {SERIES * MONTHS:,} rows checked (read, recognised, every rule, compared) in {checked[0]:.1f} s and "
        f"accepted (checked again, stored, logged) in {accepted[0]:.1f} s, {checked[1] + accepted[1]:.1f} s of it own "
        f"processor time: {ratio:.2f} times a COPY into the same table ({bare:.1f} s), acceptance alone "
        f"{accepted[0] / bare:.2f} times; peak memory {peak():,.0f} MB, {resting:,.0f} before; the limit of "
        f"{LIMIT:.0f} times is {'kept' if kept else 'BROKEN'}"
    )
    return kept


def timed(work: Callable[[], None]) -> tuple[float, float]:
    """Seconds by the clock, and of own processor time."""
    began, worked = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began, time.process_time() - worked


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def prepare() -> Any:
    """The office, its measure, its series, and who imports."""
    models, actions = import_module("measures.models"), import_module("measures.actions")
    by = import_module("core.accounts.actions").create_user(
        email="a@bench.example", name="Analyst", password="-", roles=["analyst"], starts=date(2011, 1, 1), by=None
    )
    area = actions.create_area(name="Benchshire Police", kind="force", is_own=True, by=None)
    measure = actions.create_measure(
        slug="crime", name="Crime", short_name="Crime", kind="count", unit="crimes", by=None
    )
    models.Series.objects.bulk_create(
        (models.Series(measure=measure, area=area, breakdown=f"Group {number:05}") for number in range(SERIES)),
        batch_size=5_000,
    )
    return by


def figure(series: int, month: int) -> int:
    return (series * 31 + month * 17) % 90 + 60


def the_file() -> bytes:
    lines = ["Measure,Breakdown,Month,Value"]
    for series in range(SERIES):
        for month in range(MONTHS):
            year, number = divmod(FIRST + month, 12)
            lines.append(f"Crime,Group {series:05},{year}-{number + 1:02},{figure(series, month)}")
    return ("\n".join(lines) + "\n").encode()


def bare_copy() -> float:
    """Seconds to copy the rows into measures_observation and have every constraint checked; rolled back after."""
    models, columns = import_module("measures.models"), import_module("measures.columns")
    database = import_module("django.db")
    pks = np.array(models.Series.objects.order_by("pk").values_list("pk", flat=True))
    periods = models.Period.objects.months(set(range(FIRST, FIRST + MONTHS)))
    of_month = np.array([periods[month].pk for month in sorted(periods)])
    place, month = (flat.ravel() for flat in np.meshgrid(np.arange(SERIES), np.arange(MONTHS), indexing="ij"))
    now = import_module("django.utils.timezone").now()
    facts = {"source": "Bench", "as_at": date(2019, 10, 1), "state": "accepted", "created_at": now, "accepted_at": now}
    batch = models.ImportBatch.objects.create(**facts)
    rows = {
        "series_id": pks[place],
        "period_id": of_month[month],
        "value": ((place * 31 + month * 17) % 90 + 60).astype(float),
    }
    rows |= {"provisional": np.zeros(len(place), dtype=bool), "batch_id": np.full(len(place), batch.pk)}
    rows["row"] = np.arange(len(place), dtype=np.int32) + 2
    with database.transaction.atomic():
        began = time.perf_counter()
        columns.insert("measures_observation", rows)
        with database.connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        seconds = time.perf_counter() - began
        database.transaction.set_rollback(True)
    with database.connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE measures_observation")
    return seconds


if __name__ == "__main__":
    main()
