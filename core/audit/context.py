"""Who is doing what, and why: carried beside the code and read by the database's triggers.

There is no default actor. A change made outside every context is logged as unattributed, counted, and fails a test run.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial, wraps
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

from core.audit.beside import beside

P = ParamSpec("P")
R = TypeVar("R")

# The columns of an event that come from the context; also the keys of `current_context()`.
FIELDS = ("actor_id", "actor_name", "on_behalf_of", "action", "reason", "request_id", "address", "job")
LENGTHS = {"actor_name": 200, "on_behalf_of": 200, "action": 100, "request_id": 36, "address": 45, "job": 100}

ACTIONS: set[str] = set()  # the name of every function decorated `action`, of the modules imported so far

_current: ContextVar[dict[str, Any]] = ContextVar("audit_context")
_NONE: dict[str, Any] = {}
# The context itself, not a copy, for the database connection to read at every row. Never change what it gives.
live_context = partial(_current.get, _NONE)


def current_context() -> dict[str, Any]:
    """A plain dict of what is known now, fit for JSON and for `audit_context(**it)` in another process."""
    return dict(_current.get(_NONE))


@contextmanager
def audit_context(
    *,
    actor: Any = None,
    actor_id: int | None = None,
    actor_name: str = "",
    on_behalf_of: str = "",
    action: str = "",
    reason: str = "",
    request: Any = None,
    request_id: str = "",
    address: str = "",
    job: str = "",
) -> Iterator[dict[str, Any]]:
    """Everything written inside is logged with these facts; what is not given here is taken from the context outside.

    `actor` is a user, `actor_name` alone stands for something that is not (`command:migrate`, `fixture`).
    `request` is a request that has been through RequestIdMiddleware.
    """
    given = {
        "on_behalf_of": on_behalf_of,
        "action": action,
        "reason": reason,
        "request_id": request_id or getattr(request, "request_id", ""),
        "address": address or getattr(request, "client_address", ""),
        "job": job,
    }
    facts = live_context() | {name: _fitting(name, value) for name, value in given.items() if value}
    if actor is not None and actor.pk is not None:
        facts |= {"actor_id": actor.pk, "actor_name": _fitting("actor_name", actor_name or name_of(actor))}
    elif actor_id is not None or actor_name:
        facts |= {"actor_id": actor_id, "actor_name": _fitting("actor_name", actor_name or f"user {actor_id}")}
    token = _current.set(facts)
    try:
        yield facts
    finally:
        _current.reset(token)


def _fitting(name: str, value: str) -> str:
    """As much as the log's column holds, without the one character PostgreSQL cannot: no change may fail for that."""
    return value.replace("\x00", "")[: LENGTHS.get(name)]


def name_of(actor: Any) -> str:
    """The name to keep beside the id: it must outlive the account."""
    full_name = actor.get_full_name() if hasattr(actor, "get_full_name") else ""
    return full_name or str(actor) or f"user {actor.pk}"


def action(function: Callable[P, R]) -> Callable[P, R]:
    """One thing a person does: all of it or none of it, logged under its own name with who did it and why.

    Who is the keyword `by`; with `by=None` whoever the surrounding context names (a job carries it). Why is the
    keyword `reason`, where the function has one.
    """
    name = action_name(function)

    @wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        reason = kwargs.get("reason")
        why = reason if isinstance(reason, str) else ""
        with audit_context(actor=kwargs.get("by"), action=name, reason=why), transaction.atomic():
            too = beside()
            if too is None:
                return function(*args, **kwargs)
            with too:
                return function(*args, **kwargs)

    ACTIONS.add(name)
    return wrapper


def action_name(function: Callable[..., Any]) -> str:
    """`governance.papers.actions.review.approve_commentary` is logged as `papers.approve_commentary`."""
    package, found, _ = f"{function.__module__}.".partition(".actions.")
    app = package if found else function.__module__.rpartition(".")[0] or function.__module__
    return f"{app.rpartition('.')[2]}.{function.__name__}"
