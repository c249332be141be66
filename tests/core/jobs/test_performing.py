"""One attempt at one job, and every way it can end."""

import time

import pytest

from core import jobs
from core.audit import audit_context
from core.jobs import limits
from core.jobs.models import Job, State
from core.jobs.performing import perform
from core.jobs.registry import register

pytestmark = pytest.mark.usefixtures("chores", "no_broker")


def performed(name: str, *arguments) -> Job:
    """The job's row after one attempt, made on the test's own connection."""
    job = jobs.enqueue(name, *arguments)
    perform(job.pk, threaded=False)
    job.refresh_from_db()
    return job


def due_now(job: Job) -> Job:
    Job.objects.filter(pk=job.pk).update(due=job.created)
    return job


@pytest.mark.django_db
def test_work_that_succeeds_is_done_with_its_result():
    job = performed("chores.count", 4)
    assert (job.state, job.result, job.percent, job.url) == (
        "done",
        {"total": 10, "url": "/counted/"},
        100,
        "/counted/",
    )
    assert (job.claim, job.words, job.finished >= job.started >= job.created) == ("", "", True)


@pytest.mark.django_db
def test_work_that_refuses_fails_at_once_in_its_own_words():
    job = performed("chores.refuse")
    assert (job.state, job.attempts, job.error) == ("failed", 1, "The file has no rows. Choose another file.")


@pytest.mark.django_db
def test_work_that_breaks_waits_to_be_tried_again():
    job = performed("chores.break")
    assert (job.state, job.attempts, job.sent, job.error) == ("waiting", 1, None, "")
    assert (job.due - job.started).total_seconds() >= limits.RETRY
    assert job.detail.splitlines()[-1] == "ValueError: the wheel came off"


@pytest.mark.django_db
def test_work_that_is_not_due_yet_cannot_be_claimed():
    job = performed("chores.break")
    assert perform(job.pk, threaded=False) is False


@pytest.mark.django_db
def test_work_that_breaks_three_times_fails_with_a_sentence():
    job = performed("chores.break")
    for _ in range(2):
        perform(due_now(job).pk, threaded=False)
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("failed", 3)
    assert job.error == (
        "“Breaking” could not be finished, although it was tried 3 times. What you entered is safe. "
        f"Try again; if that does not help, tell your administrator and quote job {job.pk}."
    )


@pytest.mark.django_db
def test_a_result_that_cannot_be_kept_counts_as_a_failed_attempt():
    job = performed("chores.unfit")
    assert (job.state, job.result, job.attempts) == ("waiting", None, 1)
    assert job.detail.splitlines()[-1] == "TypeError: Object of type object is not JSON serializable"


@pytest.mark.django_db
def test_work_no_app_registers_any_more_says_so_to_who_looks_into_it():
    job = jobs.enqueue("chores.count", 1)
    Job.objects.filter(pk=job.pk).update(kind="chores.gone")
    perform(job.pk, threaded=False)
    job.refresh_from_db()
    assert job.detail.splitlines()[-1].startswith("LookupError: No app registers the work 'chores.gone'")


@pytest.mark.django_db
def test_a_worker_that_lost_its_claim_stores_nothing():
    job = performed("chores.steal")
    assert (job.state, job.claim, job.result) == ("running", "another worker", None)


@pytest.mark.django_db
def test_a_worker_that_lost_its_claim_is_stopped_at_its_next_progress():
    reached = []

    @register("chores.stolen_midway", title="Losing the claim midway")
    def stolen_midway(progress):
        Job.objects.filter(pk=progress.job_id).update(claim="another worker")
        progress(1, 2)
        reached.append("the end")

    job = performed("chores.stolen_midway")
    assert (job.claim, reached) == ("another worker", [])


@pytest.mark.django_db
def test_cancelling_stops_the_work_at_its_next_progress():
    reached = []

    @register("chores.cancelled_midway", title="Being cancelled midway")
    def cancelled_midway(progress):
        jobs.cancel(Job.objects.get(pk=progress.job_id))
        progress(1, 2)
        reached.append("the end")

    job = performed("chores.cancelled_midway")
    assert (job.state, job.result, reached) == (State.CANCELLED, None, [])


@pytest.mark.django_db
def test_a_catch_all_in_the_handler_does_not_swallow_cancelling():
    @register("chores.catch_all", title="Catching everything")
    def catch_all(progress):
        jobs.cancel(Job.objects.get(pk=progress.job_id))
        try:
            progress(1, 2)
        except Exception:
            return {"swallowed": True}

    assert performed("chores.catch_all").state == State.CANCELLED


@pytest.mark.django_db
def test_the_work_is_done_in_the_name_of_who_asked():
    with audit_context(actor_name="command:import", reason="the June file"):
        job = jobs.enqueue("chores.who")
    with audit_context(actor_name="somebody else"):
        perform(job.pk, threaded=False)
    job.refresh_from_db()
    assert job.result == {
        "actor_id": None,
        "actor_name": "command:import",
        "reason": "the June file",
        "job": str(job.pk),
    }


@pytest.mark.django_db
def test_a_claimed_job_cannot_be_claimed_again():
    seen = []

    @register("chores.greedy", title="Claiming twice")
    def greedy(progress):
        seen.append(perform(progress.job_id, threaded=False))

    performed("chores.greedy")
    assert seen == [False]


def test_the_reporter_tells_progress_while_the_handler_works(real_db):
    """With a thread and a connection of its own, as in a worker."""
    seen = []

    @register("chores.watched", title="Being watched")
    def watched(progress):
        progress(3, 12, "3 of 12 areas")
        while not (row := Job.objects.get(pk=progress.job_id)).percent:
            time.sleep(0.02)
        seen.append((row.percent, row.words, row.state))

    job = jobs.enqueue("chores.watched")
    perform(job.pk)
    job.refresh_from_db()
    assert (seen, job.state) == ([(25, "3 of 12 areas", "running")], "done")
