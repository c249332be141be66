"""Which work there is: names, the functions that do it, and what runs each night."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

# A handler takes a Progress and the job's arguments, and returns a result that JSON can hold, or nothing.
# A result with a "url" is offered as a link when the job is done.
Handler = Callable[..., dict[str, Any] | None]


@dataclass(frozen=True)
class Work:
    name: str
    title: str  # what a person reads while it runs: "Recomputing signals"
    handler: Handler


WORK: dict[str, Work] = {}
NIGHTLY: set[str] = set()
OFTEN: dict[str, Callable[[], None]] = {}


def register(name: str, *, title: str) -> Callable[[Handler], Handler]:
    """Say that this function does the work called `name`. Two functions of one name is a mistake: ValueError."""

    def keep(handler: Handler) -> Handler:
        held = WORK.get(name)
        if held and (held.handler.__module__, held.handler.__qualname__) != (handler.__module__, handler.__qualname__):
            raise ValueError(f"Two functions are registered as {name!r}.")
        WORK[name] = Work(name, title, handler)
        return handler

    return keep


def nightly(name: str) -> None:
    """Ask for this work every night at 02:30 London time. It takes no arguments."""
    NIGHTLY.add(name)


def often(look: Callable[[], None]) -> Callable[[], None]:
    """Have this called after every sweep, seconds apart: a quick look whether there is work, which it then asks for."""
    OFTEN[f"{look.__module__}.{look.__qualname__}"] = look
    return look


def work_named(name: str) -> Work:
    """The registered work, or LookupError in words that name the remedy."""
    try:
        return WORK[name]
    except KeyError:
        raise LookupError(f"No app registers the work {name!r}: its tasks.py should, with @jobs.register.") from None
