"""A migration killed half way has not begun: it is done anew, nothing is lost, and the log goes on."""

import os
import re
import signal

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection, connections, migrations, models
from django.db.migrations.state import ProjectState

from core.audit import audit_context
from core.audit.install import drift
from core.audit.models import AuditEvent
from core.audit.verify import verify

pytestmark = pytest.mark.servers
CHANGES = re.compile(r"^\s*(CREATE|ALTER|DROP|INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
NAMES = ["one", "two"]


def migrate() -> None:
    """An audited table of another shape, with its rows: on SQLite it is built anew and its triggers with it."""
    migration = migrations.Migration("throwaway", "auth")
    longer = models.CharField(max_length=200, unique=True)
    colour = models.CharField(max_length=10, default="red")
    migration.operations = [
        migrations.AlterField("group", "name", longer),
        migrations.AddField("group", "colour", colour),
    ]
    with connection.schema_editor(atomic=True) as editor:
        migration.apply(ProjectState.from_apps(apps), editor)


def killed_at(number: int, work) -> bool:
    """Do the work in a process of its own that is killed before its n-th change of the database; whether it was."""
    connections.close_all()
    child = os.fork()
    if not child:
        count = 0

        def watch(execute, sql, params, many, context):
            nonlocal count
            count += bool(CHANGES.match(sql))
            if count == number:
                os.kill(os.getpid(), signal.SIGKILL)
            return execute(sql, params, many, context)

        try:
            with audit_context(actor_name="fixture"), connection.execute_wrapper(watch):
                work()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def columns() -> set[str]:
    with connection.cursor() as cursor:
        return {one.name for one in connection.introspection.get_table_description(cursor, "auth_group")}


def test_a_change_of_shape_killed_among_its_statements_has_not_begun_and_is_done_anew(real_db):
    Group.objects.bulk_create([Group(name=name) for name in NAMES])
    before, number, killed = columns(), 1, 0
    while killed_at(number, migrate):
        assert (columns(), drift(), sorted(Group.objects.values_list("name", flat=True))) == (before, [], NAMES)
        number, killed = number + max(1, number // 2), killed + 1  # the first ones, and some of the many triggers
    assert killed > 2  # PostgreSQL builds nothing anew
    assert columns() == before | {"colour"}  # the last was left alone
    with connection.cursor() as cursor:
        cursor.execute("UPDATE auth_group SET colour = 'blue' WHERE name = 'one'")
    assert AuditEvent.objects.latest("pk").old_changed == {"colour": "red"}
    assert verify().faults == []
