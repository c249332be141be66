"""One job's work in pieces."""

import pytest

from core import jobs
from core.jobs import limits, queue
from core.jobs.models import Job
from core.jobs.performing import perform
from core.jobs.registry import register
from core.jobs.spreading import spread

pytestmark = [pytest.mark.django_db, pytest.mark.servers, pytest.mark.usefixtures("chores", "own_queue")]


def performed(numbers: list[int]) -> Job:
    job = jobs.enqueue("trial.whole", numbers)
    perform(job.pk, threaded=False)
    job.refresh_from_db()
    return job


def test_every_piece_is_done_once_and_the_results_are_in_order(done):
    job = performed([5, 3, 4])
    assert (job.state, job.result) == ("done", {"squares": [25, 9, 16]})
    assert done == [5, 3, 4]
    held = job.pieces.order_by("pk")
    assert [(one.kind, one.state, one.arguments, one.requested_by_id) for one in held] == [
        ("trial.piece", "done", [number], None) for number in (5, 3, 4)
    ]


def test_a_job_taken_up_again_does_only_the_pieces_that_are_not_done(done):
    job = performed([1, 2, 3])
    job.pieces.filter(arguments=[3]).update(state="waiting", finished=None, result=None)
    Job.objects.filter(pk=job.pk).update(state="waiting", finished=None, result=None)  # as after a worker's death
    perform(job.pk, threaded=False)
    job.refresh_from_db()
    assert (job.state, job.result, done) == ("done", {"squares": [1, 4, 9]}, [1, 2, 3, 3])
    assert job.pieces.count() == 3


def test_a_piece_that_fails_fails_the_job_in_its_words_and_begins_afresh_when_it_is_tried_again(done):
    job = performed([1, 13, 2])
    assert (job.state, job.error) == ("failed", "Thirteen is refused the first time.")
    assert queue.try_again(job)
    perform(job.pk, threaded=False)
    job.refresh_from_db()
    assert (job.state, job.result, sorted(done)) == ("done", {"squares": [1, 169, 4]}, [1, 2, 13, 13])


def test_calling_off_the_job_calls_off_its_pieces(done):
    job = jobs.enqueue("trial.whole", [1])
    now = job.created
    waiting = Job.objects.create(kind="trial.piece", part_of=job, dedupe_key="a")
    running = Job.objects.create(
        kind="trial.piece", part_of=job, dedupe_key="b", state="running", claim="x", started=now, heartbeat=now
    )
    jobs.cancel(job)
    for one in (job, waiting, running):
        one.refresh_from_db()
    assert [(one.state, one.cancel_requested) for one in (job, waiting, running)] == [
        ("cancelled", True),
        ("cancelled", True),
        ("running", True),
    ]


def test_a_job_called_off_meanwhile_hands_out_nothing_that_is_done(done, monkeypatch):
    monkeypatch.setattr(limits, "REPORT", 0)

    @register("trial.cancelling", title="Calls off its own job")
    def cancelling(progress: jobs.Progress) -> None:
        jobs.cancel(Job.objects.get(pk=progress.job_id).part_of)

    @register("trial.called_off", title="The whole")
    def called_off(progress: jobs.Progress) -> None:
        spread(progress, "trial.cancelling", [[]])
        spread(progress, "trial.piece", [[1], [2]])

    job = jobs.enqueue("trial.called_off")
    perform(job.pk, threaded=False)
    job.refresh_from_db()
    assert (job.state, done) == ("cancelled", [])
    assert [one.state for one in job.pieces.order_by("pk")] == ["done"]
