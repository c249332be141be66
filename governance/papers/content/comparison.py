"""Two papers beside each other, part by part: what stood in one and what stands in the other. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.documents import richtext
from governance.papers.content.shapes import Block, Chart, Measure, Paper

OPENING, DEEP_DIVE = "introduction", "deep-dive"
WRAPPED = {"bullets": "ul", "numbers": "ol", "quote": "blockquote", "table": "table"}


@dataclass(frozen=True)
class Part:
    """A part of the paper now and before: its words, its paragraphs and its figures.

    `anchor` is where it stands on the page of the paper. Words have a line for each paragraph, list entry and row.
    """

    title: str
    anchor: str
    before: str
    now: str
    paragraphs_before: int
    paragraphs: int
    figures_before: int = 0
    figures: int = 0

    @property
    def is_changed(self) -> bool:
        return (self.before, self.figures_before) != (self.now, self.figures)

    @property
    def is_new(self) -> bool:
        return not self.before and bool(self.now)


@dataclass(frozen=True)
class _Held:
    key: str
    title: str
    anchor: str
    blocks: tuple[Block, ...]
    figures: int = 0

    @property
    def words(self) -> str:
        return "\n".join(filter(None, map(_words, self.blocks)))

    @property
    def paragraphs(self) -> int:
        return sum(one.kind == "paragraph" for one in self.blocks)


def _words(block: Block) -> str:
    tag = WRAPPED.get(block.kind, "p")
    return richtext.plain(f"<{tag}>{block.html}</{tag}>")


def compare(before: Paper, now: Paper) -> list[Part]:
    """Every part of the newer paper in its order, then those that stand in the older one alone."""
    old, new = ({one.key: one for one in _parts(paper)} for paper in (before, now))
    order = [*new, *(key for key in old if key not in new)]
    return [_beside(old.get(key), new.get(key)) for key in order]


def _beside(old: _Held | None, new: _Held | None) -> Part:
    nothing = _Held("", "", "", ())
    either, old, new = new or old or nothing, old or nothing, new or nothing
    return Part(
        either.title,
        either.anchor,
        old.words,
        new.words,
        old.paragraphs,
        new.paragraphs,
        old.figures,
        new.figures,
    )


def _parts(paper: Paper) -> Iterable[_Held]:
    if paper.sheet:
        yield _Held("sheet", "Cover sheet", "sheet", paper.sheet.text)
    for part in paper.parts:
        if part.text:
            yield _Held(f"standing {part.anchor}", f"Standing text: {part.title or part.kind}", part.anchor, part.text)
    opening = paper.introduction
    blocks = (*opening.text, *(block for topic in opening.topics for block in topic.text))
    yield _Held(OPENING, "Introduction", OPENING, blocks)
    for priority in paper.priorities:
        for section in priority.sections:
            for one in section.measures:
                title = f"{section.header.name}: {one.title}" if one.title else section.header.name
                yield _measure(one, title, f"s-{section.pid}")
    if paper.deep_dive:
        objectives = paper.deep_dive.objectives
        blocks = tuple(block for one in objectives for update in one.updates for block in update.text)
        yield _Held(DEEP_DIVE, f"Deep dive: {paper.deep_dive.priority}", DEEP_DIVE, blocks)


def _measure(one: Measure, title: str, anchor: str) -> _Held:
    blocks = tuple(part for part in (*one.text, *one.quotations, *one.did) if isinstance(part, Block))
    return _Held(one.slug, title, anchor, blocks, sum(isinstance(part, Chart) for part in one.text))
