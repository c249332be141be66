"""What nobody has changed since last quarter is told to its author, and of standing text what names a quarter."""

import datetime as dt

import pytest
from django.urls import reverse

from core.documents.repeated import same_paragraphs
from core.documents.richtext import ensure_ids
from deepdive.models import ActionUpdate
from governance.boards.models import AgendaItem
from governance.papers import completeness
from governance.papers.assembly import assemble
from governance.papers.checking import periods
from governance.papers.checking.standing import stale_quarters
from governance.papers.models import Commentary, Paper
from tests.factories.deepdive import ActionUpdateFactory, DeliveryActionFactory
from tests.factories.paper_making import draft_paper, fresh
from tests.factories.papers import CommentaryFactory, QuarterFactory
from tests.factories.plans import PriorityFactory

LONG = "The force counts a burglary by the day on which it was reported to it."
OWN = periods.parse_quarter("quarter two 2019-20")


@pytest.mark.parametrize(
    ("now", "found"),
    [
        (f"<p>{LONG}</p>", [f"{LONG.removesuffix(' it.')} …"]),
        (f"<p data-pid='abcdefgh'><strong>{LONG}</strong></p><p>{LONG}</p>", [f"{LONG.removesuffix(' it.')} …"]),
        (f"<p>{LONG.replace('day', 'week')}</p>", []),
        ("<p>The table sets out three years.</p>", []),
        (f"<blockquote><p>{LONG}</p></blockquote>", []),
    ],
)
def test_paragraphs_that_stand_word_for_word(now, found):
    before = f"<p>{LONG}</p><p>The table sets out three years.</p><blockquote><p>{LONG}</p></blockquote>"
    assert same_paragraphs(before, ensure_ids(now)) == found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The figures are those of quarter one.", ["quarter one"]),
        ("The figures are those of quarter one, and of quarter two.", ["quarter one"]),
        ("What follows is of Q1 2019-20 and of the quarter before.", ["Q1 2019-20"]),
        ("The figures are those of quarter two 2019-20.", []),
        ("Quarter one is April to June, quarter two (July to September) follows it.", []),
        ("Each is compared with the previous quarter and the same quarter last year.", []),
    ],
)
def test_quarters_that_standing_text_names(text, said):
    assert [one.said for one in stale_quarters(text, 0, OWN)] == said


@pytest.mark.django_db
def test_the_author_and_whoever_puts_the_paper_together_are_told(client, who):
    paper = draft_paper()
    now = Commentary.objects.filter(quarter=paper.quarter).select_related("measure").first()
    quarter = QuarterFactory(period__start=dt.date(2019, 4, 1), period__end=dt.date(2019, 6, 30))
    item = AgendaItem.objects.create(meeting=quarter.meeting, position=90, title="Report")
    Paper.objects.create(quarter=quarter, agenda_item=item, title="Report", introduction="<p>Another.</p>")
    facts = {"state": "approved", "approved_by": who.analyst, "approved_at": dt.datetime.now(dt.UTC)}
    CommentaryFactory(quarter=quarter, measure=now.measure, text=f"<p>{LONG}</p>", **facts)
    Commentary.objects.filter(pk=now.pk).update(text=f"<p>{LONG}</p><p>It is new.</p>")
    found = completeness.missing(paper, assemble(fresh(paper), approved_only=False))
    assert [one.sentence for one in found if "unchanged" in one.sentence] == [
        f"Paragraphs unchanged word for word since last quarter: “{now.measure.short_name}” (1)."
    ]
    client.force_login(who.analyst)
    page = client.get(reverse("commentary-detail", args=[paper.code, now.measure.slug]))
    assert page.context["unchanged"] == [f"{LONG.removesuffix(' it.')} …"]
    assert "Unchanged since last quarter" in page.content.decode()


@pytest.mark.django_db
def test_a_delivery_update_that_says_what_was_said_last_time_is_told_of(client, who):
    paper = draft_paper()
    now = ActionUpdate.objects.select_related("action").get()
    quarter = QuarterFactory(period__start=dt.date(2019, 4, 1), period__end=dt.date(2019, 6, 30))
    facts = {"state": "approved", "approved_by": who.analyst, "approved_at": dt.datetime.now(dt.UTC)}
    ActionUpdateFactory(action=now.action, period=quarter.period, text=f"<p>{LONG}</p>", **facts)

    def told() -> list[str]:
        found = completeness.missing(fresh(paper), assemble(fresh(paper), approved_only=False))
        return [one.sentence for one in found if "unchanged" in one.sentence]

    assert told() == []
    text = f"<p>{LONG}</p><p>It is new.</p>"
    ActionUpdate.objects.filter(pk=now.pk).update(text=text, state="review", approved_by=None, approved_at=None)
    assert told() == [f"Delivery updates with paragraphs unchanged word for word since the last: {now.action.ref} (1)."]
    client.force_login(who.analyst)
    for state in ("review", "draft"):
        ActionUpdate.objects.filter(pk=now.pk).update(state=state)
        page = client.get(reverse("delivery-update-edit", args=[now.pk])).content.decode()
        assert "stand word for word as in the last approved update" in page


@pytest.mark.django_db
def test_a_deep_dive_into_what_the_plan_does_nothing_about_says_what_to_do(who):
    paper = draft_paper()
    paper.deep_dive = PriorityFactory(number=4, title="Quality")
    paper.save()
    said = f"The delivery plan has no action under “{paper.deep_dive}”, so its deep dive would be empty: choose another"
    assert completeness.empty_deep_dive(paper).startswith(said)
    (one,) = [one for one in completeness.missing(paper, assemble(paper)) if "deep dive" in one.sentence]
    assert (one.blocks, one.href) == (True, reverse("introduction-edit", args=[paper.code]))
    DeliveryActionFactory(objective__priority=paper.deep_dive)
    (one,) = [one for one in completeness.missing(paper, assemble(paper)) if "deep dive" in one.sentence]
    assert one.sentence.startswith("The deep dive has no delivery updates")
