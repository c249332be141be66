"""Every page somebody is shown, what a form says when it refuses among them, in a real browser: what axe finds, what
the policy stops, and whether it fits a phone. A page put together like those that have been shown is not shown again,
and axe, which takes longest, reads the few that hold between them every way the pages shown are put together.
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from core.accounts.permissions import Role
from tests.access.shelf import open_shelf
from tests.access.test_headers import is_page
from tests.structure import Read, fewest, sideways, violations

pytestmark = pytest.mark.xdist_group("access")  # what has been asked there need not be asked again

READERS = [Role.SECRETARY, Role.ANALYST, Role.ADMINISTRATOR]  # between them they are shown every kind of page
PHONE = 375  # px


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    yield page
    page.close()


@pytest.fixture
def told_of(page: Page) -> Iterator[Callable[..., list[str]]]:
    """`told_of(body, headers, with_axe=True)`: what is wrong with an answer, shown with its headers."""
    complaints: list[str] = []

    def heard(message) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            complaints.append(message.text)

    page.on("console", heard)
    with open_shelf() as shelf:

        def told(body: str, headers: dict[str, str], *, with_axe: bool = True) -> list[str]:
            complaints.clear()
            page.goto(shelf.show(body, headers))
            return [*(violations(page) if with_axe else []), *sideways(page, PHONE), *complaints]

        yield told
        page.goto("about:blank")


def test_every_page_can_be_read_by_everybody(answers, told_of):
    read, new = Read(), []
    for kind in READERS:
        pages = [one for one in answers(kind) if is_page(one) and "<html" in one.body]
        assert len(pages) > 100
        new += [(kind, one) for one in pages if read.is_new(one.body)]
    by_axe = fewest([one.body for _, one in new])
    assert len(by_axe) > 50
    told = [
        f"{one.case.name}, {one.case.what}, {one.method}, as {kind}: {wrong}"
        for at, (kind, one) in enumerate(new)
        for wrong in told_of(one.body, one.headers, with_axe=at in by_axe)
    ]
    assert "\n".join(told) == ""


def test_the_pages_that_axe_reads_hold_all_there_is():
    first, both, second = "<p><b>one</b></p>", "<p><b>one</b><i>two</i></p>", "<p><i>two</i></p>"
    assert fewest([first, both, second]) == {1}
    assert fewest([first, second, first]) == {0, 1}
    assert fewest([]) == set()


def test_the_reading_sees_what_it_looks_for(told_of):
    bad = '<!DOCTYPE html><html lang="en"><title>Bad</title><main><h1>Bad</h1><img src="a.png"><p id="wide">Wide</p></main>'
    bad += '<link rel="stylesheet" href="data:text/css,%23wide{width:900px}"><script>stopped</script></html>'
    policy = {"Content-Type": "text/html", "Content-Security-Policy": "script-src 'self'"}
    image, wide, stopped = told_of(bad, policy)
    assert (image[:10], wide) == ("image-alt:", "908 px wide in a window of 375 px")
    assert "inline script" in stopped
    read = Read()
    assert [read.is_new("<b class='x1'>one</b>"), read.is_new("<b class='x2'>two</b>")] == [True, False]
