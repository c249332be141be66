"""The role the site runs as on PostgreSQL does its work, and has no way to the log."""

import os
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction
from psycopg.errors import InsufficientPrivilege

from core.audit import log_batch, log_read
from core.audit.install import drift
from core.audit.models import AuditEvent
from core.audit.verify import verify
from measures.models import Observation

pytestmark = pytest.mark.servers


def by_hand(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


ATTACKS = {
    "edit an event": "UPDATE audit_auditevent SET actor_name = 'x'",
    "remove an event": "DELETE FROM audit_auditevent",
    "forge an event": "INSERT INTO audit_auditevent (op) VALUES ('I')",
    "empty the log": "TRUNCATE audit_auditevent CASCADE",
    "switch the triggers of the log off": "ALTER TABLE audit_auditevent DISABLE TRIGGER ALL",
    "switch the triggers of a record off": "ALTER TABLE auth_group DISABLE TRIGGER audit_log",
    "take a trigger away": "DROP TRIGGER audit_log ON auth_group",
    "take the log away": "DROP TABLE audit_auditevent CASCADE",
    "edit a seal": "UPDATE audit_auditseal SET hash = 'x'",
    "remove a seal": "DELETE FROM audit_auditseal",
    "forge a seal": "INSERT INTO audit_auditseal VALUES (999999, 1, 'x')",
    "keep an event from its seal": "DELETE FROM audit_sealing",
    "call what is being written sealed": "INSERT INTO audit_sealing VALUES (pg_current_xact_id()::text, 999999)",
    "replace what seals": "CREATE OR REPLACE FUNCTION audit_seal_now() RETURNS trigger LANGUAGE sql AS 'SELECT NULL'",
    "take away what logs": "DROP FUNCTION audit_log_row() CASCADE",
    "make the log's numbers jump": "SELECT setval(pg_get_serial_sequence('audit_auditevent', 'id'), 999999)",
    "pass for a replica": "SET session_replication_role = replica",
    "edit a reading": "UPDATE audit_readevent SET actor_name = 'x'",
    "edit a verification": "UPDATE audit_verification SET faults = 0",
    "empty a record": "TRUNCATE auth_group CASCADE",
    "make itself the owner": "ALTER TABLE audit_auditevent OWNER TO CURRENT_USER",
}


def test_role_of_the_site_does_its_work_and_no_attack_on_the_log_succeeds(real_db):
    if connection.vendor != "postgresql":
        with pytest.raises(CommandError, match="SQLite has no roles"):
            call_command("audit_role", "reckoner_site")
        return
    role = f"reckoner_site_{os.getpid()}"
    call_command("audit_role", role, stdout=StringIO())
    call_command("audit_role", role, stdout=StringIO())  # as after each migrate
    try:
        by_hand(f"SET ROLE {role}")
        before = list(AuditEvent.objects.order_by("pk").values_list())
        got_through = [name for name, attack in ATTACKS.items() if not is_refused(attack)]
        assert (got_through, list(AuditEvent.objects.order_by("pk").values_list())) == ([], before)
        Group.objects.create(name="by the site")
        log_batch(Observation, series=1)
        log_read(what="history", by=None)
        assert [event.op for event in AuditEvent.objects.newest_first()[:2]] == ["B", "I"]
        assert (verify().faults, drift()) == ([], [])
    finally:
        by_hand("RESET ROLE")
        by_hand(f"DROP OWNED BY {role}")
        by_hand(f"DROP ROLE {role}")


def is_refused(attack: str) -> bool:
    """By the rights of the role, before any guard is asked."""
    try:
        with transaction.atomic():
            by_hand(attack)
    except DatabaseError as error:
        return isinstance(error.__cause__, InsufficientPrivilege)
    return False


def test_role_that_could_take_the_guards_away_is_not_set_up(real_db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no roles.")
    with pytest.raises(CommandError, match="could take the log's guards away"):
        call_command("audit_role", connection.settings_dict["USER"])
