"""Work that writes for longer than a worker may be silent: it is nobody's dead worker, and it is done once."""

import threading
import time

import pytest
from django.db import connection, transaction

from core import jobs
from core.accounts.models import Person
from core.jobs import limits, registry
from core.jobs.performing import perform
from core.jobs.sweep import sweep
from measures.recompute import BREATH

pytestmark = pytest.mark.servers
WRITES = 3
SWEEPERS = 4  # so that one of them is surely before the worker when the database is free again


@pytest.fixture
def impatient(monkeypatch):
    """A worker is taken for dead after half a second of silence."""
    for name, seconds in {"HEARTBEAT": 0.1, "LAPSE": 0.5, "REPORT": 0.05, "RETRY": 0.0}.items():
        monkeypatch.setattr(limits, name, seconds)


@pytest.fixture
def long_write():
    @jobs.register("faults.hold", title="Storing for a long time")
    def hold(progress: jobs.Progress) -> dict[str, int]:
        for number in range(WRITES):
            time.sleep(BREATH)
            with transaction.atomic():
                Person.objects.create(name=f"Stored {number}")
                time.sleep(2 * limits.LAPSE)
        return {"stored": WRITES}

    yield
    del registry.WORK["faults.hold"]


def test_a_worker_that_writes_for_long_keeps_its_job(place, impatient, long_write):
    job = jobs.enqueue("faults.hold")
    worker = threading.Thread(target=in_thread, args=(perform, job.pk))
    sweepers = [threading.Thread(target=sweep_while, args=(worker,)) for _ in range(SWEEPERS)]
    worker.start()
    for one in sweepers:
        one.start()
    for one in [worker, *sweepers]:
        one.join()
    job.refresh_from_db()
    assert (job.state, job.attempts, job.result) == ("done", 1, {"stored": WRITES})
    assert Person.objects.count() == WRITES


def sweep_while(worker: threading.Thread) -> None:
    while worker.is_alive():
        in_thread(sweep)


def in_thread(function, *arguments) -> None:
    try:
        function(*arguments)
    finally:
        connection.close()
