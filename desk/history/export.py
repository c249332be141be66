"""The history as CSV that a spreadsheet opens safely."""

import csv
import json
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from core.audit.models import AuditEvent, AuditEventQuerySet
from desk.history.story import ELSEWHERE

HEADINGS = (
    "number",
    "when",
    "who",
    "on behalf of",
    "action",
    "what happened",
    "table",
    "key",
    "reason",
    "was",
    "is",
    "request",
    "job",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


class _Line:
    """A file for csv.writer that gives each line back."""

    def write(self, text: str) -> str:
        return text


def safe(value: Any) -> str:
    """Text that a spreadsheet takes as text: what it would take for a formula gets an apostrophe in front."""
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def csv_lines(events: AuditEventQuerySet) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield "\ufeff"  # so that a spreadsheet reads it as UTF-8
    yield writer.writerow(HEADINGS)
    for event in events.iterator(chunk_size=500):
        yield writer.writerow([safe(value) for value in _row(event)])


def _row(event: AuditEvent) -> tuple[Any, ...]:
    was, now = event.old_changed, event.new_full
    if event.op == AuditEvent.Op.UPDATE and not event.is_redacted:
        now = {column: now[column] for column in was if column in now}
    return (
        event.pk,
        timezone.localtime(event.at).strftime("%Y-%m-%d %H:%M:%S"),
        event.actor_name,
        event.on_behalf_of,
        event.action,
        event.get_op_display(),
        event.table,
        event.key,
        event.reason,
        _written(event, was),
        _written(event, now),
        event.request_id,
        event.job,
    )


def _written(event: AuditEvent, values: dict[str, Any] | None) -> str:
    if event.is_redacted:
        return "redacted"
    if values is None:
        return ""
    shown = {column: ELSEWHERE.get((event.table, column), value) for column, value in values.items()}
    return json.dumps(shown, ensure_ascii=False, default=str)
