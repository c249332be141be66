"""What strangers and insiders try at the door, and that docs/asvs.md names tests that are there."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client

from core.accounts.models import RoleAssignment, User
from core.accounts.permissions import Role
from tests.core.accounts.door import PASSWORD, knock, person

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]
ELSEWHERE = [
    *("https://elsewhere.example/", "//elsewhere.example/", "///elsewhere.example", "http:///elsewhere.example"),
    *(
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "https:elsewhere.example",
        "javascript:alert(1)",
        "data:text/html,x",
    ),
    *(" //elsewhere.example", "\t//elsewhere.example", "/\t/elsewhere.example", "ftp://elsewhere.example/"),
    *("https://testserver@elsewhere.example/", "https://testserver.elsewhere.example/"),
]


@pytest.fixture
def quick(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def test_a_host_that_is_not_ours_is_refused(client):
    for name in ("Host", "X-Forwarded-Host"):
        answer = client.get("/sign-in/", headers={name: "elsewhere.example"})
        assert (answer.status_code, "elsewhere" in answer.content.decode()) == (400 if name == "Host" else 200, False)


def test_no_next_leads_off_the_site(client, quick):
    person(Role.PANEL)
    for target in ELSEWHERE:
        assert knock(client, next=target)["Location"] == "/", target
        assert client.get("/sign-in/", {"next": target})["Location"] == "/", target  # somebody signed in
        confirmed = client.post("/account/confirm/", {"password": PASSWORD, "next": target})
        assert confirmed["Location"] == "/account/factors/", target
        client.post("/sign-out/")
    assert knock(client, next="/account/")["Location"] == "/account/"


def test_an_account_that_is_not_there_costs_a_password_hash_too(client, monkeypatch):
    person(Role.PANEL)
    made = []
    real = PBKDF2PasswordHasher.encode
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 10)
    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", lambda *args, **more: made.append(1) or real(*args, **more))
    counts = []
    for email in ("ann@testshire.example", "nobody@testshire.example"):
        made.clear()
        knock(client, email, "wrong")
        counts.append(len(made) > 0)
    assert counts == [True, True]


def test_json_from_another_site_changes_nothing():
    person(Role.ADMINISTRATOR)
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get())
    sent = {"content_type": "application/json", "headers": {"Origin": "https://elsewhere.example"}}
    told = [
        client.post(path, "{}", **sent).status_code for path in ("/account/sessions/end/", "/sign-out/", "/users/new/")
    ]
    told.append(client.post("/api/v1/measures/", "{}", **sent).status_code)
    assert told[:3] == [403] * 3
    assert told[3] in (403, 405)
    assert client.get("/account/").status_code == 200


def test_what_a_form_does_not_ask_is_not_taken(client, quick):
    ann = person(Role.STAFF)
    knock(client)
    new = "a quite different phrase"
    sent = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    extra = {"is_active": "", "email": "other@testshire.example", "roles": "administrator", "user": "1", "pk": "1"}
    assert client.post("/account/password/", sent | extra).status_code == 302
    ann.refresh_from_db()
    assert (ann.email, ann.is_active, ann.check_password(new)) == ("ann@testshire.example", True, True)
    assert list(RoleAssignment.objects.values_list("role", flat=True)) == ["staff"]


def test_private_pages_are_marked_private_and_the_cache_is_emptied_at_sign_out(client, quick):
    person(Role.PANEL)
    knock(client)
    for path in ("/", "/account/", "/api/v1/papers/"):
        assert set(client.get(path)["Cache-Control"].split(", ")) >= {"private", "no-cache"}, path
    assert "no-store" in client.get("/account/factors/")["Cache-Control"]
    assert client.post("/sign-out/")["Clear-Site-Data"] == '"cache"'


def test_cookies_of_an_https_office_are_bound_to_it(tmp_path):
    names = (
        "SESSION_COOKIE_NAME SESSION_COOKIE_SECURE SESSION_COOKIE_HTTPONLY SESSION_COOKIE_SAMESITE CSRF_COOKIE_SECURE "
    )
    names += "SECURE_SSL_REDIRECT SECURE_HSTS_SECONDS"
    said = f"from django.conf import settings as s; print([getattr(s, n) for n in '{names}'.split()])"
    env = {
        "RECKONER_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "RECKONER_URL": "https://x.example",
    }
    run = [sys.executable, "-c", said]
    done = subprocess.run(run, capture_output=True, text=True, env=os.environ | env, check=True)
    assert done.stdout.strip() == "['__Host-reckoner', True, True, 'Lax', True, True, 31536000]"


# How many requirements of levels 1 and 2 each section of the standard has; they are numbered from 1.
SECTIONS = """1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1 4.3:2 4.4:4
5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 8.3:1
8.4:1 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 12.1:3 12.2:2
12.3:4 13.1:1 13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3 17.1:1 17.2:4
17.3:2"""


def test_the_table_of_the_standard_has_a_row_for_each_requirement():
    counts = [one.split(":") for one in SECTIONS.split()]
    wanted = [f"{section}.{number}" for section, count in counts for number in range(1, int(count) + 1)]
    page = (ROOT / "docs/asvs.md").read_text()
    rows = re.findall(r"^\| (\d+\.\d+\.\d+) \| ([^|]+) \| ([^|]+) \|([^|]*)\|$", page, re.M)
    assert [number for number, *_ in rows] == wanted
    assert {state for _, state, *_ in rows} == {"Met", "In part", "**Not met**", "Does not apply"}
    assert [number for number, state, _, tests in rows if state == "Met" and "::" not in tests] == []


def test_the_table_of_the_standard_names_tests_that_are_there():
    named = re.findall(r"(tests/[\w/]+\.py)::(\w+)", (ROOT / "docs/asvs.md").read_text())
    assert len(named) > 40
    absent = [f"{path}::{name}" for path, name in named if f"def {name}(" not in (ROOT / path).read_text()]
    assert absent == []


@pytest.mark.parametrize("path", ["/", "/sign-in/", "/health/live", "/nowhere/"])
def test_trace_is_refused_by_name(client, db, path):
    answer = client.trace(path)
    assert (answer.status_code, answer["Allow"], answer.content) == (405, "GET, POST", b"")
