"""A database that also has the trial models' tables."""

import pytest

from tests.core.audit import trial


@pytest.fixture
def trial_tables(real_db) -> None:
    trial.make_tables()
