"""How the paper is put together: order, headings and standing text in versions, and what is frozen keeps its own."""

import dataclasses

import pytest
from django.urls import reverse

from core.accounts.states import MoveRefused
from core.documents.versions import Stale
from governance.papers import checked, rendering
from governance.papers.actions import papers
from governance.papers.actions.outline import save_outline
from governance.papers.assembly import assemble
from governance.papers.content import canonical, reading
from governance.papers.content.numbering import numbered
from governance.papers.content.outline import STANDARD, Section
from governance.papers.content.shapes import Block, Part
from governance.papers.known import known_of
from governance.papers.models import Outline
from tests.access.cases import outline_typed
from tests.factories.content import unnumbered_paper
from tests.factories.paper_making import draft_paper, fresh, ready_paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
WORDS = "<p data-pid='eeeeeeee'>What follows tells of {quarter}, for {meeting}.</p>"
HOW = Section("words1", "How to read {quarter}", WORDS)
TURNED = (HOW, *STANDARD[1:], STANDARD[0])


def kept(who, sections=TURNED, version: int = 0) -> Outline:
    return save_outline(version=version, sections=sections, why="As the panel asked", by=who.secretary)


def headings(paper) -> list[str]:
    return [one.title for one in assemble(paper).content.ordered]


def test_a_paper_takes_the_newest_version_and_what_is_frozen_keeps_its_own(who):
    paper = ready_paper(who)
    kept(who)
    frozen = papers.submit_paper(paper=paper, by=who.secretary)
    kept(who, STANDARD, version=1)
    held = canonical.from_json(frozen.content)
    assert held.outline == 1
    assert held.ordered[0].title == "How to read quarter two 2019-20"
    assert held.ordered[-1].kind == "introduction"
    assert headings(fresh(paper))[0] == "Introduction by the Police and Crime Commissioner"


def test_codes_in_standing_text_move_on_with_the_quarter(who):
    paper = draft_paper()
    kept(who)
    (words,) = assemble(paper).content.ordered[0].text
    assert words.html == "What follows tells of quarter two 2019-20, for 19 December 2019."


def test_standing_text_that_names_another_quarter_is_found(who):
    paper = draft_paper()
    stale = dataclasses.replace(HOW, title="How to read it", text="<p>The figures are those of quarter one.</p>")
    kept(who, (stale, *STANDARD))
    found = checked.findings_of(assemble(paper).content, known_of(paper.quarter.period))
    assert [(one.finding.rule, one.place) for one in found] == [
        ("another-quarter", "Standing text of “How to read it”")
    ]


def test_the_printed_paper_and_its_contents_follow_the_order(who):
    paper = draft_paper()
    kept(who)
    html = rendering.print_html(assemble(paper).content)
    places = [html.index(f'id="{one}"') for one in ("words1", "key", "appendix-a", "introduction")]
    listed = [html.index(f'href="#{one}"') for one in ("words1", "key", "appendix-a", "introduction")]
    assert (places, listed) == (sorted(places), sorted(listed))


def test_notes_are_numbered_in_the_order_of_the_paper():
    note = '<span class="footnote">{}</span>'
    parts = (
        Part("deep_dive", "deep-dive", "Deep dive"),
        Part("words", "words1", "More", (Block("paragraph", "ffffffff", f"Said{note.format('Second.')}."),)),
        Part("priorities", "priorities", ""),
        Part("introduction", "introduction", "Introduction"),
    )
    found = numbered(dataclasses.replace(unnumbered_paper(), parts=parts))
    assert [one.html for one in found.footnotes][:2] == ["In August.", "Second."]
    assert [one.number for one in found.footnotes] == list(range(1, len(found.footnotes) + 1))


def test_marked_words_of_standing_text_are_in_no_public_build(who):
    paper = draft_paper()
    secret = dataclasses.replace(HOW, title="How to read it", text="<p>Seen <mark>by operation Heron</mark> alone.</p>")
    kept(who, (secret, *STANDARD))
    content = assemble(paper).content
    assert "Heron" in canonical.to_json(content)
    assert "Heron" not in canonical.to_json(reading.public(content))


@pytest.mark.parametrize(
    ("sections", "why", "sentence"),
    [
        (STANDARD[1:], "As the panel asked", "missing or stands there twice"),
        ((*STANDARD, STANDARD[1]), "As the panel asked", "missing or stands there twice"),
        ((*STANDARD, Section("words1", "", "<p>Words.</p>")), "As the panel asked", "needs a heading"),
        (STANDARD, "As the panel asked", "Nothing differs"),
        (TURNED, "Because", "in a few words"),
    ],
)
def test_what_makes_no_paper_is_refused(who, sections, why, sentence):
    with pytest.raises(MoveRefused, match=sentence):
        save_outline(version=0, sections=sections, why=why, by=who.secretary)
    assert Outline.objects.count() == 0


def test_two_people_at_once_lose_nothing(client, who):
    client.force_login(who.secretary)
    sent = outline_typed() | {"title_key": "What the symbols mean"}
    kept(who)
    with pytest.raises(Stale):
        kept(who)
    answer = client.post(reverse("outline-edit"), sent)
    text = answer.content.decode()
    assert (answer.status_code, Outline.objects.count()) == (409, 1)
    assert "What the symbols mean" in text
    assert "By the commissioner." in text
    again = {"version": answer.context["form"].initial["version"], "keys": answer.context["form"]["keys"].value()}
    client.post(reverse("outline-edit"), sent | again)
    assert "What the symbols mean" in [one.title for one in Outline.objects.get(number=2).held]


def test_a_section_is_added_moved_and_taken_out_by_the_form_and_each_version_shows_its_change(client, who):
    client.force_login(who.secretary)
    sent = outline_typed() | {"place_words1": 1, "title_words1": "How to read it", "text_words1": "<p>Slowly.</p>"}
    client.post(reverse("outline-edit"), sent)
    first = Outline.objects.get()
    assert [one.key for one in first.held][:3] == ["words1", "introduction", "key"]
    keys = ",".join(one.key for one in first.held)
    client.post(reverse("outline-edit"), sent | {"version": 1, "keys": keys, "title_words1": "", "text_words1": ""})
    assert "words1" not in [one.key for one in Outline.objects.get(number=2).held]
    text = " ".join(client.get(reverse("outline-detail")).content.decode().split())
    assert "As the panel asked" in text
    assert "Slowly." in text
