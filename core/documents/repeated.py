"""Paragraphs that stand word for word as they did before: perhaps rightly, but somebody should have read them. Pure."""

from collections.abc import Iterable

from core.documents import richtext
from core.documents.blocks import BulletList, OrderedList, Paragraph, to_html

FEWEST = 8  # words; a shorter paragraph ("The table sets out three years.") leads to something
SHOWN = 14  # words by which a paragraph is known on a page


def same_paragraphs(before: str, now: str) -> list[str]:
    """The first words of each paragraph and list of a text that stood so in the one before; quotations may stay."""
    held = set(_paragraphs(before))
    found = [one for one in _paragraphs(now) if one in held]
    return [_begins(one) for one in dict.fromkeys(found)]


def _paragraphs(html: str) -> Iterable[str]:
    for block in richtext.parse(html):
        if isinstance(block, Paragraph | BulletList | OrderedList):
            words = " ".join(richtext.plain(to_html([block]), notes=False).split())
            if words.count(" ") + 1 >= FEWEST:
                yield words


def _begins(words: str) -> str:
    said = words.split(" ")
    return words if len(said) <= SHOWN else f"{' '.join(said[:SHOWN])} …"
