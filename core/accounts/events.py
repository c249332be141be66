"""Noting what happens at the door."""

from typing import Any

from django.utils import timezone

from core.accounts.models import SignInEvent, User
from core.accounts.throttle import TooManyTries
from core.audit import audit_context
from core.audit.middleware import client_address


def note_throttled(refused: TooManyTries, request: Any, user: User | None = None) -> None:
    """Once, when it begins: whoever goes on trying must not be able to fill the log."""
    if refused.first:
        note(SignInEvent.What.THROTTLED, request, user)


def note(what: str, request: Any, user: User | None = None) -> None:
    """Into the log, under the name of whoever is meant; a stranger has none."""
    known = user if user is not None and user.pk else None
    with audit_context(actor=known, actor_name="" if known else "someone not signed in", request=request):
        SignInEvent.objects.create(user=known, what=what, at=timezone.now(), address=client_address(request))
