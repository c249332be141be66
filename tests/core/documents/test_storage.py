"""Files by their hash: written whole, told apart by content."""

import hashlib
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.documents import storage
from core.documents.actions import store_file, tidy_name
from core.documents.models import StoredFile
from tests.factories.accounts import UserFactory

HASH = hashlib.sha256(b"one").hexdigest()


@pytest.fixture(autouse=True)
def files_dir(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


def zipped(**entries: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/"), content)
    return held.getvalue()


def kept(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    "data", [b"one", io.BytesIO(b"one"), SimpleUploadedFile("x", b"one")], ids=["bytes", "file", "upload"]
)
def test_write_puts_content_under_its_hash(files_dir, data):
    assert storage.write(data) == (HASH, 3)
    assert kept(files_dir) == [f"{HASH[:2]}/{HASH[2:]}"]
    assert storage.read(HASH) == b"one"


def test_write_again_changes_nothing_and_mends_what_was_damaged(files_dir):
    storage.write(b"one")
    place = storage.path_of(HASH)
    before = place.stat().st_ino
    storage.write(b"one")
    assert place.stat().st_ino == before
    place.chmod(0o600)
    place.write_bytes(b"two")
    with pytest.raises(storage.DamagedFile):
        storage.read(HASH)
    storage.write(b"one")
    assert storage.read(HASH) == b"one"
    assert kept(files_dir) == [f"{HASH[:2]}/{HASH[2:]}"]


def test_write_that_fails_leaves_nothing_behind(files_dir):
    class Broken(io.BytesIO):
        def read(self, size=-1):
            raise OSError("disk gone")

    with pytest.raises(OSError, match="disk gone"):
        storage.write(Broken())
    assert kept(files_dir) == []


def test_read_of_a_missing_file_says_so():
    with pytest.raises(storage.DamagedFile, match="missing or damaged"):
        storage.read(HASH)


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"%PDF-1.7 x", "a.html", "application/pdf"),
        (b"\x89PNG\r\n\x1a\nx", "a", "image/png"),
        (b"\xff\xd8\xff\xe0", "a", "image/jpeg"),
        (b"<html><script>alert(1)</script></html>", "a.html", "text/plain"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", "text/plain"),
        (b"a,b\n1,2\n", "a.CSV", "text/csv"),
        (b"a,\xa3\n", "a.csv", "text/csv"),
        ("é".encode() * 3000, "a.txt", "text/plain"),
        (b"BEGIN:VCALENDAR\r\n", "a", "text/calendar"),
        (b"\x00\x01\x02", "a.csv", "application/octet-stream"),
        (b"PK\x03\x04broken", "a.xlsx", "application/octet-stream"),
        (zipped(**{"xl__workbook.xml": b""}), "a.zip",
         "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (zipped(**{"word__document.xml": b""}), "a.xlsx",
         "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "a",
         "application/vnd.oasis.opendocument.spreadsheet"),
        (zipped(mimetype=b"text/html"), "a", "application/zip"),
        (b"", "a", "text/plain"),
    ],
)  # fmt: skip
def test_content_type_comes_from_the_content(content, name, said):
    assert storage.content_type(storage.write(content).sha256, name) == said


@pytest.mark.parametrize(
    ("given", "tidy"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\Q2 figures.xlsx", "Q2 figures.xlsx"),
        ('a\r\nSet-Cookie: "x".csv', "aSet-Cookie x.csv"),
        ("", "file"),
        ("...", "file"),
        ("x" * 300 + ".xlsx", "x" * 195 + ".xlsx"),
    ],
)
def test_tidy_name(given, tidy):
    assert tidy_name(given) == tidy


def test_store_file_keeps_one_row_for_one_content(db):
    user = UserFactory()
    first = store_file(data=b"a,b\n", name="q2.csv", by=user)
    again = store_file(data=io.BytesIO(b"a,b\n"), name="other.csv", by=None)
    assert again == first
    assert [(f.name, f.size, f.content_type, f.by) for f in StoredFile.objects.all()] == [
        ("q2.csv", 4, "text/csv", user)
    ]
    assert first.read() == b"a,b\n"
