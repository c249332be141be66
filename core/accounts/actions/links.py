"""Inviting somebody, and the links by which people choose their own password: no administrator ever knows one."""

import datetime as dt

from django.utils import timezone

from core.accounts.actions.accounts import change_password, create_user
from core.accounts.models import PasswordLink, User
from core.accounts.states import MoveRefused
from core.audit import action

Kind = PasswordLink.Kind
GOOD_FOR = {Kind.INVITATION: dt.timedelta(days=7), Kind.NEW_PASSWORD: dt.timedelta(days=1)}
SPENT = (
    "This link has been used, has run out or was withdrawn. Ask your administrator for another. Nothing was changed."
)


@action
def invite(
    *,
    email: str,
    name: str,
    roles: list[str],
    starts: dt.date,
    ends: dt.date | None = None,
    job_title: str = "",
    by: User,
) -> PasswordLink:
    """An account without a password, with its roles, and the link by which its owner chooses one."""
    user = create_user(email=email, name=name, roles=roles, starts=starts, ends=ends, job_title=job_title, by=by)
    return make_password_link(user=user, by=by)


@action
def make_password_link(*, user: User, by: User) -> PasswordLink:
    """A link to choose a password; one made before works no more."""
    held = User.objects.select_for_update().get(pk=user.pk)
    if not held.is_active:
        raise MoveRefused(f"The account of {held} is closed. Open it again first. Nothing was changed.")
    now = timezone.now()
    held.password_links.open().update(withdrawn_at=now)
    kind = Kind.NEW_PASSWORD if held.has_usable_password() else Kind.INVITATION
    return PasswordLink.objects.create(user=held, kind=kind, made_at=now, expires_at=now + GOOD_FOR[kind])


@action
def withdraw_password_link(*, user: User, by: User) -> bool:
    """The link that is open works no more; False where there is none."""
    return bool(user.password_links.open().update(withdrawn_at=timezone.now()))


@action
def choose_password(*, link: PasswordLink, password: str, by: User) -> None:
    """Its owner has chosen: the link is spent, and every session of theirs ends. Raises MoveRefused for a spent one."""
    held = PasswordLink.objects.select_for_update().select_related("user").get(pk=link.pk)
    if not held.is_good or not held.user.is_active:
        raise MoveRefused(SPENT)
    held.used_at = timezone.now()
    held.save(update_fields=["used_at"])
    change_password(user=held.user, password=password, by=by)
