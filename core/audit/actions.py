"""Taking out of the log what may no longer be kept in it. The caller has checked permission.

One person asks, another agrees; what is left is a tombstone with the hash of what was there, so the chain still fits.
"""

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.utils import timezone

from core.audit.chain import BODY, content_sha256
from core.audit.context import action, live_context
from core.audit.events import as_text
from core.audit.models import AuditEvent, RedactedEvent, Redaction
from core.audit.tables import LOG_TABLE

AT_ONCE = 500  # events
OWN = "audit_"  # the log's own tables: what says that something was redacted is never redacted itself


class RedactionRefused(Exception):
    """A sentence for the person who asked or was to agree."""


@action
def ask_redaction(*, events: Sequence[int], basis: str, reason: str, by: Any) -> Redaction:
    """Ask that what these changes said be taken out. Nothing is taken out before somebody else agrees."""
    numbers = sorted(set(events))
    if not numbers:
        raise RedactionRefused("Choose at least one change. Nothing was asked for.")
    if len(numbers) > AT_ONCE:
        raise RedactionRefused(f"At most {AT_ONCE} changes can be redacted at a time. Nothing was asked for.")
    found = AuditEvent.objects.filter(pk__in=numbers)
    if len(found) != len(numbers):
        raise RedactionRefused("Some of these changes are not in the log. Nothing was asked for.")
    for event in found:
        _check(event)
    return Redaction.objects.create(events=numbers, basis=basis, reason=reason, asked_by=by, asked_at=timezone.now())


@action
def approve_redaction(*, redaction: Redaction, by: Any) -> Redaction:
    """Agree, and carry it out at once: blank the changes, leave their tombstones."""
    held = _waiting(redaction, by)
    held.state, held.decided_by, held.decided_at = Redaction.State.DONE, by, timezone.now()
    held.save()
    done = _on_postgresql(held) if connection.vendor == "postgresql" else _on_sqlite(held)
    if not done:
        raise RedactionRefused("What these changes said has been taken out already. Nothing was changed.")
    return held


@action
def refuse_redaction(*, redaction: Redaction, reason: str, by: Any) -> Redaction:
    """Say no, and why. The changes stay as they are."""
    held = _waiting(redaction, by)
    held.state, held.decided_by, held.decided_at, held.answer = Redaction.State.REFUSED, by, timezone.now(), reason
    held.save()
    return held


def _check(event: AuditEvent) -> None:
    if event.op == AuditEvent.Op.BATCH:
        raise RedactionRefused(
            f"Change {event.pk} is a batch of figures: it says how many they are and their hash, and nothing of a "
            "person. Nothing was asked for."
        )
    if event.table.startswith(OWN):
        raise RedactionRefused(f"Change {event.pk} tells of the log itself and stays. Nothing was asked for.")
    if event.is_redacted:
        raise RedactionRefused(f"Change {event.pk} is redacted already. Nothing was asked for.")


def _waiting(redaction: Redaction, by: Any) -> Redaction:
    held = Redaction.objects.select_for_update().get(pk=redaction.pk)
    if held.state != Redaction.State.ASKED:
        raise RedactionRefused("Somebody has decided this already. Nothing was changed.")
    if held.asked_by_id == by.pk:
        raise RedactionRefused("Whoever asked for a redaction cannot decide on it. Nothing was changed.")
    return held


def _on_postgresql(redaction: Redaction) -> int:
    """By a function that runs as the owner of the log: the role of the site has no right to it."""
    with connection.cursor() as cursor:
        values = [redaction.pk, redaction.events, json.dumps(live_context())]
        cursor.execute("SELECT audit_redact(%s, %s::bigint[], %s::jsonb)", values)
        return cursor.fetchone()[0]


def _on_sqlite(redaction: Redaction) -> int:
    columns = ", ".join(as_text("sqlite", name) for name in BODY)
    select = f"SELECT {columns} FROM {LOG_TABLE} event WHERE id = %s AND content_sha256 IS NULL"
    done = 0
    with connection.cursor() as cursor:
        for number in redaction.events:
            cursor.execute(select, [number])
            row = cursor.fetchone()
            if row is None:
                continue
            sha256 = content_sha256(row)
            RedactedEvent.objects.create(redaction=redaction, event_id=number, content_sha256=sha256)
            blank = "salt = NULL, reason = '', old_changed = NULL, new_full = NULL, content_sha256 = %s"
            cursor.execute(f"UPDATE {LOG_TABLE} SET {blank} WHERE id = %s", [sha256, number])
            done += 1
    return done
