"""The figures of a text while it is written: codes written out, figures brought up to the record, and which moved."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape, unescape
from re import Match

from governance.papers.book import Book
from governance.papers.content import computed, tokens
from governance.papers.live import REFERENCE, expanded
from governance.papers.shelf import references_in, said_today
from measures.figures import MeasureFigures
from measures.models import Period

NOTHING_STORED = "Nothing was stored: mend it and save again."


@dataclass(frozen=True)
class Moved:
    """A live figure that says something else than when the text was last saved."""

    reference: str
    was: str
    now: str

    @property
    def code(self) -> str:
        token = tokens.parse(self.reference)
        return token.code if token else self.reference


class WrongCodes(ValueError):
    """Codes in a text that name nothing; `sentences` say which and what may be meant."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


def book_for(period: Period, texts: list[str], held: Mapping[str, MeasureFigures] | None = None) -> Book | None:
    """A book of the measures that the figures of some texts are of; None where there are none.

    `held` are figures read already that anybody may see.
    """
    slugs = {reference.partition(".")[0] for reference in references_in(*texts)}
    if not slugs:
        return None
    known = dict(held or {})
    return Book(period, only=slugs - set(known), known=known)


def brought_up(html: str, book: Book | None) -> tuple[str, list[Moved]]:
    """The text with its figures as they are today, and those that have moved since it was saved."""
    if book is None:
        return computed.worked_out(html, [], keep=True), []
    today = said_today(book, references_in(html))
    moved: dict[str, Moved] = {}

    def put(found: Match[str]) -> str:
        reference, was = found[1], unescape(found[2])
        now = today.get(reference)
        if now is None:
            return found[0]
        if was != now:
            moved.setdefault(reference, Moved(reference, was, now))
        return f'<data data-figure="{reference}">{escape(now, quote=False)}</data>'

    return computed.worked_out(REFERENCE.sub(put, html), [], keep=True), list(moved.values())


def settled(html: str, *, period: Period, own: str = "") -> str:
    """What is kept of a text: its codes as references and every figure as the record has it. Raises WrongCodes.

    What the browser sent as the words of a figure is never kept where the record has others.
    """
    wrong: list[str] = []
    if "{" in html:
        html = expanded(html, Book(period, only=()).names(own), wrong)
    if wrong:
        raise WrongCodes(list(dict.fromkeys(wrong)))
    made = brought_up(html, book_for(period, [html]))[0]
    computed.worked_out(made, wrong, keep=True)
    if wrong:
        raise WrongCodes(list(dict.fromkeys(wrong)))
    return made
