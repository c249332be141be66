"""Uploads are shown to the virus scanner before they are kept: clean, infected, too large, and with the scanner away."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.accounts.permissions import Role
from core.documents.models import FileScan, StoredFile
from measures.models import ImportBatch
from tests.core.documents.clamd import running
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.boards import AgendaItemFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2019, 12, 2)


@pytest.fixture
def send(client):
    """Lays a paper to an item; what the page then says."""
    OfficeFactory(is_demo=True, today_override=TODAY)
    client.force_login(UserFactory(name="The secretary", roles=[Role.SECRETARY, Role.ANALYST]))
    address = reverse("item-papers", args=[AgendaItemFactory().pk])
    on = {"received_on_day": 2, "received_on_month": 12, "received_on_year": 2019}

    def post(content: bytes) -> str:
        file = SimpleUploadedFile("report.pdf", b"%PDF-1.7 " + content)
        return client.post(address, {"file": file, **on}, follow=True).content.decode()

    return post


@pytest.mark.parametrize("is_local", [False, True])
def test_a_clean_file_is_kept_and_an_infected_one_refused_and_both_are_recorded(send, settings, tmp_path, is_local):
    with running(tmp_path / "s" if is_local else None) as daemon:
        settings.CLAMAV = daemon.address
        large = b"x" * 200_000  # more than one piece
        assert "is laid to item 1" in send(large)
        assert daemon.seen == [b"%PDF-1.7 " + large]
        page = send(b"EICAR")
        assert "The virus scanner found Win.Test.EICAR_HDB-1 in “report.pdf”. The file was not kept" in page
    scans = FileScan.objects.values_list("name", "found", "by__name")
    told = ("report.pdf", "The secretary")
    assert list(scans) == [(told[0], "", told[1]), (told[0], "Win.Test.EICAR_HDB-1", told[1])]
    assert list(StoredFile.objects.values_list("sha256", flat=True)) == [FileScan.objects.first().sha256]


@pytest.mark.parametrize("trouble", ["away", "large", "words"])
def test_a_file_nobody_could_look_at_is_refused(send, settings, trouble):
    with running() as daemon:
        settings.CLAMAV = daemon.address
        daemon.limit = 10 if trouble == "large" else daemon.limit
        daemon.says = b"stream: Engine trouble. ERROR" if trouble == "words" else b""
        if trouble != "away":
            page = send(b"words enough to be too many")
    if trouble == "away":
        page = send(b"words")
    assert ("larger than the virus scanner looks at" if trouble == "large" else "the scanner does not answer") in page
    assert (StoredFile.objects.count(), FileScan.objects.count()) == (0, 0)


def test_an_import_is_scanned_and_its_form_keeps_what_was_typed(client, settings, send):
    sent = {"as_at_day": 2, "as_at_month": 12, "as_at_year": 2019, "source": "office"}
    with running() as daemon:
        settings.CLAMAV = daemon.address
        file = SimpleUploadedFile("figures.csv", b"EICAR")
        answer = client.post(reverse("import-create"), {"file": file, **sent})
    assert (answer.status_code, ImportBatch.objects.count(), FileScan.objects.count()) == (422, 0, 1)
    assert "The virus scanner found" in answer.content.decode()


def test_without_the_setting_nothing_is_scanned(send):
    assert "is laid to item 1" in send(b"EICAR")
    assert FileScan.objects.count() == 0
