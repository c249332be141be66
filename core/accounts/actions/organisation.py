"""What a sign-in through the organisation changes here: whose account is whose, and the roles its claims give."""

import datetime as dt

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.utils import timezone

from core.accounts.actions.accounts import create_user
from core.accounts.models import RoleAssignment, User
from core.accounts.organisation import ID, Known
from core.audit import action


@action
def know_by_organisation(*, known: Known, by: User | None) -> User | None:
    """Tie the account of somebody's address to what the organisation calls them; None where there is none to tie.

    Only an address the organisation answers for is taken, and an account is tied once: who holds an address may change.
    """
    if not known.email or not (known.email_is_verified or settings.OIDC["trusts_email"]):
        return None
    user = User.objects.select_for_update().filter(email__iexact=known.email).first()
    if user is None:
        if not settings.OIDC["creates"]:
            return None
        user = create_user(
            email=known.email, name=known.name or known.email, roles=[], starts=timezone.localdate(), by=None
        )
    elif SocialAccount.objects.filter(user=user, provider=ID).exists():
        return None
    SocialAccount.objects.create(user=user, provider=ID, uid=known.subject)
    return user


@action
def follow_claims(*, user: User, known: Known, by: User) -> None:
    """Roles that claims gave and give no more end; those they give begin. Roles given here by hand stay as they are."""
    day = timezone.localdate()
    User.objects.select_for_update().get(pk=user.pk)
    held = user.role_assignments.held_on(day)
    for one in held.exclude(by_claim=""):
        if one.role not in known.roles:
            _end(one, day)
    still = set(held.values_list("role", flat=True))
    for role, value in known.roles.items():
        if role not in still:
            RoleAssignment.objects.create(user=user, role=role, starts=day, by_claim=value[:120])


def _end(one: RoleAssignment, day: dt.date) -> None:
    """Also of the last administrator: what the organisation has taken away is not kept here."""
    if one.starts == day:
        one.delete()
    else:
        one.ends = day - dt.timedelta(days=1)
        one.save(update_fields=["ends"])
