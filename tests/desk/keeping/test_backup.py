"""A backup is the record of one moment, and puts back exactly that, or nothing."""

import json
from io import StringIO
from pathlib import Path
from threading import Event, Thread

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, connections

from core.accounts.models import User
from core.audit import audit_context
from core.audit.models import ReadEvent
from core.audit.signing import make_key
from core.audit.verify import head, verify
from core.documents.actions import store_file
from core.documents.models import StoredFile
from desk.keeping.databases import is_empty
from governance.boards.models import LogFile
from tests.databases import empty_one
from tests.factories.accounts import OfficeFactory, UserFactory

EVIDENCE, LETTER = b"what was kept as evidence", b"a letter"


@pytest.fixture
def record(real_db, settings, tmp_path: Path) -> Path:
    """An office with somebody in it and two files; the folder a backup of it goes to."""
    settings.FILES_DIR = tmp_path / "files"
    OfficeFactory()
    UserFactory(email="owl@office.example", password=make_password("a long word of theirs"))
    for data, name in ((EVIDENCE, "evidence.txt"), (LETTER, "letter.txt")):
        store_file(data=data, name=name, by=None)
    return tmp_path / "backup"


def told(command: str, folder: Path) -> str:
    said = StringIO()
    call_command(command, str(folder), stdout=said)
    return said.getvalue()


def manifest(folder: Path) -> dict:
    return json.loads((folder / "manifest.json").read_text())


def writing(stop: Event, number: list[int]) -> None:
    """People at work: one change after the other."""
    with audit_context(actor_name="somebody"):
        while not stop.is_set():
            Group.objects.create(name=f"Group {number[0]}")
            number[0] += 1
    connections.close_all()


@pytest.mark.servers
def test_a_backup_made_while_people_write_is_put_back_as_it_was(record, settings, tmp_path, client):
    stop, number = Event(), [0]
    person = Thread(target=writing, args=[stop, number])
    person.start()
    try:
        while number[0] < 5:
            pass
        told("backup", record)
    finally:
        stop.set()
        person.join()
    made, ended = manifest(record), head()
    assert (ended[0] > made["seq"] > 5, made["rows"]["auth_group"] < number[0]) == (True, True)
    assert [(one.how, one.rows) for one in ReadEvent.objects.all()] == [("export", sum(made["rows"].values()))]
    settings.FILES_DIR = tmp_path / "elsewhere"
    with empty_one(tmp_path):
        said = told("restore", record)
        assert head() == (made["seq"], made["head"])
        assert (verify().is_whole, Group.objects.count()) == (True, made["rows"]["auth_group"])
        assert sorted(one.read() for one in StoredFile.objects.all()) == sorted([EVIDENCE, LETTER])
        assert client.login(username="owl@office.example", password="a long word of theirs")
        assert f"log to change {made['seq']:,} ({made['head'][:16]}), 2 files" in said
        assert "The log is whole. Start it as before." in said
        with audit_context(actor_name="somebody"):
            Group.objects.create(name="after")  # the triggers came with it
        assert head()[0] > made["seq"]


@pytest.mark.servers
@pytest.mark.parametrize("of", ["the database", "a file"])
def test_a_backup_with_one_byte_changed_is_refused_and_nothing_is_written(record, settings, tmp_path, of):
    told("backup", record)
    path = next((record / "files").rglob("??*/*")) if of == "a file" else next(record.glob("database.*"))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.chmod(0o600)
    path.write_bytes(content)
    settings.FILES_DIR = tmp_path / "elsewhere"
    with empty_one(tmp_path):
        with pytest.raises(CommandError, match=f"{path.name} is not what was backed up.*Nothing was restored"):
            told("restore", record)
        assert (is_empty(), settings.FILES_DIR.exists()) == (True, False)


def test_a_backup_goes_into_an_empty_database_only(record):
    told("backup", record)
    before = head()
    with pytest.raises(CommandError, match="is not empty.*Nothing was restored"):
        told("restore", record)
    assert head() == before


def test_a_backup_never_goes_over_another_and_an_unfinished_one_is_begun_again(record):
    unfinished = record.with_name("backup.unfinished")
    unfinished.mkdir()
    (unfinished / "half").write_text("of one that was killed")
    with pytest.raises(CommandError, match="holds no manifest.json: it is no backup, or one that was never finished"):
        told("restore", unfinished)
    told("backup", record)
    assert sorted(one.name for one in record.iterdir()) == ["database.sqlite3", "files", "manifest.json"] or (
        connection.vendor == "postgresql"
    )
    assert not unfinished.exists()
    with pytest.raises(CommandError, match="is there already. Name a new folder. No backup was made"):
        told("backup", record)


def change(folder: Path, **more: object) -> None:
    (folder / "manifest.json").write_text(json.dumps(manifest(folder) | more))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"vendor": "postgresql"}, "The backup is of PostgreSQL, and this installation is set up with SQLite"),
        (
            {"version": "reckoner-backup-9"},
            "is not a backup this version can read: it calls itself 'reckoner-backup-9'",
        ),
        ({"migrations": ["papers.0999_later"]}, "by a version that has tables this one does not know"),
        ({"surprise": 1}, "manifest.json of .* cannot be read"),
    ],
)
def test_a_backup_that_does_not_fit_is_refused(record, tmp_path, more, said):
    told("backup", record)
    change(record, **more)
    with empty_one(tmp_path), pytest.raises(CommandError, match=f"{said}.*Nothing was restored"):
        told("restore", record)


def test_a_signed_backup_that_was_altered_is_refused_though_its_hashes_agree(record, settings, tmp_path):
    settings.CHECKPOINT_KEY = str(tmp_path / "key.pem")
    settings.CHECKPOINTS_DIR = tmp_path / "outside"
    make_key(tmp_path / "key.pem")
    told("backup", record)
    assert len(list(settings.CHECKPOINTS_DIR.iterdir())) == 1  # a checkpoint of the same evening
    settings.FILES_DIR = tmp_path / "elsewhere"
    files = manifest(record)["files"]
    with empty_one(tmp_path):
        change(record, files=dict(list(files.items())[:1]))
        with pytest.raises(CommandError, match="not signed with this installation's key"):
            told("restore", record)
        change(record, files=files)
        assert "2 files" in told("restore", record)


def test_a_file_that_is_lost_is_told_and_one_cleared_away_is_not(record):
    referred = StoredFile.objects.get(name="evidence.txt")
    LogFile.objects.create(log="decisions", file=referred, asked_by=User.objects.get())
    StoredFile.objects.get(name="letter.txt").path.unlink()  # nothing refers to it
    referred.path.unlink()
    with pytest.raises(CommandError, match=f"1 stored files were missing or damaged.*{referred.sha256[:12]}"):
        told("backup", record)
    held = manifest(record)
    assert (held["lost"], len(held["cleared"]), held["files"]) == ([referred.sha256], 1, {})
