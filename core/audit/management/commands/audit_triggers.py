"""Compare the log's triggers with the models, or put them right."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.audit.install import drift, install


class Command(BaseCommand):
    help = "Compares the audit log's triggers with the models (--check), or puts them right (--install)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--check", action="store_true", help="say what is wrong, and fail if anything is")
        which.add_argument("--install", action="store_true", help="put the triggers in place")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        if not check:
            for line in install():
                self.stdout.write(line)
        wrong = drift()
        if wrong:
            raise CommandError("\n".join(wrong))
        self.stdout.write("Every trigger is in place.")
