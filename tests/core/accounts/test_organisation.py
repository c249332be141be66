"""Signing in through the organisation, against a real server: what is believed of it, and what it gives."""

import time

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.accounts import actions
from core.accounts.models import SignInEvent, User
from core.accounts.organisation import check_settings
from core.accounts.permissions import Role
from core.audit.models import AuditEvent
from tests.core.accounts.door import knock, later, person
from tests.core.accounts.organisation_server import CLIENT, SECRET, Organisation, organisation_server
from tests.factories.accounts import STARTED, OfficeFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def server():
    with organisation_server() as one:
        yield one


@pytest.fixture(autouse=True)
def there(server, settings) -> Organisation:
    server.begin_again()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.OIDC = settings.OIDC | {
        "issuer": server.issuer,
        "client_id": CLIENT,
        "secret": SECRET,
        "name": "Testshire Council",
        "roles": {"reckoner-staff": "staff", "reckoner-audit": "auditor"},
    }
    OfficeFactory()
    return server


def go(client: Client, path: str = "/sign-in/organisation/?next=/account/"):
    """As a browser: to the organisation, and back with what it sends along."""
    asked = client.get(path)
    assert asked.status_code == 302, asked.content.decode()
    back = requests.get(asked["Location"], allow_redirects=False, timeout=5).headers["Location"]
    assert back.startswith("http://localhost:8000/sign-in/organisation/return/?")
    return client.get(back.removeprefix("http://localhost:8000"))


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_somebody_known_by_a_checked_address_signs_in_and_is_known_by_name_from_then_on(client, there):
    ann = person(Role.PANEL)
    page = client.get("/sign-in/?next=/account/").content.decode()
    assert "Sign in through Testshire Council" in page
    answer = go(client)
    assert (answer.status_code, answer["Location"], is_in(client)) == (302, "/account/", True)
    assert SocialAccount.objects.get().uid == "ann-1"
    ann.refresh_from_db()
    assert ann.last_login is not None
    there.claims |= {"email": "married@testshire.example"}  # another address changes nobody's account
    again = Client()
    go(again)
    assert again.get("/account/").context["request"].user.pk == ann.pk
    assert AuditEvent.objects.filter(action="accounts.sign_in", actor_id=ann.pk).exists()


AGO, AHEAD = "two minutes ago", "in ten minutes"  # of the test, not of its collection


@pytest.mark.parametrize(
    "spoil",
    [
        {"iss": "https://elsewhere.example"},
        {"aud": "another client"},
        {"aud": [CLIENT, "another"], "azp": "another"},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": AGO},
        {"exp": None},
        {"iat": AHEAD},
        {"sub": None},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_this_sign_in_is_refused(client, there, spoil):
    person(Role.PANEL)
    seconds = {AGO: -120, AHEAD: 600}
    there.spoil = {
        name: int(time.time()) + seconds[value] if value in (AGO, AHEAD) else value for name, value in spoil.items()
    }
    answer = go(client)
    assert (answer.status_code, "You are not signed in" in answer.content.decode()) == (502, True)
    assert (is_in(client), SocialAccount.objects.count()) == (False, 0)
    assert [one.what for one in SignInEvent.objects.all()] == ["organisation refused"]


@pytest.mark.parametrize("algorithm", ["none", "HS256", "by another key"])
def test_a_token_that_the_organisation_did_not_sign_is_refused(client, there, algorithm):
    person(Role.PANEL)
    if algorithm == "by another key":
        there.signed_by = there.other_key
    else:
        there.algorithm = algorithm
    assert (go(client).status_code, is_in(client)) == (502, False)


def test_answers_nobody_asked_for_and_answers_twice_are_refused(client, there):
    person(Role.PANEL)
    asked = client.get("/sign-in/organisation/")["Location"]
    back = requests.get(asked, allow_redirects=False, timeout=5).headers["Location"]
    back = back.removeprefix("http://localhost:8000")
    assert Client().get(back).status_code == 502  # in another browser
    assert (client.get(back).status_code, is_in(client)) == (302, True)
    client.post("/sign-out/")
    assert (client.get(back).status_code, is_in(client)) == (502, False)
    assert client.get("/sign-in/organisation/return/?error=access_denied").status_code == 502
    there.says = "https://elsewhere.example"  # its own description names somebody else
    assert go(client).status_code == 502


def test_the_unknown_are_told_and_an_address_nobody_answers_for_opens_no_account(client, there, settings):
    stranger = go(client)
    assert (stranger.status_code, "You have no account here yet" in stranger.content.decode()) == (403, True)
    ann = person(Role.PANEL)
    there.claims |= {"email_verified": False}
    assert go(client).status_code == 403
    settings.OIDC = settings.OIDC | {"trusts_email": True}
    assert go(client).status_code == 302
    there.claims |= {"sub": "somebody-else"}  # an account is tied once: the address may have passed to another
    assert go(Client()).status_code == 403
    actions.close_account(user=ann, reason="Has left", by=UserFactory(roles=[Role.ADMINISTRATOR]))
    there.claims |= {"sub": "ann-1"}
    closed = go(Client())
    assert (closed.status_code, "has been closed" in closed.content.decode()) == (403, True)


def test_the_unknown_get_an_account_without_roles_where_the_office_says_so(client, settings):
    settings.OIDC = settings.OIDC | {"creates": True}
    assert go(client).status_code == 302
    made = User.objects.get()
    assert (made.email, made.name, made.roles, made.has_usable_password()) == (
        "ann@testshire.example", "Ann", frozenset(), False,
    )  # fmt: skip


def roles(user: User) -> frozenset[str]:
    return User.objects.get(pk=user.pk).roles


def test_roles_come_and_go_with_what_the_organisation_says_and_no_other(client, there):
    ann = person(Role.PANEL)
    there.claims |= {"roles": ["reckoner-staff", "administrator", "reckoner-admin"]}
    go(client)
    assert roles(ann) == {"panel", "staff"}
    assert ann.role_assignments.get(role="staff").by_claim == "reckoner-staff"
    ann.role_assignments.filter(role="staff").update(starts=STARTED)
    there.claims |= {"roles": "reckoner-audit"}  # one value alone comes without brackets
    go(Client())
    assert roles(ann) == {"panel", "auditor"}
    assert ann.role_assignments.get(role="staff").ends < timezone.localdate()
    there.claims.pop("roles")
    go(Client())
    assert roles(ann) == {"panel"}


def test_a_second_factor_shown_there_counts_where_the_organisation_says_so(client, there, settings):
    settings.SECOND_FACTOR = True
    person(Role.STAFF)
    go(client)
    assert client.get("/account/")["Location"].startswith("/account/factors/")
    there.claims |= {"amr": ["pwd", "mfa"]}
    with_it = Client()
    go(with_it)
    assert is_in(with_it)
    later(with_it, 11 * 60)
    asked = with_it.get("/account/factors/app/")
    assert asked["Location"].startswith("/account/confirm/")
    assert "Show it at Testshire Council" in with_it.get(asked["Location"]).content.decode()
    there.spoil = {"auth_time": int(time.time()) - 3600}  # it did not ask again
    assert go(with_it, "/sign-in/organisation/?next=/account/factors/app/").status_code == 502
    there.spoil = {}
    assert go(with_it, "/sign-in/organisation/?next=/account/factors/app/")["Location"] == "/account/factors/app/"
    assert with_it.get("/account/factors/app/").status_code == 200


def test_passwords_may_be_left_to_those_named_for_emergencies(client, settings):
    person(Role.PANEL)
    person(Role.ADMINISTRATOR, email="door@testshire.example", name="Door")
    settings.OIDC = settings.OIDC | {"local": ["Door@testshire.example"]}
    refused = knock(client)
    assert (refused.status_code, "one signs in through Testshire Council" in refused.content.decode()) == (403, True)
    unknown = knock(client, email="nobody@testshire.example")
    assert unknown.content.count(b"one signs in through") == refused.content.count(b"one signs in through")
    assert knock(client, email="door@testshire.example")["Location"] == "/"


def test_nothing_of_it_is_there_unless_it_is_set(client, settings):
    settings.OIDC = settings.OIDC | {"issuer": ""}
    assert "Sign in through" not in client.get("/sign-in/").content.decode()
    for name in ("organisation-sign-in", "organisation-return"):
        assert client.get(reverse(name)).status_code == 404


def test_settings_that_cannot_work_stop_the_start(settings):
    given = settings.OIDC
    for wrong in ({"issuer": "http://plain.example"}, {"secret": ""}, {"roles": {"x": "king"}}):
        settings.OIDC = given | wrong
        with pytest.raises(ImproperlyConfigured):
            check_settings()
    settings.OIDC = given
    check_settings()


def test_an_organisation_out_of_reach_is_told(client, settings):
    settings.OIDC = settings.OIDC | {"issuer": "http://127.0.0.1:9"}
    assert client.get("/sign-in/organisation/").status_code == 502
