"""Live figures in the office's texts: what the book says today stands where the reference is, whatever was typed."""

import re
from html import escape

from governance.papers.book import Book, Unavailable
from governance.papers.content.shapes import BoundFigure
from governance.papers.header import bound
from governance.papers.waiting import is_provisional
from measures.trends.figures import Figure
from measures.trends.periods import month_words

REFERENCE = re.compile(r'<data data-figure="([^"]*)">(.*?)</data>', re.DOTALL)


def resolve(html: str, book: Book, place: str, figures: list[BoundFigure], problems: list[str]) -> str:
    """The text with each `measure.statistic` replaced by its figure; one that cannot be found keeps its words.

    Behind the first figure of a measure that is provisional, or ends before the quarter does in a text that does not
    name its month, the text says so.
    """
    said: set[tuple[str, str]] = set()

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
        words = [one for one in _caveats(book, slug, figure, html) if (slug, one) not in said]
        said.update((slug, one) for one in words)
        behind = f" ({', '.join(words)})" if words else ""
        return f'<data data-figure="{found[1]}">{escape(text)}</data>{behind}'

    return REFERENCE.sub(put, html)


def _caveats(book: Book, slug: str, figure: Figure, html: str) -> list[str]:
    """ "to June 2019" and "provisional", where a reader would not know it otherwise."""
    held = book.of(slug)
    words = []
    if figure.months and figure.months[-1] == held.as_of < book.month and month_words(held.as_of) not in html:
        words.append(f"to {month_words(held.as_of)}")
    if is_provisional(held, figure) and "provisional" not in html:
        words.append("provisional")
    return words
