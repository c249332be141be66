"""What the log costs an edit: the same save with its triggers and without them, on SQLite. Prints one line.

    python -m bench.audit

One database in a temporary file. A round is 300 single-row edits, each its own transaction; rounds with and without
the triggers of the edited table take turns, so that a machine that slows down slows both. Processor time.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

EDITS = 300  # a round
ROUNDS = 9  # of each kind
LIMIT = 2.0  # times an edit without its log: a second query for each edit would cost more


def edits(people, count: int) -> float:
    start = time.process_time()
    for number in range(count):
        person = people[number % len(people)]
        person.job_title = f"Superintendent {time.perf_counter_ns()}"
        person.save(update_fields=["job_title"])
    return time.process_time() - start


def main() -> None:
    from django.core.management import call_command
    from django.db import connection

    from core.accounts.models import Person
    from core.audit import audit_context

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'accounts_person'")
        triggers = cursor.fetchall()
    with audit_context(actor_name="bench", action="bench.edit"):
        people = [Person.objects.create(name=f"Person {number}") for number in range(20)]
        edits(people, EDITS)
        logged, bare = [], []
        for _ in range(ROUNDS):
            logged.append(edits(people, EDITS))
            with connection.cursor() as cursor:
                for name, _ in triggers:
                    cursor.execute(f'DROP TRIGGER "{name}"')
            bare.append(edits(people, EDITS))
            with connection.cursor() as cursor:
                for _, sql in triggers:
                    cursor.execute(sql)
    ratio = statistics.median(one / other for one, other in zip(logged, bare, strict=True))
    each = statistics.median(logged) / EDITS * 1e6
    print(
        f"audit: an edit with its log costs {ratio:.2f} times one without ({each:.0f} microseconds CPU), SQLite; "
        f"the limit of {LIMIT} times is {'kept' if ratio <= LIMIT else 'BROKEN'}"
    )
    sys.exit(0 if ratio <= LIMIT else 1)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"RECKONER_VAR": str(Path(folder)), "DJANGO_SETTINGS_MODULE": "config.settings"}
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        main()
