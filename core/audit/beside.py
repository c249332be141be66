"""Something small that stands or falls with what a request does: written in the transaction of its first action."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import TracebackType


class Beside:
    """What is to be written, and whether it stands. Entered in the transaction of each action; written at the first."""

    def __init__(self, write: Callable[[], None]) -> None:
        self.write = write
        self.is_written = False
        self._depth = 0  # of actions within actions
        self._is_new = False  # written by the outermost action that is running

    def __enter__(self) -> None:
        if not self.is_written:
            self.write()
            self.is_written = self._is_new = True
        self._depth += 1

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._depth -= 1
        if not self._depth:
            if kind is not None and self._is_new:  # its transaction is rolled back, and it with it
                self.is_written = False
            self._is_new = False


_beside: ContextVar[Beside | None] = ContextVar("written_beside", default=None)
beside = _beside.get  # what the action that begins now has to write too, if anything


@contextmanager
def written_beside(write: Callable[[], None]) -> Iterator[Beside]:
    """The first action in here that is carried out writes this too; one that fails takes it back for the next."""
    held = Beside(write)
    token = _beside.set(held)
    try:
        yield held
    finally:
        _beside.reset(token)


@contextmanager
def nothing_beside() -> Iterator[None]:
    """Actions in here are not yet what the request is for."""
    token = _beside.set(None)
    try:
        yield
    finally:
        _beside.reset(token)
