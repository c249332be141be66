"""Live figures in the office's texts: what the book says today stands where the reference is, whatever was typed."""

import re
from html import escape

from governance.papers.book import Book, Unavailable
from governance.papers.content.shapes import BoundFigure
from governance.papers.header import bound

REFERENCE = re.compile(r'<data data-figure="([^"]*)">(.*?)</data>', re.DOTALL)


def resolve(html: str, book: Book, place: str, figures: list[BoundFigure], problems: list[str]) -> str:
    """The text with each `measure.statistic` replaced by its figure; one that cannot be found keeps its words."""

    def put(found: re.Match[str]) -> str:
        slug, _, statistic = found[1].partition(".")
        try:
            figure = book.figure(slug, statistic)
        except Unavailable as problem:
            problems.append(f"A live figure in {place} cannot be found. {problem}")
            return found[0]
        if figure.value is None and not figure.withheld:
            problems.append(f"A live figure in {place} has no value. {figure.why_not}".strip())
            return found[0]
        text = book.text(slug, figure)
        figures.append(bound(book, slug, figure, text, place))
        return f'<data data-figure="{found[1]}">{escape(text)}</data>'

    return REFERENCE.sub(put, html)
