"""The database cannot be read: people are told so and when to try again, and it serves again without a restart."""

import shutil
from pathlib import Path

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from core.accounts.permissions import Role
from tests.factories.accounts import UserFactory

HEADING = "<h1>Reckoner is not answering just now</h1>"


@pytest.fixture
def away(place):
    """Takes the database away, one way or another, and gives it back."""
    if connection.vendor != "sqlite":
        pytest.skip("NOT RUN: there the server would have to be stopped")
    held = Path(connection.settings_dict["NAME"])
    kept = held.with_name("kept.sqlite3")

    def take(how: str) -> None:
        connections.close_all()
        shutil.copy(held, kept)
        held.unlink()
        for beside in ("-wal", "-shm"):
            held.with_name(held.name + beside).unlink(missing_ok=True)
        if how == "a folder in its place":
            held.mkdir()
        else:
            held.write_bytes(b"not a database at all, but some other file of a fair length" * 100)

    def give_back() -> None:
        connections.close_all()
        shutil.rmtree(held) if held.is_dir() else held.unlink(missing_ok=True)
        shutil.copy(kept, held)

    yield take, give_back
    if kept.exists():
        give_back()


@pytest.mark.parametrize("how", ["a folder in its place", "another file in its place"])
def test_pages_say_so_and_come_back_by_themselves(away, how):
    take, give_back = away
    client = Client(raise_request_exception=False)
    watcher = Client(raise_request_exception=False)  # the machine that watches this one, not signed in
    client.force_login(UserFactory(roles=[Role.STAFF]))
    address = reverse("scorecard")
    assert client.get(address).status_code == 200
    take(how)
    answer, ready, live = client.get(address), watcher.get("/health/ready"), watcher.get("/health/live")
    html = answer.content.decode()
    assert (answer.status_code, answer.headers["Retry-After"], HEADING in html) == (503, "60", True)
    assert ("Traceback" in html, "sqlite" in html.lower()) == (False, False)
    assert (ready.status_code, ready.headers["Retry-After"], live.status_code) == (503, "30", 200)
    give_back()
    assert (client.get(address).status_code, watcher.get("/health/ready").status_code) == (200, 200)
