"""An export of the log is verified by a file that knows nothing of this program."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import CommandError

from core.audit import standalone
from core.audit.models import ReadEvent
from core.audit.proof import make_checkpoint
from core.audit.signing import make_key, public_of
from core.audit.verify import head
from tests.core.audit.tampering import ATTACKS, rewrite, truncate, write

pytestmark = pytest.mark.servers


@pytest.fixture
def key(settings, tmp_path: Path) -> str:
    settings.CHECKPOINT_KEY = str(tmp_path / "key.pem")
    settings.CHECKPOINTS_DIR = tmp_path / "outside"
    return make_key(tmp_path / "key.pem")


@pytest.fixture
def folder(real_db, key, tmp_path: Path) -> Path:
    """Ten changes and a checkpoint of them, exported."""
    write()
    make_checkpoint()
    call_command("audit_export", str(tmp_path / "export"))
    return tmp_path / "export"


def verified(folder: Path, *more: str) -> tuple[int, str, dict]:
    """As an auditor runs it: isolated from every installed package."""
    command = [sys.executable, "-I", str(folder / "verify.py"), str(folder), *more]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
    assert done.stderr == ""
    line, summary = done.stdout.splitlines()
    return done.returncode, line, json.loads(summary)


def change(folder: Path, seq: int, edit, *, consistent: bool = True) -> None:
    """Edit the lines of an export, and with `consistent` the manifest's hash of the file as well."""
    path, manifest = folder / "events.jsonl", folder / "manifest.json"
    lines = [json.loads(one) for one in path.read_text().splitlines()]
    edit(lines, next(number for number, one in enumerate(lines) if one["seq"] == seq))
    path.write_text("".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in lines))
    if consistent:
        held = json.loads(manifest.read_text())
        held["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
        manifest.write_text(json.dumps(held))


def test_export_is_whole_and_names_its_head(folder, key):
    seq, held = head()
    code, line, summary = verified(folder, "--key", key, "--head", f"{seq}:{held[:16]}")
    assert (code, line) == (0, f"The export is whole: {seq} seals, head {seq} {held[:16]}, 1 checkpoints agree.")
    assert (summary["faults"], summary["key"], summary["checkpoints"]) == (0, "given", 1)
    assert ReadEvent.objects.filter(how="export", actor_name="command:audit_export", rows=seq).count() == 1


EDITS = {
    "a word": lambda lines, at: lines[at]["header"].__setitem__(8, "somebody else"),
    "a value": lambda lines, at: lines[at]["body"].__setitem__(3, "{}"),
    "a time": lambda lines, at: lines[at]["header"].__setitem__(4, "2020-01-01T00:00:00.000000Z"),
    "a line less": lambda lines, at: lines.pop(at),
    "two lines the other way round": lambda lines, at: lines.insert(at, lines.pop(at + 1)),
    "a hash": lambda lines, at: lines[at].__setitem__("hash", "ab" * 32),
    "a blank": lambda lines, at: lines[at].update(content="cd" * 32, body=[None, "", None, None]),
}


@pytest.mark.parametrize("what", EDITS)
def test_edited_export_is_found_at_its_place(folder, key, what):
    at = head()[0] - 5
    change(folder, at, EDITS[what])
    code, line, summary = verified(folder, "--key", key)
    assert (code, summary["first_fault"]["seq"]) == (1, at)
    assert f"first at seq {at}: " in line


def test_export_whose_file_is_not_the_manifests_is_found(folder):
    change(folder, head()[0], lambda lines, at: lines[at].update(more=1), consistent=False)
    code, _, summary = verified(folder)
    assert (code, summary["first_fault"]["what"]) == (1, "events.jsonl is not the file the manifest was written for")


def test_another_key_and_another_head_are_found(folder, tmp_path):
    other = make_key(tmp_path / "other.pem")
    assert verified(folder, "--key", other)[0] == 1
    code, _, summary = verified(folder, "--head", "5:0123456789abcdef")
    assert (code, summary["first_fault"]["seq"]) == (1, 5)
    assert verified(folder, "--head", "900000:00")[0] == 1


@pytest.mark.parametrize("attack", [*ATTACKS.values(), truncate, rewrite], ids=lambda one: one.__name__)
def test_what_was_done_to_the_database_shows_in_its_export(real_db, key, tmp_path, attack):
    at = write() + 4
    checkpoint = head()
    attack(at)
    call_command("audit_export", str(tmp_path / "export"))
    code, _, summary = verified(tmp_path / "export", "--head", f"{checkpoint[0]}:{checkpoint[1]}")
    place = checkpoint[0] if attack is rewrite else at
    assert (code, summary["first_fault"]["seq"]) == (1, place)


def test_part_of_the_log_is_exported_and_verified(real_db, key, tmp_path):
    start = write()
    Group.objects.create(name="one more")
    call_command("audit_export", str(tmp_path / "export"), after=start + 6)
    code, _, summary = verified(tmp_path / "export")
    assert (code, summary["from_seq"], summary["seals"]) == (0, start + 6, 5)
    with pytest.raises(CommandError, match="is there already"):
        call_command("audit_export", str(tmp_path / "export"))


def test_folder_that_is_no_export_is_refused(folder):
    (folder / "manifest.json").write_text("{}")
    done = subprocess.run(
        [sys.executable, "-I", str(folder / "verify.py"), str(folder)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, "not an export that can be read" in done.stderr) == (2, True)


def test_signatures_are_judged_as_the_cryptography_package_judges_them():
    for number in range(12):
        key = Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)
        public, message = bytes.fromhex(public_of(key)), b"x" * number
        good = key.sign(message)
        assert standalone.is_signed(public, message, good)
        assert not standalone.is_signed(public, message + b"y", good)
        for place in (0, 31, 32, 63):
            bad = bytearray(good)
            bad[place] ^= 1
            assert not standalone.is_signed(public, message, bytes(bad))
        more = (int.from_bytes(good[32:], "little") + standalone.ORDER).to_bytes(32, "little")
        assert not standalone.is_signed(public, message, good[:32] + more)  # RFC 8032, 5.1.7: S below the order


def test_signature_of_the_rfc_is_good():
    """RFC 8032, 7.1, test 2."""
    public = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    signature = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert standalone.is_signed(public, bytes([0x72]), signature)
