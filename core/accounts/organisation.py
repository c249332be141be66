"""Signing in through the organisation, by OpenID Connect: what is sent there, and what is believed of the answer.

django-allauth brings the client, its state and the table of who is whom there. It neither sends a nonce nor checks a
signature in this flow, so the token is held against everything here.
"""

import hmac
import json
import time
from dataclasses import dataclass
from typing import Any

import jwt
import requests
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import get_random_string

from core.accounts.models import User
from core.accounts.permissions import Role

ID = "organisation"
SCOPE = ["openid", "profile", "email"]
ALGORITHMS = ["RS256", "PS256", "ES256"]  # "none", and secrets shared with the client, are not among them
NEEDED = ["iss", "sub", "aud", "exp", "iat", "nonce"]
LEEWAY = 60  # seconds that clocks may differ
JUST_NOW = 300  # seconds since somebody who was asked again has shown who they are
TROUBLE = (OAuth2Error, requests.RequestException, jwt.PyJWTError, KeyError, ValueError, TypeError)


class NotTaken(Exception):
    """What the organisation answered is not believed; the text is for the log of the process, not for the page."""


@dataclass(frozen=True)
class Known:
    """Whom the organisation says it is."""

    subject: str
    email: str
    email_is_verified: bool
    name: str
    values: frozenset[str]  # of the claim that gives roles
    has_second_factor: bool

    @property
    def roles(self) -> dict[str, str]:
        """Role to the value that gives it."""
        given = settings.OIDC["roles"]
        return {given[value]: value for value in sorted(self.values) if value in given}


def is_on() -> bool:
    return bool(settings.OIDC["issuer"])


def is_limited_to_it(email: str) -> bool:
    """Whether this address may not sign in with a password or key of ours."""
    local = {one.strip().lower() for one in settings.OIDC["local"]}
    return is_on() and bool(local) and email.strip().lower() not in local


def check_settings() -> None:
    """Raise ImproperlyConfigured for settings that would fail at the first sign-in."""
    given = settings.OIDC
    if not given["issuer"]:
        return
    if not given["issuer"].startswith(("https://", "http://127.0.0.1:")):
        raise ImproperlyConfigured("RECKONER_OIDC_ISSUER has to begin with https://.")
    if not given["client_id"] or not given["secret"]:
        raise ImproperlyConfigured(
            "RECKONER_OIDC_ISSUER needs RECKONER_OIDC_CLIENT_ID and RECKONER_OIDC_CLIENT_SECRET."
        )
    if unknown := sorted(set(given["roles"].values()) - set(Role.values)):
        raise ImproperlyConfigured(
            f"RECKONER_OIDC_ROLES names no role of ours: {', '.join(unknown)}. There are {', '.join(Role.values)}."
        )


class Client(OpenIDConnectOAuth2Adapter):
    """The provider of django-allauth, told of our one organisation, and of an address that no header can change."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, ID)
        given = settings.OIDC
        self.app = SocialApp(
            provider="openid_connect",
            provider_id=ID,
            name=given["name"],
            client_id=given["client_id"],
            secret=given["secret"],
            settings={"server_url": given["issuer"].rstrip("/")},
        )

    def get_provider(self) -> OpenIDConnectProvider:
        return OpenIDConnectProvider(self.request, app=self.app)

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return f"{settings.SITE_URL}{reverse('organisation-return')}"

    def signing_key(self, kid: str) -> jwt.PyJWK:
        with requests.Session() as session:
            answer = session.get(self.openid_config["jwks_uri"], timeout=5, allow_redirects=False)
            answer.raise_for_status()
        for one in jwt.PyJWKSet.from_dict(answer.json()).keys:
            if one.key_id == kid:
                return one
        raise NotTaken(f"no key {kid!r}")


def address_to_ask(request: HttpRequest, next_url: str, *, again: bool) -> str:
    """Where the browser is sent; what the answer is held against waits in the session. `again`: ask whoever is in."""
    try:
        client = Client(request)
        nonce, proof = get_random_string(43), generate_code_challenge()
        kept = {"nonce": nonce, "verifier": proof.pop("code_verifier"), "next": next_url, "again": again}
        sender = client.get_client(request, client.app)
        sender.state = statekit.stash_state(request, provider_id=ID, state=kept)
        more = {"nonce": nonce, **proof} | ({"prompt": "login", "max_age": "0"} if again else {})
        return sender.get_redirect_url(client.authorize_url, SCOPE, more)
    except TROUBLE as error:
        raise NotTaken(repr(error)) from error


def read_answer(request: HttpRequest) -> tuple[Known, dict[str, Any]]:
    """Who came back, and what was kept at the asking. Raises NotTaken for every answer that does not hold."""
    kept = statekit.unstash_state(request, provider_id=ID, state_id=request.GET.get("state", ""))
    if kept is None:
        raise NotTaken("nobody here asked for this answer")
    if "error" in request.GET or "code" not in request.GET:
        raise NotTaken(f"the organisation says {request.GET.get('error', 'nothing')!r}")
    try:
        client = Client(request)
        sender = client.get_client(request, client.app)
        answer = sender.get_access_token(request.GET["code"], pkce_code_verifier=kept["verifier"])
        claims = _checked(client, answer["id_token"], kept)
    except TROUBLE as error:
        raise NotTaken(repr(error)) from error
    return _known(claims), kept


def _checked(client: Client, token: str, kept: dict[str, Any]) -> dict[str, Any]:
    issuer = settings.OIDC["issuer"]
    if client.openid_config["issuer"] != issuer:
        raise NotTaken("the organisation's own description names another issuer")
    header = jwt.get_unverified_header(token)
    if header.get("alg") not in ALGORITHMS:
        raise NotTaken(f"signed by {header.get('alg')!r}")
    claims = jwt.decode(
        token,
        key=client.signing_key(header["kid"]).key,
        algorithms=ALGORITHMS,
        issuer=issuer,
        audience=settings.OIDC["client_id"],
        leeway=LEEWAY,
        options={"require": NEEDED},
    )
    if not hmac.compare_digest(str(claims["nonce"]), kept["nonce"]):
        raise NotTaken("made for another sign-in")
    if claims.get("azp", settings.OIDC["client_id"]) != settings.OIDC["client_id"]:
        raise NotTaken("made for another client")
    if kept["again"] and time.time() - float(claims.get("auth_time", 0)) > JUST_NOW:
        raise NotTaken("the person was not asked again")
    return claims


def _known(claims: dict[str, Any]) -> Known:
    held = claims.get(settings.OIDC["role_claim"], [])
    values = [held] if isinstance(held, str) else held if isinstance(held, list) else []
    said = claims.get("amr", [])
    return Known(
        subject=str(claims["sub"]),
        email=str(claims.get("email") or claims.get("preferred_username") or "").lower(),
        email_is_verified=claims.get("email_verified") is True and bool(claims.get("email")),
        name=str(claims.get("name") or "")[:120],
        values=frozenset(str(one) for one in values),
        has_second_factor="mfa" in (json.loads(said) if isinstance(said, str) and said.startswith("[") else said),
    )


def user_of(known: Known) -> User | None:
    """The account that is theirs, by what the organisation calls them for ever and not by their address."""
    found = SocialAccount.objects.filter(provider=ID, uid=known.subject).select_related("user").first()
    return found.user if found else None
