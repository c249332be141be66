"""The append-only log: who changed what, when, why, by which action, kept by triggers in the database itself.

Every other app stands on this one, so it imports none of them. Models say which of four kinds they are
(`record`, `frozen`, `derived`, `operational`); the functions in an app's `actions.py` are decorated `action`.
This file must be importable before Django has loaded its apps: nothing here may import a model.
"""

from core.audit.batch import digest_parts, log_batch
from core.audit.context import action, audit_context, current_context
from core.audit.kinds import derived, frozen, operational, record
from core.audit.reads import log_read
from core.audit.sentences import register_phrase

__all__ = [
    "action",
    "audit_context",
    "current_context",
    "derived",
    "frozen",
    "digest_parts",
    "log_batch",
    "log_read",
    "operational",
    "record",
    "register_phrase",
]
