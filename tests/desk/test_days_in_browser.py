"""Moving through the days on which a thing changed, with a slider, in a real browser."""

import re

import time_machine
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Browser, expect

from core.accounts.permissions import Role
from deepdive.actions import correct_statement
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.deepdive import DeliveryActionFactory

DAYS = ["2019-09-02", "2019-10-07", "2019-11-12"]
SAID = ["Recruit officers", "Recruit 40 officers", "Recruit 49 officers"]


def test_the_slider_shows_how_the_record_stood_on_each_of_its_days(browser: Browser, served, client):
    OfficeFactory()
    with time_machine.travel(f"{DAYS[0]}T12:00Z"):
        action = DeliveryActionFactory(statement=SAID[0])
    for day, words in list(zip(DAYS, SAID, strict=True))[1:]:
        with time_machine.travel(f"{day}T12:00Z"):
            told = {"statement": words, "reason": "Agreed since", "by": UserFactory()}
            action = correct_statement(delivery_action=action, version=action.version, **told)
    client.force_login(UserFactory(roles=[Role.AUDITOR]))
    page = browser.new_page()
    page.context.add_cookies([{"name": "reckoner", "value": client.cookies["reckoner"].value, "url": served.url}])
    page.goto(served.url + reverse("history-object", args=[action._meta.db_table, action.pk]))
    slider = page.get_by_label("Move through the days on which it changed")
    expect(page.locator("output")).to_have_text("12 November 2019")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(re.compile(f"as_of={DAYS[1]}"))
    expect(page.get_by_role("heading", name="As it stood at the end of 7 October 2019")).to_be_visible()
    stood = page.locator("dl").first
    expect(stood).to_contain_text(SAID[1])
    expect(stood).not_to_contain_text(SAID[2])
    expect(slider).to_be_focused()  # so that the next key moves on
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(re.compile(f"as_of={DAYS[0]}"))
    expect(stood).not_to_contain_text(SAID[1])
    assert Axe().run(page).response["violations"] == []
    page.close()
