"""What people see when a page cannot be had."""

import pytest
from django.test import Client, RequestFactory

from desk import errors
from tests.factories.accounts import UserFactory

HEADINGS = {
    "400": "That request could not be read",
    "403": "Your role does not open this page",
    "404": "Page not found",
    "500": "Something went wrong here",
    "503": "Reckoner is not answering just now",
}


@pytest.mark.django_db
@pytest.mark.urls("tests.desk.shell_urls")
@pytest.mark.parametrize("status", HEADINGS)
def test_failure_has_its_status_a_heading_and_no_inner_workings(status):
    client = Client(raise_request_exception=False)
    client.force_login(UserFactory())
    response = client.get(f"/fail/{status}/")
    html = response.content.decode()
    assert (response.status_code, f"<h1>{HEADINGS[status]}</h1>" in html) == (int(status), True)
    assert ("secret of the fault" in html, "Traceback" in html, "no database" in html) == (False, False, False)


@pytest.mark.urls("tests.desk.shell_urls")
def test_server_error_is_drawn_without_the_database_and_quotes_the_request():
    request = RequestFactory().get("/")
    request.request_id = "0123abcd"
    response = errors.server_error(request)  # no database in this test: any query would fail it
    assert (response.status_code, "<strong>0123abcd</strong>" in response.content.decode()) == (500, True)


@pytest.mark.django_db
@pytest.mark.urls("tests.desk.shell_urls")
def test_unreachable_database_asks_to_be_tried_again_in_a_minute():
    client = Client(raise_request_exception=False)
    assert client.get("/fail/503/").headers["Retry-After"] == "60"


@pytest.mark.django_db
@pytest.mark.urls("tests.desk.shell_urls")
def test_form_with_a_stale_token_says_what_to_do(rf):
    response = errors.csrf_failure(rf.post("/"), reason="CSRF cookie not set.")
    html = response.content.decode()
    assert (response.status_code, "This page had been open too long" in html, "cookie not set" in html) == (
        403,
        True,
        False,
    )
