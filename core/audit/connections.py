"""What every database connection is taught: how the triggers learn who is behind a change.

SQLite: functions the triggers call. PostgreSQL: the context travels in the same message as the write, as a setting that
ends with the transaction, so a connection that goes back to its pool carries nothing into the next request.
"""

import json
import os
import re
from collections.abc import Callable
from typing import Any

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone
from psycopg import sql as psycopg_sql

from core.audit.context import live_context

SETTING = "reckoner.context"
# Statements that change no row. Everything else carries the context, so that no way of writing is forgotten.
READS = re.compile(
    r"\s*(?:SELECT(?!.*\b(?:INTO|INSERT|UPDATE|DELETE)\b)|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|SET|SHOW|EXPLAIN|FETCH"
    r"|DECLARE|CLOSE|PRAGMA|CREATE|DROP|ALTER|LOCK|LISTEN|NOTIFY|VACUUM|ANALYZE)\b",
    re.IGNORECASE | re.DOTALL,
)


def prepare(sender: Any, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Receiver of `connection_created`."""
    if connection.vendor == "sqlite":
        _prepare_sqlite(connection)
    elif connection.vendor == "postgresql" and send_context not in connection.execute_wrappers:
        connection.execute_wrappers.append(send_context)


def stamp() -> dict[str, Any]:
    """When, in which transaction and as which role of the database an event is written by hand."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        return {"at": timezone.now(), "transaction": connection.audit_transaction(), "role": ""}
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp(), pg_current_xact_id()::text, session_user::text")
        return dict(zip(("at", "transaction", "role"), cursor.fetchone(), strict=True))


# --- SQLite ----------------------------------------------------------------------------------------------------


def _prepare_sqlite(connection: BaseDatabaseWrapper) -> None:
    token = ""

    def new_transaction(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        # Outside a transaction every statement is one; the BEGIN of a transaction comes through here as well.
        nonlocal token
        if not connection.in_atomic_block:
            token = ""
        return execute(sql, params, many, context)

    def transaction_token() -> str:
        nonlocal token
        token = token or os.urandom(8).hex()
        return token

    def fact(name: str) -> Any:
        value = live_context().get(name, "")
        return value if value != "" or name != "actor_id" else None

    connection.execute_wrappers[:] = [w for w in connection.execute_wrappers if w.__name__ != new_transaction.__name__]
    connection.execute_wrappers.append(new_transaction)
    connection.audit_transaction = transaction_token
    raw = connection.connection
    raw.create_function("audit_fact", 1, fact)
    raw.create_function("audit_transaction", 0, transaction_token)
    raw.create_function("audit_now", 0, _now)


def _now() -> str:
    return f"{timezone.now():%Y-%m-%d %H:%M:%S.%f}"


# --- PostgreSQL ------------------------------------------------------------------------------------------------


def send_context(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Send the context in front of a write, in the same message.

    It goes with every write, not the first alone: that is as cheap as keeping count of savepoints, rolled back or not,
    and cannot be wrong. With no context an empty one is sent, so that an earlier action's does not linger.
    """
    if not isinstance(sql, str) or READS.match(sql):
        return execute(sql, params, many, context)
    facts = live_context()
    text = json.dumps(facts) if facts else ""
    if many:
        return _send_around(execute, sql, params, text, context)
    if params is None:
        prefix, values = f"SELECT set_config('{SETTING}', {_quoted(text, context)}, true);", None
    elif isinstance(params, dict):
        quoted = _quoted(text, context).replace("%", "%%")
        prefix, values = f"SELECT set_config('{SETTING}', {quoted}, true);", params
    else:
        prefix, values = f"SELECT set_config('{SETTING}', %s, true);", (text, *params)
    result = execute(prefix + sql, values, many, context)
    context["cursor"].cursor.nextset()  # past the answer to set_config
    return result


def _quoted(text: str, context: dict[str, Any]) -> str:
    return psycopg_sql.quote(text, context["connection"].connection)


def _send_around(execute: Callable[..., Any], sql: str, params: Any, text: str, context: dict[str, Any]) -> Any:
    """`executemany` is many messages: set it for the session, and take it back whatever happens."""
    settings = context["connection"]
    with connections[settings.alias].connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, false)", [SETTING, text])
        try:
            return execute(sql, params, True, context)
        finally:
            cursor.execute("SELECT set_config(%s, '', false)", [SETTING])
