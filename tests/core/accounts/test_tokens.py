"""Tokens of programs: shown once, kept as a hash, for some areas and a time, refused in a sentence, and always noted."""

import datetime as dt
import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.accounts import actions, throttle
from core.accounts.api import TokenThrottle
from core.accounts.models import ApiToken, ApiTokenUse, RoleAssignment, SignInEvent
from core.accounts.permissions import Role
from core.audit.models import AuditEvent, ReadEvent
from tests.core.accounts.door import knock, person
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
REFUSED = "This token is not known here, has run out or was taken back. Nothing was read."


@pytest.fixture
def ann():
    cache.clear()
    return person(Role.STAFF)


def ask(secret: str, path: str = "/api/v1/measures/", method: str = "get"):
    return getattr(Client(), method)(path, headers={"Authorization": f"Bearer {secret}"})


def test_a_token_is_made_shown_once_and_kept_as_a_hash(client, ann):
    knock(client)
    page = client.post(reverse("token-make"), {"name": "Sheet", "areas": ["measures"], "days": "30"}).content.decode()
    secret = re.search(r"rkn_[\w-]{43}", page).group()
    assert secret not in client.get(reverse("token-list")).content.decode()
    token = ApiToken.objects.get()
    assert (token.user, token.areas, (token.expires_at - token.made_at).days) == (ann, ["measures"], 30)
    logged = str([one.__dict__ for one in AuditEvent.objects.all()])
    assert "accounts_apitoken" in logged
    assert [word for word in (secret, token.digest) if word in logged or secret in str(token.__dict__)] == []
    assert ask(secret).status_code == 200
    assert ask(secret, "/account/").status_code == 302  # a token is for the API alone


def test_it_opens_its_areas_only_and_changes_nothing(ann):
    _, secret = actions.make_token(name="Sheet", areas=["measures"], days=7, by=ann)
    paths = ("measures/", "observations/", "delivery-actions/", "meetings/", "papers/", "schema/")
    assert [ask(secret, f"/api/v1/{path}").status_code for path in paths] == [200, 200, 403, 403, 403, 200]
    assert "does not open this area" in ask(secret, "/api/v1/papers/").json()["detail"]
    for method in ("post", "put", "patch", "delete"):
        assert ask(secret, method=method).status_code in (403, 405), method


def test_it_has_the_roles_its_owner_has_that_day(ann):
    _, secret = actions.make_token(name="Sheet", areas=["measures"], days=7, by=ann)
    assert ask(secret).status_code == 200
    RoleAssignment.objects.update(ends=timezone.localdate() - dt.timedelta(days=1))
    assert ask(secret).status_code == 403


@pytest.mark.parametrize("why", ["unknown", "run out", "taken back", "account closed"])
def test_one_that_is_not_good_is_refused_in_a_sentence(ann, why):
    token, secret = actions.make_token(name="Sheet", areas=["measures"], days=7, by=ann)
    assert ask(secret).status_code == 200
    if why == "unknown":
        secret += "x"
    elif why == "run out":
        then = timezone.now() - dt.timedelta(seconds=1)
        ApiToken.objects.update(made_at=then - dt.timedelta(days=7), expires_at=then)
    elif why == "taken back":
        actions.revoke_token(token=token, by=ann)
    else:
        actions.close_account(user=ann, reason="Has left", by=UserFactory(roles=[Role.ADMINISTRATOR]))
    answer = ask(secret)
    assert (answer.status_code, answer.json()["detail"][: len(REFUSED)]) == (401, REFUSED)
    assert answer["WWW-Authenticate"] == 'Bearer realm="Reckoner"'
    assert SignInEvent.objects.get().what == "wrong token"


def test_every_use_is_in_the_log_of_readings_and_the_last_is_shown(client, ann):
    _, secret = actions.make_token(name="Sheet", areas=["measures"], days=7, by=ann)
    for _ in range(2):
        ask(secret)
    read = [(one.actor_id, one.label, one.how) for one in ReadEvent.objects.all()]
    assert read == [(ann.pk, "/api/v1/measures/ with the token “Sheet”", "export")] * 2
    assert ApiTokenUse.objects.get().address == "127.0.0.1"
    knock(client)
    assert "from 127.0.0.1" in client.get(reverse("token-list")).content.decode()


def test_guessing_and_crowding_are_slowed_down(ann, monkeypatch):
    _, secret = actions.make_token(name="Sheet", areas=["measures"], days=7, by=ann)
    wrong = [ask(f"rkn_{number}").status_code for number in range(throttle.TRIES_AN_ADDRESS + 1)]
    assert wrong == [401] * throttle.TRIES_AN_ADDRESS + [429]
    assert ask(secret).status_code == 200  # a good one is no guess
    monkeypatch.setattr(TokenThrottle, "rate", "3/min")
    assert [ask(secret).status_code for _ in range(3)][-1] == 429


def test_only_its_owner_and_administrators_take_it_back(client, ann):
    token, secret = actions.make_token(name="Sheet", areas=["measures"], days=7, by=ann)
    client.force_login(UserFactory())
    assert client.post(reverse("token-revoke", args=[token.pk])).status_code == 404
    assert ask(secret).status_code == 200
    client.force_login(UserFactory(roles=[Role.ADMINISTRATOR]))
    assert "Sheet" in client.get(reverse("user-detail", args=[ann.pk])).content.decode()
    client.post(reverse("token-revoke", args=[token.pk]))
    assert ask(secret).status_code == 401
