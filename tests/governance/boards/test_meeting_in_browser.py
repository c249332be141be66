"""A meeting run in a real browser under the site's own policy: what is typed is saved, and nothing of it is lost."""

import datetime as dt

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from core.accounts.permissions import Role
from core.documents.richtext import plain_text
from governance.boards import actions
from governance.boards.models import Attendance, BoardAction, Minute
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.boards import AgendaItemFactory, MembershipFactory, MinuteFactory

SOON = 15_000  # milliseconds: a busy machine is no fault of the page


@pytest.fixture
def secretary(served):
    OfficeFactory(is_demo=True, today_override=dt.date(2019, 12, 2))
    return UserFactory(roles=[Role.SECRETARY])


@pytest.fixture
def item(secretary):
    """The first of three items, with a minute of one sentence."""
    first = AgendaItemFactory(title="Response times")
    MinuteFactory(item=first)
    for title in ("Special Constabulary", "Conduct"):
        AgendaItemFactory(meeting=first.meeting, title=title, part="exempt" if title == "Conduct" else "public")
    MembershipFactory(board=first.meeting.board)
    return first


def sign_in(page: Page, user, address: str) -> None:
    client = Client()
    client.force_login(user)
    page.context.add_cookies([{"name": "reckoner", "value": client.cookies["reckoner"].value, "url": address}])


@pytest.fixture
def page(browser: Browser, item, secretary, served):
    """The meeting's page, open; whatever the browser complains of fails the test."""
    opened = browser.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text) if message.type != "log" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.set_default_timeout(SOON)
    sign_in(opened, secretary, served.url)
    visit(opened, served, item)
    yield opened
    opened.close()
    assert [text for text in complaints if "status of 4" not in text and "Response Status Error" not in text] == []


def visit(page: Page, served, item) -> None:
    page.goto(f"{served.url}/meetings/{item.meeting_id}/")
    page.wait_for_selector(".rich-text__page")


def type_minute(page: Page, item, words: str) -> None:
    page.click(f"#minute-{item.pk}-text")
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def minute_text(item) -> str:
    return plain_text(Minute.objects.get(item=item).text)


def state(page: Page, item):
    return page.locator(f"#item-{item.pk} .minute [data-save-state]")


def test_a_minute_is_saved_as_it_is_typed_again_and_again(page, item):
    type_minute(page, item, " One.")
    expect(state(page, item)).to_contain_text("Saved at")
    expect(page.locator(f"#minute-{item.pk}-version")).to_have_value("2")
    type_minute(page, item, " Two.")
    expect(page.locator(f"#minute-{item.pk}-version")).to_have_value("3")
    assert minute_text(item) == "The report was received. One. Two."


def test_two_who_type_at_once_lose_nothing(page, item, secretary):
    actions.save_minute(item=item, version=1, text="<p>The report was deferred.</p>", by=secretary)
    type_minute(page, item, " Mine.")
    conflict = page.locator(f"#item-{item.pk} .conflict")
    expect(conflict).to_contain_text("Somebody else changed this minute while you were writing")
    expect(state(page, item)).to_contain_text("Not saved: somebody else has changed this.")
    assert minute_text(item) == "The report was deferred."
    conflict.get_by_role("button", name="Save the text in my box").click()
    expect(state(page, item)).to_contain_text("Saved at")
    expect(conflict).to_have_count(0)
    assert minute_text(item) == "The report was received. Mine."


def test_an_expired_sign_in_loses_nothing(page, item, secretary, served):
    Session.objects.all().delete()
    type_minute(page, item, " Not lost.")
    told = page.locator(f"#item-{item.pk} [data-told]")
    expect(told).to_contain_text("You have been signed out. Your text is kept in this browser.")
    assert minute_text(item) == "The report was received."
    sign_in(page, secretary, served.url)
    told.get_by_role("link").click()
    expect(page.locator(f"#minute-{item.pk}-version")).to_have_value("2")
    assert minute_text(item) == "The report was received. Not lost."
    visit(page, served, item)
    page.wait_for_load_state("networkidle")
    expect(told).to_have_text("")


def test_an_action_is_recorded_in_place_and_a_minute_being_typed_stays(page, item):
    type_minute(page, item, " Half a sent")
    page.click(f"#item-{item.pk} >> text=Record an action")
    form = page.locator(f"#new-{item.pk} form")
    form.get_by_role("button", name="Record the action").click()
    expect(page.locator(f"#new-{item.pk}")).to_contain_text("Enter what is to be done")
    form.get_by_label("What is to be done").fill("Report on shifts")
    form.get_by_label("Owner").select_option(index=1)
    for part, value in (("Day", "10"), ("Month", "December"), ("Year", "2019")):
        form.get_by_label(part).fill(value)
    form.get_by_role("button", name="Record the action").click()
    expect(page.locator(f"#outcomes-{item.pk}")).to_contain_text("due 10 December 2019")
    expect(page.locator(f"#new-{item.pk} .saved")).to_be_focused()
    assert BoardAction.objects.get().text == "Report on shifts"
    expect(page.locator(f"#minute-{item.pk}-text")).to_contain_text("Half a sent")


def test_attendance_is_saved_as_it_is_ticked(page, item):
    page.get_by_role("radio", name="Apologies").check()
    expect(page.locator(".seat [data-save-state]")).to_contain_text("Saved at")
    page.get_by_role("radio", name="Present").check()
    expect(page.locator("#present")).to_have_text("1 present")
    assert Attendance.objects.get().kind == "present"


def test_order_is_changed_from_the_keyboard(page, item, served):
    page.goto(f"{served.url}/meetings/{item.meeting_id}/agenda/")
    page.get_by_role("button", name="Down item 1").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Down item 2, Response times")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Up item 3, Response times")).to_be_focused()
    expect(page.locator("#spoken")).to_have_text("Response times is now item 3")
    assert list(item.meeting.items.values_list("title", flat=True)) == [
        "Special Constabulary",
        "Conduct",
        "Response times",
    ]


@pytest.mark.parametrize("place", ["", "agenda/", "minutes/", "minutes/agree/"])
def test_pages_of_a_meeting_have_no_accessibility_violation(page, item, served, place):
    page.goto(f"{served.url}/meetings/{item.meeting_id}/{place}")
    page.wait_for_load_state("networkidle")
    if not place:
        page.click(f"#item-{item.pk} >> text=Record an action")
        page.wait_for_selector(".outcome-form")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
