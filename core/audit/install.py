"""Putting the triggers in place, and telling when they are not."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from core.audit import postgresql, sqlite
from core.audit.tables import LOG_TABLE, PRUNE_POINTS, SEAL_TABLE, SEALING_TABLE, TOMBSTONES, Table, all_tables

NO_LOG = "The log has no table yet: run manage.py migrate."
SEALING = {sqlite.SEAL_TRIGGER, *postgresql.SEAL_TRIGGERS}
Found = dict[tuple[str, str], Any]  # (table, trigger name) to what it is, in the terms of that database


def install(tables: Mapping[str, Table] | None = None, using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Make the database's triggers those the models ask for; returns a line for each thing that had to be done.

    With `tables`, only those tables are seen to.
    """
    connection = connections[using]
    asked = all_tables(connection) if tables is None else tables
    with transaction.atomic(using=using), connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        if LOG_TABLE not in present:
            return []
        done = _functions(connection, cursor)
        wanted = expected(connection, _present(asked, present))
        if not {SEAL_TABLE, SEALING_TABLE} <= present:  # in the middle of the migrations
            wanted = {found: made for found, made in wanted.items() if found[1] not in SEALING}
        found = installed(connection, cursor)
        for (table, name), made in found.items():
            ours = tables is None or table in tables
            if ours and wanted.get((table, name)) != made:
                cursor.execute(_drop(connection, table, name))
                done.append(f"removed {name} from {table}")
        for (table, name), made in wanted.items():
            if found.get((table, name)) != made:
                for statement in [made] if connection.vendor == "sqlite" else made.create(table):
                    cursor.execute(statement)
                done.append(f"put {name} on {table}")
    return done


def uninstall(tables: set[str] | None, using: str = DEFAULT_DB_ALIAS) -> None:
    """Take our triggers off these tables, or off all: only for the moment in which a table is being rebuilt."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for table, name in installed(connection, cursor):
            if tables is None or table in tables:
                cursor.execute(_drop(connection, table, name))


def drift(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """A sentence for each trigger that is missing, different or unexpected, and each table that is not there."""
    connection = connections[using]
    asked = all_tables(connection)
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        if LOG_TABLE not in present:
            return [NO_LOG]
        wanted = expected(connection, _present(asked, present))
        found = installed(connection, cursor)
        wrong = [f"The table {name} is missing: run manage.py migrate." for name in sorted(set(asked) - present)]
        wrong += _functions_wrong(connection, cursor)
    for table, name in sorted(wanted.keys() | found.keys()):
        if (table, name) not in found:
            wrong.append(f"{table}: the trigger {name} is missing.")
        elif (table, name) not in wanted:
            wrong.append(f"{table}: the trigger {name} should not be there.")
        elif found[table, name] != wanted[table, name]:
            wrong.append(f"{table}: the trigger {name} is not the one its model asks for.")
    return wrong


def expected(connection: BaseDatabaseWrapper, tables: Mapping[str, Table]) -> Found:
    make = sqlite.triggers if connection.vendor == "sqlite" else postgresql.triggers
    return {(table.name, name): made for table in tables.values() for name, made in make(table).items()}


def _present(asked: Mapping[str, Table], present: set[str]) -> dict[str, Table]:
    """The tables that are there. The log opens to nothing before there are tables to say that it may."""
    opens = {TOMBSTONES, PRUNE_POINTS} <= present
    return {name: table if opens else replace(table, opens=False) for name, table in asked.items() if name in present}


def installed(connection: BaseDatabaseWrapper, cursor: Any) -> Found:
    """Our triggers as the database has them now: on SQLite their SQL, on PostgreSQL a Trigger."""
    if connection.vendor == "sqlite":
        cursor.execute("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'audit_*'")
        return {(table, name): sql for table, name, sql in cursor.fetchall()}
    cursor.execute(
        "SELECT c.relname, t.tgname, p.proname, t.tgtype, t.tgargs, t.tgenabled, t.tgqual IS NULL, t.tginitdeferred "
        "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
        "WHERE NOT t.tgisinternal AND t.tgname LIKE 'audit\\_%%' AND c.relnamespace = current_schema()::regnamespace",
        [],
    )
    found: Found = {}
    for table, name, function, moments, arguments, enabled, always, deferred in cursor.fetchall():
        whole = enabled == postgresql.ALWAYS and always
        given = tuple(bytes(arguments).decode().split("\0")[:-1])
        found[table, name] = postgresql.Trigger(name, function if whole else "", moments, given, deferred)
    return found


def _drop(connection: BaseDatabaseWrapper, table: str, name: str) -> str:
    return f'DROP TRIGGER "{name}"' if connection.vendor == "sqlite" else f'DROP TRIGGER "{name}" ON "{table}"'


def _functions(connection: BaseDatabaseWrapper, cursor: Any) -> list[str]:
    """Make the functions that are not as they should be."""
    if not _functions_wrong(connection, cursor):
        return []
    schema = _schema(cursor)
    for name, (body, settings) in postgresql.functions(schema).items():
        cursor.execute(postgresql.create_function(schema, name, body, settings))
    return ["made the functions the triggers call"]


def _functions_wrong(connection: BaseDatabaseWrapper, cursor: Any) -> list[str]:
    if connection.vendor == "sqlite":
        return []  # its functions come with the connection
    cursor.execute(
        "SELECT proname, prosrc, proconfig FROM pg_proc WHERE pronamespace = current_schema()::regnamespace "
        "AND prosecdef AND proname LIKE 'audit\\_%%'",
        [],
    )
    found = {name: (body, tuple(settings or ())) for name, body, settings in cursor.fetchall()}
    wanted = postgresql.functions(_schema(cursor))
    return [f"The function {name} is missing or changed." for name, made in wanted.items() if found.get(name) != made]


def _schema(cursor: Any) -> str:
    cursor.execute("SELECT quote_ident(current_schema())")
    return cursor.fetchone()[0]
