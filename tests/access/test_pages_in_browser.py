"""Every page somebody is shown, what a form says when it refuses among them, in a real browser: what axe finds, what
the policy stops, and whether it fits a phone. A page put together like those that have been read is not read again.
"""

from collections.abc import Iterator

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page, Route

from core.accounts.permissions import Role
from tests.access.test_headers import is_page
from tests.structure import Read, sideways, violations

pytestmark = pytest.mark.xdist_group("access")  # what has been asked there need not be asked again

HOME = "http://localhost:9"  # nobody answers there: what is shown is what the site answered before
READERS = [Role.SECRETARY, Role.ANALYST, Role.ADMINISTRATOR]  # between them they are shown every kind of page
PHONE = 375  # px
READ = Read()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    yield page
    page.close()


def told_of(page: Page, body: str, headers: dict[str, str]) -> list[str]:
    """What is wrong with an answer, shown with its headers; static files are given, and to anything else there is no answer."""
    complaints: list[str] = []

    def give(route: Route) -> None:
        path = finders.find(route.request.url.removeprefix(f"{HOME}/static/"))
        if route.request.is_navigation_request():
            route.fulfill(body=body, headers=headers)
        elif path:
            route.fulfill(path=path)
        else:
            route.fulfill(status=204)  # a page that asks again after a second is told that nothing is new

    def heard(message) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            complaints.append(message.text)

    page.route("**/*", give)
    page.on("console", heard)
    page.goto(HOME)
    found = [*violations(page), *sideways(page, PHONE), *complaints]
    page.remove_listener("console", heard)
    page.unroute_all()
    return found


@pytest.mark.parametrize("kind", READERS)
def test_every_page_can_be_read_by_everybody(answers, page, kind):
    pages = [one for one in answers(kind) if is_page(one) and "<html" in one.body]
    told = [
        f"{one.case.name}, {one.case.what}, {one.method}: {wrong}"
        for one in pages
        if READ.is_new(one.body)
        for wrong in told_of(page, one.body, one.headers)
    ]
    assert len(pages) > 100
    assert "\n".join(told) == ""


def test_the_reading_sees_what_it_looks_for(page):
    bad = '<!DOCTYPE html><html lang="en"><title>Bad</title><main><h1>Bad</h1><img src="a.png"><p id="wide">Wide</p></main>'
    bad += '<link rel="stylesheet" href="data:text/css,%23wide{width:900px}"><script>stopped</script></html>'
    policy = {"Content-Type": "text/html", "Content-Security-Policy": "script-src 'self'"}
    image, wide, stopped = told_of(page, bad, policy)
    assert (image[:10], wide) == ("image-alt:", "908 px wide in a window of 375 px")
    assert "inline script" in stopped
    assert [READ.is_new("<b class='x1'>one</b>"), READ.is_new("<b class='x2'>two</b>")] == [True, False]
