"""The four kinds of table, and which model is which.

**record**: every change of every row is logged by trigger; one that `keeps` some of its fields is never deleted either,
and those never change. **frozen**: rows are added and never changed, a trigger says
no to the rest; the log holds one event a batch. **derived**: rebuilt from the rest whenever wanted, so not logged.
**operational**: the machinery's own (jobs, sessions, drafts), not logged, each with its reason.
A model that declares none of them fails a test.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar, overload

from django.apps import apps
from django.db.models import Model

from core.audit.exempt import DERIVED_ELSEWHERE, OPERATIONAL_ELSEWHERE, RECORDS_ELSEWHERE

M = TypeVar("M", bound=type[Model])


class Kind(StrEnum):
    RECORD = "record"
    FROZEN = "frozen"
    DERIVED = "derived"
    OPERATIONAL = "operational"


@dataclass(frozen=True)
class Declared:
    """What a model says of itself."""

    kind: Kind
    reason: str = ""
    log_rows: bool = False
    keeps: tuple[str, ...] = ()


def _declare(model: M, declared: Declared) -> M:
    model.audit_kind = declared
    return model


@overload
def record(model: M) -> M: ...
@overload
def record(*, keeps: tuple[str, ...]) -> Callable[[M], M]: ...
def record(model: Any = None, *, keeps: tuple[str, ...] = ()) -> Any:
    """Every insert, update and delete of a row of this model is logged, whoever makes it and however.

    With `keeps`, the database refuses to delete a row, and to change these fields of it.
    """

    def mark(found: M) -> M:
        return _declare(found, Declared(Kind.RECORD, log_rows=True, keeps=keeps))

    return mark if model is None else mark(model)


@overload
def frozen(model: M) -> M: ...
@overload
def frozen(*, log_rows: bool = False) -> Callable[[M], M]: ...
def frozen(model: Any = None, *, log_rows: bool = False) -> Any:
    """Rows are added and never changed. With few rows say `log_rows=True`: each insert is then an event of its own."""

    def mark(found: M) -> M:
        return _declare(found, Declared(Kind.FROZEN, log_rows=log_rows))

    return mark if model is None else mark(model)


def derived(model: M) -> M:
    """Only `recompute` writes here, from the record, and can do so again at any time."""
    return _declare(model, Declared(Kind.DERIVED, reason="rebuilt from the record"))


def operational(reason: str) -> Callable[[M], M]:
    """Not part of the record; the reason is printed in the auditor's list of what is not logged."""
    if not isinstance(reason, str) or not reason:
        raise TypeError("Say why this model is not logged: @operational('why')")
    return lambda model: _declare(model, Declared(Kind.OPERATIONAL, reason=reason))


def declared_kind(model: type[Model]) -> Declared | None:
    """What the model, or for a table Django makes by itself the model that asked for it, declares. None: nothing."""
    own = vars(model).get("audit_kind")
    if own is not None:
        return own
    label = model._meta.label
    if label in RECORDS_ELSEWHERE:
        return Declared(Kind.RECORD, log_rows=True)
    if label in DERIVED_ELSEWHERE:
        return Declared(Kind.DERIVED, reason=DERIVED_ELSEWHERE[label])
    if label in OPERATIONAL_ELSEWHERE:
        return Declared(Kind.OPERATIONAL, reason=OPERATIONAL_ELSEWHERE[label])
    if model._meta.auto_created:
        whose = declared_kind(model._meta.auto_created)
        return whose and replace(whose, keeps=())
    return None


def tables() -> Iterator[type[Model]]:
    """Every model that has a table of its own, the many-to-many tables Django makes included."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and not model._meta.swapped:
            yield model


def undeclared() -> list[str]:
    """Models that say nothing about the log, by label. It must be empty."""
    return sorted(model._meta.label for model in tables() if declared_kind(model) is None)


def not_logged() -> list[tuple[str, str]]:
    """(label, reason) of every model the log leaves out, for the page that says what the log does not hold."""
    found = ((model._meta.label, declared_kind(model)) for model in tables())
    return sorted((label, kind.reason) for label, kind in found if kind and kind.reason)
