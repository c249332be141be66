"""The one command: web server and worker, restarted when killed, gone when stopped."""

import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import closing, contextmanager
from http.client import HTTPConnection

import psutil
import pytest

from tests.core.jobs.office import PATIENCE, ROOT

pytestmark = pytest.mark.servers


@pytest.fixture
def port() -> int:
    with closing(socket.socket()) as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


@contextmanager
def up(office, port):
    command = [sys.executable, "manage.py", "up", "--port", str(port), "--workers", "1", "--threads", "2"]
    log = (office.folder / "worker.log").open("w")
    process = subprocess.Popen(command, cwd=ROOT, env=office.environment, stdout=subprocess.PIPE, stderr=log, text=True)
    try:
        yield process
    finally:
        family = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
        for member in [*family, process]:
            member.kill()
        process.wait()
        process.stdout.close()
        log.close()


def answer(port: int) -> int | None:
    with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as caller:
        try:
            caller.request("GET", "/jobs/1/")
            return caller.getresponse().status
        except OSError:
            return None


def child(process, word: str) -> psutil.Process | None:
    children = [one for one in psutil.Process(process.pid).children() if one.status() != psutil.STATUS_ZOMBIE]
    found = [one for one in children if one.name() == word]
    return found[0] if found else None


def line_with(process, words: str) -> str:
    """The next line it says with these words. One that never says them is killed, so that the test ends."""
    patience = threading.Timer(PATIENCE, process.kill)
    patience.start()
    try:
        return next(line for line in process.stdout if words in line).strip()
    finally:
        patience.cancel()


def test_up_serves_works_mends_itself_and_stops(office, port):
    with up(office, port) as process:
        assert line_with(process, "Reckoner is at") == f"Reckoner is at http://localhost:{port}/ - stop it with Ctrl+C."
        assert answer(port) == 302  # to the sign-in page
        for name in ("reckoner-web", "reckoner-worker"):
            os.killpg(child(process, name).pid, signal.SIGKILL)
        assert line_with(process, "web server stopped").endswith("It starts again in 1 s.")
        office.wait(lambda: answer(port) == 302, lambda: "the web server never came back")
        (job,) = office.ask("jobs.enqueue('chores.count', 4)")
        assert office.wait_for(job, state="done")["result"]["total"] == 10
        family = psutil.Process(process.pid).children(recursive=True)
        process.terminate()
        assert process.wait(timeout=PATIENCE) == 0
        assert [one for one in family if one.is_running() and one.status() != psutil.STATUS_ZOMBIE] == []
        assert (office.folder / "beat-schedule.dat").exists() or (office.folder / "beat-schedule").exists()


def refusal(office, *options: str) -> str:
    """The last line said by an `up` that does not start."""
    command = [sys.executable, "manage.py", "up", *options]
    done = subprocess.run(command, cwd=ROOT, env=office.environment, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 1
    return done.stderr.strip().splitlines()[-1]


def test_up_on_a_port_in_use_says_so(office):
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert refusal(office, "--port", str(port)) == (
            f"CommandError: Port {port} cannot be used (Address already in use). "
            "Stop what uses it, or choose another with --port."
        )


def test_up_with_a_database_that_is_not_up_to_date_says_what_to_run(office, port):
    office.environment["DATABASE_URL"] = f"sqlite:///{office.folder / 'empty.sqlite3'}"
    assert refusal(office, "--port", str(port)) == (
        "CommandError: The database is not up to date with this version. "
        "Back it up, then run: python manage.py up --migrate"
    )
