"""One event for many frozen rows, with a digest of them that a verifier can compute again.

A million imported observations cost the log one row, and a changed observation is still found.
The digest is of rows as the database gives them back, so that it can be taken again. Whoever adds very many may take
it of what they give, while the database is still writing; the verifier reads back all the same.
"""

import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice, repeat
from math import isfinite
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model

from core.audit.connections import stamp
from core.audit.context import live_context

ROWS_AT_ONCE = 5_000  # rows
SEPARATOR = b"\x1e"  # the record separator; inside JSON it can only occur escaped


def log_batch(model: type[Model], *, digest: tuple[int, str] | None = None, **which: Any) -> Any:
    """Log, as one event, the rows of a frozen model that the lookups pick out: `log_batch(Observation, batch=batch)`.

    Call it in the action that adds the rows, after the last of them. The lookups are kept in the event so that the
    digest can be computed again; they must go on picking the same rows for ever. `digest`: that of the rows just added,
    as `digest_parts` has it; taken of the stored rows where the lookups pick out another number.
    """
    kept = {name: _plain(value) for name, value in which.items()}
    if digest is None or digest[0] != model._base_manager.filter(**kept).count():
        digest = digest_stored(model, kept)
    count, sha256 = digest
    table, key, what = model._meta.db_table, str(kept.get("pk", "")), {"count": count, "sha256": sha256, "which": kept}
    events = apps.get_model("audit", "AuditEvent").objects
    if connection.vendor == "postgresql":  # the role of the site may not write the log itself
        with connection.cursor() as cursor:
            values = [table, key, json.dumps(what), json.dumps(live_context())]
            cursor.execute("SELECT audit_log_batch(%s, %s, %s::jsonb, %s::jsonb)", values)
            return events.get(pk=cursor.fetchone()[0])
    return events.create(table=table, key=key, op="B", new_full=what, **stamp(), **live_context())


def batch_problems(model: type[Model]) -> list[str]:
    """A sentence for each logged batch whose rows have changed, and one for rows that no batch accounts for."""
    table, wrong, known = model._meta.db_table, [], 0
    for number, logged in _logged_batches(table):
        known += logged["count"]
        count, sha256 = digest_stored(model, logged["which"])
        if count != logged["count"]:
            wrong.append(f"{table}: event {number} logged {logged['count']} rows and {count} are there.")
        elif sha256 != logged["sha256"]:
            wrong.append(f"{table}: the rows of event {number} are not the ones that were logged.")
    held = model._base_manager.count()
    if held != known:
        wrong.append(f"{table}: holds {held} rows, the log knows of {known}.")
    return wrong


def _logged_batches(table: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The number of each event of a batch, and what it says; of those in archives, what their prune point keeps."""
    for point in apps.get_model("audit", "PrunePoint").objects.all():
        yield from ((one["event"], one["what"]) for one in point.batches if one["table"] == table)
    events = apps.get_model("audit", "AuditEvent").objects.filter(table=table, op="B")
    for event in events.order_by("pk").iterator():
        yield event.pk, event.new_full


def stored_rows(model: type[Model], which: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    """Column to value of every row picked out, in the order of the primary key."""
    columns = {field.attname: field.column for field in model._meta.concrete_fields}
    rows = model._base_manager.filter(**which).order_by("pk").values_list(*columns)
    for values in rows.iterator(chunk_size=ROWS_AT_ONCE):
        yield dict(zip(columns.values(), values, strict=True))


def digest_rows(rows: Iterable[Mapping[str, Any]]) -> tuple[int, str]:
    """(how many, SHA-256 in hex) over the rows in the order given; each row is a mapping of column to value.

    A row is hashed as `canonical` writes it, followed by the byte 0x1e. No rows: the SHA-256 of nothing.
    """
    sha = hashlib.sha256()
    count = 0
    for row in rows:
        sha.update(canonical(row))
        sha.update(SEPARATOR)
        count += 1
    return count, sha.hexdigest()


def digest_stored(model: type[Model], which: Mapping[str, Any]) -> tuple[int, str]:
    """`digest_rows(stored_rows(model, which))`, written a column at a time: of a million rows, in seconds."""
    return digest_parts(_stored_parts(model, which))


def _stored_parts(model: type[Model], which: Mapping[str, Any]) -> Iterator[dict[str, Sequence]]:
    attributes = {field.column: field.attname for field in model._meta.concrete_fields}
    held = model._base_manager.filter(**which).order_by("pk").values_list(*attributes.values())
    rows = held.iterator(chunk_size=ROWS_AT_ONCE)
    while some := list(islice(rows, ROWS_AT_ONCE)):
        yield dict(zip(attributes, zip(*some, strict=True), strict=True))


def digest_parts(parts: Iterable[Mapping[str, Sequence]]) -> tuple[int, str]:
    """`digest_rows` of rows given by column, some thousand at a time: each part maps every column of the table to its
    values, in the order of the primary key."""
    sha = hashlib.sha256()
    count = 0
    for part in parts:
        names = sorted(part)
        row = "{" + ",".join(f"{json.dumps(name, ensure_ascii=False)}:%s" for name in names) + "}\x1e"
        written = zip(*(_column_written(part[name]) for name in names), strict=True)
        sha.update("".join(map(row.__mod__, written)).encode())
        count += len(part[names[0]])
    return count, sha.hexdigest()


def _column_written(values: Sequence) -> Iterable[str]:
    """Each value as `canonical` writes it."""
    kinds = set(map(type, values))
    if kinds == {int} or (kinds == {float} and all(map(isfinite, values))):
        return map(repr, values)
    if kinds == {bool}:
        return ("true" if value else "false" for value in values)
    if kinds == {type(None)}:
        return repeat("null", len(values))
    return map(ENCODER.encode, values)


def canonical(row: Mapping[str, Any]) -> bytes:
    """UTF-8 JSON with sorted keys and no spaces; decimals as strings, times in UTC, durations in microseconds."""
    return ENCODER.encode(row).encode()


def _written(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value // timedelta(microseconds=1)
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    raise TypeError(f"A {type(value).__name__} cannot be part of a digest.")


ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_written)


def _plain(value: Any) -> Any:
    """A lookup's value as it can be kept in JSON."""
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
    return value
