"""Delete from the database what a verified archive has, and leave a signed prune point."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.audit import audit_context
from core.audit.archiving import ArchiveProblem, prune
from core.audit.signing import KeyProblem


class Command(BaseCommand):
    help = "Deletes from the log what an archive has, after verifying it again, and leaves a signed prune point."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--place", required=True, help="where the archive is kept, in words; stays in the log")
        parser.add_argument("--reason", required=True, help="why, such as the retention schedule; stays in the log")

    def handle(self, *args: Any, folder: Path, place: str, reason: str, **options: Any) -> None:
        try:
            with audit_context(actor_name="command:audit_prune"):
                point = prune(folder, place=place, reason=reason)
        except (ArchiveProblem, KeyProblem) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"Pruned {point.events} changes, up to {point.seq} {point.head[:16]}. Now run audit_verify.")
