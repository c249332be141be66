"""Triggers that are gone or altered are found, and migrations do not lose them, nor what is written between two steps."""

import json

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from core.audit.checks import check_triggers, drift
from core.audit.health import live, ready
from core.audit.install import install
from core.audit.models import AuditEvent
from core.audit.tables import all_tables

pytestmark = pytest.mark.servers
SQLITE = "postgresql" not in connection.settings_dict["ENGINE"]


def by_hand(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def update_trigger() -> str:
    return "audit_auth_group_update" if SQLITE else "audit_log"


def drop_trigger() -> str:
    by_hand(f"DROP TRIGGER {update_trigger()}" + ("" if SQLITE else " ON auth_group"))
    return f"auth_group: the trigger {update_trigger()} is missing."


def alter_trigger() -> str:
    drop_trigger()
    if SQLITE:
        by_hand("CREATE TRIGGER audit_auth_group_update AFTER UPDATE ON auth_group BEGIN SELECT 1; END")
    else:
        by_hand(
            "CREATE TRIGGER audit_log AFTER INSERT ON auth_group FOR EACH ROW EXECUTE FUNCTION audit_log_row('id', '{}')"
        )
        by_hand("ALTER TABLE auth_group ENABLE ALWAYS TRIGGER audit_log")
    return f"auth_group: the trigger {update_trigger()} is not the one its model asks for."


def switch_trigger_off() -> str:
    if SQLITE:
        pytest.skip("A trigger cannot be switched off on SQLite.")
    by_hand("ALTER TABLE auth_group DISABLE TRIGGER audit_log")
    return "auth_group: the trigger audit_log is not the one its model asks for."


def narrow_trigger() -> str:
    if SQLITE:
        pytest.skip("Covered by an altered trigger.")
    drop_trigger()
    by_hand(
        "CREATE TRIGGER audit_log AFTER INSERT OR UPDATE OR DELETE ON auth_group FOR EACH ROW WHEN (false) "
        "EXECUTE FUNCTION audit_log_row('id', '{}')"
    )
    by_hand("ALTER TABLE auth_group ENABLE ALWAYS TRIGGER audit_log")
    return "auth_group: the trigger audit_log is not the one its model asks for."


def replace_function() -> str:
    if SQLITE:
        pytest.skip("SQLite's functions come with the connection.")
    by_hand(
        "CREATE OR REPLACE FUNCTION audit_log_row() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER "
        "SET search_path = pg_catalog, pg_temp AS 'BEGIN RETURN NULL; END'"
    )
    return "The function audit_log_row is missing or changed."


def add_trigger() -> str:
    made = "BEGIN SELECT 1; END" if SQLITE else "FOR EACH ROW EXECUTE FUNCTION audit_log_row('id', '{}')"
    by_hand(f"CREATE TRIGGER audit_more AFTER UPDATE ON auth_group {made}")
    return "auth_group: the trigger audit_more should not be there."


@pytest.mark.parametrize(
    "meddle", [drop_trigger, alter_trigger, switch_trigger_off, narrow_trigger, replace_function, add_trigger]
)
def test_meddling_is_found_and_put_right(real_db, rf, meddle):
    assert drift() == []
    assert ready(rf.get("/health/ready")).status_code == 200
    wrong = meddle()
    assert drift() == [wrong]
    assert [(found.id, found.msg) for found in check_triggers(["default"])] == [("audit.W001", wrong)]
    answer = ready(rf.get("/health/ready"))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert json.loads(answer.content) == {"ready": False, "problems": [wrong]}
    with pytest.raises(CommandError, match="auth_group|audit_log_row"):
        call_command("audit_triggers", check=True)
    call_command("audit_triggers", install=True)
    assert drift() == []
    assert ready(rf.get("/health/ready")).status_code == 200


def test_installing_twice_does_nothing_the_second_time(real_db):
    drop_trigger()
    assert install() == [f"put {update_trigger()} on auth_group"]
    assert install() == []


def test_migrate_puts_missing_triggers_back(real_db):
    drop_trigger()
    call_command("migrate", verbosity=0)
    assert drift() == []


def test_database_without_the_log_is_not_ready(real_db):
    by_hand("DROP TABLE audit_auditevent" + ("" if SQLITE else " CASCADE"))
    assert drift() == ["The log has no table yet: run manage.py migrate."]


def test_health_says_alive_whatever_the_triggers(real_db, rf):
    drop_trigger()
    answer = live(rf.get("/health/live"))
    assert (answer.status_code, json.loads(answer.content)) == (200, {"live": True})


# --- migrations --------------------------------------------------------------------------------------------------


def migrate(*operations: migrations.operations.base.Operation, app: str = "auth") -> None:
    """Run operations in one transaction, as one migration would."""
    state = ProjectState.from_apps(apps)
    migration = migrations.Migration("throwaway", app)
    migration.operations = list(operations)
    with connection.schema_editor(atomic=True) as editor:
        migration.apply(state, editor)


COLOUR = models.CharField(max_length=10, default="red")
LONGER = models.CharField(max_length=200, unique=True)
OPERATIONS = {
    "alter a field": ([migrations.AlterField("group", "name", LONGER)], "name"),
    "add a field": ([migrations.AddField("group", "colour", COLOUR)], "name"),
    "add and remove": (
        [migrations.AddField("group", "colour", COLOUR), migrations.RemoveField("group", "colour")],
        "name",
    ),
    "rename a field": ([migrations.RenameField("group", "name", "title")], "title"),
    "add a constraint": (
        [migrations.AddConstraint("group", models.CheckConstraint(condition=~models.Q(name="x"), name="not_x"))],
        "name",
    ),
    "rename the table there and back": (
        [migrations.AlterModelTable("group", "grouping"), migrations.AlterModelTable("group", "auth_group")],
        "name",
    ),
}


@pytest.mark.parametrize("what", OPERATIONS)
def test_data_migration_after_a_change_of_shape_is_logged(real_db, what):
    Group.objects.create(pk=1, name="before")
    operations, column = OPERATIONS[what]
    write = migrations.RunPython(lambda historical, editor: by_hand(f"UPDATE auth_group SET {column} = 'after'"))
    migrate(*operations, write)
    event = AuditEvent.objects.latest("pk")
    assert (event.op, event.key, event.old_changed) == ("U", "1", {column: "before"})
    if column == "name" and what != "add a field":
        assert drift() == []


def test_new_column_is_logged_from_the_moment_it_is_there(real_db):
    Group.objects.create(pk=1, name="one")
    write = migrations.RunPython(lambda historical, editor: by_hand("UPDATE auth_group SET colour = 'blue'"))
    migrate(migrations.AddField("group", "colour", COLOUR), write)
    event = AuditEvent.objects.latest("pk")
    assert event.old_changed == {"colour": "red"}
    assert event.new_full == {"id": 1, "name": "one", "colour": "blue"}


def test_table_made_again_is_logged_before_the_migration_ends(real_db):
    """Tables of the site that a migration creates are watched at once, not when `migrate` is done."""
    by_hand("DROP TABLE auth_group_permissions")
    with connection.schema_editor() as editor:
        editor.create_model(Group.permissions.through)
        editor.execute("INSERT INTO auth_group_permissions (group_id, permission_id) SELECT 1, 1 WHERE 1 = 0")
    assert drift() == []


def test_log_itself_can_change_its_shape_and_keeps_every_event(real_db):
    Group.objects.create(pk=1, name="before")
    migrate(
        migrations.AlterField("auditevent", "role", models.CharField(max_length=100, blank=True)),
        migrations.AddField("auditevent", "sealed", models.BooleanField(null=True)),
        migrations.RunPython(lambda historical, editor: by_hand("UPDATE auth_group SET name = 'after'")),
        migrations.RemoveField("auditevent", "sealed"),
        app="audit",
    )
    assert list(AuditEvent.objects.values_list("op", flat=True)) == ["I", "U"]
    assert drift() == []


def test_every_table_of_the_site_that_is_logged_or_frozen_is_known(db):
    known = all_tables(connection)
    assert {"accounts_user", "measures_observation", "audit_auditevent", "auth_group_permissions"} <= set(known)
    assert {"jobs_job", "django_session", "measures_currentvalue"} & set(known) == set()
