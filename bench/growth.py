"""What a series costs in a whole recompute of a record of 100,000 series, against one of 10,000. Prints one line.

    python -m bench.growth

On a PostgreSQL database of its own: every figure read, every series judged, every signal written. 24 months a series
and the latest two quarters' ends rather than eight, which keeps the bench within three minutes; the figures are copied
straight into the table of current figures. The cost is processor time, of this process and of the database's own that
serves it, so that other work on the machine does not count; where the database's cannot be seen, this process's alone.
"""

import os
import sys
import time
from importlib import import_module
from pathlib import Path

import numpy as np

from bench.databases import postgresql
from bench.recompute import SIGNALS, analyse, execute, made_up, make_current, named, periods_of

FEW, MANY, MONTHS, QUARTERS = 10_000, 100_000, 24, 2
LIMIT = 1.2  # times what a series costs among few
ROUNDS = 3  # of few; each takes seconds


def main() -> None:
    with postgresql("growth"):
        import_module("measures.recompute").QUARTERS_KEPT = QUARTERS
        fill(FEW)
        few = [cost(FEW) for _ in range(ROUNDS)]
        fill(MANY)
        many = cost(MANY)
        whose = "this process's and the database's" if database_seconds() is not None else "this process's alone"
    least = min(few)
    kept = many <= LIMIT * least
    print(
        f"growth: a series costs {least:.0f} us of processor time, {whose}, in a record of {FEW:,} and {many:.0f} us "
        f"in one of {MANY:,} ({MONTHS} months, {QUARTERS} quarters' ends): {many / least:.2f} times; the limit of "
        f"{LIMIT} times is {'kept' if kept else 'BROKEN'}"
    )
    sys.exit(0 if kept else 1)


def fill(series: int) -> None:
    """So many series in all and their figures; those of a smaller record are made anew."""
    series_of, periods = named(series, MONTHS), periods_of(MONTHS)
    place, month, value = made_up(series, MONTHS)
    none = np.zeros(len(place), dtype=np.int64)
    figure = {"series_id": series_of[place], "period_id": periods[month], "value": value, "provisional": none > 0}
    execute("TRUNCATE measures_currentvalue")
    make_current(figure, none, month, MONTHS)
    analyse()


def cost(series: int) -> float:
    """Microseconds of processor time a series of a recompute of everything, no signal being held."""
    execute(f"TRUNCATE {SIGNALS}")
    before, theirs = time.process_time(), database_seconds()
    done = import_module("measures.recompute").recompute_all()
    worked, spent = time.process_time() - before, database_seconds()
    if done != {"series": series, "written": series * QUARTERS * 2}:
        raise SystemExit(f"growth: {done} of {series:,} series: work was lost or done twice")
    return (worked + ((spent or 0) - (theirs or 0))) / series * 1e6


def database_seconds() -> float | None:
    """Processor seconds of the database's process behind this connection; None where it is on another machine."""
    with import_module("django.db").connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not stat.exists():
        return None
    fields = stat.read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") if "postgres" in stat.read_text() else None


if __name__ == "__main__":
    main()
