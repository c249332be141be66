"""What surrounds every page: who is offered which place, where they are, and the demonstration's own warning."""

import datetime as dt
import re

import pytest

from core.accounts.permissions import Role
from tests.factories.accounts import OfficeFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.desk.shell_urls")]


def places(html: str) -> list[tuple[str, str]]:
    """The navigation as drawn: label and aria-current."""
    return re.findall(r'class="nav__link" href="[^"]+"(?: aria-current="(\w+)")?>([^<]+)<', html)


@pytest.mark.parametrize(
    ("role", "labels"),
    [
        (Role.ANALYST, ["Home", "Scorecard", "Delivery plan", "Papers", "Data"]),
        (Role.STAFF, ["Home", "Scorecard", "Delivery plan", "Papers"]),
        (Role.CONTRIBUTOR, ["Home", "Delivery plan", "My actions", "Papers"]),
        (Role.PANEL, ["Home", "Papers"]),
    ],
)
def test_navigation_offers_the_places_a_role_may_go_and_that_exist(client, role, labels):
    client.force_login(UserFactory(roles=[role]))
    assert [label for _, label in places(client.get("/").content.decode())] == labels


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", [("page", "Home")]),
        ("/scorecard/", [("page", "Scorecard")]),
        ("/measures/burglary/", [("true", "Scorecard")]),
    ],
)
def test_navigation_says_where_one_is(client, path, current):
    client.force_login(UserFactory(roles=[Role.STAFF]))
    assert [place for place in places(client.get(path).content.decode()) if place[0]] == current


def test_page_for_nobody_has_no_navigation_no_menu_and_no_idle_warning(client):
    html = client.get("/").content.decode()
    assert re.findall(r"nav__link|top__person|data-idle-seconds|<dialog", html) == []


def test_demonstration_says_on_every_page_that_it_is_one(client):
    OfficeFactory(is_demo=True, today_override=dt.date(2019, 12, 2))
    html = client.get("/").content.decode()
    assert ("SYNTHETIC" in html, "Today is set to 2 December 2019." in html) == (True, True)


def test_real_office_says_nothing_of_a_demonstration(client):
    OfficeFactory()
    assert "SYNTHETIC" not in client.get("/").content.decode()


def test_every_script_comes_from_a_file_and_bears_the_nonce(client):
    response = client.get("/")
    nonce = re.search(r"'nonce-([^']+)'", response.headers["Content-Security-Policy"]).group(1)
    scripts = re.findall(r"<script ([^>]*)>(.*?)</script>", response.content.decode(), re.S)
    assert len(scripts) == 3
    assert [(f'nonce="{nonce}"' in bits, "src=" in bits, body) for bits, body in scripts] == [(True, True, "")] * 3


def test_signing_out_is_a_post_with_a_token(client):
    client.force_login(UserFactory())
    form = re.search(r'<form action="/sign-out/" method="post">(.*?)</form>', client.get("/").content.decode(), re.S)
    assert form.group(1).count('name="csrfmiddlewaretoken"') == 1
