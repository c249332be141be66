"""The cover sheet: what is known stands in it by itself, what is typed once stands until it is changed."""

import dataclasses
import datetime as dt

import pytest
from django.urls import reverse

from governance.boards.models import AgendaItem
from governance.papers import completeness, rendering
from governance.papers.assembly import assemble
from governance.papers.content import canonical, reading
from governance.papers.content.numbering import numbered
from governance.papers.content.shapes import Block, Sheet
from governance.papers.models import CoverSheet, Paper
from tests.factories.content import unnumbered_paper
from tests.factories.paper_making import draft_paper, fresh
from tests.factories.papers import QuarterFactory

NOTE = '<span class="footnote">By the rules.</span>'


def typed(version: int = 0, **changes) -> dict[str, object]:
    return {
        "version": version,
        "purpose": "<p>To tell of {quarter}.</p>",
        "recommendations": '<ol type="a"><li>to note it</li></ol>',
        "contact": "The office",
    } | changes


def sheet(**changes) -> Sheet:
    words = (Block("paragraph", "eeeeeeee", f"For you{NOTE}, <mark>not Heron</mark>."),)
    return dataclasses.replace(Sheet("Commissioner", "Everybody", "The office", words, ()), **changes)


def test_its_notes_come_first_and_its_marked_words_are_in_no_public_build():
    made = numbered(unnumbered_paper(sheet=sheet()))
    assert [one.html for one in made.footnotes][:2] == ["By the rules.", "Counted by the day of the report."]
    assert canonical.from_json(canonical.to_json(made)) == made
    assert "Heron" not in canonical.to_json(reading.public(made))
    assert reading.marking(made) == "OFFICIAL-SENSITIVE"


def test_content_without_a_sheet_gives_the_bytes_it_had():
    assert '"sheet"' not in canonical.to_json(unnumbered_paper())


@pytest.mark.django_db
def test_what_is_known_is_put_in_and_what_is_typed_moves_on_with_the_quarter(client, who):
    paper = draft_paper()
    client.force_login(who.secretary)
    assert client.post(reverse("sheet-edit", args=[paper.code]), typed()).status_code == 302
    made = assemble(fresh(paper)).content
    html = " ".join(rendering.print_html(made).split())
    assert "To tell of quarter two 2019-20." in html
    assert '<th scope="row">Date</th><td>19 December 2019</td>' in html
    assert "Everybody: the item is taken in public." in html
    assert "<p>Appendix A: Scorecard</p>" in html
    AgendaItem.objects.filter(pk=paper.agenda_item_id).update(part="exempt", exemption="3", exempt_why="A contract.")
    said = assemble(fresh(paper)).content.sheet.access
    assert said.endswith("Paragraph 3: somebody's financial or business affairs. A contract.")


@pytest.mark.django_db
def test_the_last_papers_words_stand_until_others_are_saved_and_two_people_lose_nothing(client, who):
    paper = draft_paper()
    quarter = QuarterFactory(period__start=dt.date(2019, 4, 1), period__end=dt.date(2019, 6, 30))
    item = AgendaItem.objects.create(meeting=quarter.meeting, position=90, title="Report")
    before = Paper.objects.create(quarter=quarter, agenda_item=item, title="Report")
    page = reverse("sheet-edit", args=[paper.code])
    client.force_login(who.secretary)

    def notes() -> list[str]:
        found = completeness.missing(paper, assemble(fresh(paper), approved_only=False))
        return [one.sentence for one in found if "cover sheet" in one.sentence]

    assert notes() == ["There is no cover sheet: what the meeting is asked to do is not said."]
    client.post(reverse("sheet-edit", args=[before.code]), typed())
    assert notes() == ["The cover sheet is still that of quarter one 2019-20: read it and save it."]
    assert "To tell of {quarter}." in client.get(page).content.decode()
    client.post(page, typed(contact="Mine"))
    assert notes() == []
    assert client.post(page, typed(contact="Theirs")).status_code == 409
    assert sorted(CoverSheet.objects.values_list("contact", flat=True)) == ["Mine", "The office"]
