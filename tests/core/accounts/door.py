"""What tests of signing in have in common: somebody with a password, an app that makes codes, and the door."""

import re
import time

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from core.accounts.models import RoleAssignment, User
from core.accounts.permissions import Role
from tests.factories.accounts import STARTED

PASSWORD = "correct horse battery"


def person(*roles: Role, email: str = "ann@testshire.example", name: str = "Ann") -> User:
    user = User(email=email, name=name)
    user.set_password(PASSWORD)
    user.save()
    for role in roles:
        RoleAssignment.objects.create(user=user, role=role, starts=STARTED)
    return user


def knock(client: Client, email: str = "ann@testshire.example", password: str = PASSWORD, **more):
    return client.post(reverse("sign-in"), {"username": email, "password": password, **more})


def prove(client: Client) -> None:
    """As if whoever is signed in had shown who they are a moment ago."""
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time()}]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = session[SESSION_KEY]
    session.save()


def code_of(secret: str, steps: int = 0) -> str:
    """What an app with this secret shows now, or some half minutes from now."""
    return format_hotp_value(hotp_value(secret.replace(" ", ""), int(time.time()) // 30 + steps))


def set_up_app(client: Client) -> str:
    """Set up an app in a session that has just been begun; its secret."""
    secret = client.get(reverse("factor-app")).context["form"].secret
    answer = client.post(reverse("factor-app"), {"code": code_of(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return secret


def shown_codes(client: Client, **sent: str) -> list[str]:
    """The recovery codes on the page, after the press that shows them."""
    html = client.post(reverse("factor-codes"), sent).content.decode()
    return [one.replace(" ", "") for one in re.findall(r"<li><code>([\d ]+)</code>", html)]


def later(client: Client, seconds: int) -> None:
    """Make everything the session knows that much older."""
    session = client.session
    for name in ("seen_at", "began_at"):
        session[name] -= seconds
    for one in session.get("account_authentication_methods", []):
        one["at"] -= seconds
    session.save()
