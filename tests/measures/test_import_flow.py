"""A file through every stage, from the upload to the record and out of it again, through the real pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.accounts.permissions import Role
from core.audit.batch import batch_problems
from core.audit.models import AuditEvent
from core.jobs.models import Job
from measures.models import CurrentValue, ImportBatch, Observation, SourceMapping
from tests.factories.accounts import UserFactory
from tests.factories.measures import AreaFactory, SeriesFactory, hold, month

pytestmark = pytest.mark.django_db

FILE = "Month,Measure,Value\n2019-08,Burglary,310\n2019-09,Burglary,320\n"


@pytest.fixture
def analyst(client):
    user = UserFactory(roles=[Role.ANALYST])
    client.force_login(user)
    return user


@pytest.fixture
def burglary():
    return SeriesFactory(measure__slug="burglary")


def upload(client, content: str | bytes = FILE, name: str = "figures.csv", **said):
    data = content.encode() if isinstance(content, str) else content
    facts = {"source": "Crime recording system", "as_at_day": "1", "as_at_month": "10", "as_at_year": "2019", **said}
    client.post("/imports/new/", {"file": SimpleUploadedFile(name, data), **facts})
    return ImportBatch.objects.order_by("-pk").first()


def columns(batch: ImportBatch, **said) -> dict:
    chosen = [batch.mapping["columns"].get(one, "") for one in batch.report.summary["headings"]]
    return {"layout": batch.mapping["layout"]} | {f"column_{i}": role for i, role in enumerate(chosen)} | said


def press(client, batch: ImportBatch, stage: str, data: dict | None = None) -> ImportBatch:
    response = client.post(f"/imports/{batch.pk}/{stage}/", data or {})
    assert response.status_code == 302, response.content.decode()
    batch.refresh_from_db()
    return batch


def checked(client, content: str | bytes = FILE, **said) -> ImportBatch:
    batch = upload(client, content, **said)
    return press(client, batch, "columns", columns(batch))


def accepted(client, content: str | bytes = FILE, **said) -> ImportBatch:
    batch = upload(client, content, **said)
    if batch.state == "uploaded":
        press(client, batch, "columns", columns(batch))
    return press(client, batch, "accept", {"again": "1"})


def held(series) -> dict[int, float]:
    return dict(CurrentValue.objects.filter(series=series).values_list("month", "value"))


def test_a_file_is_recognised_checked_previewed_and_accepted(client, analyst, burglary):
    batch = upload(client)
    assert batch.state == "uploaded"
    page = client.get(f"/imports/{batch.pk}/").content.decode()
    assert "What each column holds" in page
    press(client, batch, "columns", columns(batch))
    assert (batch.state, Observation.objects.count()) == ("ready", 0)
    assert batch.report.preview["new"] == 2
    press(client, batch, "accept")
    assert batch.state == "accepted"
    assert held(burglary) == {month("2019-08"): 310, month("2019-09"): 320}
    assert list(batch.observations.values_list("row", "supersedes")) == [(2, None), (3, None)]
    assert batch.accepted_by == analyst
    assert batch_problems(Observation) == []
    assert list(Job.objects.values_list("kind", "arguments")) == [("measures.recompute", [[burglary.pk]])]
    event = AuditEvent.objects.get(table="measures_observation", op="B")
    assert (event.actor_id, event.action, event.new_full["count"]) == (analyst.pk, "measures.store_import", 2)
    assert batch.rows_digest == event.new_full["sha256"]
