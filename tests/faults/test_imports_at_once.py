"""Two imports of the same months, accepted at the same moment: one correct result, and the second is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from core.accounts.permissions import Role
from core.audit import audit_context
from measures import actions
from measures.models import CurrentValue, ImportBatch, Observation
from tests.factories.accounts import UserFactory
from tests.factories.measures import SeriesFactory
from tests.measures.importing import checked

pytestmark = pytest.mark.servers
MONTHS = [f"{year}-{month:02}" for year in range(2015, 2020) for month in range(1, 10)]


def file_of(value: int) -> str:
    return "Month,Measure,Value\n" + "".join(f"{month},Burglary,{value}\n" for month in MONTHS)


def test_two_imports_accepted_at_once_leave_one_chain_and_the_second_is_shown_the_first(place):
    series = SeriesFactory(measure__slug="burglary", measure__short_name="Burglary", measure__name="Burglary")
    by = UserFactory(roles=[Role.ANALYST])
    client = Client()
    client.force_login(by)
    batches = [checked(client, file_of(value)) for value in (310, 320)]
    assert [batch.state for batch in batches] == ["ready", "ready"]
    for batch in batches:
        actions.request_acceptance(batch=batch, by=by)
    start = Barrier(2)

    def accept(pk: int) -> None:
        try:
            start.wait()
            with audit_context(actor_name="fixture"):
                actions.accept_file(batch=ImportBatch.objects.get(pk=pk), by=by)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(accept, [batch.pk for batch in batches]))

    for batch in batches:
        batch.refresh_from_db()
    first, second = sorted(batches, key=lambda batch: batch.state)
    assert (first.state, second.state) == ("accepted", "ready")
    assert second.report.preview["moved"]
    stored = Observation.objects.filter(series=series)
    assert (stored.count(), stored.filter(batch=first).count()) == (len(MONTHS), len(MONTHS))

    actions.request_acceptance(batch=second, by=by)
    actions.accept_file(batch=second, by=by)
    second.refresh_from_db()
    assert second.state == "accepted"
    assert stored.filter(supersedes__batch=first, batch=second).count() == len(MONTHS)
    last = {310: 310.0, 320: 320.0}[320 if second == batches[1] else 310]
    assert set(CurrentValue.objects.filter(series=series).values_list("value", flat=True)) == {last}
