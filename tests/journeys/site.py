"""A real installation started for a journey: its own database, files and broker, web and worker as `manage.py up`."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.kept_demo import copy_demo, manage
from tests.template import copy_template

ROOT = Path(__file__).resolve().parent.parent.parent
START_LIMIT = 120  # seconds


@dataclass(frozen=True)
class Site:
    url: str
    log: Path


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@contextmanager
def own_database(env: dict[str, str], unblocked: Callable[[], AbstractContextManager]) -> Iterator[None]:
    """The demonstration's database for this journey: in its folder on SQLite; on PostgreSQL dropped after it."""
    server = os.environ.get("DATABASE_URL", "")
    if not server:
        with unblocked():
            copy_demo(Path(env["RECKONER_VAR"]))
        yield
        return
    name = f"journey_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        with unblocked():
            copy_template(name)
        env["DATABASE_URL"] = f"{server.rsplit('/', 1)[0]}/{name}"
        try:
            manage(env, "demo")
            yield
        finally:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def is_ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/health/ready", timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


@contextmanager
def running_site(folder: Path, unblocked: Callable[[], AbstractContextManager]) -> Iterator[Site]:
    """The demonstration office, served. `unblocked()` lets this process make its database."""
    port = free_port()
    env = os.environ | {
        "RECKONER_VAR": str(folder),
        "RECKONER_URL": f"http://localhost:{port}",
        "RECKONER_QUEUE": f"journey-{os.getpid()}",
        "RECKONER_LOG_LEVEL": "WARNING",
    }
    manage(env, "collectstatic", "--noinput", "--verbosity", "0")
    with own_database(env, unblocked):
        log = (folder / "site.log").open("w")
        site = subprocess.Popen(
            [sys.executable, "manage.py", "up", "--port", str(port)], cwd=ROOT, env=env, stdout=log, stderr=log
        )
        try:
            url = f"http://localhost:{port}"
            limit = time.monotonic() + START_LIMIT
            while not is_ready(url):
                assert site.poll() is None and time.monotonic() < limit, (folder / "site.log").read_text()
                time.sleep(0.2)
            yield Site(url, folder / "site.log")
        finally:
            site.send_signal(signal.SIGTERM)
            site.wait(timeout=30)
            log.close()
