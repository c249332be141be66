"""The two full-text searches behind one small interface: SQLite's FTS5 and PostgreSQL's text vectors.

Both are given words that are cut already (`words.py`), so neither parses what a person typed.
"""

import json
from collections import defaultdict
from typing import Any, Protocol

from django.db import connection
from django.db.models import BooleanField, Func, QuerySet, Value
from django.db.models.expressions import RawSQL

from desk.models import SearchText
from desk.searching.words import Phrase

Entry = tuple[int, list[str], list[str]]  # the indexed text's key, the words of its title, the words of the rest
FEW = 20_000  # texts, which are read in less time than their rows are looked through
MOST_WORDS = 16_000  # of one text: a text vector counts positions no further


class Engine(Protocol):
    def put(self, entries: list[Entry]) -> None:
        """Keep these words, in the place of what was kept of the same texts."""

    def forget(self, keys: list[int]) -> None:
        """Keep nothing of these texts."""

    def settle(self) -> None:
        """All the texts have been put: let the database know what it now holds."""

    def matching(self, texts: QuerySet[SearchText], phrases: tuple[Phrase, ...]) -> QuerySet[SearchText]:
        """Those of the texts that hold every phrase."""

    def few(self, kinds: list[str], phrases: tuple[Phrase, ...]) -> dict[str, list[int]] | None:
        """By kind the keys of the rows whose texts hold every phrase, where it helps to know and they are few."""

    def ranks(self, keys: list[int], phrases: tuple[Phrase, ...]) -> dict[int, float]:
        """How well each fits, the greater the better; a word in a title counts ten times."""


class Holding(Func):
    """That a text holds what is asked for, in the words of one database."""

    output_field = BooleanField()


class Fts5:
    """A virtual table beside the texts, its rows numbered as they are."""

    HOLDING = "desk_searchtext.id IN (SELECT rowid FROM desk_searchwords WHERE desk_searchwords MATCH %(expressions)s)"

    def put(self, entries: list[Entry]) -> None:
        self.forget([key for key, _, _ in entries])
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO desk_searchwords (rowid, title, body) VALUES (%s, %s, %s)",
                [(key, " ".join(title), " ".join(body[:MOST_WORDS])) for key, title, body in entries],
            )

    def forget(self, keys: list[int]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM desk_searchwords WHERE rowid = %s", [(key,) for key in keys])

    def settle(self) -> None:
        """FTS5 keeps its own account of its words."""

    def matching(self, texts: QuerySet[SearchText], phrases: tuple[Phrase, ...]) -> QuerySet[SearchText]:
        return texts.filter(Holding(Value(self._question(phrases)), template=self.HOLDING))

    def few(self, kinds: list[str], phrases: tuple[Phrase, ...]) -> dict[str, list[int]] | None:
        """FTS5 begins by the words whatever is asked."""
        return None

    def ranks(self, keys: list[int], phrases: tuple[Phrase, ...]) -> dict[int, float]:
        """The sign before `rowid` makes it one search: with the bare column FTS5 searches anew for each key."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rowid, -bm25(desk_searchwords, 10.0, 1.0) FROM desk_searchwords "
                "WHERE desk_searchwords MATCH %s AND +rowid IN (SELECT value FROM json_each(%s))",
                [self._question(phrases), json.dumps(keys)],
            )
            return dict(cursor.fetchall())

    def _question(self, phrases: tuple[Phrase, ...]) -> str:
        return " AND ".join(f'"{" ".join(one.words)}"{" *" if one.is_open else ""}' for one in phrases)


class TextVectors:
    """A column of the texts' own table, with a GIN index."""

    HOLDING = "desk_searchtext.words @@ %(expressions)s::tsquery"

    def put(self, entries: list[Entry]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE desk_searchtext SET words = given.words::tsvector "
                "FROM unnest(%s::bigint[], %s::text[]) AS given (id, words) WHERE desk_searchtext.id = given.id",
                [[key for key, _, _ in entries], [self._vector(title, body) for _, title, body in entries]],
            )

    def forget(self, keys: list[int]) -> None:
        """The words lie in the row itself and go with it."""

    def settle(self) -> None:
        """How common the words are: without that PostgreSQL gathers every text with a common word before it sorts."""
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE desk_searchtext")

    def matching(self, texts: QuerySet[SearchText], phrases: tuple[Phrase, ...]) -> QuerySet[SearchText]:
        return texts.filter(Holding(Value(self._question(phrases)), template=self.HOLDING))

    def few(self, kinds: list[str], phrases: tuple[Phrase, ...]) -> dict[str, list[int]] | None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT kind, array_agg(key) FROM (SELECT kind, key FROM desk_searchtext "
                "WHERE kind = ANY(%s) AND words @@ %s::tsquery LIMIT %s) AS found GROUP BY kind",
                [kinds, self._question(phrases), FEW + 1],
            )
            found = dict(cursor.fetchall())
        return found if sum(map(len, found.values())) <= FEW else None

    def ranks(self, keys: list[int], phrases: tuple[Phrase, ...]) -> dict[int, float]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, ts_rank('{0.1, 0.1, 0.1, 1.0}', words, %s::tsquery) FROM desk_searchtext "
                "WHERE id = ANY(%s)",
                [self._question(phrases), keys],
            )
            return dict(cursor.fetchall())

    def _vector(self, title: list[str], body: list[str]) -> str:
        """Words are letters and digits alone, so nothing in them needs escaping."""
        places: dict[str, list[str]] = defaultdict(list)
        for at, word in enumerate(title, start=1):
            places[word].append(f"{at}A")
        for at, word in enumerate(body[:MOST_WORDS], start=len(title) + 2):  # no phrase runs from one into the other
            places[word].append(str(at))
        return " ".join(f"'{word}':{','.join(found[:250])}" for word, found in places.items())

    def _question(self, phrases: tuple[Phrase, ...]) -> str:
        return " & ".join(
            " <-> ".join(f"'{word}'" for word in one.words) + (":*" if one.is_open else "") for one in phrases
        )


def among(keys: list[int]) -> RawSQL:
    """Thousands of keys as one value of PostgreSQL: as a value each, Django takes longer for them than the database."""
    return RawSQL("SELECT unnest(%s::bigint[])", [keys])  # noqa: S611  the keys are a parameter


ENGINES: dict[str, Any] = {"sqlite": Fts5, "postgresql": TextVectors}


def engine() -> Engine:
    return ENGINES[connection.vendor]()
