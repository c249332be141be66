"""The record held against the log: what the last change of each row left, and what the table holds now.

A row edited while the log's guards were away, by whoever owns the database, differs from what the log says of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max, Model

from core.audit.kinds import declared_kind, tables
from core.audit.models import AuditEvent, PrunePoint
from core.audit.reading import python_value
from core.audit.tables import HIDDEN

AT_ONCE = 900  # rows: SQLite takes a thousand values in a statement


@dataclass
class Replayed:
    rows: int = 0  # compared
    redacted: int = 0  # whose last change says nothing any more
    archived: int = 0  # whose last change is in an archive
    sentences: list[str] = field(default_factory=list)  # one for each row that differs


def replay() -> Replayed:
    """Every logged table of the record. What differs is looked at twice: it may have been half written."""
    found = Replayed()
    was_pruned = PrunePoint.objects.exists()
    for model in tables():
        declared = declared_kind(model)
        if not declared or not declared.log_rows:
            continue
        once = _compare(model, was_pruned)
        if once.sentences:
            again = _compare(model, was_pruned)
            once.sentences = [one for one in once.sentences if one in again.sentences]
        found.rows, found.redacted = found.rows + once.rows, found.redacted + once.redacted
        found.archived += once.archived
        found.sentences += once.sentences
    return found


def _compare(model: type[Model], was_pruned: bool) -> Replayed:
    found = Replayed()
    table, known = model._meta.db_table, set()
    for events in _last_events(table):
        rows = {str(row.pk): row for row in model._base_manager.filter(pk__in=[_key(model, one.key) for one in events])}
        for event in events:
            known.add(event.key)
            _judge(model, event, rows.get(event.key), found)
    for key in model._base_manager.values_list("pk", flat=True).iterator():
        if str(key) not in known:
            if was_pruned:
                found.archived += 1
            else:
                found.sentences.append(f"{table} {key} is in the table, and the log knows of no such row.")
    return found


def _last_events(table: str) -> Iterator[list[AuditEvent]]:
    """The last change of each row, some at a time."""
    events = AuditEvent.objects.filter(table=table).exclude(op=AuditEvent.Op.BATCH).order_by()
    last = list(events.values("key").annotate(last=Max("pk")).values_list("last", flat=True))
    for start in range(0, len(last), AT_ONCE):
        yield list(AuditEvent.objects.filter(pk__in=last[start : start + AT_ONCE]))


def _judge(model: type[Model], event: AuditEvent, row: Model | None, found: Replayed) -> None:
    table = model._meta.db_table
    found.rows += 1
    if event.op == AuditEvent.Op.DELETE:
        if row is not None:
            found.sentences.append(f"{table} {event.key} was removed by event {event.pk}, and is in the table.")
    elif row is None:
        found.sentences.append(
            f"{table} {event.key} is not in the table, and no event removed it: the last is {event.pk}."
        )
    elif event.is_redacted:
        found.redacted += 1
    elif columns := _different(model, event.new_full, row):
        found.sentences.append(f"{table} {event.key} is not as event {event.pk} left it: {', '.join(columns)}.")


def _different(model: type[Model], logged: dict[str, Any], row: Model) -> list[str]:
    """The columns in which a row is not what was logged. One the log does not have was added since."""
    wrong = []
    for one in model._meta.local_concrete_fields:
        if one.column not in logged:
            continue
        raw, held = logged[one.column], getattr(row, one.attname)
        if raw == HIDDEN:
            same = bool(held)
        else:
            same = _plain(python_value(one, raw)) == _plain(held)
        if not same:
            wrong.append(one.column)
    return wrong


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview | bytearray) else value


def _key(model: type[Model], key: str) -> Any:
    return model._meta.pk.to_python(key)
