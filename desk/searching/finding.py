"""What a person finds: the index says which texts hold the words, the apps say which of them this person may see.

Nothing of the index is ever shown: title and snippet are made from the rows as they are now, read through what the
person may see.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import NoReverseMatch, reverse

from core.accounts.models import User
from core.documents.richtext import plain_text
from desk.models import SearchText
from desk.searching.engines import among, engine
from desk.searching.kinds import BY_NAME, KINDS, Kind
from desk.searching.words import Phrase, Text, marked, snippet

MOST = 1_000  # texts put in order: of more, the newest


class Indexed(NamedTuple):
    """One indexed text: its key, and which row it is of."""

    pk: int
    kind: str
    key: int
    day: dt.date | None


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
    """What this person may see that holds every phrase: a query for each kind, and one for their order.

    A kind at a time, because the database then chooses for each by which end to begin: by the words, by the newest
    texts, or by the few rows the person may see. All kinds in one condition it answers by looking at everything. Where
    the words stand in few texts it is told of them first: it takes nearly every row for one that may be seen, and would
    go through all of them for a word that stands in exempt ones.
    """
    if not phrases:
        return Found([], is_cut=False)
    wanted = [one for one in KINDS if kind in ("", one.name)]
    few = engine().few([one.name for one in wanted], phrases)
    held: list[Indexed] = []
    for one in wanted:
        held += _newest(one, phrases, user) if few is None else _seen(one, few.get(one.name, []), user)
    held.sort(key=lambda row: (row.day or dt.date.max, row.pk), reverse=True)
    newest = held[:MOST]
    ranks = engine().ranks([row.pk for row in newest], phrases) if newest else {}
    best = sorted(newest, key=lambda row: -ranks.get(row.pk, 0))  # of equals the newest first
    return Found([(row.kind, row.key) for row in best], is_cut=len(held) > MOST)


def _newest(kind: Kind, phrases: tuple[Phrase, ...], user: User) -> list[Indexed]:
    """The newest texts of a kind with every phrase, of rows this person may see; one more than are put in order."""
    seen = Exists(kind.rows(user).order_by().filter(pk=OuterRef("key")))  # a list of keys SQLite would make in full
    return _in_order(engine().matching(SearchText.objects.filter(seen, kind=kind.name), phrases))


def _seen(kind: Kind, keys: list[int], user: User) -> list[Indexed]:
    """The same of rows of which it is known that their texts hold every phrase."""
    if not keys:
        return []
    seen = list(kind.rows(user).order_by().filter(pk__in=among(keys)).values_list("pk", flat=True))
    return _in_order(SearchText.objects.filter(kind=kind.name, key__in=among(seen)))


def _in_order(texts: QuerySet[SearchText]) -> list[Indexed]:
    return [Indexed(*row) for row in texts.order_by("-day", "-pk").values_list(*Indexed._fields)[: MOST + 1]]


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
