"""Steps of an import through the real pages, shared by the tests of imports."""

import datetime as dt
from collections.abc import Mapping

from django.core.files.uploadedfile import SimpleUploadedFile

from core.jobs.models import Job
from core.jobs.performing import perform
from measures import storing
from measures.models import CurrentValue, ImportBatch, Period, Series
from measures.models.period import month_index
from measures.validation import Figure
from tests.factories.measures import BatchFactory

FILE = "Month,Measure,Value\n2019-08,Burglary,310\n2019-09,Burglary,320\n"


def settled(batch: ImportBatch) -> ImportBatch:
    """The import once its waiting jobs are done, as a worker would do them."""
    while waiting := Job.objects.filter(kind__endswith="_import", state="waiting").first():
        assert perform(waiting.pk, threaded=False)
    batch.refresh_from_db()
    return batch


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


def month(text: str) -> int:
    """ "2019-09" as the record counts months."""
    return month_index(dt.date.fromisoformat(f"{text}-01"))


def hold(series: Series, figures: Mapping[str, float]) -> ImportBatch:
    """Have the record hold these figures of a series by month, through the storing every import uses."""
    periods = Period.objects.months({month(text) for text in figures})
    batch = BatchFactory()
    cells = [(series.pk, periods[month(text)].pk) for text in figures]
    given = [Figure(float(value)) for value in figures.values()]
    storing.store(batch, storing.Given(cells, given, [None] * len(cells)))
    return batch
