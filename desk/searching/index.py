"""The index of words, made from the record and kept up with it by reading the log."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from core.audit.models import AuditEvent
from desk.models import SearchPosition, SearchText
from desk.searching.engines import engine
from desk.searching.kinds import KINDS, Kind
from desk.searching.words import words_of

AT_ONCE = 500  # texts in a transaction: SQLite's one writer is held for a moment only
SETTLES = dt.timedelta(minutes=2)  # after which no earlier event is expected to be committed any more
Report = Callable[[int, int, str], None]


def index_rows(kind: Kind, keys: list[int]) -> int:
    """Index these rows of a kind as they are now, and forget those that are gone. Returns how many there are."""
    rows = list(kind.all_rows().filter(pk__in=keys).order_by("pk"))
    made = {row.pk: kind.indexed(row) for row in rows}
    with transaction.atomic():
        held = dict(SearchText.objects.filter(kind=kind.name, key__in=keys).values_list("key", "pk"))
        gone = [pk for key, pk in held.items() if key not in made]
        engine().forget(gone)
        SearchText.objects.filter(pk__in=gone).delete()
        new = [SearchText(kind=kind.name, key=row.pk, day=kind.day(row)) for row in rows if row.pk not in held]
        SearchText.objects.bulk_create(new, ignore_conflicts=True)
        held = dict(SearchText.objects.filter(kind=kind.name, key__in=list(made)).values_list("key", "pk"))
        entries = [(held[key], words_of(title), words_of(body)) for key, (title, body) in made.items()]
        engine().put(sorted(entries))
    return len(rows)


def rebuild(report: Report = lambda done, total, words: None) -> int:
    """Index everything again, a few hundred texts at a time; what is found meanwhile is found as before."""
    newest = AuditEvent.objects.aggregate(newest=Max("pk"))["newest"] or 0
    count = 0
    for number, kind in enumerate(KINDS):
        report(number, len(KINDS), kind.label)
        everything = set(kind.all_rows().order_by().values_list("pk", flat=True))
        everything |= set(SearchText.objects.filter(kind=kind.name).values_list("key", flat=True))
        for keys in _pieces(sorted(everything)):
            count += index_rows(kind, keys)
    engine().settle()
    _remember(settled=newest, seen=newest)
    report(len(KINDS), len(KINDS), "Done")
    return count


def is_behind() -> bool:
    """Whether the log has anything the index has not read, or ought to read once more."""
    position = SearchPosition.objects.first()
    if position is None:
        return True
    if position.settled < position.seen and position.seen_at < timezone.now() - SETTLES:
        return True
    return AuditEvent.objects.filter(pk__gt=position.seen, table__in=_sources()).exists()


def catch_up() -> int:
    """Index what the log says has changed since the last time. Returns how many texts were indexed."""
    position = SearchPosition.objects.first()
    if position is None:
        return rebuild()
    before = timezone.now() - SETTLES
    newest = AuditEvent.objects.aggregate(newest=Max("pk"))["newest"] or 0
    events = AuditEvent.objects.filter(pk__gt=position.settled, pk__lte=newest)
    changed: dict[str, set[str]] = defaultdict(set)
    for table, key in events.filter(table__in=_sources()).order_by().values_list("table", "key").distinct():
        changed[table].add(key)
    count = 0
    for kind in KINDS:
        for keys in _pieces(sorted(_touched(kind, changed))):
            count += index_rows(kind, keys)
    settled = events.filter(at__lt=before).aggregate(last=Max("pk"))["last"] or position.settled
    _remember(settled=settled, seen=newest)
    return count


def _touched(kind: Kind, changed: dict[str, set[str]]) -> set[int]:
    """The rows of a kind whose words come from rows that have changed."""
    found: set[int] = set()
    for table, path in kind.sources.items():
        keys = {int(key) for key in changed.get(table, ()) if key.isdigit()}
        if path == "pk":
            found |= keys
        else:
            for some in _pieces(sorted(keys)):
                found |= set(kind.all_rows().filter(**{f"{path}__in": some}).order_by().values_list("pk", flat=True))
    return found


def _sources() -> list[str]:
    return sorted({table for kind in KINDS for table in kind.sources})


def _remember(**facts: Any) -> None:
    SearchPosition.objects.update_or_create(pk=1, defaults={**facts, "seen_at": timezone.now()})


def _pieces(keys: Iterable[int]) -> Iterator[list[int]]:
    held = list(keys)
    for start in range(0, len(held), AT_ONCE):
        yield held[start : start + AT_ONCE]
