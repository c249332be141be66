"""Is the log still watching, and are the tables ones that this version can go on from?"""

from collections.abc import Iterable
from typing import Any

from django.core.checks import CheckMessage, Error, Warning
from django.core.management.base import CommandError
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from core.audit.install import NO_LOG, drift

__all__ = ["check_steps", "check_triggers", "drift", "is_behind"]

LEAVE_AND_FINISH = (
    "Nothing was changed. Go back to the last version that has those steps, run manage.py migrate there until it has "
    "nothing to do, and come back: docs/operations.md, under Upgrade, has the commands. A database that holds nothing "
    "anybody needs can be deleted instead."
)


def check_triggers(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """A warning, not an error: an error would stop `migrate`, which is what puts it right."""
    # An empty database is about to be migrated, and needs no warning.
    wrong = [sentence for alias in databases or () for sentence in drift(alias) if sentence != NO_LOG]
    hint = "Run manage.py migrate, or manage.py audit_triggers --install. Until then the site reports it is not ready."
    return [Warning(sentence, hint=hint, id="audit.W001") for sentence in wrong]


def check_steps(databases: Iterable[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """An error for each app whose database stopped among steps that one migration has since taken the place of.

    Django says of such a database that a node is not found, or passes over the app without a word.
    """
    wrong: list[CheckMessage] = []
    for alias in databases or ():
        applied = set(MigrationRecorder(connections[alias]).applied_migrations())
        for (app, name), migration in sorted(MigrationLoader(None).replacements.items()):
            missing = [step for _, step in migration.replaces if (app, step) not in applied]
            if (app, name) in applied or not missing or len(missing) == len(migration.replaces):
                continue
            steps = len(migration.replaces)
            wrong.append(
                Error(
                    f"The tables of {app} are unfinished: {steps - len(missing)} of the {steps} steps by which an "
                    f"older version made them were taken, the next would be {missing[0]}. "
                    "This version makes them in one.",
                    hint=LEAVE_AND_FINISH,
                    id="audit.E001",
                )
            )
    return wrong


def is_behind() -> bool:
    """Whether tables of this version are missing. CommandError where the database cannot go on from where it is."""
    for error in check_steps(["default"]):
        raise CommandError(f"{error.msg} {error.hint}")
    executor = MigrationExecutor(connections["default"])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
