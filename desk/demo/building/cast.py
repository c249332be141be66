"""Who acts in the demo's story, and which day of it it is."""

import datetime as dt
from dataclasses import dataclass
from functools import cache

from django.contrib.auth.hashers import make_password

from core.accounts.actions import create_user, set_office
from core.accounts.demo import DEMO_PASSWORD, DEMO_PEOPLE, demo_email
from core.accounts.models import Person, User
from core.accounts.permissions import Role
from desk.demo.plan import FORCE, OFFICE, PLAN
from desk.demo.words.people import PEOPLE
from governance.boards.actions import add_person

OFFICE_SHORT = f"{PLAN.county} OPCC"
PANEL_NAME = f"{PLAN.county} Police and Crime Panel"
WITH_ACCOUNTS = {"Commissioner": Role.COMMISSIONER}  # they sign what they presided over
ROLES_FROM = dt.date(2019, 4, 1)


@dataclass
class Cast:
    """The accounts of the demonstration by role, and everybody the office deals with by the role they are known by."""

    users: dict[Role, User]
    people: dict[str, Person]

    def __getitem__(self, role: Role) -> User:
        return self.users[role]

    def person(self, name: str) -> Person:
        return self.people[name]


def on(day: dt.date) -> None:
    """From here on the office's today is this day."""
    set_office(today_override=day, by=None)


def begin(day: dt.date) -> Cast:
    """The office, its accounts and the people it knows."""
    set_office(
        name=OFFICE,
        short_name=OFFICE_SHORT,
        force_name=FORCE,
        panel_name=PANEL_NAME,
        is_demo=True,
        today_override=day,
        by=None,
    )
    hashed_once = cache(make_password)  # everybody has the same password, which the page of the demonstration tells
    for role, name in DEMO_PEOPLE.items():
        create_user(
            email=demo_email(role),
            name=name,
            password=DEMO_PASSWORD,
            roles=[role],
            starts=ROLES_FROM,
            by=None,
            hasher=hashed_once,
        )
    secretary = User.objects.get(email=demo_email(Role.SECRETARY))
    for name, organisation in PEOPLE.items():
        if name in WITH_ACCOUNTS:
            continue
        add_person(name=name, organisation=organisation, by=secretary)
    return found()


def found() -> Cast:
    """Everybody, as the record has them."""
    users = {user.email: user for user in User.objects.select_related("person")}
    accounts = {name: users[demo_email(role)].person for name, role in WITH_ACCOUNTS.items()}
    return Cast(
        {role: users[demo_email(role)] for role in DEMO_PEOPLE},
        {person.name: person for person in Person.objects.all()} | accounts,
    )
