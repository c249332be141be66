"""Lost messages and dead workers, found and mended."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core import jobs
from core.jobs import limits
from core.jobs.models import ENDED, Job, State
from core.jobs.sweep import prune, sweep

SWEEP = "import django; django.setup()\nfrom core.jobs.sweep import sweep\nprint(sweep())"


def running(**values) -> Job:
    now = timezone.now()
    return Job.objects.create(
        **{"kind": "chores.count", "title": "Counting", "state": State.RUNNING, "claim": "c", "attempts": 1}
        | {"started": now, "heartbeat": now, "sent": now}
        | values
    )


def ago(seconds: float):
    return timezone.now() - timedelta(seconds=seconds)


def after_sweep(job: Job) -> Job:
    sweep()
    job.refresh_from_db()
    return job


@pytest.mark.django_db
def test_a_job_that_shows_signs_of_life_is_left_alone(no_broker):
    job = after_sweep(running(heartbeat=ago(limits.LAPSE - 5)))
    assert (job.state, job.claim) == ("running", "c")


@pytest.mark.django_db
@pytest.mark.parametrize("seconds", [limits.LAPSE + 5, -3600], ids=["silent", "clock put back an hour"])
def test_a_lapsed_job_waits_for_another_worker(no_broker, seconds):
    job = after_sweep(running(heartbeat=ago(seconds)))
    assert (job.state, job.claim, job.attempts, job.sent) == ("waiting", "", 1, None)


@pytest.mark.django_db
def test_a_job_that_lapsed_three_times_fails_with_a_sentence(no_broker):
    job = after_sweep(running(heartbeat=ago(limits.LAPSE + 5), attempts=3))
    assert job.state == "failed"
    assert job.error == (
        "“Counting” stopped part-way, although it was tried 3 times. What you entered is safe. "
        f"Try again; if that does not help, tell your administrator and quote job {job.pk}."
    )


@pytest.mark.django_db
def test_a_lapsed_job_that_was_to_be_cancelled_is_cancelled(no_broker):
    job = after_sweep(running(heartbeat=ago(limits.LAPSE + 5), cancel_requested=True))
    assert (job.state, job.result) == ("cancelled", None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("resends", "seconds", "unsent"),
    [
        (0, limits.PENDING - 1, False),
        (0, limits.PENDING + 1, True),
        (1, limits.PENDING + 1, False),
        (1, 2 * limits.PENDING + 1, True),
        (4, 8 * limits.PENDING + 1, False),
        (9, 16 * limits.PENDING + 1, True),
        (0, -3600, True),
    ],
)
def test_a_message_is_taken_for_lost_ever_later(chores, resends, seconds, unsent):
    """So that a long queue does not fill the broker with copies. A clock put back counts as long ago."""
    job = jobs.enqueue("chores.count", 4)
    now = timezone.now()
    Job.objects.filter(pk=job.pk).update(resends=resends, sent=now - timedelta(seconds=seconds), due=now)
    assert Job.objects.unsent(now).exists() is unsent


@pytest.mark.django_db
def test_a_job_to_be_tried_later_is_not_sent_before(chores):
    job = jobs.enqueue("chores.count", 4)
    now = timezone.now()
    Job.objects.filter(pk=job.pk).update(sent=None, due=now + timedelta(seconds=1))
    seen = [Job.objects.unsent(now + timedelta(seconds=wait)).count() for wait in (0, 2)]
    assert seen == [0, 1]


def test_a_sweep_sends_again_what_waited_too_long(office):
    jobs = office.ask("jobs.enqueue('chores.count', 4)", "jobs.enqueue('chores.count', 5)")
    for message in office.messages():
        message.unlink()
    assert office.run("-c", SWEEP, RECKONER_JOB_PENDING="3600").split()[-1] == "0"
    assert office.run("-c", SWEEP, RECKONER_JOB_PENDING="0").split()[-1] == "2"
    assert len(office.messages()) == 2
    assert [office.row(job)["resends"] for job in jobs] == [1, 1]


def test_a_sweep_leaves_what_it_cannot_send(redis_office):
    (job,) = redis_office.ask("jobs.enqueue('chores.count', 4)")
    out_of_reach = {"REDIS_URL": "redis://127.0.0.1:1/0", "RECKONER_JOB_PENDING": "0"}
    assert redis_office.run("-c", SWEEP, **out_of_reach).split()[-1] == "0"
    assert (redis_office.row(job)["state"], redis_office.row(job)["sent"]) == ("waiting", None)


@pytest.mark.django_db
def test_prune_deletes_what_ended_long_ago_and_nothing_else(chores):
    long_ago = ago((limits.KEPT + 1) * 24 * 3600)
    old = [jobs.enqueue("chores.count", n).pk for n in range(4)]
    for pk, state in zip(old, ENDED, strict=False):
        Job.objects.filter(pk=pk).update(state=state, finished=long_ago, error="It broke.")
    recent = jobs.enqueue("chores.count", 9)
    Job.objects.filter(pk=recent.pk).update(state=State.DONE, finished=ago(3600))
    assert prune() == 3
    assert sorted(Job.objects.values_list("pk", flat=True)) == [old[3], recent.pk]
