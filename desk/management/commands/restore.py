"""Put a backup into a new, empty installation, and prove that what stands there is what was backed up."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from core.audit.checks import is_behind
from core.audit.signing import KeyProblem
from desk.keeping.manifest import BackupProblem
from desk.keeping.restore import restore


class Command(BaseCommand):
    help = "Puts a backup into the empty database and folder that are set up here; refuses one that is not whole."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            manifest, faults = restore(folder)
        except (BackupProblem, KeyProblem, OSError, DatabaseError) as problem:
            raise CommandError(f"{problem} Nothing was restored.") from problem
        self.stdout.write(
            f"Restored as of {manifest.made_at}: {sum(manifest.rows.values()):,} rows, log to change {manifest.seq:,} "
            f"({manifest.head[:16]}), {len(manifest.files):,} files."
        )
        if faults:
            raise CommandError(f"It was restored, and is not as it should be: {' '.join(faults[:5])}")
        then = "Run manage.py migrate, then start." if is_behind() else "Start it as before."
        self.stdout.write(f"The log is whole. {then} Second factors open only with the RECKONER_SECRET_KEY of then.")
