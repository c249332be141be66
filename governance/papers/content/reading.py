"""Walking through a paper's content: its blocks, charts and places in reading order, and its public part. Pure."""

from collections.abc import Iterator
from dataclasses import replace

from governance.papers.content.shapes import Block, Chart, Measure, Paper

PUBLIC = "OFFICIAL"  # the only marking that may stand in the public build


def measures(paper: Paper) -> Iterator[Measure]:
    for priority in paper.priorities:
        for section in priority.sections:
            yield from section.measures


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
    yield from paper.introduction.text
    for topic in paper.introduction.topics:
        yield from topic.text
    for measure in measures(paper):
        yield from (part for part in (*measure.text, *measure.did) if isinstance(part, Block))
    for objective in paper.deep_dive.objectives if paper.deep_dive else ():
        for update in objective.updates:
            yield from update.text


def marking(paper: Paper) -> str:
    """The highest marking of any part."""
    return next((chart.marking for chart in charts(paper) if chart.marking != PUBLIC), PUBLIC)


def public(paper: Paper) -> Paper:
    """The paper without what may not be published: a chart marked above OFFICIAL keeps its number and caption only."""

    def open_to_all(part: Block | Chart) -> Block | Chart:
        if isinstance(part, Block) or part.marking == PUBLIC:
            return part
        return replace(part, svg="", alt="", header=(), rows=(), withheld=True)

    return replace(
        paper,
        priorities=tuple(
            replace(
                priority,
                sections=tuple(
                    replace(
                        section,
                        measures=tuple(
                            replace(one, text=tuple(open_to_all(part) for part in one.text)) for one in section.measures
                        ),
                    )
                    for section in priority.sections
                ),
            )
            for priority in paper.priorities
        ),
    )
