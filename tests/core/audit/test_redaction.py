"""What may no longer be kept is taken out of the log by two people, and the log still verifies."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from core.audit.actions import RedactionRefused, approve_redaction, ask_redaction, refuse_redaction
from core.audit.chain import BODY, content_sha256
from core.audit.events import as_text
from core.audit.models import AuditEvent, RedactedEvent, Redaction
from core.audit.tables import LOG_TABLE, TOMBSTONES
from core.audit.verify import verify
from tests.core.audit.tampering import write
from tests.core.audit.test_export import verified
from tests.core.audit.test_verify import verified as audit_verify
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.servers


def asked(*events: int, by=None) -> Redaction:
    return ask_redaction(events=events, basis="UK GDPR article 17", reason="A name", by=by or UserFactory())


def is_refused(sql: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError:
        return True
    return False


def test_two_people_redact_and_everything_still_verifies(real_db, tmp_path):
    write()
    Group.objects.filter(name="change 3").update(name="Somebody's name")
    events = list(AuditEvent.objects.filter(table="auth_group", new_full__name="Somebody's name"))
    wren = UserFactory()
    redaction = asked(*[one.pk for one in events], by=wren)
    with pytest.raises(RedactionRefused, match="cannot decide"):
        approve_redaction(redaction=redaction, by=wren)
    assert not verify().redacted
    approve_redaction(redaction=redaction, by=UserFactory())
    held = AuditEvent.objects.get(pk=events[0].pk)
    assert (held.new_full, held.old_changed, held.salt, held.reason) == (None, None, None, "")
    assert held.actor_name == "fixture"
    line, summary, failed = audit_verify()
    assert (failed, summary["redacted"], line.endswith("1 changes were redacted.")) == (False, 1, True)
    call_command("audit_export", str(tmp_path / "export"), stdout=StringIO())
    code, line, summary = verified(tmp_path / "export")
    assert (code, summary["redacted"]) == (0, 1)
    assert "Somebody" not in (tmp_path / "export" / "events.jsonl").read_text()
    with pytest.raises(RedactionRefused, match="decided this already"):
        approve_redaction(redaction=redaction, by=UserFactory())


def test_what_is_never_redacted_is_refused_in_words(real_db):
    write()
    redaction = asked(AuditEvent.objects.last().pk)
    own = AuditEvent.objects.get(table="audit_redaction").pk
    with pytest.raises(RedactionRefused, match="tells of the log itself"):
        asked(own)
    with pytest.raises(RedactionRefused, match="not in the log"):
        asked(9_999_999)
    with pytest.raises(RedactionRefused, match="at least one"):
        asked()
    refuse_redaction(redaction=redaction, reason="No", by=UserFactory())
    assert verify().redacted == 0


def test_log_opens_to_no_other_change(real_db):
    """The guard judges the change itself, whoever makes it."""
    write()
    event = AuditEvent.objects.filter(table="auth_group").last()
    blank = "salt = NULL, reason = '', old_changed = NULL, new_full = NULL"
    redaction = asked(event.pk)
    approve_redaction(redaction=redaction, by=UserFactory())
    content = RedactedEvent.objects.get().content_sha256
    other = event.pk - 1
    tries = [
        f"UPDATE {LOG_TABLE} SET {blank}, content_sha256 = '{content}' WHERE id = {other}",
        f"UPDATE {LOG_TABLE} SET content_sha256 = NULL WHERE id = {event.pk}",
        f"UPDATE {LOG_TABLE} SET actor_name = 'x' WHERE id = {event.pk}",
        f"UPDATE {TOMBSTONES} SET content_sha256 = 'x'",
        f"DELETE FROM {TOMBSTONES}",
        f"DELETE FROM {LOG_TABLE} WHERE id = {event.pk}",
        "DELETE FROM audit_auditseal WHERE seq = 1",
    ]
    assert [one for one in tries if not is_refused(one)] == []
    assert verify().faults == []


def test_tombstone_put_in_by_hand_is_found(real_db):
    """With the right hash, so that the guard lets the blank through, and without the second person."""
    write()
    event = AuditEvent.objects.filter(table="auth_group").last()
    redaction = asked(event.pk)
    with connection.cursor() as cursor:
        columns = ", ".join(as_text(connection.vendor, name) for name in BODY)
        cursor.execute(f"SELECT {columns} FROM {LOG_TABLE} event WHERE id = %s", [event.pk])
        content = content_sha256(cursor.fetchone())
    RedactedEvent.objects.create(redaction=redaction, event_id=event.pk, content_sha256=content)
    with connection.cursor() as cursor:
        blank = "salt = NULL, reason = '', old_changed = NULL, new_full = NULL"
        cursor.execute(f"UPDATE {LOG_TABLE} SET {blank}, content_sha256 = %s WHERE id = %s", [content, event.pk])
    assert [(one.event, one.sentence.endswith("without a redaction.")) for one in verify().faults] == [(event.pk, True)]
