"""What the log costs an edit, and how fast it is verified, on SQLite and then on PostgreSQL. Three lines each.

    python -m bench.audit [sqlite|postgresql]

One database of its own. An edit is measured twice: as somebody makes it, a form sent through every middleware and its
action, and as the one UPDATE that is in it. Rounds with and without the triggers of the edited table take turns: a
machine that slows down slows both. On SQLite processor time, and on PostgreSQL, where the work is another process's,
time by the clock. Then more events are written, to a hundred thousand, and the whole chain is verified.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 9  # of each kind
EDITS, SENT = 300, 40  # a round of UPDATEs, and of forms
LIMIT = 2.0  # times an UPDATE without its log: a second query for each would cost more
GOAL, SENT_LIMIT = 1.15, 1.45  # times an edit without its log; the limit is three times the goal's share
EVENTS = 100_000
SECONDS = {"sqlite": 3, "postgresql": 5}  # to verify them; three times that is the limit, for a machine at work
MEGABYTES = 100  # that verifying may add


def updates(people):
    """One round of a single UPDATE a transaction."""

    def rounded() -> None:
        for number in range(EDITS):
            person = people[number % len(people)]
            person.job_title = f"Superintendent {time.perf_counter_ns()}"
            person.save(update_fields=["job_title"])

    return rounded


def forms(item, client):
    """One round of a form that changes the title of an item on an agenda."""
    address = f"/items/{item.pk}/edit/"

    def rounded() -> None:
        item.refresh_from_db()
        for version in range(item.version, item.version + SENT):
            said = {"version": version, "title": f"Item {time.perf_counter_ns()}", "part": item.part}
            answer = client.post(address, said)
            if answer.status_code != 302:
                raise RuntimeError(f"The edit was answered {answer.status_code}.")

    return rounded


def main(vendor: str) -> bool:
    from django.test import Client

    from core.accounts.models import Person
    from core.audit import audit_context
    from tests.factories.accounts import OfficeFactory, UserFactory
    from tests.factories.boards import AgendaItemFactory

    with audit_context(actor_name="bench", action="bench.edit"):
        people = [Person.objects.create(name=f"Person {number}") for number in range(20)]
        OfficeFactory()
        client = Client(raise_request_exception=False)
        client.force_login(UserFactory(roles=["secretary"]))
        sent = forms(AgendaItemFactory(), client)
        ratio, with_log, without = cost(sent, SENT, {"boards_agendaitem"}, vendor)
        kept = ratio <= SENT_LIMIT
        print(
            f"audit: an edit with its log and its seal, as somebody makes it by a form, costs {ratio:.2f} times one "
            f"without ({with_log:.0f} and {without:.0f} microseconds), {vendor}; "
            f"the goal of {GOAL} times is {'kept' if ratio <= GOAL else 'not kept'}, "
            f"the limit of {SENT_LIMIT} times is {'kept' if kept else 'BROKEN'}",
            flush=True,
        )
        ratio, with_log, without = cost(updates(people), EDITS, {"accounts_person"}, vendor)
        kept = kept and ratio <= LIMIT
        print(
            f"audit: the one UPDATE of an edit with its log and its seal costs {ratio:.2f} times one without "
            f"({with_log:.0f} and {without:.0f} microseconds), {vendor}; "
            f"the limit of {LIMIT} times is {'kept' if ratio <= LIMIT else 'BROKEN'}",
            flush=True,
        )
        return verifying(vendor) and kept


def cost(rounded, count: int, tables: set[str], vendor: str) -> tuple[float, float, float]:
    """Times that it costs with the triggers of these tables, and the microseconds each with and without."""
    from core.audit.install import install, uninstall

    clock = time.process_time if vendor == "sqlite" else time.perf_counter

    def taken() -> float:
        start = clock()
        rounded()
        return (clock() - start) / count * 1e6

    taken()
    logged, bare = [], []
    for _ in range(ROUNDS):
        logged.append(taken())
        uninstall(tables)
        bare.append(taken())
        install()
    ratio = statistics.median(one / other for one, other in zip(logged, bare, strict=True))
    return ratio, statistics.median(logged), statistics.median(bare)


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
        os.environ |= {"RECKONER_LOG_LEVEL": "ERROR", "RECKONER_SECOND_FACTOR": "no"}
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
