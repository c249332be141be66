"""The plan as a board and as a timeline in a real browser: by mouse, by keyboard, on a wide and a narrow screen."""

import datetime as dt

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from deepdive.models import DeliveryAction
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.deepdive import ActionUpdateFactory, MilestoneFactory


@pytest.fixture
def action(real_db) -> DeliveryAction:
    OfficeFactory(is_demo=True, today_override=dt.date(2019, 12, 2))
    update = ActionUpdateFactory(action__status="in_progress", action__due=dt.date(2019, 11, 1))
    MilestoneFactory(action=update.action, due=dt.date(2019, 11, 1))
    return update.action


@pytest.fixture
def page(browser: Browser, served, action, client):
    client.force_login(UserFactory())
    page = browser.new_page()
    page.context.add_cookies([{"name": "reckoner", "value": client.cookies["reckoner"].value, "url": served.url}])
    yield page
    page.close()


def column_of(page: Page, action: DeliveryAction) -> str:
    return page.locator(f"[data-card='{action.pk}']").locator("xpath=ancestor::section").get_attribute("data-status")


def test_card_moves_by_mouse_and_by_keyboard_and_the_move_asks_for_what_it_needs(page, served, action):
    page.goto(f"{served.url}/delivery/board/")
    assert column_of(page, action) == "in_progress"
    page.drag_and_drop(f"[data-card='{action.pk}'] p.small", "[data-status='stalled']")
    page.wait_for_url("**/move/stalled/?from=board")
    page.fill("textarea[name=reason]", "No money")
    page.check("input[name=rag][value=red]")
    page.click("main form button[type=submit]")
    page.wait_for_url("**/delivery/board/**")
    assert column_of(page, action) == "stalled"
    page.focus(f"[data-card='{action.pk}'] summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/move/in_progress/?from=board")
    page.fill("textarea[name=reason]", "A grant came")
    page.check("input[name=rag][value=green]")
    page.click("main form button[type=submit]")
    page.wait_for_url("**/delivery/board/**")
    assert column_of(page, action) == "in_progress"
    page.drag_and_drop(f"[data-card='{action.pk}'] p.small", "[data-status='in_progress'] h2")
    assert page.url.startswith(f"{served.url}/delivery/board/")  # its own column takes no card


def test_no_view_of_the_plan_breaks_a_rule_of_access_or_scrolls_sideways(page, served, action):
    there = ["/delivery/board/", "/delivery/timeline/", f"/delivery/actions/{action.pk}/"]
    wrong = []
    for address in there:
        for width in (1280, 375):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(served.url + address)
            found = [one["id"] for one in Axe().run(page).response["violations"]]
            wide = page.evaluate("document.documentElement.scrollWidth")
            wrong += [(address, width, found, wide)] if found or wide > width else []
    assert wrong == []
