"""Second factors: who needs one, which a person has, and whether this session has been proved with one.

The mechanisms (codes by time, security keys, recovery codes) are django-allauth's; what is asked of whom is ours.
"""

import time

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from core.accounts.context import current_office
from core.accounts.models import User
from core.accounts.permissions import READS
from core.accounts.states import MoveRefused

FRESH = 10 * 60  # seconds after which a change of how one signs in asks again who is there
TYPES = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def asked_for_here() -> bool:
    """Whether this office asks for second factors. Only a demonstration, where passwords are no secret, does not."""
    if not settings.SECOND_FACTOR:
        return False
    office = current_office()
    return office is None or not office.is_demo


def needs_factor(user: User) -> bool:
    """Whoever may do more than read needs one."""
    return bool(user.permissions - READS) and asked_for_here()


def factors_of(user: User) -> list[Authenticator]:
    """The apps and keys a person has, oldest first; recovery codes alone are none."""
    return list(Authenticator.objects.filter(user=user, type__in=TYPES).order_by("pk"))


def has_keys(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).exists()


def is_proved(request: HttpRequest) -> bool:
    """Whether a second factor was shown in this session. Reads the session alone."""
    return any(_is_second(one) for one in get_authentication_records(request, request.user))


def _is_second(record: dict) -> bool:
    """A factor of ours, or a sign-in through the organisation that says it asked for a second one."""
    return record["method"] == "mfa" or bool(record.get("mfa"))


def note_proved(request: HttpRequest, factor: Authenticator) -> None:
    """Somebody who has just set a factor up has shown it."""
    record_authentication(request, request.user, "mfa", id=factor.pk, type=factor.type)


def is_fresh(request: HttpRequest) -> bool:
    """Whether somebody has shown who they are in the last minutes, with a factor where they have any."""
    said = get_authentication_records(request, request.user)
    if is_proved(request):
        said = [one for one in said if _is_second(one)]
    return bool(said) and time.time() - said[-1]["at"] < FRESH


def check_may_go(factor: Authenticator, user: User) -> None:
    """Raise MoveRefused when a person who needs a factor would be left without."""
    others = [one for one in factors_of(user) if one.pk != factor.pk]
    if not others and needs_factor(user):
        raise MoveRefused("Your roles need a second factor. Set up another one first. Nothing was changed.")
