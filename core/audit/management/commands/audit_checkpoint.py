"""Sign how far the log has come, and keep that outside the database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.audit.proof import make_checkpoint
from core.audit.signing import KeyProblem, make_key


class Command(BaseCommand):
    help = "Signs the head of the log's chain with RECKONER_CHECKPOINT_KEY and keeps it in RECKONER_CHECKPOINTS."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--make-key", type=Path, metavar="FILE", help="make a key pair instead: FILE and FILE.pub")

    def handle(self, *args: Any, make_key: Path | None, **options: Any) -> None:
        try:
            if make_key:
                self._make(make_key)
            else:
                path, is_new = make_checkpoint()
                self.stdout.write(f"{'Signed' if is_new else 'Nothing has changed since'}: {path}")
        except (KeyProblem, OSError) as problem:
            raise CommandError(str(problem)) from problem

    def _make(self, path: Path) -> None:
        public = make_key(path)
        self.stdout.write(f"Private key: {path}. Whoever holds it can vouch for the log; keep it from the database's")
        self.stdout.write(f"administrator. Public key, to hand to auditors: {public}")
