"""Two people saving the same thing: nobody's words are lost."""

import threading

import pytest
from django.db import connection
from django.test import Client
from lxml import html as lxml_html

from core.documents.versions import Stale, save_if_unchanged
from tests.core.documents.trial import Remark
from tests.factories.accounts import OfficeFactory, UserFactory

pytestmark = pytest.mark.servers
ADDRESS = "/remark/1/"


def test_save_raises_the_version(remark):
    saved = save_if_unchanged(Remark, remark.pk, 0, text="<p>a</p>")
    assert (saved.version, saved.title, saved.text) == (1, "Crime", "<p>a</p>")


def test_save_on_an_older_version_writes_nothing_and_gives_the_record_as_it_is(remark):
    save_if_unchanged(Remark, remark.pk, 0, text="theirs")
    with pytest.raises(Stale, match="Nothing of yours has been lost") as raised:
        save_if_unchanged(Remark, remark.pk, 0, text="mine")
    assert (raised.value.current.text, raised.value.current.version) == ("theirs", 1)
    assert Remark.objects.get().text == "theirs"


def test_only_one_of_many_saves_at_once_wins(remark):
    outcomes = []
    ready = threading.Barrier(6)

    def save(number):
        ready.wait()
        try:
            outcomes.append(save_if_unchanged(Remark, remark.pk, 0, text=str(number)).version)
        except Stale:
            outcomes.append("stale")
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, outcomes)) == ["1", "stale", "stale", "stale", "stale", "stale"]


@pytest.fixture
def two(trial_site, remark):
    """Two people with the record open at the same version; the other one has saved."""
    OfficeFactory()
    client = Client()
    client.force_login(UserFactory())
    save_if_unchanged(Remark, remark.pk, 0, text="<p>Crime fell by 2.9 per cent.</p>")
    return client


def sent(**changes):
    return {
        "title": "Crime",
        "text": "<p>Crime rose by 3.1 per cent.</p>",
        "kept": ["a", "b"],
        "version": "0",
    } | changes


def test_conflict_page_shows_both_texts_and_what_differs(two):
    response = two.post(ADDRESS, sent())
    assert response.status_code == 409
    assert Remark.objects.get().text == "<p>Crime fell by 2.9 per cent.</p>"
    page = lxml_html.fromstring(response.content)
    assert page.xpath("string(//h1)") == "The remark was changed while you were writing"
    assert [(one.tag, one.text_content()) for one in page.xpath("//ins|//del")] == [
        ("del", "[removed: fell]"),
        ("ins", "[added: rose]"),
        ("del", "[removed: 2.9]"),
        ("ins", "[added: 3.1]"),
    ]
    assert page.xpath("//details//p/text()") == ["Crime fell by 2.9 per cent."]
    assert page.xpath("//main//h2/text()") == ["Commentary: what keeping yours would change"]
    assert page.xpath("//*[@href='/remark/1/']/text()") == ["Take theirs and drop mine"]


@pytest.mark.parametrize("place", [0, 1], ids=["merged", "keep mine"])
def test_conflict_page_sends_the_whole_form_again_on_the_version_that_stands(two, place):
    page = lxml_html.fromstring(two.post(ADDRESS, sent()).content)
    form = page.xpath("//main//form")[place]
    fields = [(name, value) for name, value in form.form_values() if name != "csrfmiddlewaretoken"]
    text = next(value for name, value in fields if name == "text")
    assert [pair for pair in fields if pair[0] != "text"] == [
        ("version", "1"), ("title", "Crime"), ("kept", "a"), ("kept", "b")
    ]  # fmt: skip
    again = two.post(ADDRESS, sent(version="1", text=text))
    assert again.status_code == 302
    stored = Remark.objects.get()
    assert (stored.version, lxml_html.fromstring(stored.text).text_content()) == (2, "Crime rose by 3.1 per cent.")


def test_conflict_page_escapes_plain_text_and_cleans_rich_text(two, remark):
    save_if_unchanged(Remark, remark.pk, 1, title="<script>alert(1)</script>", text="<p>x<script>alert(1)</script></p>")
    page = two.post(
        ADDRESS, sent(title="</textarea><script>alert(2)</script>", text="<p onclick='x'>y</p>")
    ).content.decode()
    assert "<script>alert" not in page
    assert "onclick" not in page
