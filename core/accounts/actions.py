"""What people do with accounts. The caller has checked permission."""

import datetime as dt

from django.contrib.auth import SESSION_KEY, login
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from core.accounts.context import forget_office
from core.accounts.models import Office, Person, RoleAssignment, User
from core.accounts.permissions import Role
from core.accounts.states import MoveRefused
from core.audit import action


@action
def sign_in(*, request: HttpRequest, by: User) -> None:
    """Begin a session; Django cycles the session key and notes the time on the account."""
    login(request, by, backend="core.accounts.backends.AccountBackend")


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
    forget_office()
    return office


@action
def change_password(*, user: User, password: str, by: User) -> None:
    user.set_password(password)
    user.save(update_fields=["password"])


@action
def give_role(
    *, user: User, role: str, starts: dt.date, ends: dt.date | None = None, by: User | None
) -> RoleAssignment:
    """Give a role from a day, perhaps to a day. Raises MoveRefused where those days overlap ones it is held on."""
    User.objects.select_for_update().get(pk=user.pk)
    held = user.role_assignments.filter(role=role)
    if any((ends is None or one.starts <= ends) and (one.ends is None or one.ends >= starts) for one in held):
        raise MoveRefused(f"{user} holds the role {Role(role).label} in that time already. Nothing was changed.")
    return RoleAssignment.objects.create(user=user, role=role, starts=starts, ends=ends)


@action
def end_role(*, assignment: RoleAssignment, by: User) -> None:
    """From this moment the role is not held. One that has not lasted a day leaves its trace in the log alone."""
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    if assignment.ends is not None and assignment.ends <= yesterday:
        return
    if assignment.role == Role.ADMINISTRATOR:
        check_an_administrator_remains(without=assignment.user)
    if assignment.starts > yesterday:
        assignment.delete()
        return
    assignment.ends = yesterday
    assignment.save(update_fields=["ends"])


@action
def close_account(*, user: User, reason: str, by: User) -> None:
    """The person can no longer sign in, and whatever they have open ends. What they did stays on record."""
    if user == by:
        raise MoveRefused("You cannot close your own account. Ask another administrator. Nothing was changed.")
    check_an_administrator_remains(without=user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user)


@action
def reopen_account(*, user: User, reason: str, by: User) -> None:
    user.is_active = True
    user.save(update_fields=["is_active"])


def check_an_administrator_remains(*, without: User) -> None:
    """Raise MoveRefused when nobody else could give roles any more."""
    held = RoleAssignment.objects.held_on(timezone.localdate()).filter(role=Role.ADMINISTRATOR, user__is_active=True)
    if held.filter(user=without).exists() and not held.exclude(user=without).exists():
        raise MoveRefused(f"{without} is the only administrator. Make somebody else one first. Nothing was changed.")


def end_sessions(user: User) -> None:
    """Sign a person out everywhere."""
    for session in Session.objects.filter(expire_date__gte=timezone.now()):
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()
