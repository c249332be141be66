"""One job's work in pieces, done by two at once: real commits, a thread for each of two workers."""

import threading
import time

import pytest
from django.db import connection
from django.utils import timezone

from core import jobs
from core.audit import audit_context
from core.jobs.models import Job
from core.jobs.performing import perform
from core.jobs.registry import register
from core.jobs.spreading import spread
from tests.core.jobs.office import PATIENCE

pytestmark = [pytest.mark.servers, pytest.mark.usefixtures("chores", "real_db")]
NUMBERS = list(range(20, 32))


def at_work(job: Job, ended: threading.Event) -> None:
    """A worker: takes up whatever can be claimed until the job has ended."""
    with audit_context(actor_name="worker"):
        while not ended.is_set():
            for pk in Job.objects.claimable(timezone.now()).values_list("pk", flat=True):
                perform(pk, threaded=False)
            time.sleep(0.01)
    connection.close()


def test_two_workers_do_each_piece_once_and_lose_none(own_queue):
    done: list[int] = []
    both = threading.Barrier(2, timeout=PATIENCE)

    @register("trial.shared_piece", title="A piece")
    def piece(progress: jobs.Progress, number: int) -> dict[str, int]:
        if number in NUMBERS[:2]:
            both.wait()  # two are at work at the same time, or this never ends
        done.append(number)
        return {"square": number**2}

    @register("trial.shared", title="The whole")
    def whole(progress: jobs.Progress) -> dict[str, list[int]]:
        found = spread(progress, "trial.shared_piece", [[number] for number in NUMBERS])
        return {"squares": [one["square"] for one in found]}

    job, ended = jobs.enqueue("trial.shared"), threading.Event()
    workers = [threading.Thread(target=at_work, args=(job, ended)) for _ in range(2)]
    for worker in workers:
        worker.start()
    deadline = time.monotonic() + PATIENCE
    while job.is_active and time.monotonic() < deadline:
        time.sleep(0.05)
        job.refresh_from_db()
    ended.set()
    for worker in workers:
        worker.join()
    assert (job.state, job.result) == ("done", {"squares": [number**2 for number in NUMBERS]})
    assert sorted(done) == NUMBERS
    assert set(job.pieces.values_list("state", "attempts")) == {("done", 1)}
    if own_queue:
        assert own_queue() == 1 + len(NUMBERS)  # a message for the job and for each piece
