"""A database that also has the trial models' tables."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.core.audit import trial
from tests.databases import fresh_copy


@pytest.fixture(scope="module")
def trial_database(django_db_setup, django_db_blocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with django_db_blocker.unblock(), fresh_copy(tmp_path_factory.mktemp("trial")):
        trial.make_tables()
        yield


@pytest.fixture
def trial_tables(trial_database) -> Iterator[None]:
    """The trial models' tables, empty; what the test writes is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
