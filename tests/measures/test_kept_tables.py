"""What a large file was read as, kept until it is stored: found again whole, or not at all."""

import os
import time

import pytest

from measures import inspecting, kept_tables
from measures.models import ImportBatch
from tests.measures.importing import upload

LINES = "Measure,Month,Value\n" + "".join(
    f"Crime {place % 7},2019-{place % 9 + 1:02},{place}\n" for place in range(300)
)


@pytest.fixture(autouse=True)
def place(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(kept_tables, "LEAST_BYTES", 100)


@pytest.fixture
def batch(analyst, client) -> ImportBatch:
    return upload(client, LINES.encode(), "crime.csv")


def kept(folder):
    return sorted((folder / "read").glob("*"))


def test_a_file_is_read_once_and_found_again_as_it_was(batch, tmp_path):
    (one,) = kept(tmp_path)
    again = inspecting.read_file(batch, batch.options)
    fresh = inspecting.formats.read(batch.file.read(), name=batch.file_name)
    assert again.table.head(400) == fresh.table.head(400)
    assert again.table.row_numbers.tolist() == fresh.table.row_numbers.tolist()
    assert (again.format, again.details, again.sheets, again.report) == (
        fresh.format, dict(fresh.details), fresh.sheets, fresh.report,
    )  # fmt: skip
    assert kept(tmp_path) == [one]


@pytest.mark.parametrize("touched", [0, 40, -1])
def test_what_somebody_has_touched_is_read_anew(batch, tmp_path, touched):
    (one,) = kept(tmp_path)
    held = bytearray(one.read_bytes())
    held[touched] ^= 1
    one.write_bytes(held)
    assert kept_tables.find(batch, batch.options) is None
    assert kept(tmp_path) == []
    assert len(inspecting.read_file(batch, batch.options).table) == 301


def test_another_choice_of_reading_is_another_table(batch):
    assert kept_tables.find(batch, {"encoding": "cp1252"}) is None


def test_a_file_with_a_problem_is_not_kept(analyst, client, tmp_path):
    upload(client, (LINES + '"open').encode(), "broken.csv")
    assert kept(tmp_path) == []


def test_what_nobody_has_used_for_a_week_is_swept(batch, tmp_path):
    (one,) = kept(tmp_path)
    assert kept_tables.sweep() == 0
    week_ago = time.time() - kept_tables.KEPT_FOR - 60
    os.utime(one, (week_ago, week_ago))
    assert (kept_tables.sweep(), kept(tmp_path)) == (1, [])
