"""A second factor is asked of whoever may write: set up, shown, used once, taken away, and never in the log."""

import json
import os
import subprocess
import sys
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from core.accounts import actions
from core.accounts.models import SignInEvent
from core.accounts.permissions import Role
from core.audit.models import AuditEvent
from tests.core.accounts.door import code_of, knock, later, person, set_up_app, shown_codes
from tests.factories.accounts import OfficeFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def asked(settings):
    settings.SECOND_FACTOR = True


@pytest.fixture(autouse=True)
def within_one_half_minute():
    """An app's code is another one each half minute: a test that crossed into the next would press a new code."""
    with time_machine.travel(time.time(), tick=False):
        yield


@pytest.fixture
def ann():
    return person(Role.STAFF)


def test_outside_the_suite_a_second_factor_is_asked_for(tmp_path):
    said = "from django.conf import settings; print(settings.SECOND_FACTOR)"
    env = os.environ | {"RECKONER_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
    in_production = {"RECKONER_SECOND_FACTOR": "false", "RECKONER_PRODUCTION": "true", "RECKONER_SECRET_KEY": "k" * 50}
    for more in ({}, in_production):
        run = [sys.executable, "-c", said]
        done = subprocess.run(run, capture_output=True, text=True, env=env | more, check=True)
        assert done.stdout.strip() == "True"


def test_whoever_may_write_comes_no_further_than_setting_one_up(client, ann):
    OfficeFactory()
    knock(client)
    for path in ("/", "/delivery/", "/users/", "/account/sessions/", "/account/password/"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/account/factors/"), path
    api = client.get("/api/v1/measures/")
    assert (api.status_code, "need a second factor" in api.json()["detail"]) == (403, True)
    fragment = client.get("/delivery/", headers={"HX-Request": "true"})
    assert (fragment.status_code, fragment["HX-Redirect"]) == (401, "/account/factors/")
    kept = client.post("/delivery/", headers={"X-Autosave": "true"})
    assert (kept.status_code, "Your text is kept in this browser" in kept.content.decode()) == (401, True)
    assert "they need a second factor" in client.get("/account/factors/").content.decode()
    set_up_app(client)
    assert client.get("/account/sessions/").status_code == 200


@pytest.mark.parametrize(
    ("roles", "demo", "expected"), [([Role.PANEL], False, 200), ([Role.AUDITOR], False, 302), ([Role.STAFF], True, 200)]
)
def test_readers_and_the_demonstration_need_none_but_auditors_who_keep_working_papers_do(client, roles, demo, expected):
    OfficeFactory(is_demo=demo)
    person(*roles)
    knock(client)
    assert client.get("/account/").status_code == expected


def test_the_app_is_asked_for_and_its_code_works_once(client, ann):
    knock(client)
    secret = set_up_app(client)
    elsewhere = Client()
    first = knock(elsewhere, next="/account/")
    assert (first.status_code, first["Location"]) == (302, "/sign-in/code/")
    assert elsewhere.get("/account/").status_code == 302  # the password alone is nobody
    wrong = elsewhere.post("/sign-in/code/", {"code": "000000"})
    assert (wrong.status_code, "That code is not right" in wrong.content.decode()) == (422, True)
    spent = elsewhere.post("/sign-in/code/", {"code": code_of(secret)})  # the one it was set up with
    assert (spent.status_code, "has been used already" in spent.content.decode()) == (422, True)
    right = elsewhere.post("/sign-in/code/", {"code": code_of(secret, 1)})
    assert (right.status_code, right["Location"]) == (302, "/account/")
    third = Client()
    knock(third)
    assert third.post("/sign-in/code/", {"code": code_of(secret, 1)}).status_code == 422
    assert [one.what for one in SignInEvent.objects.filter(user=ann)] == ["wrong code"] * 3


def test_recovery_codes_are_shown_once_and_work_once(client, ann):
    knock(client)
    set_up_app(client)
    codes = shown_codes(client)
    assert (len(codes), shown_codes(client)) == (10, [])
    for expected in ((302, "/"), (422, None)):
        elsewhere = Client()
        knock(elsewhere)
        answer = elsewhere.post("/sign-in/code/", {"code": codes[0]})
        assert (answer.status_code, answer.headers.get("Location")) == expected
    fresh = shown_codes(client, make="new")
    assert (len(fresh), set(fresh) & set(codes)) == (10, set())
    elsewhere = Client()
    knock(elsewhere)
    assert elsewhere.post("/sign-in/code/", {"code": codes[1]}).status_code == 422


def test_a_change_of_how_one_signs_in_asks_again_who_is_there(client, ann):
    knock(client)
    secret = set_up_app(client)
    later(client, 11 * 60)
    assert client.get("/account/factors/key/")["Location"] == "/account/confirm/?next=%2Faccount%2Ffactors%2Fkey%2F"
    assert client.post("/account/factors/codes/", {"make": "new"})["Location"].startswith("/account/confirm/")
    assert client.post("/account/confirm/", {"code": "123"}).status_code == 422
    sent = {"code": code_of(secret, 1), "next": "/account/factors/key/"}
    before = client.session.session_key
    assert client.post("/account/confirm/", sent)["Location"] == "/account/factors/key/"
    assert client.get("/account/factors/key/").status_code == 200
    renewed = client.session.session_key  # the key from before is worth nothing, and the list shows the same session
    assert (Session.objects.filter(pk=before).exists(), list(ann.sittings.values_list("session_key", flat=True))) == (
        False,
        [renewed],
    )


def test_a_new_factor_and_one_taken_away_end_every_other_session(client, ann):
    other = Client()
    other.force_login(ann)
    knock(client)
    set_up_app(client)
    assert other.get("/account/factors/").status_code == 302
    app = Authenticator.objects.get(user=ann, type="totp")
    page = client.post(reverse("factor-remove", args=[app.pk]), follow=True).content.decode()
    assert "Set up another one first. Nothing was changed." in page
    ann.role_assignments.all().delete()
    client.post(reverse("factor-remove", args=[app.pk]))
    assert not Authenticator.objects.filter(user=ann).exists()  # nor its recovery codes


def test_nobody_takes_away_what_is_another_persons(client, ann):
    theirs = Authenticator.objects.create(user=UserFactory(), type="totp", data={"secret": "x"})
    knock(client)
    assert client.post(reverse("factor-remove", args=[theirs.pk])).status_code == 302  # no further than set-up
    set_up_app(client)
    assert client.post(reverse("factor-remove", args=[theirs.pk])).status_code == 404
    assert Authenticator.objects.filter(pk=theirs.pk).exists()


def test_no_secret_is_in_the_log_or_readable_in_the_database(client, ann):
    knock(client)
    secret = set_up_app(client)
    codes = shown_codes(client)
    held = json.dumps([one.data for one in Authenticator.objects.all()])
    logged = str([one.__dict__ for one in AuditEvent.objects.all()])
    assert "mfa_authenticator" in logged  # it is there, with its data left out
    assert [word for word in (secret, *codes) if word in held or word in logged] == []


def test_an_administrator_takes_away_what_somebody_has_lost(client, ann):
    knock(client)
    set_up_app(client)
    actions.reset_factors(user=ann, reason="Lost the phone", by=UserFactory(roles=[Role.ADMINISTRATOR]))
    assert client.get("/account/factors/").status_code == 302  # signed out
    assert knock(client)["Location"] == "/"
    assert AuditEvent.objects.filter(action="accounts.reset_factors", reason="Lost the phone").exists()
