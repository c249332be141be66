"""Walking through a paper's content: its blocks, charts and places in reading order, and its public part. Pure."""

from collections.abc import Iterator
from dataclasses import replace

from governance.papers.content import glossary, withholding
from governance.papers.content.shapes import Block, BoundFigure, Chart, Measure, Objective, Paper, Section

PUBLIC = "OFFICIAL"  # the only marking that may stand in the public build
RESTRICTED = "OFFICIAL-SENSITIVE"
SHEET_TEXTS = ("purpose", "recommendations", "implications")
SCORECARD = "Scorecard, "  # how the place of a figure of the scorecard begins


def measures(paper: Paper) -> Iterator[Measure]:
    for priority in paper.priorities:
        for section in priority.sections:
            yield from section.measures


def parts_of(measure: Measure) -> tuple[Block | Chart, ...]:
    """Text, quotations, and what the commissioner did, in the order they are read."""
    return (*measure.text, *measure.quotations, *measure.did)


def charts(paper: Paper) -> Iterator[Chart]:
    for measure in measures(paper):
        yield from (part for part in measure.text if isinstance(part, Chart))


def sequence(paper: Paper) -> Iterator[Block]:
    """The blocks that carry a number, in order."""
    for measure in measures(paper):
        parts = (*measure.text, *measure.did)
        yield from (part for part in parts if isinstance(part, Block) and part.number is not None)


def all_blocks(paper: Paper) -> Iterator[Block]:
    """Every block of text, from the introduction to the deep dive."""
    yield from paper.sheet.text if paper.sheet else ()
    for part in paper.parts:
        yield from part.text
    yield from paper.introduction.text
    for topic in paper.introduction.topics:
        yield from topic.text
    for measure in measures(paper):
        yield from (part for part in parts_of(measure) if isinstance(part, Block))
    for objective in paper.deep_dive.objectives if paper.deep_dive else ():
        for update in objective.updates:
            yield from update.text


def texts(paper: Paper) -> Iterator[tuple[str, str]]:
    """(place, words) of everything that is printed but the cover, the key and what stands in charts."""
    yield from (("the cover sheet", one) for one in _words(paper.sheet.text if paper.sheet else ()))
    for part in paper.parts:
        yield from (("the standing text", one) for one in (part.title, *_words(part.text)))
    opening = paper.introduction
    said = [
        *_words(opening.text),
        *(one.sentence for one in opening.promised),
        *(one.words for one in opening.promised),
    ]
    said += [words for one in opening.topics for words in (one.title, *_words(one.text))]
    yield from (("the introduction", one) for one in said)
    for priority in paper.priorities:
        for section in priority.sections:
            yield from _texts_of(section)
    for objective in paper.deep_dive.objectives if paper.deep_dive else ():
        for update in objective.updates:
            words = (objective.title, update.statement, update.owner, update.rag_reason, *_words(update.text))
            yield from ((f"action {update.ref}", one) for one in words)
    yield from (("the scorecard", score.name) for group in paper.scorecard for score in group.scores)
    yield from ((f"note {one.number}", glossary.plain(one.html)) for one in paper.footnotes)


def _texts_of(section: Section) -> Iterator[tuple[str, str]]:
    name = f"“{section.header.name}”"
    yield name, section.header.name
    yield from ((name, line.text) for line in section.header.lines)
    yield from ((name, cell.words) for cell in section.header.cells)
    yield from ((name, one.text) for one in section.header.standards)
    for one in section.measures:
        yield from ((name, words) for note in one.data_notes for words in (note.title, note.text))
        yield from ((name, planned.statement) for planned in one.plans)
        for part in parts_of(one):
            if isinstance(part, Chart):
                yield f"figure {part.number}", part.caption
            else:
                yield f"paragraph {part.number}" if part.number else name, glossary.plain(part.html)


def _words(blocks: tuple[Block, ...]) -> list[str]:
    return [glossary.plain(one.html) for one in blocks]


def marking(paper: Paper) -> str:
    """The highest marking of any part that is there to be read."""
    if any(withholding.is_marked(one.html) for one in (*all_blocks(paper), *paper.footnotes)):
        return RESTRICTED
    shown = (chart.marking for chart in charts(paper) if not chart.withheld)
    return next((one for one in shown if one != PUBLIC), PUBLIC)


def marked(paper: Paper) -> int:
    """How many parts are marked above OFFICIAL: charts, and blocks of text."""
    text = sum(withholding.is_marked(one.html) for one in all_blocks(paper))
    return text + sum(chart.marking != PUBLIC for chart in charts(paper))


def public(paper: Paper) -> Paper:
    """The paper without what may not be published.

    A chart marked above OFFICIAL keeps its number and caption; words that are marked give way to a word that says so,
    and with them go the notes called from there and the figures that stand nowhere else.
    """

    def open_to_all(part: Block | Chart) -> Block | Chart:
        if isinstance(part, Block):
            return withholding.block(part)
        if part.marking == PUBLIC:
            return part
        return replace(part, svg="", alt="", header=(), rows=(), source="", series=(), withheld=True)

    def text(held: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(withholding.block(one) for one in held)

    def measure(one: Measure) -> Measure:
        return replace(
            one, text=tuple(open_to_all(part) for part in one.text), did=text(one.did), quotations=text(one.quotations)
        )

    def section(one: Section) -> Section:
        return replace(one, measures=tuple(measure(held) for held in one.measures))

    def objective(one: Objective) -> Objective:
        return replace(one, updates=tuple(replace(held, text=text(held.text)) for held in one.updates))

    opening = paper.introduction
    topics = tuple(replace(one, text=text(one.text)) for one in opening.topics)
    dive, sheet = paper.deep_dive, paper.sheet
    left = replace(
        paper,
        introduction=replace(opening, text=text(opening.text), topics=topics),
        priorities=tuple(replace(one, sections=tuple(map(section, one.sections))) for one in paper.priorities),
        deep_dive=dive and replace(dive, objectives=tuple(map(objective, dive.objectives))),
        parts=tuple(replace(one, text=text(one.text)) for one in paper.parts),
        sheet=sheet and replace(sheet, **{name: text(getattr(sheet, name)) for name in SHEET_TEXTS}),
    )
    blocks = tuple(all_blocks(left))
    called = {number for one in blocks for number in withholding.calls(one.html)}
    notes = tuple(replace(one, html=withholding.words(one.html)) for one in paper.footnotes if one.number in called)
    left = replace(left, footnotes=notes, figures=_figures(paper, left))
    return replace(left, glossary=glossary.used((words for _, words in texts(left)), paper.glossary))


def _figures(whole: Paper, left: Paper) -> tuple[BoundFigure, ...]:
    """The figures that can be read in what is left: in its text, its header rows or its scorecard."""
    before = {one for block in all_blocks(whole) for one in withholding.references(block.html)}
    gone = before - {one for block in all_blocks(left) for one in withholding.references(block.html)}
    if not gone:
        return whole.figures
    rows = (section.header for priority in left.priorities for section in priority.sections)
    printed = "\n".join(line.text for row in rows for line in row.lines)
    return tuple(
        one
        for one in whole.figures
        if one.reference not in gone or one.place.startswith(SCORECARD) or one.text in printed
    )
