"""Put old changes into a signed archive that verifies alone. Nothing is deleted: see audit_prune."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.audit import audit_context
from core.audit.archiving import ArchiveProblem, archive
from core.audit.signing import KeyProblem


class Command(BaseCommand):
    help = "Exports what happened before a day into a new folder, signs it and verifies it. Deletes nothing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--before", type=dt.date.fromisoformat, required=True, metavar="YYYY-MM-DD")

    def handle(self, *args: Any, folder: Path, before: dt.date, **options: Any) -> None:
        try:
            with audit_context(actor_name="command:audit_archive"):
                made = archive(folder, before=before)
        except FileExistsError as problem:
            raise CommandError(f"{folder} is there already. Name a new folder; nothing was archived.") from problem
        except (ArchiveProblem, KeyProblem, OSError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            f"Archived and verified: {made['seals']} changes, after {made['after']} up to {made['seq']} "
            f"{made['head'][:16]}. Copy {folder} to where it is kept; then manage.py audit_prune {folder}."
        )
