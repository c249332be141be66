"""A passkey in a real browser, under the site's own policy: set up, asked for as a second factor, and signing in alone."""

import pytest

from core.accounts.permissions import Role
from tests.core.accounts.door import PASSWORD, person
from tests.factories.accounts import OfficeFactory

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(browser):
    page = browser.new_page()
    page.set_default_timeout(20_000)
    said = []
    page.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
    keys = page.context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    yield page
    page.close()
    assert [one for one in said if "Content Security Policy" in one] == []


def sign_in(page, url: str) -> None:
    page.goto(f"{url}/sign-in/")
    page.fill("[name=username]", "ann@testshire.example")
    page.fill("[name=password]", PASSWORD)
    page.click("button:text-is('Sign in')")


def sign_out(page) -> None:
    page.evaluate("document.querySelector('form[action=\"/sign-out/\"]').submit()")
    page.wait_for_url("**/sign-in/**")


def test_a_passkey_is_set_up_asked_for_and_signs_in_alone(page, served, settings):
    settings.SECOND_FACTOR = True
    OfficeFactory()
    person(Role.STAFF)
    sign_in(page, served.url)
    page.wait_for_url("**/account/factors/**")
    page.click("a:text-is('Add a key')")
    page.fill("[name=name]", "Office laptop")
    page.click("button:text-is('Add the key')")
    page.wait_for_url("**/account/factors/codes/")
    page.click("button:text-is('Show them, once')")
    assert page.locator(".factor-codes li").count() == 10
    page.goto(f"{served.url}/account/")
    assert "Office laptop" in page.inner_text(".facts")
    sign_out(page)
    sign_in(page, served.url)
    page.wait_for_url("**/sign-in/code/")
    page.click("button:text-is('Use my key')")
    page.wait_for_url(f"{served.url}/")
    sign_out(page)
    page.goto(f"{served.url}/sign-in/?next=/account/")
    page.click("button:text-is('Sign in with a passkey')")
    page.wait_for_url("**/account/")
