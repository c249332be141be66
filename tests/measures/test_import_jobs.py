"""Large files: done by a job whose progress the page shows, with the broker there or not."""

import pytest
from django.utils import timezone

from core.jobs import queue
from core.jobs.models import Job
from core.jobs.performing import perform
from measures import importing
from measures.models import Observation
from tests.measures.importing import accepted, columns, held, month, press, upload

pytestmark = pytest.mark.usefixtures("analyst")


@pytest.fixture(autouse=True)
def every_file_is_large(monkeypatch):
    monkeypatch.setattr(importing, "SMALL_BYTES", 0)


def work(batch, kind: str):
    job = Job.objects.get(kind=f"measures.{kind}_import", state="waiting")
    assert perform(job.pk, threaded=False)
    job.refresh_from_db()
    batch.refresh_from_db()
    return job


def test_each_stage_of_a_large_file_is_a_job_the_page_follows(client, burglary):
    batch = upload(client)
    page = client.get(f"/imports/{batch.pk}/").content.decode()
    assert 'hx-trigger="every 1s"' in page
    assert "Reading the file" in page
    assert work(batch, "inspect").result == {"url": f"/imports/{batch.pk}/"}
    press(client, batch, "columns", columns(batch))
    assert batch.state == "checking"
    work(batch, "check")
    assert batch.state == "ready"
    press(client, batch, "accept")
    assert (batch.state, Observation.objects.count()) == ("accepting", 0)
    work(batch, "accept")
    assert batch.state == "accepted"
    assert held(burglary) == {month("2019-08"): 310, month("2019-09"): 320}
    assert 'hx-trigger="every 1s"' not in client.get(f"/imports/{batch.pk}/").content.decode().split("</main>")[0]


def test_a_saved_layout_is_read_and_checked_without_a_press(client, burglary):
    first = upload(client)
    work(first, "inspect")
    press(client, first, "columns", columns(first))
    work(first, "check")
    press(client, first, "accept")
    work(first, "accept")
    batch = upload(client, "Month,Measure,Value\n2019-10,Burglary,1\n")
    work(batch, "inspect")
    assert batch.state == "checking"
    work(batch, "check")
    assert batch.state == "ready"


def test_a_cancelled_check_can_be_asked_for_again(client, burglary):
    batch = upload(client)
    work(batch, "inspect")
    press(client, batch, "columns", columns(batch))
    queue.cancel(Job.objects.get(kind="measures.check_import"))
    page = client.get(f"/imports/{batch.pk}/").content.decode()
    assert "The work was not finished" in page
    press(client, batch, "check")
    work(batch, "check")
    assert batch.state == "ready"


def test_whoever_cancels_comes_back_to_the_import_which_says_what_is_next(client, burglary):
    batch = upload(client)
    work(batch, "inspect")
    press(client, batch, "columns", columns(batch))
    job, there = Job.objects.get(kind="measures.check_import"), f"/imports/{batch.pk}/"
    page = client.get(there).content.decode()
    assert page.count(f'<input type="hidden" name="back" value="{there}">') == 1
    page = client.post(f"/jobs/{job.pk}/cancel/", {"back": there}, follow=True)
    assert page.redirect_chain == [(there, 302)]
    assert page.content.decode().count("It was cancelled. Nothing of the file has been stored.") == 1
    assert page.content.decode().count("Check the file again") == 1


def test_a_check_that_is_being_stopped_says_so_and_offers_no_second_cancel(client, burglary):
    batch = upload(client)
    work(batch, "inspect")
    press(client, batch, "columns", columns(batch))
    now = timezone.now()
    Job.objects.filter(kind="measures.check_import").update(
        state="running", claim="a" * 32, started=now, heartbeat=now, cancel_requested=True
    )
    page = client.get(f"/imports/{batch.pk}/").content.decode()
    assert (page.count('progress__words">stopping<'), page.count("/cancel/")) == (1, 0)


def test_a_file_that_is_being_read_says_so(client):
    batch = upload(client)
    page = client.get(f"/imports/{batch.pk}/").content.decode()
    assert (page.count("Being read"), page.count("Columns to confirm")) == (1, 0)


def test_a_broker_out_of_reach_delays_the_work_and_loses_nothing(
    client, burglary, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(queue.broker, "quiet_until", float("inf"))
    with django_capture_on_commit_callbacks(execute=True):
        batch = upload(client)
    job = Job.objects.get()
    assert (job.state, job.sent, batch.state) == ("waiting", None, "uploaded")
    assert client.get(f"/imports/{batch.pk}/").status_code == 200
    work(batch, "inspect")
    assert batch.mapping["layout"] == "long"


def test_what_a_job_finds_after_the_import_was_discarded_is_put_aside(client, burglary):
    batch = upload(client)
    work(batch, "inspect")
    press(client, batch, "columns", columns(batch))
    press(client, batch, "discard")
    work(batch, "check")
    assert batch.state == "discarded"


def test_a_small_file_needs_no_job(client, burglary, monkeypatch):
    monkeypatch.setattr(importing, "SMALL_BYTES", 1_000)
    assert accepted(client).state == "accepted"
    assert list(Job.objects.values_list("kind", flat=True)) == ["measures.recompute"]
