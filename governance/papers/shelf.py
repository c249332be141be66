"""Every figure of one measure that a text may print, in words: for the picker, the codes and the texts themselves.

A shelf is of one quarter and reads what is published, as the paper does. It is remembered until the record changes.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import cache

from governance.papers.book import Book, Unavailable
from governance.papers.content import computed
from governance.papers.content.tokens import Token
from governance.papers.live import REFERENCE, Spoken, spoken, token_of
from governance.papers.remembered import figures_state
from measures.figures import MeasureFigures
from measures.models import Measure, Period
from measures.presenters.lead import NOUNS, capitalised

REMEMBERED = 600  # seconds
MOST = 24  # figures that the picker shows
MEASURES_SOUGHT = 6
CHANGES = ("per_cent_change", "percentage_points")


@dataclass(frozen=True)
class Shown:
    """One figure as the picker offers it."""

    reference: str
    code: str
    measure: str
    title: str
    text: str  # what is printed
    sentence: str  # the same with its noun and its period


def shelf_of(book: Book, slug: str) -> list[Shown]:
    """The figures of a measure that have something to print; of each change also its size in words."""
    held, found = book.of(slug), []
    for name in held.names:
        one = _spoken(book, Token(slug, name))
        if one is None:
            continue
        found.append(_shown(held, one))
        if one.figure.unit in CHANGES and (words := _spoken(book, Token(slug, name, form="compared"))):
            found.append(_shown(held, words))
    for name in ("quarter", "rolling12"):
        if name in held.names and (period := _spoken(book, Token(slug, name, form="period"))):
            found.append(_shown(held, period))
    return found


def _spoken(book: Book, token: Token) -> Spoken | None:
    try:
        one = spoken(book, token)
    except Unavailable:
        return None
    return None if one.is_missing else one


def _shown(held: MeasureFigures, one: Spoken) -> Shown:
    measure = held.measure
    title = capitalised(one.figure.title)
    if one.token.form == "period":
        return Shown(
            one.token.reference, one.token.code, measure.short_name, f"{title}: its period", one.text, one.text
        )
    if one.token.form == "compared":
        before = one.figure.period.partition(" against ")[2]
        return Shown(
            one.token.reference,
            one.token.code,
            measure.short_name,
            f"{title}, in words",
            one.text,
            f"{one.text} in {before}",
        )
    noun = f" {measure.unit}" if one.figure.unit in ("count", "hours") and measure.kind in NOUNS else ""
    return Shown(
        one.token.reference,
        one.token.code,
        measure.short_name,
        title,
        one.text,
        f"{one.text}{noun}, {one.figure.period}",
    )


def shelf(period: Period, slug: str, state: str = "") -> list[Shown]:
    """The same, remembered. Raises Unavailable for a measure that is not there."""
    key = f"papers.shelf:{period.pk}:{slug}:{state or figures_state()}"
    found = cache.get(key)
    if found is None:
        found = shelf_of(Book(period, only=[slug]), slug)
        cache.set(key, found, REMEMBERED)
    return found


def sought(period: Period, words: str, own: str = "") -> list[Shown]:
    """What the picker offers for some words: figures whose measure and statistic together have them all.

    The measure that is written about comes first; without a word for a measure it is the only one.
    """
    wanted = _words(words)
    named = {
        one.slug: _words(f"{one.slug} {one.name} {one.short_name}")
        for one in Measure.objects.in_use().order_by("name").only("slug", "name", "short_name")
    }
    score = {slug: sum(_begins(word, held) for word in wanted) for slug, held in named.items()}
    likely = sorted(
        (slug for slug in named if score[slug] or slug == own), key=lambda slug: (slug != own, -score[slug])
    )
    state = figures_state()
    found: list[Shown] = []
    for slug in likely[:MEASURES_SOUGHT]:
        for one in shelf(period, slug, state):
            held = named[slug] | _words(f"{one.title} {one.reference.partition('.')[2]} {one.text}")
            if all(_begins(word, held) for word in wanted):
                found.append(one)
    return found[:MOST]


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", text.lower().replace(",", "")))


def _begins(word: str, held: set[str]) -> bool:
    return any(one.startswith(word) for one in held)


def said_today(book: Book, references: Iterable[str]) -> dict[str, str]:
    """What each reference says today; those that say nothing, or are none, are left out."""
    found = {}
    for reference in set(references):
        try:
            one = spoken(book, token_of(reference))
        except Unavailable:
            continue
        if not one.is_missing:
            found[reference] = one.text
    return found


def references_in(*texts: str) -> list[str]:
    """The references of live figures of the record in some HTML, each once."""
    found = (one[1] for text in texts for one in REFERENCE.finditer(text))
    return list(dict.fromkeys(one for one in found if not computed.is_computed(one)))
