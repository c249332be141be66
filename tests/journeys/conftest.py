"""A browser, and people who sign in with it. Every page they meet is read by axe and must break no policy.

The pages are the same on either database, and axe costs more than making them: on PostgreSQL it does not read them again.
"""

import os
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from core.accounts.demo import DEMO_PASSWORD, demo_email
from tests.journeys.site import Site, running_site
from tests.structure import Read, violations


@pytest.fixture(scope="session")
def site(django_db_blocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A demonstration office of its own; or the one at RECKONER_JOURNEY_URL, to try a step again and again."""
    if url := os.environ.get("RECKONER_JOURNEY_URL"):
        yield Site(url, tmp_path_factory.mktemp("site") / "site.log")
        return
    with running_site(tmp_path_factory.mktemp("site"), django_db_blocker.unblock) as site:
        yield site


READ = Read()
AGAIN = bool(os.environ.get("DATABASE_URL"))
SIGNED_IN: dict[tuple[str, str], tuple[float, list]] = {}  # when, and the cookies, by site and role
LASTS = 600  # seconds for which a sign-in is used again, far from the half hour after which the site ends it


class Visitor:
    """A person at a browser of their own."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.url = site.url
        self.site = site
        self.context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(45_000)
        self.complaints: list[str] = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))

    def _heard(self, message) -> None:
        expected = "Failed to load resource: the server responded with a status of 4"
        if message.type == "error" and not message.text.startswith(expected):
            self.complaints.append(f"{self.page.url}: {message.text}")

    def sign_in(self, role: str) -> "Visitor":
        """By the form the first time anybody of the role comes; for some minutes with the cookies that this gave."""
        when, cookies = SIGNED_IN.get((self.url, role), (0.0, []))
        if cookies and time.monotonic() < when + LASTS:
            self.context.add_cookies(cookies)
            return self
        self.go("/sign-in/")
        self.page.fill("#id_username", demo_email(role))
        self.page.fill("#id_password", DEMO_PASSWORD)
        with self.page.expect_navigation():
            self.page.click("main button[type=submit]")
        SIGNED_IN[self.url, role] = time.monotonic(), self.context.cookies()
        return self

    def go(self, path: str, status: int = 200) -> Page:
        """Open an address; the page must answer as expected and pass axe."""
        answer = self.page.goto(self.url + path)
        assert answer is not None
        assert answer.status == status, f"{path}: {answer.status}"
        self.check()
        return self.page

    def press(self, name: str, role: str = "button") -> Page:
        """Press what leads to another page, and wait until it is there: a form may keep its draft first."""
        with self.page.expect_navigation():
            self.page.get_by_role(role, name=name).first.click()
        self.page.wait_for_load_state()
        self.check()
        return self.page

    def check(self) -> None:
        """axe finds nothing on the page as it is. What is put together as it was before, it need not read again."""
        if not AGAIN and READ.is_new(self.page.content()):
            assert [f"{self.page.url}: {one}" for one in violations(self.page)] == []

    def read(self) -> str:
        """The words of the page's main part and of its messages."""
        return self.page.inner_text("main")

    def site_log(self) -> str:
        """What the site said last, to show beside a failure."""
        return self.site.log.read_text()[-4000:] if self.site.log.exists() else ""


@pytest.fixture
def visitor(browser: Browser, site: Site) -> Iterator[Callable[[str], Visitor]]:
    """`visitor("staff")` signs somebody in; `visitor("")` is a stranger. At the end nothing may have complained."""
    people: list[Visitor] = []

    def make(role: str = "") -> Visitor:
        people.append(Visitor(browser, site))
        return people[-1].sign_in(role) if role else people[-1]

    yield make
    complaints = [told for one in people for told in one.complaints]
    for one in people:
        one.context.close()
    assert complaints == []
