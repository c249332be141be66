"""What every database connection is taught: how the triggers learn who is behind a change.

SQLite: functions the triggers call. PostgreSQL: the context travels in the same message as the write, as a setting that
ends with the transaction, so a connection that goes back to its pool carries nothing into the next request.
"""

import json
import os
import re
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone
from psycopg import sql as compose

from core.audit.chain import content_of_row, link_of_row
from core.audit.context import live_context
from core.audit.schema import watched

SETTING = "reckoner.context"
NO_WRITE = re.compile(
    r"[\s(]*(?:SELECT|CREATE|ALTER|DROP|SAVEPOINT|RELEASE|ROLLBACK|SET|SHOW|EXPLAIN)\b", re.IGNORECASE
)
WRITE = re.compile(r"\b(?:INSERT|UPDATE|DELETE|MERGE|CALL|DO|EXECUTE)\b", re.IGNORECASE)

Execute = Callable[[Any, Any, bool, dict[str, Any]], Any]


def prepare(sender: Any, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Receiver of `connection_created`.

    The wrappers go first in the list: `connection.execute_wrapper()` takes away the last one when it is done.
    """
    connection.SchemaEditorClass = watched(connection.SchemaEditorClass)
    if connection.vendor == "sqlite":
        if not hasattr(connection, "audit_transaction"):
            connection.audit_transaction = SqliteTransaction(connection)
            connection.execute_wrappers.insert(0, connection.audit_transaction)
        connection.connection.create_function("audit_fact", 1, _fact)
        connection.connection.create_function("audit_transaction", 0, connection.audit_transaction.name)
        connection.connection.create_function("audit_now", 0, _now)
        connection.connection.create_function("audit_link", -1, link_of_row)
        connection.connection.create_function("audit_content", -1, content_of_row)
    elif connection.vendor == "postgresql" and send_context not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, send_context)


def stamp() -> dict[str, Any]:
    """When, in which transaction and as which role of the database: for an event that no trigger writes."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        return {"at": timezone.now(), "transaction": connection.audit_transaction.name(), "role": ""}
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp(), pg_current_xact_id()::text, session_user::text")
        return dict(zip(("at", "transaction", "role"), cursor.fetchone(), strict=True))


# --- SQLite ----------------------------------------------------------------------------------------------------


class SqliteTransaction:
    """SQLite gives its transactions no name, so they get one: random for the connection, then counted."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection
        self.token = ""
        self.start = os.urandom(6).hex()
        self.numbers = count(1)

    def __call__(self, execute: Execute, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        # Outside a transaction every statement is one; the BEGIN of a transaction comes through here as well.
        if not self.connection.in_atomic_block:
            self.token = ""
        return execute(sql, params, many, context)

    def name(self) -> str:
        self.token = self.token or f"{self.start}{next(self.numbers):08x}"
        return self.token


# These run several times for every row changed: as little as can be.


def _fact(name: str) -> Any:
    return live_context().get(name, "")


def _now() -> str:
    return datetime.now(UTC).isoformat(" ")[:-6]  # without +00:00, exactly as Django stores it, or they compare wrongly


# --- PostgreSQL ------------------------------------------------------------------------------------------------


def send_context(execute: Execute, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Send the context in front of a write, in the same message.

    It goes with every write, not the first alone: that costs less than keeping count of savepoints, rolled back or not,
    and cannot be wrong. With no context an empty one is sent, so that an earlier action's does not linger.
    """
    raw = context["connection"].connection
    if isinstance(sql, compose.Composable):
        sql = sql.as_string(raw)
    if NO_WRITE.match(sql) or not WRITE.search(sql):
        return execute(sql, params, many, context)
    facts = live_context()
    text = json.dumps(facts) if facts else ""
    if many:
        return _send_around(execute, sql, params, context, text)
    if params is None or isinstance(params, dict):
        literal = compose.quote(text, raw)
        literal = literal if params is None else literal.replace("%", "%%")
        result = execute(f"SELECT set_config('{SETTING}', {literal}, true);{sql}", params, many, context)
    else:
        result = execute(f"SELECT set_config('{SETTING}', %s, true);{sql}", (text, *params), many, context)
    context["cursor"].cursor.nextset()  # past the answer to set_config
    return result


def _send_around(execute: Execute, sql: str, params: Any, context: dict[str, Any], text: str) -> Any:
    """`executemany` is many messages. Outside a transaction the setting is the session's, and taken back after."""
    local = context["connection"].in_atomic_block
    with context["connection"].connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, %s)", [SETTING, text, local])
        try:
            return execute(sql, params, True, context)
        finally:
            if not local:
                cursor.execute("SELECT set_config(%s, '', false)", [SETTING])
