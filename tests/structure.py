"""Reading pages with axe, and each way a page is put together but once: fifty rows of a table say no more than one."""

import re
from html.parser import HTMLParser

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

EMPTY = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "use", "wbr"}
TOLD = ("class", "type", "role", "scope", "lang", "tabindex")  # attributes whose values axe or a style sheet looks at
NUMBER = re.compile(r"\d+")
Shape = tuple[object, ...]


class _Shapes(HTMLParser):
    """The kinds of elements of a page, each with what it stands in; neither their words nor how many there are."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, Shape]] = []
        self.found: set[Shape] = set()

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        given = dict(pairs)
        names = tuple(sorted(name for name in given if not name.startswith("data-")))
        shape = (tag, names, tuple(NUMBER.sub("", given.get(name) or "") for name in TOLD))
        self.found.add((self.open[-1][0] if self.open else "", shape))
        if tag not in EMPTY:
            self.open.append((tag, shape))

    def handle_endtag(self, tag: str) -> None:
        tags = [name for name, _ in self.open]
        if tag in tags:
            del self.open[len(tags) - 1 - tags[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open:
            self.found.add((self.open[-1][1], "words"))


def shapes(html: str) -> set[Shape]:
    """Each way anything on a page is put together."""
    reader = _Shapes()
    reader.feed(html)
    return reader.found


def fewest(pages: list[str]) -> set[int]:
    """The places in the list of pages that hold between them every way anything in it is put together: each time the
    page that adds most. Not always the fewest there could be, but all is held."""
    left = [shapes(html) for html in pages]
    chosen: set[int] = set()
    while any(left):
        most = max(range(len(left)), key=lambda at: len(left[at]))
        chosen.add(most)
        added = left[most]
        left = [found - added for found in left]
    return chosen


class Read:
    """What has been read of pages so far."""

    def __init__(self) -> None:
        self.shapes: set[Shape] = set()

    def is_new(self, html: str) -> bool:
        """Whether a page holds anything put together as nothing read before; from now on it counts as read."""
        found = shapes(html)
        new = not found <= self.shapes
        self.shapes |= found
        return new


def violations(page: Page) -> list[str]:
    """What axe finds on a page as it is, with the first three places of each."""
    found = Axe().run(page, options={"resultTypes": ["violations"], "preload": False}).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"][:3]]


def sideways(page: Page, width: int) -> list[str]:
    """Whether a page must be pushed sideways in a window that wide."""
    size = page.viewport_size
    page.set_viewport_size({"width": width, "height": 800})
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size(size)
    return [] if wide == width else [f"{wide} px wide in a window of {width} px"]
