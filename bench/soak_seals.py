"""The log under load, on PostgreSQL: eight writers, each in a process of its own; then some of them killed at work.

    python -m bench.soak_seals [COMMITS] [KILLS]

Rounds with and without the triggers of the written table take turns; a commit is one row changed and 10 ms of thought.
Then writers are killed (SIGKILL) at random moments, each having said on a pipe which commits were acknowledged. At the
end every acknowledged row must be there, every event sealed, and the chain whole.
"""

import os
import random
import signal
import statistics
import subprocess
import sys
import time

WRITERS = 8
COMMITS = 10_000  # with the log, all rounds together
KILLS = 40
ROUNDS = 4  # of each kind
THOUGHT = 0.01  # seconds
LIMIT = 0.5  # of the throughput without the log; the goal is 0.85

WRITER = """
import os, sys, time, django
django.setup()
from core.accounts.models import Person
from core.audit import audit_context
pk, turns, thought = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
sys.stdout.write("ready\\n"); sys.stdout.flush(); sys.stdin.readline()
with audit_context(actor_name="soak", action="soak.write"):
    for turn in range(turns):
        Person.objects.filter(pk=pk).update(job_title=f"turn {turn}")
        sys.stdout.write(f"{turn}\\n"); sys.stdout.flush()
        time.sleep(thought)
"""


def start(pk: int, turns: int, **options: object) -> subprocess.Popen:
    command = [sys.executable, "-c", WRITER, str(pk), str(turns), str(THOUGHT)]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ, **options
    )


def go(writers: list[subprocess.Popen]) -> None:
    for one in writers:
        assert one.stdout.readline() == "ready\n"
    for one in writers:
        one.stdin.write("go\n")
        one.stdin.flush()


def round_of(people: list, turns: int) -> float:
    """Commits a second."""
    writers = [start(one.pk, turns) for one in people]
    go(writers)
    began = time.perf_counter()
    for one in writers:
        one.communicate()
    return len(people) * turns / (time.perf_counter() - began)


def throughput(people: list, commits: int) -> bool:
    from core.audit.install import install, uninstall

    turns = max(commits // (WRITERS * ROUNDS), 1)
    logged, bare = [], []
    for _ in range(ROUNDS):
        logged.append(round_of(people, turns))
        uninstall({"accounts_person"})
        bare.append(round_of(people, turns))
        install()
    ratio = statistics.median(one / other for one, other in zip(logged, bare, strict=True))
    print(
        f"soak_seals: {WRITERS} writers, {turns * WRITERS * ROUNDS:,} commits with their seals: "
        f"{statistics.median(logged):.0f} a second, {ratio:.0%} of {statistics.median(bare):.0f} without the log; "
        f"the limit of {LIMIT:.0%} is {'kept' if ratio >= LIMIT else 'BROKEN'} (goal 85%)",
        flush=True,
    )
    return ratio >= LIMIT


def kills(people: list, count: int) -> bool:
    """Writers killed at work; how many acknowledged commits are not in the log."""
    from core.audit.models import AuditEvent

    lost = acknowledged = 0
    for _ in range(-(-count // WRITERS)):
        before = {one.pk: AuditEvent.objects.for_object("accounts_person", one.pk).count() for one in people}
        writers = [start(one.pk, 10_000) for one in people]
        go(writers)
        for one in writers:
            time.sleep(random.uniform(0.02, 0.2))
            one.send_signal(signal.SIGKILL)
        for writer, person in zip(writers, people, strict=True):
            said = writer.communicate()[0].count("\n")
            kept = AuditEvent.objects.for_object("accounts_person", person.pk).count() - before[person.pk]
            acknowledged += said
            lost += max(said - kept, 0)
    from core.audit.proof import prove

    proof = prove(records=True)
    unsealed = sum("has no seal" in one for one in proof.sentences)
    whole = not proof.faults and not lost
    print(
        f"soak_seals: {-(-count // WRITERS) * WRITERS} writers killed at work, {acknowledged:,} acknowledged commits: "
        f"{lost} lost, {unsealed} events unsealed, {proof.faults} faults in {proof.chain.seals:,} seals and "
        f"{proof.replayed.rows:,} rows held against them; {'kept' if whole else 'BROKEN'}"
    )
    return whole


def main(commits: int, count: int) -> bool:
    from core.accounts.models import Person

    people = [Person.objects.create(name=f"Person {number}") for number in range(WRITERS)]
    kept = throughput(people, commits)
    return kills(people, count) and kept


if __name__ == "__main__":
    from bench.databases import postgresql

    given = [int(one) for one in sys.argv[1:]]
    with postgresql("soak_seals"):
        done = main(*(given + [COMMITS, KILLS][len(given) :]))
    sys.exit(0 if done else 1)
