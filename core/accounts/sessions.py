"""Sessions as their owners know them: begun somewhere, last used then, ended one by one or all at once."""

import time

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from core.accounts.devices import device_words
from core.accounts.events import note
from core.accounts.models import SignInEvent, Sitting, User
from core.audit.middleware import client_address

SEEN = "seen_at"  # session key: unix seconds of the last activity that was noted
BEGAN = "began_at"  # session key: unix seconds at which it was begun; writing into a session does not make it younger
NOTE_EVERY = 60  # seconds: a page view must not take SQLite's write lock each time


def begin(request: HttpRequest, user: User, *, again: bool = False) -> None:
    """Enter a session that has just begun into its owner's list; `again`: under a new key, and no younger."""
    now = timezone.now()
    request.session[SEEN] = int(now.timestamp())
    if not again:
        request.session[BEGAN] = int(now.timestamp())
    facts = {
        "user": user,
        "began_at": now,
        "seen_at": now,
        "address": client_address(request),
        "device": device_words(request.headers.get("User-Agent", "")),
    }
    # Whoever presses twice signs in once more into the session that the first press began.
    Sitting.objects.update_or_create(session_key=request.session.session_key, defaults=facts)


def renew(request: HttpRequest) -> None:
    """Another key for the session of somebody who has shown again who they are; its place in the list stays."""
    before = request.session.session_key
    request.session.cycle_key()
    Sitting.objects.filter(session_key=before).update(session_key=request.session.session_key)


def keep(request: HttpRequest) -> None:
    """Note that a session is in use, or end one that lay idle or has lasted its longest time."""
    now = int(time.time())
    seen = request.session.get(SEEN, now)
    began = request.session.get(BEGAN, now)
    if now - seen > settings.SESSION_IDLE_AGE:
        end_own(request, SignInEvent.What.IDLE)
    elif now - began > settings.SESSION_COOKIE_AGE:
        end_own(request, SignInEvent.What.TOO_LONG)
    elif now - seen >= NOTE_EVERY or SEEN not in request.session:
        request.session[SEEN] = now
        request.session.setdefault(BEGAN, now)
        if now - seen >= NOTE_EVERY:
            Sitting.objects.filter(session_key=request.session.session_key).update(
                seen_at=timezone.now(), address=client_address(request)
            )


def end_own(request: HttpRequest, what: str) -> None:
    """End the session of this request."""
    key, user = request.session.session_key, request.user
    logout(request)
    Sitting.objects.filter(session_key=key).delete()
    note(what, request, user)


def open_sittings(user: User) -> list[Sitting]:
    """The sessions a person has open, the latest used first. What has ended by itself is tidied away."""
    live = Session.objects.filter(expire_date__gte=timezone.now()).values("session_key")
    return list(Sitting.objects.filter(user=user, session_key__in=live))
