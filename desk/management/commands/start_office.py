"""Begin a real office: its name, its force, the first administrator, and if they are at hand its measures and plan.

Whatever is not given is asked for. Files to begin from are docs/measures-template.csv, docs/plan-template.json and
docs/delivery-plan-template.csv.
"""

import getpass
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from core.accounts.models import User
from core.audit.checks import is_behind
from desk.starting import CannotStart, check_none_yet, read_plan, start_office
from measures.definition_sheet import SheetProblems

NOTHING = "Nothing was changed."
MIGRATE = "Run: python manage.py migrate. Then begin again."


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", help="of the office, as it stands on a paper's cover")
        parser.add_argument("--short-name", help="as it stands in the title of every page")
        parser.add_argument("--force", help="name of the police force")
        parser.add_argument("--admin-email", help="with which the first administrator signs in")
        parser.add_argument("--admin-name", help="of the first administrator")
        parser.add_argument("--password-file", type=Path, help="holds the administrator's password")
        parser.add_argument("--measures", type=Path, help="CSV or xlsx file, one row a measure")
        parser.add_argument("--plan", type=Path, help="JSON file with the plan's title, dates and priorities")
        parser.add_argument(
            "--delivery", type=Path, help="CSV or xlsx file of the service delivery plan, one row an action"
        )
        parser.add_argument("--no-input", action="store_true", help="ask for nothing; fail when something is missing")

    def handle(self, *args: object, **given: Any) -> None:
        if is_behind():
            raise CommandError(f"The database has not the tables of this version yet. {NOTHING} {MIGRATE}")
        try:
            check_none_yet()
            ask = _silent if given["no_input"] else _ask
            measures = _read(given["measures"])
            plan = _plan(given, ask)
            facts = _facts(given, ask)
            delivery = _read(given["delivery"])
            count, made = start_office(measures=measures, plan=plan, delivery=delivery, **facts)
        except CannotStart as refused:
            raise CommandError(f"{refused} {NOTHING}") from refused
        except SheetProblems as problems:
            listed = "\n".join(f"  {sentence}" for sentence in problems.sentences)
            raise CommandError(f"The sheet cannot be used as it is:\n{listed}\n{NOTHING}") from problems
        except (ValidationError, LookupError) as wrong:
            said = " ".join(wrong.messages) if isinstance(wrong, ValidationError) else wrong.args[0]
            raise CommandError(f"{said} {NOTHING}") from wrong
        self.stdout.write(f"The {facts['name']} has begun, with {count} measures and {made or 'no plan yet'}.")
        self.stdout.write(f"{facts['administrator']['name']} can sign in as {facts['administrator']['email']}.")


Ask = Callable[[str], str]


def _ask(question: str) -> str:
    return input(f"{question}: ").strip()


def _silent(question: str) -> str:
    raise CannotStart(f"Not given: {question[0].lower()}{question[1:]}.")


def _facts(given: dict[str, Any], ask: Ask) -> dict[str, Any]:
    name = given["name"] or ask("Name of the office")
    facts = {
        "name": name,
        "short_name": given["short_name"] or (name[:60] if given["no_input"] else ask("Short name of the office")),
        "force": given["force"] or ask("Name of the force"),
    }
    email = given["admin_email"] or ask("E-mail address of the first administrator")
    validate_email(email)
    person = given["admin_name"] or ask("Name of the first administrator")
    if not all((*facts.values(), email, person)):
        raise CannotStart("The office, the force and the administrator each need a name.")
    password = _password(given, User(email=email, name=person))
    return facts | {"administrator": {"email": email, "name": person, "password": password}}


def _password(given: dict[str, Any], user: User) -> str:
    if given["password_file"]:
        password = _read(given["password_file"]).decode().strip()
    elif given["no_input"]:
        raise CannotStart("Not given: the administrator's password. Name a file that holds it with --password-file.")
    else:
        password = getpass.getpass("Password of the first administrator: ")
        if password != getpass.getpass("The same again: "):
            raise CannotStart("The two passwords are not the same.")
    validate_password(password, user)
    return password


def _plan(given: dict[str, Any], ask: Ask) -> dict[str, Any] | None:
    """From the file, or asked for; without a file and a person there is no plan yet."""
    if given["plan"]:
        return read_plan(_read(given["plan"]).decode())
    if given["no_input"] or not sys.stdin.isatty():
        return None
    title = ask("Title of the police and crime plan (leave empty to add it later)")
    if not title:
        return None
    starts, ends = ask("First day of the plan, as 2021-04-01"), ask("Last day of the plan, as 2025-03-31")
    priorities = []
    while priority := ask(f"Title of priority {len(priorities) + 1} (leave empty when there are no more)"):
        slugs = ask("Slugs of its measures, with spaces between").split()
        priorities.append({"title": priority, "measures": slugs})
    return read_plan(json.dumps({"title": title, "starts": starts, "ends": ends, "priorities": priorities}))


def _read(path: Path | None) -> bytes | None:
    if path is None:
        return None
    try:
        return path.read_bytes()
    except OSError as error:
        raise CannotStart(f"{path} cannot be read: {error.strerror}.") from error
