"""Signing in and one's own account, as drawn."""

import re

import pytest

from core.accounts.permissions import Role
from tests.core.accounts.door import knock, person
from tests.factories.accounts import OfficeFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.desk.shell_urls")]


def test_sign_in_of_a_demonstration_lists_one_account_a_role_with_its_password(client):
    OfficeFactory(is_demo=True)
    html = client.get("/sign-in/").content.decode()
    rows = re.findall(r"<tr><th scope=\"row\">([^<]+)</th>(.*?)</tr>", html)
    assert [role for role, _ in rows] == [str(role.label) for role in Role]
    assert {cells.count("<code>barsetshire-demo</code>") for _, cells in rows} == {1}


def test_sign_in_of_a_real_office_lists_nobody(client):
    OfficeFactory()
    html = client.get("/sign-in/").content.decode()
    assert ("<table" in html, "barsetshire" in html.lower()) == (False, False)


def test_sign_in_gone_wrong_says_so_at_the_top_and_leads_to_the_field(client):
    OfficeFactory()
    html = client.post("/sign-in/", {"username": "", "password": "x"}).content.decode()
    summary = re.search(r'<div class="govuk-error-summary".*?</div>\s*</div></div>', html, re.S).group()
    assert re.findall(r'<a href="([^"]+)">([^<]+)</a>', summary) == [("#id_username", "Enter your e-mail address")]


def test_sign_in_carries_on_to_the_page_that_was_asked_for(client):
    html = client.get("/sign-in/?next=/papers/").content.decode()
    with_password, with_passkey = re.findall(r'name="next" value="([^"]*)"', html)
    assert (with_password, with_passkey) == ("/papers/", "/papers/")


def test_account_says_what_each_role_lets_one_do(client):
    client.force_login(UserFactory(roles=[Role.PANEL]))
    html = client.get("/account/").content.decode()
    assert re.findall(r'data-label="Lets you">([^<]+)<', html) == ["read published papers"]


def test_own_password_asks_in_the_offices_words(client):
    person(Role.STAFF)
    knock(client)
    html = client.post("/account/password/", {"old_password": ""}).content.decode()
    assert re.findall(r'<a href="#id_[a-z0-9_]+">([^<]+)</a>', html) == [
        "Enter your present password",
        "Enter a new password",
        "Enter the new password again",
    ]
