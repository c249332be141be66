"""Back up the whole record: the database as it stands at one moment, and every stored file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.audit.checks import is_behind
from core.audit.signing import KeyProblem
from desk.keeping.backup import back_up
from desk.keeping.manifest import BackupProblem


class Command(BaseCommand):
    help = "Writes the database, the stored files and a manifest of hashes into a new folder, while people work."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        if is_behind():
            raise CommandError("The database has not the tables of this version. Run manage.py migrate first.")
        try:
            made = back_up(folder)
        except (BackupProblem, KeyProblem, OSError) as problem:
            raise CommandError(f"{problem} No backup was made.") from problem
        self.stdout.write(
            f"{folder}: {sum(made.rows.values()):,} rows, log to change {made.seq:,} ({made.head[:16]}), "
            f"{len(made.files):,} files of {made.size:,} bytes. Put it back with: manage.py restore {folder}"
        )
        if made.lost:
            listed = ", ".join(one[:12] for one in made.lost)
            raise CommandError(
                f"The backup is made, but {len(made.lost)} stored files were missing or damaged on the disk and are "
                f"not in it: {listed}. Look for them in an earlier backup."
            )
