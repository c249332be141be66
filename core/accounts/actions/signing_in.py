"""Signing in, and what it is done with beside a password: an authenticator app, a security key, recovery codes."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.flows import generate_recovery_codes
from allauth.mfa.totp.internal.flows import activate_totp
from allauth.mfa.webauthn.internal.flows import add_authenticator
from django.contrib.auth import login
from django.contrib.sessions.models import Session
from django.http import HttpRequest

from core.accounts import sessions
from core.accounts.actions.accounts import end_sessions
from core.accounts.emergencies import check_may_let_in
from core.accounts.events import note
from core.accounts.factors import check_may_go, factors_of, note_proved
from core.accounts.models import SignInEvent, Sitting, User
from core.audit import action

BACKEND = "core.accounts.backends.AccountBackend"


@action
def sign_in(*, request: HttpRequest, by: User) -> None:
    """Begin a session; Django cycles the session key and notes the time on the account."""
    login(request, by, backend=BACKEND)
    sessions.begin(request, by)


@action
def add_authenticator_app(*, request: HttpRequest, form: Any, by: User) -> Authenticator:
    """`form` has checked a code made with the secret it holds. The person's other sessions end."""
    app, _ = activate_totp(request, form)
    note_proved(request, app)
    end_sessions(by, but=request.session.session_key)
    return app


@action
def add_key(*, request: HttpRequest, name: str, credential: dict, by: User) -> Authenticator:
    """`credential` is the key's checked answer. The person's other sessions end."""
    key, _ = add_authenticator(request, name, credential)
    note_proved(request, key)
    end_sessions(by, but=request.session.session_key)
    return key


@action
def remove_factor(*, request: HttpRequest, factor: Authenticator, by: User) -> None:
    """Take away an app or a key, the recovery codes with the last. Raises MoveRefused where one must stay."""
    User.objects.select_for_update().get(pk=by.pk)
    check_may_go(factor, by)
    factor.delete()
    if not factors_of(by):
        Authenticator.objects.filter(user=by).delete()
    end_sessions(by, but=request.session.session_key)


@action
def make_recovery_codes(*, request: HttpRequest, by: User) -> Authenticator:
    """New codes; those there were work no more."""
    return generate_recovery_codes(request)


@action
def show_recovery_codes(*, codes: Authenticator, by: User) -> list[str]:
    """The codes not used yet, once: the second time nobody is shown them."""
    held = codes.wrap()
    if held.did_view:
        return []
    held.mark_as_viewed()
    return held.get_unused_codes()


@action
def reset_factors(*, user: User, reason: str, by: User) -> None:
    """For somebody who has lost phone and codes: they set up anew when they next sign in. They are signed out."""
    check_may_let_in(user, what=f"The second factor of {user}", by=by)
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user)


@action
def end_session(*, sitting: Sitting, request: HttpRequest, by: User) -> None:
    """End one session from the list; whoever uses it is asked to sign in."""
    Session.objects.filter(session_key=sitting.session_key).delete()
    sitting.delete()
    note(SignInEvent.What.ENDED, request, by)


@action
def end_other_sessions(*, request: HttpRequest, by: User) -> None:
    """End every session of a person but the one they are in."""
    end_sessions(by, but=request.session.session_key)
    note(SignInEvent.What.ENDED, request, by)
