"""The parts in a real browser, without a network: what axe says, and what site.js and chart.js do."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import RequestFactory
from playwright.sync_api import Browser, Page, Route

from core.accounts.permissions import Role
from tests.desk.guide import guide
from tests.factories.accounts import OfficeFactory, UserFactory

HOME = "http://office.test"
CLOCK = re.compile(r"( \d\d:\d\d)?$")


@pytest.fixture
def guide_html(db) -> str:
    OfficeFactory(is_demo=True)
    request = RequestFactory().get("/look/")
    request.user = UserFactory(roles=[Role.ANALYST])
    return render_to_string("_components/guide.html", guide(), request)


@pytest.fixture
def browser_page(browser: Browser, guide_html) -> Iterator[Page]:
    """A page whose server is this test: the guide, the static files, and whatever a test adds; all else is refused."""
    page = browser.new_page()

    def answer(route: Route) -> None:
        path = finders.find(route.request.url.removeprefix(f"{HOME}/static/"))
        if route.request.url == f"{HOME}/":
            route.fulfill(body=guide_html, content_type="text/html")
        elif path:
            route.fulfill(path=path)
        else:
            route.abort()

    page.route("**/*", answer)
    yield page
    page.close()


def opened(page: Page) -> Page:
    page.goto(f"{HOME}/")
    page.wait_for_selector("body.govuk-frontend-supported")
    return page


def passes_quietly(page: Page, time: str) -> bool:
    """Whether that long goes by with neither a warning nor the page being loaded again, as it is when a session ends."""
    loads = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    page.clock.fast_forward(time)
    page.clock.run_for(2000)
    return (page.locator("dialog#idle[open]").count(), loads) == (0, [])


@pytest.mark.parametrize("width", [1280, 640, 320])
def test_guide_has_no_violation_and_no_sideways_scroll(browser_page, width):
    browser_page.set_viewport_size({"width": width, "height": 900})
    opened(browser_page)
    assert Axe().run(browser_page).response["violations"] == []
    assert browser_page.evaluate("document.documentElement.scrollWidth") == width


def test_chart_is_read_with_the_arrow_keys(browser_page):
    page = opened(browser_page)
    page.focus(".chart-points [tabindex]")
    heard = [page.inner_text(".chart-tip")]
    for key in ("ArrowLeft", "Home", "ArrowLeft", "End", "ArrowRight"):
        page.keyboard.press(key)
        heard.append(page.inner_text(".chart-tip"))
    april, march, january = "April 2019: 305", "March 2019: 341", "January 2019: 312"
    assert heard == [april, march, january, january, april, april]
    assert page.locator('.chart-points [tabindex="0"]').count() == 1


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (200, "Saved at"),
        (409, "Not saved: somebody else has changed this. Both texts are kept and shown on this page."),
        (422, "Not saved: see the problem named on this page."),
        (500, "Not saved. Your text is still on this page; try again in a moment."),
    ],
)
def test_form_that_saves_as_it_is_typed_says_what_became_of_it(browser_page, status, words):
    browser_page.route("**/save/", lambda route: route.fulfill(status=status, body="<p>ok</p>"))
    page = opened(browser_page)
    page.fill("#minute", "The board agreed.")
    page.dispatch_event("#minute", "change")
    page.wait_for_selector(f"[data-save-state]:has-text('{words}')")
    assert (
        page.inner_text("[data-save-state]").removesuffix(CLOCK.search(page.inner_text("[data-save-state]")).group())
        == words
    )


def test_idle_session_is_warned_of_and_can_be_kept(browser_page):
    browser_page.route("**/account/", lambda route: route.fulfill(status=200, body="here"))
    browser_page.clock.install()
    page = opened(browser_page)
    page.clock.fast_forward("27:00")
    assert page.locator("dialog#idle[open]").count() == 0
    page.clock.fast_forward("01:05")
    page.clock.run_for(2000)
    assert page.inner_text("dialog#idle[open] [data-idle-left]") == "2 minutes"
    with page.expect_response("**/account/"):
        page.click("[data-idle-stay]")
    page.wait_for_selector("dialog#idle:not([open])", state="attached")
    assert passes_quietly(page, "27:00")


def test_answer_to_a_script_of_the_page_puts_the_end_of_the_session_off(browser_page):
    browser_page.route("**/save/", lambda route: route.fulfill(status=200, body="ok"))
    browser_page.clock.install()
    page = opened(browser_page)
    page.clock.fast_forward("27:00")
    page.fill("#minute", "The board agreed.")
    page.dispatch_event("#minute", "change")
    page.wait_for_selector("[data-save-state]:has-text('Saved at')")
    assert passes_quietly(page, "27:00")


def test_idle_session_saves_what_was_typed_once_and_only_once(browser_page):
    sent = []

    def saved(route: Route) -> None:
        sent.append(route.request.post_data)
        route.fulfill(status=204)

    browser_page.route("**/save/", saved)
    browser_page.clock.install()
    page = opened(browser_page)
    page.locator("#minute").press_sequentially("Agreed")  # typed, and not yet left: no change event has saved it
    with page.expect_response("**/save/"):
        page.clock.fast_forward("28:05")
        page.clock.run_for(2000)
    page.wait_for_selector("[data-save-state]:has-text('Saved at')")
    page.clock.fast_forward("28:05")
    page.clock.run_for(2000)
    page.wait_for_selector("dialog#idle[open]")
    assert sent == ["minute=Agreed"]


def test_button_that_asks_first_does_nothing_when_the_answer_is_no(browser_page):
    asked = []
    page = opened(browser_page)
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.click("text=Withdraw the paper")
    assert (asked, page.url) == (["Withdraw this paper?"], f"{HOME}/")


def test_menu_closes_on_escape_and_gives_the_focus_back(browser_page):
    page = opened(browser_page)
    page.click(".top__person-name")
    assert page.is_visible("text=Sign out")
    page.keyboard.press("Escape")
    assert page.is_visible("text=Sign out") is False
    assert page.evaluate("document.activeElement.className") == "top__person-name"
