"""The digest that is made while figures are stored is that of the rows as the database gives them back."""

import pytest

from core.audit.batch import digest_stored
from measures.models import ImportBatch, Observation
from tests.measures.importing import accepted

pytestmark = pytest.mark.servers

FIRST = "Month,Measure,Value\n2019-08,Burglary,310\n2019-09,Burglary,320\n"
SECOND = "Month,Measure,Value\n2019-08,Burglary,311\n2019-09,Burglary,320\n2019-10,Burglary,7\n"


def test_new_and_superseding_rows_are_digested_as_they_are_stored(analyst, client, burglary):
    for content, rows in ((FIRST, 2), (SECOND, 2)):
        batch = accepted(client, content)
        assert (batch.state, batch.rows_count) == ("accepted", rows)
        assert (batch.rows_count, batch.rows_digest) == digest_stored(Observation, {"batch": batch.pk})
    assert Observation.objects.filter(supersedes__isnull=False).count() == 1
    assert ImportBatch.objects.count() == 2
