"""Is the log still watching? The database's triggers against the models."""

from typing import Any

from django.core.checks import CheckMessage, Warning

from core.audit.install import NO_LOG, drift

__all__ = ["check_triggers", "drift"]


def check_triggers(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """A warning, not an error: an error would stop `migrate`, which is what puts it right."""
    # An empty database is about to be migrated, and needs no warning.
    wrong = [sentence for alias in databases or () for sentence in drift(alias) if sentence != NO_LOG]
    hint = "Run manage.py migrate, or manage.py audit_triggers --install. Until then the site reports it is not ready."
    return [Warning(sentence, hint=hint, id="audit.W001") for sentence in wrong]
