"""Installations with each broker, and who works in them."""

import pytest

from core.accounts.permissions import Role
from core.jobs.queue import broker
from tests.core.jobs.conftest import REDIS
from tests.core.jobs.conftest import own_redis as own_redis
from tests.core.jobs.conftest import redis_server as redis_server
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.faults.installation import Installation


@pytest.fixture
def place(real_db, tmp_path, settings):
    """Where the installation keeps its files. This process asks for work and leaves the telling to the sweep."""
    settings.FILES_DIR = tmp_path / "files"
    OfficeFactory()
    broker.quiet_until = float("inf")
    yield tmp_path
    broker.quiet_until = 0.0


@pytest.fixture
def on_files(place):
    return Installation(place)


@pytest.fixture
def on_redis(place, redis_server):
    installation = Installation(place, REDIS)
    yield installation
    redis_server.delete(installation.queue)


@pytest.fixture
def installation(request, settings):
    """With the broker this run is on, as an office would have it: the embedded one, or Redis."""
    return request.getfixturevalue("on_redis" if settings.REDIS_URL else "on_files")


@pytest.fixture
def analyst(place, client):
    user = UserFactory(roles=[Role.ANALYST])
    client.force_login(user)
    return user
