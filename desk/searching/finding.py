"""What a person finds: the index says which texts hold the words, the apps say which of them this person may see.

Nothing of the index is ever shown: title and snippet are made from the rows as they are now, read through what the
person may see.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import NoReverseMatch, reverse

from core.accounts.models import User
from core.documents.richtext import plain_text
from desk.models import SearchText
from desk.searching.engines import engine
from desk.searching.kinds import BY_NAME, KINDS, Kind
from desk.searching.words import Phrase, Text, marked, snippet

MOST = 1_000  # texts put in order: of more, the newest


@dataclass(frozen=True)
class Hit:
    label: str
    title: tuple[Text, ...]
    snippet: tuple[Text, ...]
    href: str
    note: str = ""


@dataclass(frozen=True)
class Found:
    """Which texts hold the words, the best first, as (kind, key)."""

    places: list[tuple[str, int]]
    is_cut: bool  # there are more than are put in order


def found(phrases: tuple[Phrase, ...], user: User, kind: str = "") -> Found:
    """What this person may see that holds every phrase. Two queries, however much there is."""
    if not phrases:
        return Found([], is_cut=False)
    seen = Q(pk__in=[])
    for one in KINDS:
        if kind in ("", one.name):
            seen |= Q(Q(kind=one.name), Exists(one.rows(user).order_by().filter(pk=OuterRef("key"))))
    texts = engine().matching(SearchText.objects.filter(seen), phrases)
    rows = list(texts.order_by("-day", "-pk").values_list("pk", "kind", "key")[: MOST + 1])
    if not rows:
        return Found([], is_cut=False)
    ranks = engine().ranks([pk for pk, _, _ in rows[:MOST]], phrases)
    best = sorted(rows[:MOST], key=lambda row: -ranks.get(row[0], 0))  # of equals the newest first
    return Found([(kind, key) for _, kind, key in best], is_cut=len(rows) > MOST)


def hits(places: list[tuple[str, int]], phrases: tuple[Phrase, ...], user: User) -> list[Hit]:
    """These places as they are shown: one query for each kind among them."""
    keys: dict[str, list[int]] = defaultdict(list)
    for name, key in places:
        keys[name].append(key)
    rows = {name: {row.pk: row for row in BY_NAME[name].rows(user).filter(pk__in=keys[name])} for name in keys}
    shown = [(BY_NAME[name], rows[name][key]) for name, key in places if key in rows[name]]
    return [_hit(kind, row, phrases) for kind, row in shown]


def _hit(kind: Kind, row: Any, phrases: tuple[Phrase, ...]) -> Hit:
    title = kind.title(row)
    texts = (plain_text(text) if "<" in text else text for text in kind.texts(row) if text != title)
    around = next((found for found in (snippet(text, phrases) for text in texts) if found), ())
    return Hit(kind.label, marked(title, phrases), around, _href(kind, row), kind.note(row))


def _href(kind: Kind, row: Any) -> str:
    try:
        return reverse(kind.page, args=kind.arguments(row))
    except NoReverseMatch:
        return ""
