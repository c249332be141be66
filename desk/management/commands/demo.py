"""The demo office, for trying the whole portal on. It never touches a database that holds real work."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from core.accounts.demo import DEMO_DOMAIN, demo_accounts
from core.accounts.models import Office, User
from desk.demo.build import build_demo
from desk.searching.index import rebuild


class Command(BaseCommand):
    help = "Fills an empty database with the demonstration office of Barsetshire, and says how to sign in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing where there is an office already")
        parser.add_argument("--complete", action="store_true", help="finish quarter two, up to its published paper")

    def handle(self, *, if_empty: bool, complete: bool, **options: Any) -> str | None:
        """Returns what it says at the end, which is printed; None where there was nothing to do."""
        if if_empty and Office.objects.exists():
            return None
        refuse_real_work()
        with transaction.atomic():
            build_demo(self._say, complete=complete)
        rebuild()
        return "\n".join(welcome())

    def _say(self, done: float, total: float, words: str) -> None:
        self.stdout.write(f"Demo office, {done:.0f} of {total:.0f}: {words}")
        self.stdout.flush()


def refuse_real_work() -> None:
    """Raise CommandError unless there is nothing here that anybody made."""
    office = Office.objects.first()
    if office and not office.is_demo:
        raise CommandError(
            f"This database belongs to a real office, {office.name}. Nothing was changed. "
            "Give the demonstration a database of its own: set DATABASE_URL or RECKONER_VAR."
        )
    if User.objects.exclude(email__endswith=f"@{DEMO_DOMAIN}").exists():
        raise CommandError(
            "This database has accounts that are not the demonstration's. Nothing was changed. "
            "Give the demonstration a database of its own: set DATABASE_URL or RECKONER_VAR."
        )
    if office or User.objects.exists():
        raise CommandError(
            "The demo office is here already. Nothing was changed. To begin it again, give it an empty database."
        )


def welcome() -> list[str]:
    """The address and one account for each role."""
    accounts = demo_accounts()
    wide = max(len(one["email"]) for one in accounts)
    lines = [f"  {one['email']:<{wide}}  {one['role']}" for one in accounts]
    return [
        f"The demo office is ready at {settings.SITE_URL}",
        f"Every account has the password {accounts[0]['password']}",
        *lines,
    ]
