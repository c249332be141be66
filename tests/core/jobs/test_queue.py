"""Asking for work, twice, and calling it off."""

import json

import pytest
from django.db import transaction

from core import jobs
from core.audit import audit_context
from core.jobs.models import Job, State
from core.jobs.performing import perform
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("chores", "no_broker")]


def test_enqueue_keeps_what_was_asked_by_whom_and_why():
    user = UserFactory(name="Ada Analyst")
    with audit_context(actor=user, action="import_observations", reason="the June file", request_id="r-1"):
        job = jobs.enqueue("chores.count", 4, title="Counting to four")
    job.refresh_from_db()
    assert (job.kind, job.title, job.arguments, job.state) == ("chores.count", "Counting to four", [4], "waiting")
    assert (job.requested_by_id, job.requested_by_name) == (user.pk, "Ada Analyst")
    assert job.context == {
        "actor_id": user.pk,
        "actor_name": "Ada Analyst",
        "action": "import_observations",
        "reason": "the June file",
        "request_id": "r-1",
    }


def test_enqueue_without_a_title_takes_the_one_registered():
    assert jobs.enqueue("chores.count", 4).title == "Counting"


def test_enqueue_is_undone_with_the_callers_transaction():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        jobs.enqueue("chores.count", 4)
        raise ZeroDivisionError
    assert Job.objects.count() == 0


def test_enqueue_of_unknown_work_says_what_to_do():
    with pytest.raises(LookupError) as raised:
        jobs.enqueue("chores.dust")
    assert str(raised.value) == "No app registers the work 'chores.dust': its tasks.py should, with @jobs.register."
    assert Job.objects.count() == 0


def test_enqueue_of_what_json_cannot_hold_is_refused():
    with pytest.raises(TypeError):
        jobs.enqueue("chores.count", object())
    assert Job.objects.count() == 0


def test_enqueue_with_dedupe_returns_the_row_that_waits():
    first = jobs.enqueue("chores.count", 5, dedupe=True)
    assert jobs.enqueue("chores.count", 5, dedupe=True) == first
    assert Job.objects.count() == 1


def test_enqueue_with_dedupe_keeps_different_work_apart():
    asked = [jobs.enqueue("chores.count", n, dedupe=True).pk for n in (5, 6)]
    asked += [jobs.enqueue("chores.count", 5).pk for _ in range(2)]
    assert sorted(Job.objects.values_list("pk", flat=True)) == asked


def test_enqueue_with_dedupe_asks_anew_once_the_first_has_begun():
    """What changed since may have been missed by the run under way."""
    first = jobs.enqueue("chores.count", 5, dedupe=True)
    perform(first.pk, threaded=False)
    assert jobs.enqueue("chores.count", 5, dedupe=True) != first


def test_enqueue_with_the_broker_down_leaves_the_row_to_the_sweep(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.enqueue("chores.count", 4)
        assert job.sent is not None
    job.refresh_from_db()
    assert (job.state, job.sent) == ("waiting", None)


def test_cancel_of_a_waiting_job_ends_it_at_once():
    job = jobs.enqueue("chores.count", 4)
    jobs.cancel(job)
    job.refresh_from_db()
    assert (job.state, job.finished is not None) == (State.CANCELLED, True)
    assert perform(job.pk, threaded=False) is False


def test_cancel_of_a_job_that_has_ended_changes_nothing():
    job = jobs.enqueue("chores.count", 4)
    perform(job.pk, threaded=False)
    jobs.cancel(job)
    job.refresh_from_db()
    assert (job.state, job.cancel_requested, job.result["total"]) == (State.DONE, False, 10)


def test_a_cancelled_job_is_not_taken_for_one_that_waits():
    first = jobs.enqueue("chores.count", 5, dedupe=True)
    jobs.cancel(first)
    assert jobs.enqueue("chores.count", 5, dedupe=True) != first


def test_arguments_come_out_as_json_holds_them():
    job = jobs.enqueue("chores.count", (1, 2))
    assert json.dumps(job.arguments) == "[[1, 2]]"
