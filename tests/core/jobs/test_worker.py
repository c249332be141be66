"""Real workers, killed for real: whatever happens to worker and broker, each job ends once and rightly."""

import pytest

from tests.core.jobs.office import Office, kill_group

pytestmark = pytest.mark.servers


def test_a_job_is_done_and_its_result_kept(each_office):
    with each_office.worker():
        (job,) = each_office.ask("jobs.enqueue('chores.count', 4)")
        row = each_office.wait_for(job, state="done")
    assert (row["result"], row["percent"], row["attempts"]) == ({"total": 10, "url": "/counted/"}, 100, 1)


def test_a_job_whose_worker_is_killed_ends_in_one_result(any_office):
    call = f"jobs.enqueue('chores.count', 12, 0.1, {str(any_office.diary)!r})"
    (job,) = any_office.ask(call)
    with any_office.worker() as first:
        any_office.wait(lambda: any_office.row(job)["percent"] >= 25, lambda: "never a quarter done")
        kill_group(first)
    assert any_office.row(job)["state"] == "running"
    with any_office.worker():
        row = any_office.wait_for(job, state="done")
    assert (row["result"]["total"], row["attempts"]) == (78, 2)
    assert any_office.diary_entries() == ["began", "began", "ended"]


def test_jobs_taken_from_the_broker_but_not_begun_survive_the_kill(any_office):
    """A worker fetches more than it does; the file broker has then forgotten those messages."""
    calls = [f"jobs.enqueue('chores.count', 8, 0.1, {str(any_office.diary)!r})" for _ in range(6)]
    jobs = any_office.ask(*calls)
    with any_office.worker() as first:
        any_office.wait(lambda: any_office.row(jobs[0])["percent"] >= 25, lambda: "never a quarter done")
        kill_group(first)
    with any_office.worker():
        rows = [any_office.wait_for(job, state="done") for job in jobs]
    assert [row["result"]["total"] for row in rows] == [36] * 6
    assert any_office.diary_entries().count("ended") == 6


def test_a_worker_asked_to_stop_gives_its_job_back_without_counting_the_attempt(office):
    (job,) = office.ask("jobs.enqueue('chores.count', 600, 0.1)")
    with office.worker() as worker:
        office.wait_for(job, state="running")
        worker.terminate()
        worker.wait(timeout=30)
    row = office.row(job)
    assert (row["state"], row["attempts"]) == ("waiting", 0)


def test_a_running_job_stops_when_cancelled(any_office):
    (job,) = any_office.ask("jobs.enqueue('chores.count', 600, 0.1)")
    with any_office.worker():
        any_office.wait_for(job, state="running")
        any_office.run(
            "-c",
            f"import django; django.setup()\nfrom core import jobs\nfrom core.jobs.models import Job\njobs.cancel(Job.objects.get(pk={job}))",
        )
        row = any_office.wait_for(job, state="cancelled")
    assert row["result"] is None


def test_work_that_always_fails_is_tried_three_times_and_then_says_so(any_office):
    (job,) = any_office.ask(f"jobs.enqueue('chores.break', {str(any_office.diary)!r})")
    with any_office.worker():
        row = any_office.wait_for(job, state="failed")
    assert row["error"] == (
        "“Breaking” could not be finished, although it was tried 3 times. What you entered is safe. "
        f"Try again; if that does not help, tell your administrator and quote job {job}."
    )
    assert row["detail"].splitlines()[-1] == "ValueError: the wheel came off"
    assert any_office.diary_entries() == ["began"] * 3


def test_a_broker_that_is_down_leaves_the_row_waiting_and_the_sweep_sends_it(redis_office):
    (job,) = redis_office.ask("jobs.enqueue('chores.count', 4)", REDIS_URL="redis://127.0.0.1:1/0")
    row = redis_office.row(job)
    assert (row["state"], row["sent"]) == ("waiting", None)
    with redis_office.worker():
        assert redis_office.wait_for(job, state="done")["result"]["total"] == 10


def test_a_broker_that_forgets_everything_loses_no_job(redis_office, redis_server):
    jobs = redis_office.ask("jobs.enqueue('chores.count', 4)", "jobs.enqueue('chores.count', 5)")
    assert redis_server.llen(redis_office.queue) == 2
    redis_server.flushdb()
    assert redis_server.llen(redis_office.queue) == 0
    with redis_office.worker():
        totals = [redis_office.wait_for(job, state="done")["result"]["total"] for job in jobs]
    assert totals == [10, 15]


def test_lost_files_of_the_file_broker_lose_no_job(office):
    (job,) = office.ask("jobs.enqueue('chores.count', 4)")
    messages = office.messages()
    assert len(messages) == 1
    messages[0].unlink()
    with office.worker():
        assert office.wait_for(job, state="done")["result"]["total"] == 10


def test_a_worker_outlives_a_redis_that_dies_and_forgets(tmp_path, new_database, own_redis):
    """Asked for while it was down: the row waits. Back again, and empty: the worker finds it and does the work."""
    office = Office(tmp_path, new_database(tmp_path), redis_url=own_redis.url)
    own_redis.start()
    with office.worker():
        (before,) = office.ask("jobs.enqueue('chores.count', 3)")
        office.wait_for(before, state="done")
        own_redis.kill()
        (during,) = office.ask("jobs.enqueue('chores.count', 4)")
        assert (office.row(during)["state"], office.row(during)["sent"]) == ("waiting", None)
        own_redis.start()
        assert office.wait_for(during, state="done")["result"]["total"] == 10
