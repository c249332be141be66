"""The private address of a person’s calendar: made, made anew, ended."""

import hashlib
import secrets

from django.utils import timezone

from core.accounts.models import User
from core.audit import action
from desk.models import CalendarAddress


@action
def make_calendar_address(*, by: User) -> str:
    """A new private address of this person's calendar, in the place of the one they had. Only its hash is kept."""
    token = secrets.token_urlsafe(32)
    held = CalendarAddress.objects.filter(user=by).first() or CalendarAddress(user=by)
    held.digest, held.made_at = digest_of(token), timezone.now()
    held.save()
    return token


@action
def end_calendar_address(*, by: User) -> None:
    """From this moment the address answers nobody."""
    for held in CalendarAddress.objects.filter(user=by):
        held.delete()


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
