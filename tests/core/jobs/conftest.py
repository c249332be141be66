"""Offices with a database and a broker of their own."""

import importlib
import os
import random
import shutil
import socket
import subprocess
import time
import uuid
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

import pytest
import redis
from celery import current_app
from django.conf import settings

from core import jobs
from core.jobs import registry
from core.jobs.queue import broker
from core.jobs.registry import register
from core.jobs.spreading import spread
from tests.core.jobs.office import PATIENCE, Office, database_template

REDIS = os.environ.get("RECKONER_TEST_REDIS", "redis://127.0.0.1:6379/9")  # a numbered database that tests may empty


@pytest.fixture(scope="session")
def new_database(tmp_path_factory):
    with database_template(tmp_path_factory.mktemp("template")) as copy:
        yield copy


@pytest.fixture
def office(tmp_path, new_database):
    """An office whose broker is a folder."""
    return Office(tmp_path, new_database(tmp_path))


@pytest.fixture
def redis_server():
    """The server, or a printed reason why its tests were not run."""
    server = redis.Redis.from_url(REDIS, socket_connect_timeout=1)
    try:
        server.ping()
    except redis.exceptions.ConnectionError:
        server.close()
        if os.environ.get("CI") == "true":
            pytest.fail(f"There is no Redis at {REDIS}.")
        pytest.skip(f"NOT RUN: there is no Redis at {REDIS}")
    yield server
    server.close()


@pytest.fixture
def redis_office(tmp_path, new_database, redis_server):
    office = Office(tmp_path, new_database(tmp_path), redis_url=REDIS)
    yield office
    redis_server.delete(office.queue)


@pytest.fixture
def any_office(request):
    """With the broker this run is on: a worker costs seconds to start, and the suite runs on each of them."""
    return request.getfixturevalue("redis_office" if settings.REDIS_URL else "office")


@pytest.fixture(params=["office", "redis_office"], ids=["files", "redis"])
def each_office(request):
    """The same test with each broker, whichever the database."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def chores():
    """The trial app's work, registered in this process too."""
    before = dict(registry.WORK)
    importlib.reload(importlib.import_module("tests.core.jobs.chores.tasks"))
    yield
    registry.WORK.clear()
    registry.WORK.update(before)


@pytest.fixture
def no_broker():
    """The broker counts as out of reach for as long as the test lasts."""
    broker.quiet_until = float("inf")
    yield
    broker.quiet_until = 0.0


@pytest.fixture
def own_queue(request):
    """The broker's messages go where no worker looks: a queue of this test's own on Redis, nowhere without Redis."""
    if not settings.REDIS_URL:
        request.getfixturevalue("no_broker")
        yield None
        return
    name, before = f"trial-{uuid.uuid4().hex[:12]}", current_app.conf.task_default_queue
    with closing(redis.Redis.from_url(settings.REDIS_URL)) as server:
        current_app.conf.task_default_queue = name
        vars(current_app._get_current_object()).pop("amqp", None)  # made anew, with the queue it has now
        yield partial(server.llen, name)
        server.delete(name, f"_kombu.binding.{name}", f"_kombu.binding_permanent.{name}")
    current_app.conf.task_default_queue = before
    vars(current_app._get_current_object()).pop("amqp", None)


@pytest.fixture
def done() -> list[int]:
    """The pieces that were done, in order. Work "trial.whole" spreads "trial.piece" over the numbers it is given."""
    seen: list[int] = []

    @register("trial.piece", title="A piece")
    def piece(progress: jobs.Progress, number: int) -> dict[str, int]:
        seen.append(number)
        if number == 13 and seen.count(13) == 1:
            raise jobs.Failed("Thirteen is refused the first time.")
        return {"square": number**2}

    @register("trial.whole", title="The whole")
    def whole(progress: jobs.Progress, numbers: list[int]) -> dict[str, list[int]]:
        found = spread(progress, "trial.piece", [[number] for number in numbers])
        return {"squares": [one["square"] for one in found]}

    return seen


class OwnRedis:
    """A server of the test's own, which keeps nothing, to kill and start again."""

    def __init__(self, folder: Path, port: int) -> None:
        self.url = f"redis://127.0.0.1:{port}/0"
        self.command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
        self.process: subprocess.Popen | None = None

    def start(self) -> bool:
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL)
        with closing(redis.Redis.from_url(self.url)) as caller:
            deadline = time.monotonic() + PATIENCE
            while time.monotonic() < deadline:
                with suppress(redis.exceptions.ConnectionError):
                    return caller.ping()
                time.sleep(0.05)
        raise AssertionError("redis-server never answered")

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()


def free_port() -> int:
    """Below the ports a system gives to callers: one that keeps calling a dead server could otherwise get its port."""
    while True:
        port = random.randrange(20_000, 30_000)
        with closing(socket.socket()) as trial, suppress(OSError):
            trial.bind(("127.0.0.1", port))
            return port


@pytest.fixture
def own_redis(tmp_path):
    if shutil.which("redis-server") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("There is no redis-server to start.")
        pytest.skip("NOT RUN: there is no redis-server to start")
    server = OwnRedis(tmp_path, free_port())
    yield server
    server.kill()
