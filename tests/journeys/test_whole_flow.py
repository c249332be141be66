"""One quarter from a spreadsheet to the panel's agenda item, in a real browser, each person at their own.

Every page on the way is read by axe, on one of the databases; anything the policy blocks or a script complains of fails the journey.
"""

import re
from pathlib import Path

import pytest

from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.xdist_group("demo")
QUARTER = "2019-20-q2"


def wait_for_words(person: Visitor, words: str, path: str) -> None:
    """Look again until a job has done its work."""
    for _ in range(60):
        person.page.goto(person.url + path)
        if re.search(words, person.read()):
            person.check()
            return
        person.page.wait_for_timeout(1000)
    pytest.fail(f"{path} never said {words!r}:\n{person.read()}\n{person.site_log()}")


def fill_editor(person: Visitor, name: str, text: str) -> None:
    """Type at the end of an editor, as a person would."""
    box = person.page.locator(f"[aria-labelledby=id_{name}_label][contenteditable=true]").first
    box.click()
    person.page.keyboard.press("Control+End")
    person.page.keyboard.type(text)


def figures_come_in(visitor, tmp_path: Path):
    analyst: Visitor = visitor("analyst")
    bad, good = tmp_path / "october-wrong.csv", tmp_path / "october.csv"
    bad.write_text("measure,month,value\nHate crime,2019-10,many\nHate crime,2019-13,61\n")
    good.write_text("measure,month,value\nHate crime,2019-09,63\nHate crime,2019-10,61\n")
    for file in (bad, good):
        analyst.go("/imports/new/")
        analyst.page.set_input_files("#id_file", file)
        analyst.page.fill("#id_source", "Crime recording system")
        analyst.press("Upload and go on")
        here = analyst.page.url.removeprefix(analyst.url)
        if file == bad:
            analyst.press("Check every row")
            wait_for_words(analyst, "2 problems", here)
            assert "many" in analyst.read()
            assert "2019-13" in analyst.read()
    if "Check every row" in analyst.read():
        analyst.press("Check every row")
    wait_for_words(analyst, "New figures", here)
    analyst.press("Accept these figures")
    wait_for_words(analyst, "figures of this file are in the record", here)
    analyst.go("/measures/hate-crime/?figures=all")
    assert "october.csv" in analyst.read()
    analyst.go("/scorecard/")
    assert re.search(r"\d+ of 28 measures show a signal; about \d+ would by chance alone", analyst.read())
    assert analyst.page.locator("svg").count() > 28


def commentary_is_written_by_one_and_approved_by_another(visitor):
    analyst, staff = visitor("analyst"), visitor("staff")
    path = f"/commentary/{QUARTER}/abandonment-crib/"
    analyst.go(path)
    fill_editor(analyst, "text", " The board looks at this again in January.")
    analyst.press("Save the draft")
    assert "is saved" in analyst.read() or "is saved" in analyst.page.inner_text("body")
    analyst.press("Save and submit for review")
    assert "somebody else must approve it" in analyst.read()
    staff.go(path)
    assert "again in January" in staff.read()
    staff.press("Approve this commentary")
    assert "Approved by Performance Officer" in staff.read()
    for person, slug in ((analyst, "hate-crime"), (staff, "appeals-upheld")):
        person.go(f"/commentary/{QUARTER}/{slug}/")
        person.press("Approve this commentary")
        assert "Approved by" in person.read()


def two_people_at_one_text_lose_nothing(visitor):
    analyst, staff = visitor("analyst"), visitor("staff")
    path = f"/commentary/{QUARTER}/hate-crime/"
    analyst.go(path)
    analyst.page.get_by_text("Send it back to draft").click()
    analyst.page.fill("#reason", "A sentence about October is missing")
    analyst.press("Send back")
    for person in (analyst, staff):
        person.go(path)
    fill_editor(analyst, "text", " Analyst adds this.")
    analyst.press("Save the draft")
    fill_editor(staff, "text", " Officer adds that.")
    staff.press("Save the draft")
    assert "was changed while you were writing" in staff.page.inner_text("body")
    assert "Officer adds that." in staff.page.content()
    assert "Analyst adds this." in staff.page.content()
    staff.press("Keep mine as it was")
    assert "Officer adds that." in staff.page.content()
    staff.press("Save and submit for review")
    commissioner = visitor("commissioner")
    commissioner.go(path)
    commissioner.press("Approve this commentary")
    assert "Approved by Commissioner" in commissioner.read()


def typing_survives_an_expired_sign_in(visitor):
    staff = visitor("staff")
    staff.go("/delivery/")
    staff.page.get_by_role("link", name="Draft").first.click()
    staff.page.wait_for_load_state()
    fill_editor(staff, "text", "Kept although the sign-in had expired.")
    staff.context.clear_cookies(name="reckoner")
    staff.page.get_by_role("button", name="Save the draft").click()
    staff.page.get_by_role("link", name="Sign in again").click()
    staff.page.wait_for_url("**/sign-in/**")
    staff.page.fill("#id_username", "staff@barsetshire.example")
    staff.page.fill("#id_password", "barsetshire-demo")
    with staff.page.expect_navigation():
        staff.page.click("main button[type=submit]")
    staff.page.get_by_text("has been put back").first.wait_for()
    assert "Kept although the sign-in had expired." in staff.page.inner_text("[contenteditable=true]")
    staff.press("Save the draft")
    assert "is saved" in staff.page.inner_text("body")


def delivery_updates_are_finished(visitor):
    staff, analyst = visitor("staff"), visitor("analyst")
    for _ in range(11):
        staff.go(f"/delivery/?quarter={QUARTER}&status=waiting")
        drafts = staff.page.get_by_role("link", name="Draft")
        if not drafts.count():
            break
        drafts.first.click()
        staff.page.wait_for_load_state()
        fill_editor(staff, "text", "Work went on as planned this quarter.")
        staff.press("Save and submit for review")
        assert "In review" in staff.read()
    for person in (analyst, visitor("commissioner"), staff):
        for _ in range(11):
            person.go(f"/delivery/?quarter={QUARTER}&status=waiting")
            waiting = person.page.get_by_role("link", name="In review")
            addresses = [link.get_attribute("href") for link in waiting.all()]
            person.page.set_default_timeout(45_000)
            done = 0
            for address in addresses:
                person.go(address)
                if person.page.get_by_role("button", name="Approve this update").count():
                    person.press("Approve this update")
                    done += 1
            if not done:
                break
    staff.go(f"/delivery/?quarter={QUARTER}")
    assert "11 of 11 actions have an approved update" in staff.read()


def a_board_is_minuted(visitor):
    secretary = visitor("secretary")
    secretary.go("/boards/")
    secretary.page.get_by_role("link", name="Commissioner's Monitoring Board").first.click()
    secretary.page.wait_for_load_state()
    secretary.check()
    secretary.page.get_by_role("link", name=re.compile("17 December 2019")).first.click()
    secretary.page.wait_for_load_state()
    secretary.check()
    seat = secretary.page.locator("input[name=kind][value=apologies]").first
    seat.check(force=True)
    minute = secretary.page.locator("form.minute").first
    minute.locator("[contenteditable=true]").click()
    secretary.page.keyboard.type("The board noted the position.")
    minute.get_by_text(re.compile(r"Saved (at )?\d\d:\d\d")).first.wait_for()
    secretary.page.reload()
    assert "The board noted the position." in secretary.page.content()


SELECT = """words => {
    const walker = document.createTreeWalker(document.querySelector("[contenteditable=true]"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const at = walker.currentNode.data.indexOf(words);
        if (at < 0) continue;
        getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
        return true;
    }
    return false;
}"""


def what_cannot_be_right_is_corrected_first(visitor, secretary: Visitor, paper: str):
    """A wrong share and a miscounted span: nothing is submitted until one is right and the other may stand."""
    secretary.go(paper)
    assert "2 sentences of the paper cannot be right" in secretary.read()
    assert "“33 per cent”. The figure for quarter one 2019-20 is 50 per cent." in secretary.read()
    assert secretary.page.get_by_role("button", name="Submit for signature").count() == 0
    staff, commissioner = visitor("staff"), visitor("commissioner")
    text = f"/commentary/{QUARTER}/appeals-upheld/"
    staff.go(text)
    staff.page.get_by_text("Send it back to draft").click()
    staff.page.fill("#reason", "Three of six is not 33 per cent")
    staff.press("Send back")
    staff.go(text)
    staff.page.locator("[aria-labelledby=id_text_label][contenteditable=true]").first.click()
    assert staff.page.evaluate(SELECT, "33 per cent")
    staff.page.keyboard.type("50 per cent")
    staff.press("Save and submit for review")
    commissioner.go(text)
    commissioner.press("Approve this commentary")
    secretary.go(paper)
    assert "1 sentence of the paper cannot be right" in secretary.read()
    stop = secretary.page.locator("#findings li.is-stop").first
    stop.locator("summary").click()
    stop.locator("textarea").fill("The months are counted from the end of April 2016")
    with secretary.page.expect_navigation():
        stop.get_by_role("button", name="Let it stand").click()
    secretary.check()
    assert "of the paper cannot be right" not in secretary.read()
    assert "May stand, says Board Secretary" in secretary.read()


def the_paper_is_signed_published_and_read_by_anybody(visitor):
    secretary, staff, commissioner = visitor("secretary"), visitor("staff"), visitor("commissioner")
    paper = f"/papers/{QUARTER}/"
    for person in (staff, secretary, visitor("analyst")):
        person.go(paper + "introduction/")
        approve = person.page.get_by_role("button", name=re.compile("^Approve"))
        if approve.count():
            approve.first.click()
            person.page.wait_for_load_state()
            break
    secretary.go(paper)
    secretary.press("Put up for review")
    what_cannot_be_right_is_corrected_first(visitor, secretary, paper)
    secretary.press("Submit for signature")
    assert "Submitted for signature" in secretary.read()
    commissioner.go(paper + "sign/")
    assert "179 numbered paragraphs" in commissioner.read() or "paragraph" in commissioner.read()
    commissioner.page.fill("input[type=password]", "barsetshire-demo")
    commissioner.press("Sign this version")
    for _ in range(90):
        secretary.page.goto(secretary.url + paper + "publish/")
        if "still being made" not in secretary.read():
            break
        secretary.page.wait_for_timeout(1000)
    secretary.check()
    secretary.page.fill("#id_place", "the office's website")
    secretary.press("Publish")
    stranger = visitor()
    stranger.go(paper + "read/")
    assert "Performance report, quarter two 2019-20" in stranger.read()
    with stranger.page.expect_download() as download:
        stranger.page.get_by_role("link", name=re.compile("PDF")).first.click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
    panel = visitor("panel")
    panel.go("/")
    assert "Performance report, quarter two 2019-20" in panel.read()


def the_auditor_sees_who_did_what(visitor):
    auditor = visitor("auditor")
    for done, sentence in (
        ("papers.publish_paper", "Board Secretary published Performance report, quarter two 2019-20"),
        ("papers.sign_paper", "Commissioner signed"),
        ("papers.submit_paper", "Board Secretary submitted"),
        ("measures.upload_file", "Performance Analyst"),
    ):
        auditor.go(f"/history/?action={done}")
        assert sentence in auditor.read()
    auditor.go("/history/")
    auditor.press("Older", role="link")


@pytest.mark.journey
def test_one_quarter_from_a_spreadsheet_to_the_panel(visitor, tmp_path: Path):
    """Each step stands on those before it, so they are one test."""
    figures_come_in(visitor, tmp_path)
    commentary_is_written_by_one_and_approved_by_another(visitor)
    two_people_at_one_text_lose_nothing(visitor)
    typing_survives_an_expired_sign_in(visitor)
    delivery_updates_are_finished(visitor)
    a_board_is_minuted(visitor)
    the_paper_is_signed_published_and_read_by_anybody(visitor)
    the_auditor_sees_who_did_what(visitor)


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        ("", "/sign-in/", 200),
        ("", "/nothing-here/", 404),
        ("staff", "/nothing-here/", 404),
        ("staff", "/imports/", 403),
        ("panel", "/scorecard/", 403),
        ("contributor", "/", 200),
        ("contributor", "/delivery/", 200),
        ("administrator", "/", 200),
        ("analyst", "/imports/", 200),
        ("secretary", "/quarter/open/", 200),
        ("staff", "/search/?q=burglary", 200),
        ("staff", "/search/?q=zzzz", 200),
        ("staff", "/account/", 200),
        ("staff", "/account/password/", 200),
        ("staff", "/measures/confidence/", 200),
        ("staff", "/measures/compliance-rate/", 200),
        ("staff", "/actions/", 200),
        ("auditor", "/measures/response-immediate/", 200),
    ],
)
def test_page_is_readable_by_everybody_at_both_widths(visitor, role, path, status):
    person: Visitor = visitor(role)
    person.go(path, status)
    person.page.set_viewport_size({"width": 375, "height": 800})
    person.go(path, status)
    across = person.page.evaluate("document.documentElement.scrollWidth")
    assert across <= 375
