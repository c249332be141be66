"""Write docs/roles.md and docs/states.md from the code, or say whether they are up to date."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from desk.generated import PAGES


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        mode = parser.add_mutually_exclusive_group(required=True)
        mode.add_argument("--write", action="store_true")
        mode.add_argument("--check", action="store_true")

    def handle(self, *args: object, write: bool, **options: object) -> None:
        stale = []
        for name, page in PAGES.items():
            path = Path(settings.BASE_DIR) / name
            if path.exists() and path.read_text() == page():
                continue
            if write:
                path.parent.mkdir(exist_ok=True)
                path.write_text(page())
            else:
                stale.append(name)
        if stale:
            raise CommandError(f"Out of date: {', '.join(stale)}. Run `make fix` and commit what changes.")
