"""A recompute of everything by one worker process and by two, and what a series costs in a record ten times as large.

    python -m bench.workers

On a PostgreSQL database of its own, 36 months a series. Growth: own processor time a series of a recompute that writes
every signal, for a tenth of the series and for all. Workers: real ones with one thread each and a broker of files; the
time from the job's start to its end, which leaves out how long a worker takes to be there. By the clock and stated, not
limited: on a machine whose processors are busy two workers cannot be quicker than one. What is limited: each part done
once, each signal written once.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from bench.databases import postgresql
from bench.recompute import SIGNALS, analyse, execute, fill

SERIES, MONTHS = 10_000, 36
GROWTH = 1.2  # times what a series costs in a record a tenth as large
PATIENCE = 300  # seconds


def main() -> None:
    with postgresql("workers"):
        fill(SERIES, MONTHS)
        kept = [growth(), by_workers()]
    sys.exit(0 if all(kept) else 1)


def growth() -> bool:
    recompute, reading = import_module("measures.recompute"), import_module("measures.reading")
    few = reading.monthly_series()[: SERIES // 10]
    costs = []
    for which in (few, None, few, None):
        execute(f"TRUNCATE {SIGNALS}")
        worked = time.process_time()
        done = recompute.recompute_series(which) if which is None else judged(few)
        costs.append((time.process_time() - worked) / done["series"] * 1e6)
    small, large = min(costs[::2]), min(costs[1::2])
    kept = large <= GROWTH * small
    print(
        f"workers: own processor time a series {small:.0f} us for {len(few):,} series and {large:.0f} us for "
        f"{SERIES:,}: {large / small:.2f} times; the limit of {GROWTH} times is {'kept' if kept else 'BROKEN'}"
    )
    return kept


def judged(pks: list[int]) -> dict[str, int]:
    """What a recompute does for these series alone; a few of a record that has never been judged would bring all."""
    recompute = import_module("measures.recompute")
    ends = recompute.reading.quarter_ends(recompute.reading.frontier(), recompute.QUARTERS_KEPT)
    parts = [pks[start : start + recompute.CHUNK] for start in range(0, len(pks), recompute.CHUNK)]
    done = [recompute.judge_some(part, ends) for part in parts]
    return {name: sum(one[name] for one in done) for name in ("series", "written")}


def by_workers() -> bool:
    model = import_module("measures.models").TrendSignal
    seconds, kept = {}, True
    for count in (1, 2):
        execute(f"TRUNCATE {SIGNALS}")
        analyse()
        with workers(count):
            job = ended(import_module("core.jobs").enqueue("measures.recompute_all"))
        seconds[count] = (job.finished - job.started).total_seconds()
        pieces = list(job.pieces.values_list("state", "attempts"))
        once = job.result["written"] == model.objects.count() and set(pieces) == {("done", 1)}
        kept = kept and job.state == "done" and once
    print(
        f"workers: {SERIES:,} series in {len(pieces)} parts, {model.objects.count():,} signals: {seconds[1]:.1f} s "
        f"with one worker process, {seconds[2]:.1f} s with two: {seconds[1] / seconds[2]:.2f} times as fast (load "
        f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} processors); each part once and each signal once: "
        f"{'kept' if kept else 'BROKEN'}"
    )
    return kept


@contextmanager
def workers(count: int) -> Iterator[None]:
    command = [sys.executable, "-m", "celery", "-A", "config", "-q", "worker", "-P", "threads", "-c", "1"]
    log = (Path(os.environ["RECKONER_VAR"]) / "workers.log").open("a")
    with log:
        running = [
            subprocess.Popen(
                [*command, "-n", f"bench{number}@%h", "--without-gossip", "--without-mingle"], stdout=log, stderr=log
            )
            for number in range(count)
        ]
        try:
            time.sleep(5 * count)  # until they are there
            yield
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(timeout=60)


def ended(job: Any) -> Any:
    deadline = time.monotonic() + PATIENCE
    while job.is_active and time.monotonic() < deadline:
        time.sleep(0.2)
        job.refresh_from_db()
    return job


if __name__ == "__main__":
    main()
