"""Reading a chart's values with the keyboard and the pointer, in a real browser under the site's policy on scripts."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route

from measures.charts import level, peers

from .samples import RATE, frame, ranking, series

STATIC = Path(__file__).parents[3] / "static"
POLICY = "default-src 'self'; script-src 'self'; style-src 'self'"


def page_of_charts() -> str:
    months = level.draw(level.LevelChart(frame("months", interactive=True), series(5, None, 7)))
    forces = peers.draw(peers.PeersChart(frame("forces", RATE, interactive=True), ranking()))
    return (
        '<!doctype html><html lang="en"><head><title>Charts</title><link rel="stylesheet" href="/css/chart.css">'
        '<script src="/js/chart.js" defer></script></head><body><main><h1>Charts</h1>'
        f'<figure class="chart">{months}</figure><figure class="chart">{forces}</figure><p id="end">End</p></main></body></html>'
    )


def serve(route: Route) -> None:
    path = route.request.url.removeprefix("http://charts.test/")
    kinds = {"css/chart.css": "text/css", "js/chart.js": "text/javascript"}
    body = (STATIC / path).read_text() if path in kinds else page_of_charts()
    headers = {"content-type": kinds.get(path, "text/html"), "content-security-policy": POLICY}
    route.fulfill(body=body, headers=headers)


@pytest.fixture
def page(browser: Browser):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.trouble = []
    page.on("console", lambda message: page.trouble.append(message.text))
    page.on("pageerror", lambda error: page.trouble.append(str(error)))
    page.route("**/*", serve)
    page.goto("http://charts.test/")
    yield page
    page.close()


def focused(page: Page) -> str | None:
    return page.locator(":focus").get_attribute("aria-label")


def shown(page: Page) -> list[str]:
    return page.locator(".chart-tip:visible").all_inner_texts()


def test_arrow_keys_walk_the_points_of_one_chart(page):
    page.keyboard.press("Tab")
    walked = [focused(page)]
    for key in ("ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowRight", "End", "Home"):
        page.keyboard.press(key)
        walked.append(focused(page))
    july, august, september = "Jul 2019: 5", "Aug 2019: no data", "Sep 2019: 7"
    assert walked == [september, august, july, july, august, september, july]
    assert shown(page) == [july]
    assert page.trouble == []


def test_tab_stops_once_a_chart_and_escape_puts_the_words_away(page):
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Tab")
    assert (focused(page), shown(page)) == ("Peer D: 58.8 per 1,000", ["Peer D: 58.8 per 1,000"])
    page.keyboard.press("Escape")
    assert shown(page) == []
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "Aug 2019: no data"  # where the reader left off


def test_pointer_shows_a_value_and_leaving_hides_it(page):
    point = page.locator('[data-label="Jul 2019: 5"]')
    point.hover(force=True)
    assert shown(page) == ["Jul 2019: 5"]
    frame_box, tip = page.locator(".chart").first.bounding_box(), page.locator(".chart-tip:visible").bounding_box()
    assert frame_box["x"] <= tip["x"] and tip["x"] + tip["width"] <= frame_box["x"] + frame_box["width"]
    page.mouse.move(1279, 890)
    assert shown(page) == []


def test_charts_have_no_fault_a_checker_can_find(page):
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")
    page.unroute("**/*")
    assert [fault["id"] for fault in Axe().run(page).response["violations"]] == []
