"""Following one's own work; other people's does not exist."""

import pytest
from django.utils import timezone

from core.jobs.models import Job
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def user(client):
    user = UserFactory()
    client.force_login(user)
    return user


def job_of(user, **values) -> Job:
    return Job.objects.create(**{"kind": "k", "title": "Making the pack", "requested_by_id": user.pk} | values)


def running(user) -> Job:
    now = timezone.now()
    return job_of(user, state="running", claim="c", started=now, heartbeat=now, percent=25, words="3 of 12 items")


def ended(user, state, **values) -> Job:
    return job_of(user, state=state, finished=timezone.now(), **values)


def test_job_detail_shows_how_far_it_is_and_asks_again(client, user):
    job = running(user)
    page = client.get(f"/jobs/{job.pk}/").content.decode()
    assert page.count("3 of 12 items") == 1
    assert page.count('max="100" value="25"') == 1
    assert page.count(f'hx-get="/jobs/{job.pk}/progress/" hx-trigger="every 1s"') == 1
    assert page.count(f'action="/jobs/{job.pk}/cancel/"') == 1


def test_job_progress_of_an_ended_job_asks_no_more_and_links_to_the_result(client, user):
    job = ended(user, "done", result={"url": "/papers/7/"})
    fragment = client.get(f"/jobs/{job.pk}/progress/", headers=HTMX).content.decode()
    assert (fragment.count("hx-get"), fragment.count("<form"), fragment.count("<progress")) == (0, 0, 0)
    assert fragment.count('href="/papers/7/"') == 1
    assert fragment.count('<div hx-swap-oob="innerHTML:#spoken">Making the pack: done</div>') == 1


def test_job_progress_of_a_failed_job_says_the_sentence(client, user):
    job = ended(user, "failed", error="The file has no rows. Choose another file.", detail="Traceback: secret path")
    fragment = client.get(f"/jobs/{job.pk}/progress/").content.decode()
    assert (fragment.count("The file has no rows. Choose another file."), fragment.count("Traceback")) == (1, 0)


def test_job_cancel_ends_a_waiting_job_and_shows_it(client, user):
    job = job_of(user)
    response = client.post(f"/jobs/{job.pk}/cancel/", follow=True)
    job.refresh_from_db()
    assert (job.state, response.redirect_chain) == ("cancelled", [(f"/jobs/{job.pk}/", 302)])


@pytest.mark.parametrize(
    ("back", "there"),
    [
        ("/imports/7/", "/imports/7/"),
        ("", "/jobs/{}/"),
        ("//elsewhere.example/", "/jobs/{}/"),
        ("https://x.y/", "/jobs/{}/"),
    ],
)
def test_job_cancel_goes_back_to_the_page_it_was_pressed_on_and_nowhere_else(client, user, back, there):
    job = job_of(user)
    response = client.post(f"/jobs/{job.pk}/cancel/", {"back": back})
    assert (response.status_code, response["Location"]) == (302, there.format(job.pk))


def test_job_cancel_of_a_running_job_from_a_fragment_answers_with_the_fragment(client, user):
    job = running(user)
    response = client.post(f"/jobs/{job.pk}/cancel/", headers=HTMX)
    job.refresh_from_db()
    assert (response.status_code, job.state, job.cancel_requested) == (200, "running", True)
    assert (response.content.decode().count("stopping"), response.content.decode().count("<form")) == (1, 0)


def test_job_try_again_takes_a_failed_job_up_with_all_its_attempts(client, user):
    job = ended(user, "failed", error="It could not be finished.", attempts=3)
    fragment = client.get(f"/jobs/{job.pk}/progress/", headers=HTMX).content.decode()
    assert fragment.count(f'hx-post="/jobs/{job.pk}/try-again/"') == 1
    fragment = client.post(f"/jobs/{job.pk}/try-again/", headers=HTMX).content.decode()
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error, job.finished) == ("waiting", 0, "", None)
    assert (fragment.count("waiting to start"), fragment.count(f'hx-get="/jobs/{job.pk}/progress/"')) == (1, 1)


@pytest.mark.parametrize("state", ["done", "cancelled"])
def test_job_try_again_leaves_alone_what_did_not_fail(client, user, state):
    job = ended(user, state)
    assert client.post(f"/jobs/{job.pk}/try-again/").status_code == 302
    job.refresh_from_db()
    assert job.state == state


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_job_cancel_takes_only_a_post(client, user, method):
    job = job_of(user)
    assert getattr(client, method)(f"/jobs/{job.pk}/cancel/").status_code == 405
    job.refresh_from_db()
    assert job.state == "waiting"


@pytest.mark.parametrize(("method", "page"), [("get", ""), ("get", "progress/"), ("post", "cancel/")])
def test_another_persons_job_does_not_exist(client, user, method, page):
    other, nobodys = job_of(UserFactory()), Job.objects.create(kind="k", title="Nightly work")
    answers = [getattr(client, method)(f"/jobs/{pk}/{page}").status_code for pk in (other.pk, nobodys.pk, 0)]
    assert answers == [404, 404, 404]
    assert sorted(Job.objects.values_list("state", flat=True)) == ["waiting", "waiting"]


@pytest.mark.parametrize(("method", "page"), [("get", ""), ("get", "progress/"), ("post", "cancel/")])
def test_nobody_sees_a_job_without_signing_in(client, method, page):
    job = job_of(UserFactory())
    response = getattr(client, method)(f"/jobs/{job.pk}/{page}")
    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/sign-in/")
