"""Paragraphs that stand word for word as they did last quarter: perhaps rightly, but somebody should have read them."""

from dataclasses import dataclass

from core.documents.repeated import same_paragraphs
from deepdive.models import ActionUpdate
from deepdive.reading import updates_before
from governance.papers.models import Commentary, Paper


@dataclass(frozen=True)
class Same:
    """What of one text has not changed, as the first words of each paragraph."""

    name: str
    paragraphs: list[str]


def of_commentary(commentary: Commentary, before: Commentary | None) -> list[str]:
    """Of both texts of a commentary, beside the approved one of the quarter before."""
    if before is None:
        return []
    texts = ((before.text, commentary.text), (before.did, commentary.did))
    return [one for pair in texts for one in same_paragraphs(*pair)]


def of_paper(paper: Paper) -> list[Same]:
    """Every commentary of a paper, and its introduction, that repeats what the last paper said. Three queries."""
    before = Paper.objects.filter(quarter__period__end__lt=paper.quarter.period.end).order_by("-quarter__period__end")
    last = before.first()
    if last is None:
        return []
    held = {one.measure_id: one for one in Commentary.objects.approved().filter(quarter=last.quarter_id)}
    now = paper.quarter.commentaries.select_related("measure").order_by("pk")
    found = [Same("the introduction", same_paragraphs(last.introduction, paper.introduction))]
    found += [Same(f"“{one.measure.short_name}”", of_commentary(one, held.get(one.measure_id))) for one in now]
    return [one for one in found if one.paragraphs]


def of_updates(paper: Paper) -> list[Same]:
    """The delivery updates of a paper's deep dive that repeat what was last said of the action. Two queries."""
    if paper.deep_dive is None:
        return []
    now = list(ActionUpdate.objects.of_quarter(paper.quarter.period, paper.deep_dive))
    held = updates_before(now)
    found = [Same(one.action.ref, same_paragraphs(held[one.pk].text, one.text)) for one in now if one.pk in held]
    return [one for one in found if one.paragraphs]
