"""Old changes go into a signed archive and out of the database, and both still verify; the record is held against the log."""

import datetime as dt
import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from core.audit.actions import approve_redaction
from core.audit.archiving import ArchiveProblem, last_before, prune
from core.audit.exporting import export
from core.audit.models import AuditEvent, AuditSeal, PrunePoint
from core.audit.replay import replay
from core.audit.signing import make_key
from core.audit.verify import head
from tests.core.audit.tampering import unguarded, write
from tests.core.audit.test_redaction import asked, is_refused
from tests.core.audit.test_verify import verified as audit_verify
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.servers


@pytest.fixture
def key(settings, tmp_path: Path) -> str:
    settings.CHECKPOINT_KEY = str(tmp_path / "key.pem")
    settings.CHECKPOINTS_DIR = tmp_path / "outside"
    return make_key(tmp_path / "key.pem")


def verified(*folders: Path, key: str = "") -> tuple[int, dict]:
    command = [
        sys.executable,
        "-I",
        str(folders[-1] / "verify.py"),
        *map(str, folders),
        *(["--key", key] if key else []),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, json.loads(done.stdout.splitlines()[1])


def test_archive_and_what_is_left_verify_alone_and_together(real_db, key, tmp_path):
    start = write()
    old = AuditEvent.objects.filter(table="auth_group").order_by("pk")[3]
    until = start + 6
    export(tmp_path / "archive", until=until)
    redaction = asked(AuditEvent.objects.filter(table="auth_group").order_by("pk")[8].pk)
    approve_redaction(redaction=redaction, by=UserFactory())
    call_command("audit_prune", str(tmp_path / "archive"), place="the vault", reason="Schedule 3", stdout=StringIO())
    assert not AuditEvent.objects.filter(pk=old.pk).exists()
    assert list(AuditSeal.objects.filter(seq__lte=until).values_list("seq", flat=True)) == [0, until]
    line, summary, failed = audit_verify(records=True)
    assert (failed, summary["from_seq"], summary["pruned_to"], summary["redacted"]) == (False, until, until, 1)
    assert f"what was up to seal {until} is in archives" in line
    call_command("audit_export", str(tmp_path / "rest"), stdout=StringIO())
    assert verified(tmp_path / "archive", key=key)[1]["seq"] == until
    assert verified(tmp_path / "rest", key=key)[1]["from_seq"] == until
    code, summary = verified(tmp_path / "archive", tmp_path / "rest", key=key)
    assert (code, summary["from_seq"], summary["seq"]) == (0, 0, head()[0])
    assert verified(tmp_path / "rest", tmp_path / "archive", key=key)[0] == 1  # the wrong way round
    assert verified(tmp_path / "archive", key=make_key(tmp_path / "other.pem"))[0] == 1
    with pytest.raises(ArchiveProblem, match="does not join the log"):
        prune(tmp_path / "archive", place="x", reason="x")
    Group.objects.create(name="life goes on")
    assert audit_verify()[2] is False


def test_nothing_is_pruned_that_is_not_in_a_whole_signed_archive(real_db, key, tmp_path, settings):
    start = write()
    export(tmp_path / "archive", until=start + 6)
    events = tmp_path / "archive" / "events.jsonl"
    kept = events.read_bytes()
    events.write_bytes(kept.replace(b"change 2", b"change X"))
    with pytest.raises(CommandError, match="is not whole"):
        call_command("audit_prune", str(tmp_path / "archive"), place="x", reason="x")
    manifest = tmp_path / "archive" / "manifest.json"
    events.write_bytes(kept)
    manifest.write_text(manifest.read_text().replace('"signature"', '"no_signature"'))
    with pytest.raises(CommandError, match="is not signed"):
        call_command("audit_prune", str(tmp_path / "archive"), place="x", reason="x")
    assert (PrunePoint.objects.count(), is_refused("DELETE FROM audit_auditevent")) == (0, True)
    settings.CHECKPOINT_KEY = ""
    with pytest.raises(CommandError, match="no key to sign"):
        call_command("audit_archive", str(tmp_path / "more"), before=dt.date(2090, 1, 1))


def test_prune_point_made_without_the_key_is_found(real_db, key):
    """A point put in by hand opens the guard; its signature, and the chain, say that nobody might."""
    until = write() + 6
    held = head(at=until)[1]
    PrunePoint.objects.create(
        seq=until, head=held, events=until, archive_sha256="0" * 64, place="x", at="x", key="x", signature="ab" * 64,
        reason="x",
    )  # fmt: skip
    with connection.cursor() as cursor:
        covered = "(SELECT event_id FROM audit_auditseal WHERE seq <= %s)"
        cursor.execute(f"DELETE FROM audit_auditevent WHERE id IN {covered}", [until])
        cursor.execute("DELETE FROM audit_auditseal WHERE seq > 0 AND seq < %s", [until])
    _, summary, failed = audit_verify()
    assert (failed, summary["sentences"]) == (
        True,
        [f"The prune point of seq {until} is not signed with the key: nobody may prune without it."],
    )


def test_last_seal_before_a_day(real_db):
    write()
    assert last_before(dt.date(2090, 1, 1)) == head()[0]
    assert last_before(dt.date(2000, 1, 1)) == 0


def test_every_row_that_is_not_as_the_log_says_is_named(real_db):
    write()
    user = UserFactory(name="Wren")
    assert replay().sentences == []
    one, two = Group.objects.filter(name__startswith="change").order_by("pk")[:2]
    last = {one.pk: AuditEvent.objects.for_object("auth_group", one.pk).last().pk}
    unguarded(
        f"UPDATE auth_group SET name = 'another' WHERE id = {one.pk}",
        f"DELETE FROM auth_group WHERE id = {two.pk}",
        "INSERT INTO auth_group (id, name) VALUES (9999, 'put in')",
    )
    _, summary, failed = audit_verify(records=True)
    gone = AuditEvent.objects.for_object("auth_group", two.pk).last().pk
    assert (failed, summary["sentences"]) == (
        True,
        [
            f"auth_group {one.pk} is not as event {last[one.pk]} left it: name.",
            f"auth_group {two.pk} is not in the table, and no event removed it: the last is {gone}.",
            "auth_group 9999 is in the table, and the log knows of no such row.",
        ],
    )
    assert summary["rows_compared"] > 10
    assert user.name == "Wren"
