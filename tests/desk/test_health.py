"""What the machine that watches this one is told."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def test_live_asks_nothing_of_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/health/live")
    assert (response.status_code, response.json()) == (200, {"live": True})


@pytest.mark.servers
def test_ready_while_every_trigger_is_as_the_models_ask(client):
    response = client.get("/health/ready")
    assert (response.status_code, response.json()) == (200, {"ready": True, "problems": []})


@pytest.mark.servers
def test_not_ready_once_a_trigger_is_gone(client):
    name, table = _name(), "" if connection.vendor == "sqlite" else ' ON "papers_paper"'
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "{name}"{table}')
    response = client.get("/health/ready")
    assert (response.status_code, response.json()["ready"]) == (503, False)
    assert response.json()["problems"] == [f"papers_paper: the trigger {name} is missing."]
    assert response.headers["Retry-After"] == "30"


def _name() -> str:
    """A trigger of the papers' table, whatever this database calls it."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'papers_paper'")
        else:
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = 'papers_paper'::regclass AND NOT tgisinternal"
            )
        return sorted(name for (name,) in cursor.fetchall())[0]
