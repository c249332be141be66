"""Who imports, and what a first file is about."""

import pytest

from core.accounts.permissions import Role
from tests.factories.accounts import UserFactory
from tests.factories.measures import SeriesFactory
from tests.oracle import Oracle


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


@pytest.fixture
def oracle(request):
    """The files of cases made elsewhere; a test that asks for one says NOT RUN where they are absent."""
    return Oracle(request.node.user_properties)
