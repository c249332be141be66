"""What people do with accounts. The caller has checked permission."""

import datetime as dt

from django.contrib.auth import login
from django.http import HttpRequest

from core.accounts.models import Office, Person, RoleAssignment, User
from core.audit import action


@action
def sign_in(*, request: HttpRequest, by: User) -> None:
    """Begin a session; Django cycles the session key and notes the time on the account."""
    login(request, by, backend="django.contrib.auth.backends.ModelBackend")


@action
def create_user(
    *, email: str, name: str, password: str, roles: list[str], starts: dt.date, job_title: str = "", by: User | None
) -> User:
    """Create an account with its roles and its entry in the list of people."""
    user = User(email=email.lower(), name=name, job_title=job_title)
    user.set_password(password)
    user.save()
    for role in roles:
        RoleAssignment.objects.create(user=user, role=role, starts=starts)
    Person.objects.create(name=name, job_title=job_title, email=user.email, user=user)
    return user


@action
def set_office(*, by: User | None, **settings: object) -> Office:
    """Name the office, or change what is said of it."""
    office = Office.objects.first() or Office(pk=1)
    for field, value in settings.items():
        setattr(office, field, value)
    office.full_clean()
    office.save()
    return office


@action
def change_password(*, user: User, password: str, by: User) -> None:
    user.set_password(password)
    user.save(update_fields=["password"])
