"""A quarter with everything its paper needs, and a paper brought as far as a test wants it."""

import datetime as dt
from collections.abc import Sequence
from types import SimpleNamespace

from django.utils import timezone

from core.accounts.permissions import Role
from core.documents.actions import store_file
from deepdive.models import ActionUpdate
from governance.boards.models import AgendaItem
from governance.papers.actions import papers as actions
from governance.papers.content import reading
from governance.papers.models import Commentary, FrozenFile, Paper, SignificantTopic
from governance.papers.recompute import render_frozen
from measures import recompute
from measures.models import Measure
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.deepdive import ActionUpdateFactory
from tests.factories.measures import AreaFactory, MeasureFactory, SeriesFactory, give, peers_of, steady
from tests.factories.papers import CommentaryFactory, QuarterFactory
from tests.factories.plans import PriorityFactory

WORDS = "Reports rose in August and fell again."
TEXT = f'<p>{WORDS}<span class="footnote">Counted by the day of the report.</span></p>'
LIVE = '<p>There were <data data-figure="burglary.quarter">999</data> in the quarter.</p>'
HEADER = {
    "measures": ["burglary"],
    "layout": "quarters_and_rolling",
    "lines": [
        {
            "label": "Q{previous_quarter}",
            "template": "{0} crimes; {1} in the rolling 12 months",
            "figures": [
                {"series": "burglary", "statistic": "previous_quarter", "part": "value"},
                {"series": "burglary", "statistic": "rolling12_quarter_ago", "part": "value"},
            ],
        },
        {
            "label": "Q{quarter}",
            "template": "{0} crimes; {1} in the rolling 12 months",
            "figures": [
                {"series": "burglary", "statistic": "quarter", "part": "value"},
                {"series": "burglary", "statistic": "rolling12", "part": "value"},
            ],
        },
    ],
    "symbols": [
        {"series": "burglary", "families": ["peers", "spike", "three", "run", "discrete", "rolling", "no_data"]}
    ],
    "words": "",
}
CHARTS = [
    {"kind": "monthly", "series": ["burglary"], "caption": "Burglary by month, to {period}"},
    {
        "kind": "peers",
        "series": ["burglary-rate"],
        "caption": "{force} and its peers, 12 months to {period}",
        "drawn": "year",
        "areas": "peers",
        "marking": "OFFICIAL-SENSITIVE",
    },
]


def people() -> SimpleNamespace:
    return SimpleNamespace(
        analyst=UserFactory(roles=[Role.ANALYST], name="Analyst"),
        staff=UserFactory(roles=[Role.STAFF], name="Staff"),
        secretary=UserFactory(roles=[Role.SECRETARY], name="Secretary"),
        commissioner=UserFactory(roles=[Role.COMMISSIONER], name="Commissioner"),
        panel=UserFactory(roles=[Role.PANEL], name="Panel"),
        auditor=UserFactory(roles=[Role.AUDITOR], name="Auditor"),
    )


def figures() -> Measure:
    """Burglary with three years of months, its rate beside seven peers."""
    own = AreaFactory()
    measure = MeasureFactory(slug="burglary", header=HEADER, charts=CHARTS)
    give(SeriesFactory(measure=measure, area=own), steady())
    rate = MeasureFactory(slug="burglary-rate", kind="rate", headline=False, placed=False, stock_denominator=True)
    for place, area in enumerate((own, *peers_of(own))):
        values = [value + 3 * place for value in steady()]
        give(SeriesFactory(measure=rate, area=area), values, [700_000] * 36)
    recompute.recompute_all()
    return measure


def draft_paper(*, with_figures: bool = False) -> Paper:
    """A paper in draft with nothing missing but the approval of its introduction."""
    OfficeFactory(is_demo=True, today_override=dt.date(2019, 12, 3))
    measure = figures() if with_figures else MeasureFactory(slug="burglary")
    quarter = QuarterFactory()
    writer, other = UserFactory(), UserFactory()
    written = CommentaryFactory(
        quarter=quarter, measure=measure, text=TEXT + (LIVE if with_figures else ""), did="<p>I asked for a report.</p>"
    )
    written.authors.add(writer)
    Commentary.objects.filter(pk=written.pk).update(state="approved", approved_by=other, approved_at=timezone.now())
    update = ActionUpdateFactory(period=quarter.period)
    ActionUpdate.objects.filter(pk=update.pk).update(state="approved", approved_by=other, approved_at=timezone.now())
    item = AgendaItem.objects.create(meeting=quarter.meeting, position=7, title="Performance report")
    paper = Paper.objects.create(
        quarter=quarter,
        agenda_item=item,
        title="Performance report",
        introduction="<p data-pid='aaaaaaaa'>What the quarter brought.</p>",
        deep_dive=PriorityFactory(),
    )
    paper.introduction_authors.add(writer)
    SignificantTopic.objects.create(
        paper=paper,
        position=1,
        title="More officers",
        text="<p data-pid='bbbbbbbb'>Forty-nine.</p>",
        criteria=["a", "d"],
    )
    return fresh(paper)


def fresh(paper: Paper) -> Paper:
    return Paper.objects.with_places().get(pk=paper.pk)


def ready_paper(who: SimpleNamespace, **options) -> Paper:
    """In review with nothing missing."""
    paper = draft_paper(**options)
    actions.approve_introduction(paper=paper, by=who.staff)
    actions.review_paper(paper=paper, by=who.secretary)
    return fresh(paper)


def submitted_paper(who: SimpleNamespace, **options) -> Paper:
    paper = ready_paper(who, **options)
    actions.submit_paper(paper=paper, by=who.secretary)
    return fresh(paper)


def signed_paper(who: SimpleNamespace, **options) -> Paper:
    paper = submitted_paper(who, **options)
    actions.sign_paper(paper=paper, sha256=paper.frozen.sha256, by=who.commissioner)
    return fresh(paper)


def published_paper(who: SimpleNamespace, *, rendered: bool = False, **options) -> Paper:
    paper = signed_paper(who, **options)
    with_files(paper, rendered=rendered)
    day = dt.date(2019, 12, 3)
    actions.publish_paper(paper=paper, published_on=day, place="The panel's page", by=who.secretary)
    return fresh(paper)


def with_files(paper: Paper, *, rendered: bool = False, builds: Sequence[str] = ("public", "restricted")) -> None:
    """The files of the signed version: made, or stand-ins where a test does not read them."""
    if rendered:
        render_frozen(paper.frozen, lambda done, total, words: None)
        return
    for build in builds:
        stored = stand_in(f"{build} {paper.frozen.sha256}")
        facts = {"kind": "pdf", "build": build, "file": stored, "made_at": timezone.now()}
        FrozenFile.objects.create(frozen_paper=paper.frozen, **facts)


def stand_in(words: str):
    return store_file(data=b"%PDF-1.7 " + words.encode(), name="paper.pdf", by=None)


def sequence_of(content) -> list[int | None]:
    return [block.number for block in reading.sequence(content)]
