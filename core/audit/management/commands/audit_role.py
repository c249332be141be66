"""Set up the PostgreSQL role the site runs as, which cannot touch the log."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.audit.roles import RoleProblem, set_up


class Command(BaseCommand):
    help = "Gives a PostgreSQL role what the site needs and no way to the log. Run as the owner, after each migrate."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role")

    def handle(self, *args: Any, role: str, **options: Any) -> None:
        try:
            is_new = set_up(role)
        except RoleProblem as problem:
            raise CommandError(str(problem)) from problem
        made = f'made; give it a password with: psql -c "\\password {role}"' if is_new else "was there"
        self.stdout.write(f"The role {role} ({made}) reads and writes the record and cannot touch the log.")
