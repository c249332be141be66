"""What the log costs an edit, and how fast it is verified, on SQLite and then on PostgreSQL. Two lines each.

    python -m bench.audit [sqlite|postgresql]

One database of its own. A round is 300 single-row edits, each its own transaction; rounds with and without the triggers
of the edited table take turns, so that a machine that slows down slows both. On SQLite processor time, and on
PostgreSQL, where the work is another process's, time by the clock. Then more events are written, to a
hundred thousand, and the whole chain is verified.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

EDITS = 300  # a round
ROUNDS = 9  # of each kind
LIMIT = 2.0  # times an edit without its log: a second query for each edit would cost more
EVENTS = 100_000
SECONDS = {"sqlite": 3, "postgresql": 5}  # to verify them; three times that is the limit, for a machine at work
MEGABYTES = 100  # that verifying may add


def edits(people, count: int, clock) -> float:
    start = clock()
    for number in range(count):
        person = people[number % len(people)]
        person.job_title = f"Superintendent {time.perf_counter_ns()}"
        person.save(update_fields=["job_title"])
    return clock() - start


def main(vendor: str) -> bool:
    from core.accounts.models import Person
    from core.audit import audit_context

    with audit_context(actor_name="bench", action="bench.edit"):
        people = [Person.objects.create(name=f"Person {number}") for number in range(20)]
        kept = edit_cost(people, vendor)
        return verifying(vendor) and kept


def edit_cost(people, vendor: str) -> bool:
    from core.audit.install import install, uninstall

    clock = time.process_time if vendor == "sqlite" else time.perf_counter
    edits(people, EDITS, clock)
    logged, bare = [], []
    for _ in range(ROUNDS):
        logged.append(edits(people, EDITS, clock))
        uninstall({"accounts_person"})
        bare.append(edits(people, EDITS, clock))
        install()
    ratio = statistics.median(one / other for one, other in zip(logged, bare, strict=True))
    each = statistics.median(logged) / EDITS * 1e6
    print(
        f"audit: an edit with its log and its seal costs {ratio:.2f} times one without ({each:.0f} microseconds), "
        f"{vendor}; the limit of {LIMIT} times is {'kept' if ratio <= LIMIT else 'BROKEN'}",
        flush=True,
    )
    return ratio <= LIMIT


def verifying(vendor: str) -> bool:
    from core.accounts.models import Person
    from core.audit.verify import head, verify

    Person.objects.bulk_create([Person(name=f"More {number}") for number in range(2_000)])
    while head()[0] < EVENTS:
        Person.objects.update(job_title=f"Constable {head()[0]}")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000
    start, own = time.perf_counter(), time.process_time()
    found = verify()
    took, own = time.perf_counter() - start, time.process_time() - own
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000 - before
    limit = SECONDS[vendor] * 3
    kept = found.is_whole and took <= limit and more <= MEGABYTES
    print(
        f"audit: {found.events:,} events verified in {took:.1f} s, {found.events / took:,.0f} a second "
        f"({own:.1f} s of own processor time), {more:.0f} MB more, {vendor}; "
        f"the limit of {limit} s and {MEGABYTES} MB is {'kept' if kept else 'BROKEN'}"
    )
    return kept


def on_sqlite() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"RECKONER_VAR": str(Path(folder)), "DJANGO_SETTINGS_MODULE": "config.settings"}
        os.environ.pop("DATABASE_URL", None)
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        return main("sqlite")


def on_postgresql() -> bool:
    from bench.databases import postgresql

    with postgresql("audit"):
        return main("postgresql")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.exit(0 if {"sqlite": on_sqlite, "postgresql": on_postgresql}[sys.argv[1]]() else 1)
    ended = [subprocess.run([sys.executable, "-m", "bench.audit", one], check=False).returncode for one in SECONDS]
    sys.exit(max(ended))
