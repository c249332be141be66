"""Hand the log to an auditor: every event, the manifest of hashes, and a verifier that needs no Reckoner."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.audit import audit_context
from core.audit.exporting import export
from core.audit.signing import KeyProblem


class Command(BaseCommand):
    help = "Writes events.jsonl, manifest.json and verify.py, a verifier that needs no Reckoner, into a new folder."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--after", type=int, default=0, metavar="SEQ", help="leave out what was sealed up to here")

    def handle(self, *args: Any, folder: Path, after: int, **options: Any) -> None:
        try:
            with audit_context(actor_name="command:audit_export"):
                made = export(folder, after=after)
        except FileExistsError as problem:
            raise CommandError(f"{folder} is there already. Name a new folder; nothing was exported.") from problem
        except (KeyProblem, OSError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            f"{made['seals']} changes, head {made['seq']} {made['head'][:16]}, {len(made['checkpoints'])} checkpoints. "
            f"Check it with: python3 -I {folder}/verify.py {folder}"
        )
