"""Reading and exporting of restricted things leaves a trace too."""

from typing import Any

from django.apps import apps
from django.db.models import Model

from core.audit.connections import stamp
from core.audit.context import audit_context


def log_read(
    *, what: Model | str, how: str = "read", rows: int = 1, reason: str = "", request: Any = None, by: Any
) -> Any:
    """Note that somebody read or exported something restricted.

    `what` is the thing, or words for something that is not one row ("history, 1 April to 30 June"); `how` is "read" or
    "export"; `rows` says how many things an export held.
    """
    with audit_context(actor=by, request=request, reason=reason) as facts:
        return apps.get_model("audit", "ReadEvent").objects.create(
            table=what._meta.db_table if isinstance(what, Model) else "",
            key=str(what.pk) if isinstance(what, Model) else "",
            label=str(what)[:200],
            how=how,
            rows=rows,
            **{name: facts[name] for name in facts if name not in ("action", "job")},
            **stamp(),
        )
