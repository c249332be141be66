"""A hundred thousand figures from a file into the record, beside a bare insert of the same rows in the same run.

    python -m bench.imports

1,000 series of 100 months, as a CSV, on SQLite in a folder of its own: checked (read, recognised, every rule, compared
with the record) and accepted (superseding, provenance, what is current, audit digest), then a second file in which one
figure in ten has changed. The bare insert is one `executemany` of the same rows into a table without keys or triggers.

The limit is for the clock. Where other work has taken the processors (a load above their number) the clock says
nothing, and processor time alone is held to it.
"""

import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

SERIES, MONTHS = 1_000, 100
FIRST = 12 * 2011 + 5  # June 2011, counted in months
LIMIT = 10.0  # seconds


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "RECKONER_LOG_LEVEL": "ERROR",
            "RECKONER_SECOND_FACTOR": "no",
            "RECKONER_VAR": folder,
        }
        os.environ.update(settings, DATABASE_URL=f"sqlite:///{folder}/bench.sqlite3")
        import_module("django").setup()  # what needs the settings can be imported only from here on
        import_module("django.core.management").call_command("migrate", verbosity=0)
        with import_module("core.audit").audit_context(actor_name="bench"):
            words, kept = report(Path(folder))
            print(words)
    sys.exit(0 if kept else 1)


def report(folder: Path) -> tuple[str, bool]:
    """The line to print, and whether the limit was kept."""
    by = prepare()
    began = time.process_time()
    check, accept = through(by, lambda series, month: (series * 31 + month * 17) % 90 + 60)
    worked = time.process_time() - began
    again = through(by, lambda series, month: (series * 31 + month * 17) % 90 + 60 + (month % 10 == 0))
    whole, rows, bare = check + accept, SERIES * MONTHS, bare_insert(folder)
    busy = os.getloadavg()[0] > (os.cpu_count() or 1)
    kept = worked <= LIMIT if busy else whole <= LIMIT
    verdict = "kept" if kept else "BROKEN"
    if busy:
        verdict += f" in processor time ({worked:.2f} s) on a busy machine"
    words = (
        f"imports: {rows:,} rows checked in {check:.2f} s and accepted in {accept:.2f} s: {rows / whole:,.0f} rows a "
        f"second, {whole / bare:.0f} times a bare insert ({bare:.2f} s); with one figure in ten changed "
        f"{sum(again):.2f} s; the limit of {LIMIT:.0f} s is {verdict}"
    )
    return words, kept


def prepare() -> Any:
    """The office, its measure, its series, and who imports."""
    models, actions = import_module("measures.models"), import_module("measures.actions")
    accounts = import_module("core.accounts.actions")
    by = accounts.create_user(
        email="a@bench.example", name="Analyst", password="-", roles=["analyst"], starts=date(2011, 1, 1), by=None
    )
    area = actions.create_area(name="Benchshire Police", kind="force", is_own=True, by=None)
    measure = actions.create_measure(
        slug="crime", name="Crime", short_name="Crime", kind="count", unit="crimes", by=None
    )
    models.Series.objects.bulk_create(
        models.Series(measure=measure, area=area, breakdown=f"Group {number:04}") for number in range(SERIES)
    )
    return by


def rows_of(value: Callable[[int, int], int]) -> Iterator[tuple[str, str, int]]:
    for series in range(SERIES):
        for month in range(MONTHS):
            year, number = divmod(FIRST + month, 12)
            yield f"Group {series:04}", f"{year}-{number + 1:02}", value(series, month)


def through(by: Any, value: Callable[[int, int], int]) -> tuple[float, float]:
    """Seconds to check the file, from its bytes to the preview kept, and seconds to accept it."""
    actions = import_module("measures.actions")
    lines = [f"Crime,{group},{month},{figure}\n" for group, month, figure in rows_of(value)]
    data = ("Measure,Breakdown,Month,Value\n" + "".join(lines)).encode()
    batch = actions.upload_file(
        data=data, name="bench.csv", source="Bench", as_at=date(2019, 10, 1), provisional=False, by=by
    )
    started = time.perf_counter()
    actions.inspect_file(batch=batch, by=by)
    batch.refresh_from_db()
    if batch.state == "uploaded":
        actions.confirm_columns(batch=batch, mapping=batch.mapping, by=by)
    actions.check_file(batch=batch, by=by)
    checked = time.perf_counter()
    actions.request_acceptance(batch=batch, by=by)
    actions.accept_file(batch=batch, by=by)
    batch.refresh_from_db()
    if batch.state != "accepted":
        raise SystemExit(f"imports: the file was not accepted but is {batch.get_state_display()}.")
    return checked - started, time.perf_counter() - checked


def bare_insert(folder: Path) -> float:
    """Seconds for the same rows into a table without keys, indexes or triggers, on the same disk."""
    rows = [
        (number, number, float(figure), None, None, None, False, 1, number, None)
        for number, (_, _, figure) in enumerate(rows_of(lambda series, month: series + month))
    ]
    with closing(sqlite3.connect(folder / "bare.sqlite3")) as bare:
        bare.execute("PRAGMA journal_mode=WAL")
        bare.execute("CREATE TABLE bare (a, b, c, d, e, f, g, h, i, j)")
        started = time.perf_counter()
        with bare:
            bare.executemany("INSERT INTO bare VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        return time.perf_counter() - started


if __name__ == "__main__":
    main()
