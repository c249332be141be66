"""Numbers of a paper: paragraphs 1 to N through all priorities, figures 1 to N, footnotes 1 to N. Pure.

One sequence each, in reading order, without a gap. Introduction, deep dive and appendix are outside the paragraph
sequence but inside that of the footnotes. Every block keeps its paragraph id; a copy of one already used gets another.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from core.documents import blocks as rich
from core.documents import richtext
from governance.papers.content.shapes import Block, Chart, Footnote, Measure, Paper

TAKES_NUMBER = {"paragraph", "heading"}
SHEET_TEXTS = ("purpose", "recommendations", "implications")
WRAPPED = {"bullets", "numbers", "quote", "table"}


def blocks_of(html: str, *, numbered: bool) -> tuple[Block, ...]:
    """A text of the dialect as blocks that wait for their numbers: 0 where one is due, None where none is."""
    return tuple(_block(one, numbered) for one in richtext.parse(html))


def _block(one: rich.Block, numbered: bool) -> Block:
    if isinstance(one, rich.Heading):
        kind = "heading" if one.numbered else "subheading"
    else:
        kind = one.kind
    number = 0 if numbered and isinstance(one, rich.Paragraph | rich.Heading) and one.numbered else None
    if isinstance(one, rich.OrderedList):
        return Block(kind, one.pid, one.html, number, one.style, one.start)
    return Block(kind, one.pid, one.html, number)


def place_charts(text: tuple[Block, ...], charts: tuple[Chart, ...]) -> tuple[Block | Chart, ...]:
    """The charts spread evenly through the text, each after a paragraph that nothing belongs to directly."""
    breaks = [
        place
        for place, block in enumerate(text)
        if block.kind == "paragraph" and (place + 1 == len(text) or text[place + 1].kind not in WRAPPED)
    ]
    if not breaks:
        return (*text, *charts)
    after: dict[int, list[Chart]] = {}
    for count, chart in enumerate(charts):
        after.setdefault(breaks[count * len(breaks) // len(charts)], []).append(chart)
    placed: list[Block | Chart] = []
    for place, block in enumerate(text):
        placed += [block, *after.get(place, ())]
    return tuple(placed)


@dataclass
class _Numbers:
    """How far each sequence has come."""

    paragraph: int = 0
    figure: int = 0
    footnotes: list[Footnote] = field(default_factory=list)
    pids: set[str] = field(default_factory=set)
    write: Callable[[Block], Block] = lambda one: one

    def own_pid(self, pid: str, seed: str) -> str:
        fresh = richtext.pids_from(seed)
        while not pid or pid in self.pids:
            pid = fresh()
        self.pids.add(pid)
        return pid

    def block(self, one: Block, seed: str) -> Block:
        pid = self.own_pid(one.pid, f"{seed} {one.pid} {one.html}")
        number = None
        if one.number is not None:
            self.paragraph += 1
            number = self.paragraph

        def call(note: rich.Note) -> str:
            self.footnotes.append(Footnote(len(self.footnotes) + 1, pid, note.html))
            return f'<span data-note="{len(self.footnotes)}"></span>'

        return self.write(replace(one, pid=pid, number=number, html=rich.replace_notes(one.html, call)))

    def blocks(self, text: Iterable[Block], seed: str) -> tuple[Block, ...]:
        return tuple(self.block(one, seed) for one in text)

    def chart(self, one: Chart, seed: str) -> Chart:
        self.figure += 1
        return replace(one, number=self.figure, pid=self.own_pid(one.pid, f"{seed} {one.caption}"))

    def measure(self, one: Measure) -> Measure:
        text = tuple(
            self.chart(part, one.slug) if isinstance(part, Chart) else self.block(part, one.slug) for part in one.text
        )
        quotations = self.blocks(one.quotations, f"{one.slug} quotations")
        return replace(one, text=text, quotations=quotations, did=self.blocks(one.did, f"{one.slug} did"))


def numbered(paper: Paper, write: Callable[[Block], Block] = lambda one: one) -> Paper:
    """The same paper with every number given; `write` is given each block in the order of the paper.

    Doing it to a paper already numbered is a mistake: its notes are gone.
    """
    if paper.footnotes:
        raise ValueError("This content is numbered already.")
    numbers = _Numbers(write=write)
    made: dict[str, Any] = {}
    parts, sheet = [], paper.sheet
    if sheet:
        made["sheet"] = replace(
            sheet, **{name: numbers.blocks(getattr(sheet, name), f"sheet {name}") for name in SHEET_TEXTS}
        )
    for part in paper.ordered:
        parts.append(replace(part, text=numbers.blocks(part.text, part.anchor)))
        if part.kind in NUMBERED:
            made |= NUMBERED[part.kind](paper, numbers)
    return replace(paper, **made, parts=tuple(parts) if paper.parts else (), footnotes=tuple(numbers.footnotes))


def _introduction(paper: Paper, numbers: _Numbers) -> dict[str, Any]:
    opening = paper.introduction
    text = numbers.blocks(opening.text, "introduction")
    topics = tuple(replace(one, text=numbers.blocks(one.text, one.title)) for one in opening.topics)
    return {"introduction": replace(opening, text=text, topics=topics)}


def _priorities(paper: Paper, numbers: _Numbers) -> dict[str, Any]:
    priorities = tuple(
        replace(
            priority,
            sections=tuple(
                replace(section, measures=tuple(numbers.measure(one) for one in section.measures))
                for section in priority.sections
            ),
        )
        for priority in paper.priorities
    )
    return {"priorities": priorities}


def _deep_dive(paper: Paper, numbers: _Numbers) -> dict[str, Any]:
    dive = paper.deep_dive
    objectives = tuple(
        replace(
            objective,
            updates=tuple(replace(one, text=numbers.blocks(one.text, one.ref)) for one in objective.updates),
        )
        for objective in (dive.objectives if dive else ())
    )
    return {"deep_dive": dive and replace(dive, objectives=objectives)}


NUMBERED: dict[str, Callable[[Paper, _Numbers], dict[str, Any]]] = {
    "introduction": _introduction,
    "priorities": _priorities,
    "deep_dive": _deep_dive,
}
