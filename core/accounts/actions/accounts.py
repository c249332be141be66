"""What administrators do with accounts and roles, and what people do with their own password."""

import datetime as dt
from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone

from core.accounts.context import forget_office
from core.accounts.emergencies import check_address_stays, check_given, last_day, manages_until, was_taken
from core.accounts.models import Office, Person, RoleAssignment, User
from core.accounts.permissions import Role
from core.accounts.states import MoveRefused
from core.audit import action


@action
def create_user(
    *,
    email: str,
    name: str,
    password: str | None = None,
    roles: list[str],
    starts: dt.date,
    ends: dt.date | None = None,
    job_title: str = "",
    by: User | None,
    hasher: Callable[[str | None], str] = make_password,
) -> User:
    """Create an account with its roles and its entry in the list of people; without a password nobody signs in yet."""
    until = manages_until(by)
    for role in roles if until else ():
        check_given(role, starts, user=None, by=by, until=until)
    user = User.objects.create(email=email.lower(), name=name, job_title=job_title, password=hasher(password))
    ends = last_day(ends, until) if until else ends
    for role in roles:
        RoleAssignment.objects.create(user=user, role=role, starts=starts, ends=ends, until=until)
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
    """Every session of theirs ends; a person who changes their own keeps the one they are in by Django's own means."""
    user.set_password(password)
    user.save(update_fields=["password"])
    user.sittings.all().delete()
    user.password_links.open().update(withdrawn_at=timezone.now())


@action
def change_address(*, user: User, email: str, by: User) -> None:
    """Somebody signs in with another e-mail address, and is written to there."""
    check_address_stays(by)
    if User.objects.filter(email__iexact=email).exclude(pk=user.pk).exists():
        raise MoveRefused("There is already an account with this e-mail address. Nothing was changed.")
    user.email = email.lower()
    user.save(update_fields=["email"])
    Person.objects.filter(user=user).update(email=user.email)
    user.password_links.open().update(withdrawn_at=timezone.now())


@action
def give_role(
    *, user: User, role: str, starts: dt.date, ends: dt.date | None = None, by: User | None
) -> RoleAssignment:
    """Give a role from a day, perhaps to a day. Raises MoveRefused where those days overlap ones it is held on.

    Whoever manages people in an emergency alone gives it no longer than that lasts.
    """
    User.objects.select_for_update().get(pk=user.pk)
    if until := manages_until(by):
        check_given(role, starts, user=user, by=by, until=until)
        ends = last_day(ends, until)
    over = Q(until__lte=timezone.now())  # taken in an emergency that has passed
    user.role_assignments.filter(over, role=role, starts=starts).delete()
    held = user.role_assignments.filter(role=role).exclude(over)
    if any((ends is None or one.starts <= ends) and (one.ends is None or one.ends >= starts) for one in held):
        raise MoveRefused(f"{user} holds the role {Role(role).label} in that time already. Nothing was changed.")
    return RoleAssignment.objects.create(user=user, role=role, starts=starts, ends=ends, until=until)


@action
def end_role(*, assignment: RoleAssignment, by: User) -> None:
    """From this moment the role is not held. One that has not lasted a day leaves its trace in the log alone."""
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    if assignment.ends is not None and assignment.ends <= yesterday:
        return
    if was_taken(assignment):
        raise MoveRefused("It was taken in an emergency: end it on the page Emergency access. Nothing was changed.")
    if assignment.until is not None:
        assignment.until = min(assignment.until, timezone.now())
        assignment.save(update_fields=["until"])
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
    user.password_links.open().update(withdrawn_at=timezone.now())
    end_sessions(user)


@action
def reopen_account(*, user: User, reason: str, by: User) -> None:
    user.is_active = True
    user.save(update_fields=["is_active"])


def check_an_administrator_remains(*, without: User) -> None:
    """Raise MoveRefused when nobody else could give roles any more; one for some hours does not count."""
    held = RoleAssignment.objects.held_on(timezone.localdate()).filter(until__isnull=True)
    held = held.filter(role=Role.ADMINISTRATOR, user__is_active=True)
    if held.filter(user=without).exists() and not held.exclude(user=without).exists():
        raise MoveRefused(f"{without} is the only administrator. Make somebody else one first. Nothing was changed.")


def end_sessions(user: User, *, but: str | None = None) -> None:
    """Sign a person out everywhere, perhaps `but` in one session."""
    for session in Session.objects.filter(expire_date__gte=timezone.now()).exclude(session_key=but or ""):
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()
    user.sittings.exclude(session_key=but or "").delete()
