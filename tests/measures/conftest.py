"""Who imports, and what a first file is about."""

import pytest

from core.accounts.permissions import Role
from tests.factories.accounts import UserFactory
from tests.factories.measures import SeriesFactory


@pytest.fixture(autouse=True)
def files_of_the_test(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def analyst(client, db):
    user = UserFactory(roles=[Role.ANALYST])
    client.force_login(user)
    return user


@pytest.fixture
def burglary(db):
    return SeriesFactory(measure__slug="burglary")
