"""Paragraphs that stand word for word as they did last quarter: perhaps rightly, but somebody should have read them."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.documents import richtext
from core.documents.blocks import BulletList, OrderedList, Paragraph, to_html
from governance.papers.models import Commentary, Paper

FEWEST = 8  # words; a shorter paragraph ("The table sets out three years.") leads to something
SHOWN = 14  # words by which a paragraph is known on a page


@dataclass(frozen=True)
class Same:
    """What of one text has not changed, as the first words of each paragraph."""

    name: str
    paragraphs: list[str]


def same_paragraphs(before: str, now: str) -> list[str]:
    """The first words of each paragraph and list of a text that stood so in the one before; quotations may stay."""
    held = set(_paragraphs(before))
    found = [one for one in _paragraphs(now) if one in held]
    return [_begins(one) for one in dict.fromkeys(found)]


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


def _paragraphs(html: str) -> Iterable[str]:
    for block in richtext.parse(html):
        if isinstance(block, Paragraph | BulletList | OrderedList):
            words = " ".join(richtext.plain(to_html([block]), notes=False).split())
            if words.count(" ") + 1 >= FEWEST:
                yield words


def _begins(words: str) -> str:
    said = words.split(" ")
    return words if len(said) <= SHOWN else f"{' '.join(said[:SHOWN])} …"
