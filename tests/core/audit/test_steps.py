"""A database made by the many steps of before goes on; one that stopped among them is told what to do."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError, SystemCheckError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from core.audit.checks import LEAVE_AND_FINISH, check_steps

pytestmark = pytest.mark.servers
NEW = ("desk", "0001_tables")


def test_database_of_before_goes_on_and_an_unfinished_one_is_told_what_to_do(real_db):
    assert check_steps(["default"]) == []
    steps = MigrationLoader(None).replacements[NEW].replaces
    recorder = MigrationRecorder(connection)
    for step in (NEW, *steps[-2:]):
        recorder.record_unapplied(*step)
    said = (
        "The tables of desk are unfinished: 4 of the 6 steps by which an older version made them were taken, "
        "the next would be 0005_rounds_and_position_of_mails. This version makes them in one."
    )
    assert [(error.msg, error.hint) for error in check_steps(["default"])] == [(said, LEAVE_AND_FINISH)]
    before = set(recorder.applied_migrations())
    with pytest.raises(SystemCheckError, match="4 of the 6 steps"):
        call_command("migrate", verbosity=0, interactive=False, skip_checks=False)
    with pytest.raises(CommandError) as refused:
        call_command("up", port=0)
    assert str(refused.value) == f"{said} {LEAVE_AND_FINISH}"
    assert set(recorder.applied_migrations()) == before

    for step in steps[-2:]:
        recorder.record_applied(*step)
    assert check_steps(["default"]) == []
    told = StringIO()
    call_command("migrate", interactive=False, stdout=told)
    assert "No migrations to apply." in told.getvalue()
    assert NEW in recorder.applied_migrations()
