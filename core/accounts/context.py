"""What every page knows: the office and the day it is there. A request reads the office once, however often it asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.http import HttpRequest
from django.utils import timezone

from core.accounts.models import Office

# What the request under way has read: nothing yet, or the one answer. None outside requests, where each call reads.
_read: ContextVar[list[Office | None] | None] = ContextVar("office_read", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """Inside, the office is read when first asked for and kept."""
    token = _read.set([])
    try:
        yield
    finally:
        _read.reset(token)


def current_office() -> Office | None:
    """The office, or None before it is set up. To change it, use `actions.set_office`."""
    read = _read.get()
    if read is None:
        return Office.objects.first()
    if not read:
        read.append(Office.objects.first())
    return read[0]


def forget_office() -> None:
    """The office has changed: who asks next reads it again."""
    read = _read.get()
    if read is not None:
        read.clear()


def office(request: HttpRequest) -> dict:
    found = current_office()
    return {"office": found, "today": found.today if found else timezone.localdate()}
