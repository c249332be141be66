"""Whoever owns the database changes the log, and the verifier says where; without that, it says that all is well."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from core.audit.models import AuditEvent, AuditSeal, Verification
from core.audit.proof import look_again, make_checkpoint
from core.audit.signing import is_signed_by, make_key, read
from core.audit.tables import LOG_TABLE
from core.audit.verify import head, verify
from tests.core.audit.tampering import ATTACKS, edit, rewrite, truncate, unguarded, write

pytestmark = pytest.mark.servers


def verified(**options) -> tuple[str, dict, bool]:
    """What the command says: its line, its summary, and whether it failed."""
    said = StringIO()
    failed = False
    try:
        call_command("audit_verify", stdout=said, **options)
    except CommandError:
        failed = True
    line, summary = said.getvalue().splitlines()
    return line, json.loads(summary), failed


@pytest.fixture
def key(settings, tmp_path: Path) -> str:
    """A key to sign with, and a folder to keep checkpoints in."""
    settings.CHECKPOINT_KEY = str(tmp_path / "key.pem")
    settings.CHECKPOINTS_DIR = tmp_path / "outside"
    return make_key(tmp_path / "key.pem")


def test_whole_log_is_whole(real_db):
    start = write()
    line, summary, failed = verified()
    seq, held = head()
    assert (seq, failed) == (start + 10, False)
    events = AuditEvent.objects.count()
    assert line == f"The log is whole: {events} events, {seq} seals, head {seq} {held[:16]}, 0 checkpoints agree."
    assert summary == {
        "whole": True,
        "database": AuditSeal.objects.get(seq=0).hash[:32],
        "from_seq": 0,
        "seq": seq,
        "head": held,
        "events": events,
        "seals": seq,
        "redacted": 0,
        "pruned_to": 0,
        "checkpoints": 0,
        "faults": 0,
        "first_fault": None,
        "sentences": [],
    }


@pytest.mark.parametrize("attack", ATTACKS)
def test_change_behind_the_guards_is_found_at_its_place(real_db, attack):
    at = write() + 4
    ATTACKS[attack](at)
    line, summary, failed = verified(log_only=True)
    assert (failed, summary["first_fault"]["seq"]) == (True, at)
    assert line.startswith("THE LOG IS NOT WHOLE: ")
    assert f"first at seq {at}: " in line


def test_event_put_in_by_hand_is_found_where_it_would_stand(real_db):
    start = write()
    uninstalled = "INSERT INTO {0} ({1}) SELECT {1} FROM {0} WHERE id = (SELECT max(id) FROM {0})"
    columns = ", ".join(f'"{one.column}"' for one in AuditEvent._meta.concrete_fields if not one.primary_key)
    unguarded(uninstalled.format(LOG_TABLE, columns))
    Group.objects.create(name="and life goes on")
    added = AuditEvent.objects.order_by("-pk")[1].pk
    assert [(one.seq, one.event) for one in verify().faults] == [(start + 11, added)]


def test_every_fault_is_told_and_one_does_not_hide_the_next(real_db):
    start = write()
    edit(start + 2)
    edit(start + 7)
    assert [one.seq for one in verify().faults] == [start + 2, start + 7]


def test_trigger_taken_away_is_a_fault(real_db):
    write()
    trigger = "audit_auth_group_update" if connection.vendor == "sqlite" else "audit_log ON auth_group"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {trigger}")
    _, summary, failed = verified()
    assert (failed, summary["faults"], summary["first_fault"]) == (True, 1, None)
    assert summary["sentences"] == [f"auth_group: the trigger {trigger.split()[0]} is missing."]


# --- checkpoints -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("attack", [truncate, rewrite])
def test_chain_that_fits_in_itself_is_found_by_a_checkpoint(real_db, key, attack):
    at = write() + 4
    path, _ = make_checkpoint()
    assert verified()[2] is False
    attack(at)
    assert verify().faults == []  # without the checkpoint nothing shows
    _, summary, failed = verified()
    assert (failed, summary["first_fault"]["seq"]) == (True, at if attack is truncate else read(path).seq)


def test_checkpoint_is_signed_once_for_each_head_and_never_written_over(real_db, key):
    write()
    path, is_new = make_checkpoint()
    again, is_new_again = make_checkpoint()
    assert (path, is_new, is_new_again) == (again, True, False)
    Group.objects.create(name="one more")
    assert make_checkpoint()[1] is True
    assert len(list(path.parent.iterdir())) == 2
    assert is_signed_by(read(path), key)
    assert verified()[1]["checkpoints"] == 2


@pytest.mark.parametrize("part", ["head", "seq", "at", "database"])
def test_changed_checkpoint_is_not_believed(real_db, key, part):
    write()
    path, _ = make_checkpoint()
    held = json.loads(path.read_text())
    held[part] = 3 if part == "seq" else "ab" * 32
    path.write_text(json.dumps(held))
    _, summary, failed = verified()
    assert (failed, summary["sentences"]) == (
        True,
        [f"{path.name}: its signature is not of the key it should be signed with."],
    )


def test_checkpoint_of_another_key_is_not_believed(real_db, key, tmp_path, settings):
    write()
    make_checkpoint()
    settings.CHECKPOINT_PUBLIC_KEY = make_key(tmp_path / "other.pem")
    assert verified()[2] is True


def test_verifying_from_a_checkpoint_looks_at_what_came_after_it(real_db, key):
    at = write()
    path, _ = make_checkpoint()
    Group.objects.create(name="after")
    _, summary, failed = verified(from_checkpoint=path)
    assert (failed, summary["from_seq"], summary["seals"]) == (False, at + 10, 1)


def test_without_a_key_nothing_is_signed_and_it_says_what_to_do(real_db, settings):
    settings.CHECKPOINT_KEY = ""
    with pytest.raises(CommandError, match="--make-key FILE"):
        call_command("audit_checkpoint")


# --- the night ----------------------------------------------------------------------------------------------------


def test_each_night_looks_at_what_came_since_and_remembers(real_db):
    write()
    first = look_again(whole=False)
    Group.objects.create(name="the next day")
    second = look_again(whole=False)
    assert (first.start, first.faults, second.start, second.faults) == (0, 0, first.seq, 0)
    assert second.events == 2  # the first look itself, and what came after
    assert AuditEvent.objects.filter(table="audit_verification").count() == 2


def test_an_end_cut_off_is_found_by_what_the_last_night_remembers(real_db):
    at = write() + 4
    look_again(whole=False)
    at_verification = Verification.objects.get().seq
    truncate(at)
    found = look_again(whole=False)
    assert (found.faults > 0, found.first_seq) == (True, at)
    assert str(at_verification) in found.told
