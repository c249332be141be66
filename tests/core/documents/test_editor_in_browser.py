"""The editor and the keeping of what is typed, in a real browser under the site's own policy."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from core.documents.models import Draft
from core.documents.richtext import clean, plain_text
from core.documents.versions import save_if_unchanged
from tests.core.documents import pages
from tests.core.documents.test_richtext import DIALECT
from tests.core.documents.trial import Remark
from tests.factories.accounts import OfficeFactory, UserFactory

NEW_PIDS = re.compile(r' data-pid="[a-z0-9]{8}"')
SOON = 15_000  # milliseconds: a busy machine is no fault of the page


@pytest.fixture
def user(trial_site, served):
    OfficeFactory()
    return UserFactory()


def sign_in(page: Page, user, address: str) -> None:
    client = Client()
    client.force_login(user)
    page.context.add_cookies([{"name": "reckoner", "value": client.cookies["reckoner"].value, "url": address}])


@pytest.fixture
def page(browser: Browser, user, served):
    """A page of somebody signed in; whatever the browser complains of fails the test."""
    opened = browser.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text) if message.type != "log" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.set_default_timeout(SOON)
    sign_in(opened, user, served.url)
    yield opened
    opened.close()
    assert [text for text in complaints if "status of 4" not in text] == []


def open_trial(page: Page, served) -> Page:
    page.goto(f"{served.url}/trial/")
    page.wait_for_selector(".rich-text__page")
    page.wait_for_selector("[data-autosave][data-started]", state="attached")
    return page


def put_cursor(page: Page, place: int = -1) -> None:
    """The editor takes the focus at once, its cursor so many steps in, or at the end; after a click it takes a moment."""
    page.evaluate(
        """place => {
            const editor = document.querySelector("textarea[name=text]").richText;
            editor.commands.setTextSelection(place < 0 ? editor.state.doc.content.size - 1 : place);
            editor.view.focus();
        }""",
        place,
    )


def save(page: Page) -> None:
    page.fill("#id_subject", "Crime")
    with page.expect_navigation():
        page.click("main button[type=submit]")


def without_new_pids(html: str) -> str:
    return NEW_PIDS.sub("", html)


def test_editor_has_no_accessibility_violation_in_any_state(page, served):
    open_trial(page, served)
    assert Axe().run(page).response["violations"] == []
    put_cursor(page)
    page.click("button[aria-label='Insert a table']")
    for heading in ("Month", "Calls", "Seconds"):
        page.keyboard.type(heading)
        page.keyboard.press("Tab")
    assert Axe().run(page).response["violations"] == []
    page.click("button[aria-label='Caption of the table']")
    page.wait_for_selector("dialog[open]")
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("Escape")


def test_typing_marks_and_a_note_are_stored(page, served):
    open_trial(page, served)
    put_cursor(page)
    page.keyboard.type(" See the release")
    page.keyboard.press("Shift+Control+ArrowLeft")
    page.click("button[aria-label='Bold']")
    put_cursor(page)
    page.click("button[aria-label='Footnote']")
    page.fill("dialog textarea", "Published in October")
    page.click("dialog button:has-text('Add note')")
    page.keyboard.type(".")
    page.keyboard.press("Enter")
    page.select_option(".rich-text__style", "quote")
    page.keyboard.type("Said so")
    page.keyboard.press("Enter")
    page.select_option(".rich-text__style", "source")
    page.keyboard.type("Chief Constable")
    save(page)
    assert without_new_pids(pages.SAVED[0]["text"]) == (
        "<p>Recorded crime <strong>rose</strong>. See the <strong>release</strong>"
        '<span class="footnote">Published in October</span>.</p>'
        '<blockquote><p>Said so</p><p class="source">Chief Constable</p></blockquote>'
    )


def test_link_and_caption_are_set_where_the_cursor_was(page, served):
    open_trial(page, served)
    put_cursor(page, 9)
    page.click("button[aria-label='Link']")
    page.fill("dialog input", "www.example.org")
    page.keyboard.press("Enter")
    page.wait_for_selector("#id_text a")
    put_cursor(page)
    page.click("button[aria-label='Insert a table']")
    page.keyboard.type("Month")
    page.click("button[aria-label='Caption of the table']")
    page.fill("dialog input", "Calls by month")
    page.click("dialog button:has-text('Set caption')")
    page.wait_for_selector("#id_text table[data-caption]")
    page.keyboard.type(" ending")
    save(page)
    text = without_new_pids(pages.SAVED[0]["text"])
    link = '<a href="https://www.example.org" rel="noopener">https://www.example.org</a>'
    assert text.startswith(
        f"<p>Recorded{link} crime <strong>rose</strong>.</p><table><caption>Calls by month</caption>"
    )
    assert plain_text(text).splitlines()[-3:-2] == ["Month ending\t\t"]


def test_live_figure_is_put_in_by_whoever_answers_the_button(page, served):
    open_trial(page, served)
    page.evaluate(
        """() => document.addEventListener("rich-text:figure", (event) => event.detail.insert("crime-volume.latest", "3,801"))"""
    )
    put_cursor(page)
    page.click("button[aria-label='Live figure']")
    save(page)
    assert without_new_pids(pages.SAVED[0]["text"]) == (
        '<p>Recorded crime <strong>rose</strong>.<data data-figure="crime-volume.latest">3,801</data></p>'
    )


def test_every_element_of_the_dialect_survives_the_editor(page, served):
    pages.SAVED.append({"subject": "Crime", "text": DIALECT})
    open_trial(page, served)
    put_cursor(page, 1)
    page.keyboard.type("X")
    save(page)
    assert clean(without_new_pids(pages.SAVED[1]["text"])) == without_new_pids(
        DIALECT.replace("Overall", "XOverall", 1)
    )
    kept = set(NEW_PIDS.findall(DIALECT))
    assert kept <= set(NEW_PIDS.findall(pages.SAVED[1]["text"]))


def test_a_split_paragraph_keeps_its_id_on_the_first_half(page, served):
    pages.SAVED.append({"subject": "Crime", "text": '<p data-pid="abcdefgh">one two</p>'})
    open_trial(page, served)
    put_cursor(page, 4)  # behind "one": the paragraph begins at 1
    page.keyboard.press("Enter")
    save(page)
    first, second = re.findall(r'<p data-pid="([a-z0-9]{8})">', pages.SAVED[1]["text"])
    assert (first, second != "abcdefgh") == ("abcdefgh", True)


@pytest.mark.parametrize(
    ("address", "kinds"),
    [
        ("trial/", ["Numbered paragraph", "Unnumbered paragraph", "Numbered heading"]),
        ("remark/1/", ["Paragraph", "Heading"]),
    ],
)
def test_editor_speaks_of_numbers_only_where_there_are_any(page, served, address, kinds):
    page.goto(f"{served.url}/{address}")
    offered = page.locator(".rich-text__style option").all_inner_texts()
    assert offered == [*kinds, "Subheading", "Quotation", "Source of a quotation"]


def test_toolbar_is_one_stop_and_roamed_with_arrows(page, served):
    open_trial(page, served)
    page.focus("#id_subject")
    reached = []
    for key in ("Tab", "ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft", "ArrowLeft"):
        page.keyboard.press(key)
        reached.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
    assert reached == ["Kind of paragraph", "Bold", "Italic", "Bold", "Kind of paragraph", "Redo"]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "id_text"


def test_paste_from_word_becomes_a_list(page, served):
    open_trial(page, served)
    put_cursor(page)
    page.keyboard.press("Control+A")
    page.evaluate(
        """html => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
            document.getElementById("id_text").dispatchEvent(paste);
        }""",
        "<p class=MsoNormal style='color:red'>Text<o:p></o:p></p><p class=MsoListParagraph><span>·<span>&nbsp; </span></span>one</p>"
        "<p class=MsoListParagraph>·&nbsp; two</p><p class=MsoListParagraph>1.&nbsp;first</p><script>alert(1)</script>",
    )
    save(page)
    assert without_new_pids(pages.SAVED[0]["text"]) == (
        '<p>Text</p><ul><li>one</li><li>two</li></ul><ol type="1"><li>first</li></ol>'
    )


def test_editor_shows_its_error_and_takes_the_focus_from_the_summary(page, served):
    open_trial(page, served)
    put_cursor(page)
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.fill("#id_subject", "Crime")
    page.click("main button[type=submit]")
    page.wait_for_selector(".govuk-error-summary")
    page.wait_for_selector(".rich-text__page")
    assert page.get_attribute("#id_text", "aria-describedby") == "id_text_helptext id_text_error"
    page.click(".govuk-error-summary a[href='#id_text']")
    assert page.evaluate("document.activeElement.id") == "id_text"
    assert Axe().run(page).response["violations"] == []


def test_form_works_without_scripts(browser, user, served):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, user, served.url)
    page.goto(f"{served.url}/trial/")
    page.fill("#id_text", "<p>Typed <b>by hand</b></p>")
    save(page)
    assert without_new_pids(pages.SAVED[0]["text"]) == "<p>Typed <strong>by hand</strong></p>"


def typed(page: Page, words: str) -> None:
    put_cursor(page)
    page.keyboard.type(words)


def test_what_is_typed_is_kept_as_a_draft_and_offered_again(page, user, served):
    open_trial(page, served)
    typed(page, " More")
    expect(page.locator(".autosave__state")).to_contain_text("Kept as a draft at")
    draft = Draft.objects.get()
    assert (draft.user, draft.key, draft.base_version) == (user, "trial-1", 3)
    assert plain_text(draft.text["text"]) == "Recorded crime rose. More"
    open_trial(page, served)
    expect(page.locator(".autosave__offer")).to_contain_text("did not save it")
    assert page.inner_text("#id_text") == "Recorded crime rose."
    page.click("text=Put my text back")
    expect(page.locator("#id_text")).to_have_text("Recorded crime rose. More")
    save(page)
    assert plain_text(pages.SAVED[0]["text"]) == "Recorded crime rose. More"
    assert Draft.objects.count() == 0


def test_discarded_draft_is_gone(page, served):
    open_trial(page, served)
    typed(page, " More")
    expect(page.locator(".autosave__state")).to_contain_text("Kept as a draft at")
    open_trial(page, served)
    page.click("text=Discard it")
    expect(page.locator(".autosave__state")).to_have_text("Discarded.")
    expect(page.locator("#id_text")).to_have_text("Recorded crime rose.")
    open_trial(page, served)
    page.wait_for_load_state("networkidle")
    assert page.locator(".autosave__offer").count() == 0


@pytest.mark.parametrize("found_out", ["while typing", "on saving"])
def test_expired_sign_in_loses_nothing(page, user, served, found_out):
    open_trial(page, served)
    page.fill("#id_subject", "Crime")
    Session.objects.all().delete()
    typed(page, " Not lost")
    if found_out == "on saving":
        page.click("main button[type=submit]")
    expect(page.locator(".autosave__state")).to_contain_text("Your text is kept in this browser")
    assert page.url == f"{served.url}/trial/"
    assert pages.SAVED == []
    sign_in(page, user, served.url)
    page.click("text=Sign in again")
    expect(page.locator(".autosave__offer")).to_contain_text("has been put back. It is not saved yet.")
    expect(page.locator("#id_text")).to_have_text("Recorded crime rose. Not lost")
    assert page.input_value("#id_subject") == "Crime"
    save(page)
    assert plain_text(pages.SAVED[0]["text"]) == "Recorded crime rose. Not lost"
    open_trial(page, served)
    page.wait_for_load_state("networkidle")
    assert page.locator(".autosave__offer").count() == 0


def test_text_kept_for_one_person_is_not_shown_to_another(page, served):
    open_trial(page, served)
    Session.objects.all().delete()
    typed(page, " Mine alone")
    expect(page.locator(".autosave__state")).to_contain_text("kept in this browser")
    sign_in(page, UserFactory(), served.url)
    open_trial(page, served)
    page.wait_for_load_state("networkidle")
    assert page.locator(".autosave__offer").count() == 0
    assert page.inner_text("#id_text") == "Recorded crime rose."


def test_conflict_is_merged_in_the_editor(page, served, remark):
    page.goto(f"{served.url}/remark/1/")
    page.fill("#id_title", "Crime")
    put_cursor(page)
    page.keyboard.type("Mine.")
    page.evaluate("document.querySelector('[name=version]').value = '0'")
    save_if_unchanged(Remark, 1, 0, text="<p>Theirs.</p>")
    page.evaluate("document.querySelector('main form').requestSubmit()")
    page.wait_for_selector("h1:has-text('was changed while you were writing')")
    page.wait_for_selector("#merged_text.rich-text__page")
    assert Axe().run(page).response["violations"] == []
    put_cursor(page)
    page.keyboard.type(" Both.")
    with page.expect_navigation():
        page.click("text=Save this text")
    stored = Remark.objects.get()
    assert (plain_text(stored.text), stored.version) == ("Mine. Both.", 2)
