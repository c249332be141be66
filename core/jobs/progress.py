"""What a handler holds while it works: a way to say how far it is, and to hear that it should stop.

Calling it only notes and checks and writes nothing, so a handler may call it as often as it likes, and inside a
transaction of its own. The row is written by the reporter in `performing.py`, on another connection.
"""

import threading
from collections.abc import Callable


class Stopped(BaseException):
    """The work should end now. No `except Exception` in a handler may swallow this."""


class Cancelled(Stopped):
    """Somebody asked for the job to be cancelled."""


class ClaimLost(Stopped):
    """This worker was taken for dead and the job given to another; whatever this one finds is no longer wanted."""


class Interrupted(Stopped):
    """The worker is shutting down; the job goes back to the queue and the attempt is not counted."""


class Failed(Exception):
    """Raised by a handler for what trying again will not mend. Its text is the sentence the user reads; `url` is the
    page on which it can be mended."""

    def __init__(self, sentence: str, url: str = "") -> None:
        super().__init__(sentence)
        self.url = url


class Progress:
    """How far one attempt has come. Shared by the handler's thread and the reporter's."""

    def __init__(self, job_id: int, *, report: Callable[["Progress"], None] | None = None) -> None:
        self.job_id = job_id
        self.percent = 0
        self.words = ""
        self.changed = False
        self._report = report  # only where there is no reporter thread
        self._lock = threading.Lock()
        self._stop: type[Stopped] | None = None

    def __call__(self, done: float, total: float, words: str = "") -> None:
        """Say that `done` of `total` is done. Raises Cancelled, ClaimLost or Interrupted when the work should end."""
        percent = min(100, max(0, int(100 * done / total))) if total else 0
        with self._lock:
            self.changed = self.changed or (percent, words) != (self.percent, self.words)
            self.percent, self.words = percent, words
        if self._report:
            self._report(self)
        self.check()

    @property
    def is_threaded(self) -> bool:
        """Whether a thread of its own reports it."""
        return self._report is None

    def check(self) -> None:
        """Raise if the work should end. For a handler that waits for something and has no progress to tell."""
        if self._stop:
            raise self._stop

    def stop(self, reason: type[Stopped]) -> None:
        """Have the handler's next call raise this. The first reason given stands."""
        with self._lock:
            self._stop = self._stop or reason

    def take_news(self) -> tuple[int, str] | None:
        """The percentage and words, if they changed since the last call."""
        with self._lock:
            if not self.changed:
                return None
            self.changed = False
            return self.percent, self.words
