"""Keeping several processes alive as one: each in a process group of its own, restarted when it dies, ended together.

Children are forked, so that what the parent has loaded need not be loaded again by each: Reckoner is there in half the
time, and a child that died is back at once. That asks of the parent to hold no connection and to run no thread.
Knows nothing of Django, so that it cannot fail with it.
"""

import ctypes
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType

POLL = 0.2  # seconds between two looks at the children
FIRST_PAUSE = 1.0  # seconds before the first restart; doubled for each death soon after a start
LONGEST_PAUSE = 30.0  # seconds
SETTLED = 60.0  # seconds a child has to live for its earlier deaths to be forgotten
GRACE = 20.0  # seconds between asking the children to end and killing them
PR_SET_PDEATHSIG = 1  # from Linux's prctl.h
PR_SET_NAME = 15  # likewise
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # that ask the supervisor to stop
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
_fork = multiprocessing.get_context("fork")


def _begin(name: str, work: Callable[[], None]) -> None:
    """Runs in the child. Where Linux allows, it has a name to find it by, and does not outlive a killed supervisor."""
    os.setsid()  # a group to kill whole; and Ctrl+C reaches the supervisor alone
    for number in SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    if _libc:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        _libc.prctl(PR_SET_NAME, f"reckoner-{name.split()[0]}".encode())
    work()


@dataclass
class Child:
    """One process to keep alive."""

    name: str
    work: Callable[[], None]  # what it does, until it is asked to end
    process: multiprocessing.process.BaseProcess | None = None
    started: float = 0.0
    deaths: int = 0  # in a row
    not_before: float = 0.0  # on the monotonic clock

    def start(self, now: float) -> None:
        self.process = _fork.Process(target=_begin, args=(self.name, self.work), name=self.name)
        self.process.start()
        self.started = now

    def exit_code(self) -> int | None:
        """None while it lives, and where there is none."""
        return self.process.exitcode if self.process else None

    def bury(self, now: float) -> float:
        """Clear away what the dead process left in its group. Returns the seconds to wait before it starts again."""
        self.signal_group(signal.SIGKILL)
        self.deaths = 1 if now - self.started > SETTLED else self.deaths + 1
        pause = min(FIRST_PAUSE * 2 ** (self.deaths - 1), LONGEST_PAUSE)
        self.process, self.not_before = None, now + pause
        return pause

    def ask_to_end(self) -> None:
        """To the leader alone: it knows in which order its own children should go."""
        if self.process and self.process.exitcode is None:
            self.process.terminate()

    def signal_group(self, number: int) -> None:
        if self.process and self.process.pid:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)


class Supervisor:
    """Starts the children, keeps them alive until told to stop, and leaves none behind."""

    def __init__(self, children: list[Child], *, say: Callable[[str], None], each_look: Callable[[], None]) -> None:
        self.children = children
        self.say = say
        self.each_look = each_look
        self.stop_requests = 0

    def run(self) -> None:
        for number in SIGNALS:
            signal.signal(number, self._stop)
        try:
            while not self.stop_requests:
                self._look_after_children()
                self.each_look()
                time.sleep(POLL)
        finally:
            self._end_children()

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stop_requests += 1

    def _look_after_children(self) -> None:
        now = time.monotonic()
        for child in self.children:
            code = child.exit_code()
            if code is not None:
                pause = child.bury(now)
                self.say(f"The {child.name} stopped (exit code {code}). It starts again in {pause:g} s.")
            if child.process is None and now >= child.not_before:
                child.start(now)

    def _end_children(self) -> None:
        """Asked first; killed when the grace is over or on a second request. Then whatever is left in their groups."""
        for child in self.children:
            child.ask_to_end()
        asked = self.stop_requests
        deadline = time.monotonic() + GRACE
        while time.monotonic() < deadline and self.stop_requests == asked:
            if all(child.process is None or child.exit_code() is not None for child in self.children):
                break
            time.sleep(POLL / 2)
        for child in self.children:
            child.signal_group(signal.SIGKILL)
            if child.process:
                child.process.join()
