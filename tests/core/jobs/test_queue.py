"""Asking for work, twice, and calling it off."""

import json
import threading

import pytest
from django.db import connection, transaction

from core import jobs
from core.audit import audit_context
from core.jobs.models import Job, State
from core.jobs.performing import perform
from core.jobs.registry import register
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.usefixtures("chores", "no_broker")


@pytest.mark.django_db
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


@pytest.mark.django_db
def test_enqueue_without_a_title_takes_the_one_registered():
    assert jobs.enqueue("chores.count", 4).title == "Counting"


@pytest.mark.django_db
def test_enqueue_is_undone_with_the_callers_transaction():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        jobs.enqueue("chores.count", 4)
        raise ZeroDivisionError
    assert Job.objects.count() == 0


@pytest.mark.django_db
def test_enqueue_of_unknown_work_says_what_to_do():
    with pytest.raises(LookupError) as raised:
        jobs.enqueue("chores.dust")
    assert str(raised.value) == "No app registers the work 'chores.dust': its tasks.py should, with @jobs.register."
    assert Job.objects.count() == 0


@pytest.mark.django_db
def test_enqueue_of_what_json_cannot_hold_is_refused():
    with pytest.raises(TypeError):
        jobs.enqueue("chores.count", object())
    assert Job.objects.count() == 0


@pytest.mark.django_db
def test_enqueue_with_dedupe_returns_the_row_that_waits():
    first = jobs.enqueue("chores.count", 5, dedupe=True)
    assert jobs.enqueue("chores.count", 5, dedupe=True) == first
    assert Job.objects.count() == 1


@pytest.mark.django_db
def test_enqueue_with_dedupe_keeps_different_work_apart():
    asked = [jobs.enqueue("chores.count", n, dedupe=True).pk for n in (5, 6)]
    asked += [jobs.enqueue("chores.count", 5).pk for _ in range(2)]
    assert sorted(Job.objects.values_list("pk", flat=True)) == asked


@pytest.mark.django_db
def test_enqueue_with_dedupe_asks_anew_once_the_first_has_begun():
    """What changed since may have been missed by the run under way."""
    first = jobs.enqueue("chores.count", 5, dedupe=True)
    perform(first.pk, threaded=False)
    assert jobs.enqueue("chores.count", 5, dedupe=True) != first


@pytest.mark.django_db
def test_enqueue_with_the_broker_down_leaves_the_row_to_the_sweep(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.enqueue("chores.count", 4)
        assert job.sent is not None
    job.refresh_from_db()
    assert (job.state, job.sent) == ("waiting", None)


@pytest.mark.django_db
def test_cancel_of_a_waiting_job_ends_it_at_once():
    job = jobs.enqueue("chores.count", 4)
    jobs.cancel(job)
    job.refresh_from_db()
    assert (job.state, job.finished is not None) == (State.CANCELLED, True)
    assert perform(job.pk, threaded=False) is False


@pytest.mark.django_db
def test_cancel_of_a_job_that_has_ended_changes_nothing():
    job = jobs.enqueue("chores.count", 4)
    perform(job.pk, threaded=False)
    jobs.cancel(job)
    job.refresh_from_db()
    assert (job.state, job.cancel_requested, job.result["total"]) == (State.DONE, False, 10)


@pytest.mark.django_db
def test_a_cancelled_job_is_not_taken_for_one_that_waits():
    first = jobs.enqueue("chores.count", 5, dedupe=True)
    jobs.cancel(first)
    assert jobs.enqueue("chores.count", 5, dedupe=True) != first


@pytest.mark.django_db
def test_arguments_come_out_as_json_holds_them():
    job = jobs.enqueue("chores.count", (1, 2))
    assert json.dumps(job.arguments) == "[[1, 2]]"


def in_a_thread(function) -> threading.Thread:
    """Started, on a database connection of its own that is closed at the end."""

    def run():
        try:
            function()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.mark.servers
def test_work_asked_for_again_begins_only_after_the_second_asker_has_committed(real_db):
    """Otherwise it could miss what that asker changed."""
    told = []

    @register("chores.tell", title="Telling")
    def tell(progress):
        told.append("began")

    job = jobs.enqueue("chores.tell", dedupe=True)
    with transaction.atomic():
        assert jobs.enqueue("chores.tell", dedupe=True) == job
        worker = in_a_thread(lambda: perform(job.pk))
        worker.join(timeout=0.5)
        told.append("asked again")
    worker.join()
    assert told == ["asked again", "began"]


@pytest.mark.servers
def test_two_askers_at_once_do_not_wait_for_each_other(real_db):
    """Each asks for what the other has asked for, in the other order: with locks to wait for, a deadlock."""
    if connection.vendor != "postgresql":
        pytest.skip("NOT RUN: SQLite has one writer at a time")
    first, second = (jobs.enqueue("chores.count", n, dedupe=True) for n in (1, 2))
    meeting, asked = threading.Barrier(2, timeout=20), {}

    def ask(name, *numbers):
        with transaction.atomic():
            held = jobs.enqueue("chores.count", numbers[0], dedupe=True)
            meeting.wait()
            asked[name] = (held, jobs.enqueue("chores.count", numbers[1], dedupe=True))
            meeting.wait()

    for thread in [in_a_thread(lambda: ask("a", 1, 2)), in_a_thread(lambda: ask("b", 2, 1))]:
        thread.join()
    assert (asked["a"][0], asked["b"][0]) == (first, second)
    assert sorted(Job.objects.values_list("arguments", flat=True)) == [[1], [1], [2], [2]]
