"""What the delivery plan does about a measure, under the measure in the paper and on its page."""

import datetime as dt
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from deepdive.models import DeliveryAction, Redating
from governance.papers import rendering
from governance.papers.assembly import assemble
from governance.papers.content import canonical, reading
from governance.papers.content.shapes import Planned
from governance.papers.word.paper import word_file
from measures.models import Measure
from tests.factories.deepdive import DeliveryActionFactory
from tests.factories.paper_making import draft_paper, fresh
from tests.governance.papers.test_word_file import NOW

pytestmark = pytest.mark.django_db
WHY = "Reserved for the board: a tender is out."


@pytest.fixture
def planned(who) -> DeliveryAction:
    """Of a paper's measure: one action that goes on, its day moved twice, and one that was over before the quarter."""
    paper = draft_paper(with_figures=True)
    measure = Measure.objects.get(slug="burglary")
    facts = {"status": "in_progress", "rag": "amber", "rag_reason": WHY, "due": dt.date(2020, 3, 31)}
    one = DeliveryActionFactory(ref="1.05", statement="Mark what is stolen most", **facts)
    over = DeliveryActionFactory(ref="1.06", status="delivered", ended_on=dt.date(2019, 6, 30))
    for action in (one, over):
        action.measures.add(measure)
    for was, now in ((None, 1), (1, 2), (2, 3)):
        days = [day and dt.date(2020, day, 28) for day in (was, now)]
        Redating.objects.create(action=one, was=days[0], now=days[1], why="Late", by=who.staff, at=NOW)
    one.paper = fresh(paper)
    return one


def test_the_paper_has_them_after_the_commentary_and_keeps_them(planned):
    content = assemble(planned.paper).content
    measure = next(one for one in reading.measures(content) if one.slug == "burglary")
    said = Planned(
        "1.05", "Mark what is stolen most", "amber", "Amber: at risk", "In progress", "31 March 2020", "moved twice"
    )
    assert measure.plans == (said,)
    assert canonical.from_json(canonical.to_json(content)) == content
    public = reading.public(content)
    html = rendering.print_html(public)
    assert html.index("I asked for a report.") < html.index("1.05 Mark what is stolen most")
    assert "<span>31 March 2020</span>, moved twice" in html
    assert WHY not in canonical.to_json(content)
    tables = Document(BytesIO(word_file(public, sha256="ab" * 32, at=NOW))).tables
    rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows]
    assert ["1.05 Mark what is stolen most", "Amber: at risk", "In progress", "31 March 2020, moved twice"] in rows


def test_the_page_of_the_measure_shows_them(planned, client, who):
    client.force_login(who.staff)
    page = client.get(reverse("measure-detail", args=["burglary"]))
    assert page.context["delivery"] == [(planned, "moved twice")]
    assert reverse("delivery-action-detail", args=[planned.pk]) in page.text
