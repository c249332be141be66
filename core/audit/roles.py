"""The role the site runs as on PostgreSQL: it reads and writes the record, and cannot touch the log.

Another role owns the tables and runs `migrate`. What the site writes is logged by functions that run as that owner.
"""

from django.db import connection, transaction
from psycopg import sql

from core.audit.tables import LOG_TABLE, PRUNE_POINTS, SEAL_TABLE, SEALING_TABLE, TOMBSTONES

READ_ONLY = (LOG_TABLE, SEAL_TABLE, TOMBSTONES, PRUNE_POINTS, "django_migrations")
ADD_ONLY = ("audit_readevent", "audit_verification")
GRANTS = (
    "GRANT USAGE ON SCHEMA {schema} TO {role}",
    "REVOKE CREATE ON SCHEMA {schema} FROM {role}",
    "REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}",
    "GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA {schema} TO {role}",
    "GRANT EXECUTE ON FUNCTION {schema}.audit_log_batch(text, text, jsonb, jsonb) TO {role}",
    "GRANT EXECUTE ON FUNCTION {schema}.audit_redact(bigint, bigint[], jsonb) TO {role}",
)


class RoleProblem(Exception):
    """A sentence for the administrator."""


def set_up(role: str) -> bool:
    """Give the role what the site needs and nothing more; makes it where it is not there. Whether it was made.

    To be done again after each `migrate`, for the tables that are new.
    """
    if connection.vendor != "postgresql":
        raise RoleProblem("SQLite has no roles: whoever can read the file can change it. Nothing was done.")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        is_new = cursor.fetchone() is None
        name = sql.Identifier(role)
        if is_new:
            cursor.execute(sql.SQL("CREATE ROLE {} LOGIN").format(name))
        _check(cursor, role)
        cursor.execute("SELECT current_schema()")
        schema = sql.Identifier(cursor.fetchone()[0])
        for grant in GRANTS:
            cursor.execute(sql.SQL(grant).format(schema=schema, role=name))
        for table in (*READ_ONLY, *ADD_ONLY, SEALING_TABLE):
            rights = {SEALING_TABLE: ""}.get(table, "SELECT" if table in READ_ONLY else "SELECT, INSERT")
            where = {"table": sql.Identifier(table), "role": name}
            cursor.execute(sql.SQL("REVOKE ALL ON {table} FROM {role}").format(**where))
            if rights:
                cursor.execute(sql.SQL(f"GRANT {rights} ON {{table}} TO {{role}}").format(**where))
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [LOG_TABLE])
        cursor.execute(sql.SQL("REVOKE ALL ON {} FROM {}").format(sql.SQL(cursor.fetchone()[0]), name))
    return is_new


def _check(cursor, role: str) -> None:
    """A role that owns the tables, or can become whoever does, is no safer than the owner."""
    cursor.execute(
        "SELECT rolsuper OR rolcreaterole OR rolbypassrls OR rolreplication OR EXISTS (SELECT FROM pg_class c "
        "WHERE c.relnamespace = current_schema()::regnamespace AND pg_has_role(r.oid, c.relowner, 'MEMBER')) "
        "FROM pg_roles r WHERE rolname = %s",
        [role],
    )
    if cursor.fetchone()[0]:
        raise RoleProblem(
            f"{role} is a superuser, may make roles, or is or can become the owner of the tables: it could take the "
            "log's guards away. Name another role; nothing was changed."
        )
