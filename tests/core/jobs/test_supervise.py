"""Processes kept alive and ended together, seen from outside with real processes."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from contextlib import contextmanager

import psutil
import pytest

from tests.core.jobs.office import PATIENCE, ROOT

pytestmark = pytest.mark.skipif(not hasattr(os, "killpg"), reason="NOT RUN: process groups are needed")

# A child that starts a grandchild, writes down both, and sleeps; the grandchild is deaf to polite requests.
CHILD = """
import os, subprocess, sys, time
grandchild = subprocess.Popen([sys.executable, "-c", "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(300)"])
with open(sys.argv[1], "a") as book:
    book.write(f"{os.getpid()} {grandchild.pid}\\n")
time.sleep(300)
"""
SUPERVISOR = """
import os, sys
from functools import partial
from core.jobs import supervise
supervise.FIRST_PAUSE = 0.1
command = [sys.executable, "-c", sys.argv[2]]
children = [
    supervise.Child(name, partial(os.execv, sys.executable, [*command, f"{sys.argv[1]}/{name}"]))
    for name in ("web", "worker")
]
supervise.Supervisor(children, say=lambda words: print(words, flush=True), each_look=lambda: None).run()
"""


@contextmanager
def supervisor(folder):
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "RECKONER_VAR": str(folder),
    }
    command = [sys.executable, "-c", textwrap.dedent(SUPERVISOR), str(folder), CHILD]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        for pid in [pid for name in ("web", "worker") for pids in generations(folder, name) for pid in pids]:
            if psutil.pid_exists(pid):
                os.kill(pid, signal.SIGKILL)
        process.kill()
        process.wait()
        process.stdout.close()


def generations(folder, name) -> list[list[int]]:
    """The process ids of each child of that name so far, with its grandchild's."""
    book = folder / name
    return [[int(pid) for pid in line.split()] for line in book.read_text().splitlines()] if book.exists() else []


def wait_for(look):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.05)
    raise AssertionError("It never came about.")


def alive(pids: list[int]) -> list[int]:
    return [pid for pid in pids if psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE]


def started(folder) -> list[int]:
    """Wait for both children; the four process ids."""
    return wait_for(
        lambda: (
            sum((generations(folder, name)[-1] for name in ("web", "worker")), [])
            if all(generations(folder, name) for name in ("web", "worker"))
            else None
        )
    )


def test_a_dead_child_is_started_again_and_its_orphans_are_cleared_away(tmp_path):
    with supervisor(tmp_path) as process:
        web, orphan, worker, _ = started(tmp_path)
        os.kill(web, signal.SIGKILL)
        second = wait_for(lambda: generations(tmp_path, "web")[1:])
        wait_for(lambda: not alive([orphan]))
        assert alive(second[0]) == second[0]
        assert [pids[0] for pids in generations(tmp_path, "worker")] == [worker]
        assert process.stdout.readline() == "The web stopped (exit code -9). It starts again in 0.1 s.\n"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_request_to_stop_leaves_no_process_behind(tmp_path, number):
    with supervisor(tmp_path) as process:
        pids = started(tmp_path)
        assert alive(pids) == pids
        process.send_signal(number)
        assert process.wait(timeout=PATIENCE) == 0
        wait_for(lambda: not alive(pids))


@pytest.mark.skipif(sys.platform != "linux", reason="NOT RUN: only Linux tells a child of its parent's death")
def test_a_killed_supervisor_takes_its_children_along(tmp_path):
    with supervisor(tmp_path) as process:
        web, _, worker, _ = started(tmp_path)
        process.kill()
        wait_for(lambda: not alive([web, worker]))
