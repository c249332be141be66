"""Sessions: a new key at sign-in, an end when idle and after ten hours, listed and ended by their owner."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from core.accounts import actions
from core.accounts.devices import device_words
from core.accounts.models import SignInEvent, Sitting
from core.accounts.permissions import Role
from tests.core.accounts.door import PASSWORD, knock, later, person, prove
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Mobile Safari/604.1"


@pytest.fixture
def ann():
    return person(Role.STAFF)


def test_a_key_from_before_signing_in_is_worth_nothing_after_it(client, ann):
    client.get("/sign-in/")
    session = client.session
    session["planted"] = "x"
    session.save()
    before = client.cookies["reckoner"].value if "reckoner" in client.cookies else session.session_key
    client.cookies["reckoner"] = before
    knock(client)
    assert client.cookies["reckoner"].value != before
    assert not Session.objects.filter(session_key=before).exists()


def test_a_session_ends_when_it_lies_idle_and_after_ten_hours_however_busy(client, ann, settings):
    knock(client)
    later(client, 29 * 60)
    assert client.get("/account/").status_code == 200
    later(client, 31 * 60)
    assert client.get("/account/").status_code == 302
    knock(client)
    for _ in range(21):
        later(client, 29 * 60)
        last = client.get("/account/").status_code
    assert last == 302  # 21 times 29 minutes
    assert [one.what for one in SignInEvent.objects.all()] == ["too long", "idle"]
    assert not Sitting.objects.exists()


def test_sessions_are_listed_and_ended_one_by_one_and_all_at_once(ann):
    here, phone, third = Client(headers={"User-Agent": FIREFOX}), Client(headers={"User-Agent": PHONE}), Client()
    for one in (here, phone, third):
        knock(one)
    html = here.get("/account/sessions/").content.decode()
    assert [words in html for words in ("Firefox on Windows", "Safari on an iPhone", "does not say what it is")] == [
        True
    ] * 3
    theirs = Sitting.objects.get(device="Safari on an iPhone")
    stranger = Client()
    stranger.force_login(UserFactory())
    prove(stranger)
    assert stranger.post(reverse("session-end", args=[theirs.pk])).status_code == 404
    later(here, 11 * 60)
    asked = [here.post(reverse("session-end", args=[theirs.pk])), here.post(reverse("session-end-others"))]
    assert [one["Location"].partition("?")[0] for one in asked] == ["/account/confirm/"] * 2
    assert Sitting.objects.count() == 3
    prove(here)
    here.post(reverse("session-end", args=[theirs.pk]))
    assert [one.get("/account/").status_code for one in (here, phone, third)] == [200, 302, 200]
    here.post(reverse("session-end-others"))
    assert [one.get("/account/").status_code for one in (here, third)] == [200, 302]
    assert Sitting.objects.get().device == "Firefox on Windows"


def test_signing_in_twice_from_one_page_is_one_session(client, ann):
    assert [knock(client).status_code, knock(client).status_code] == [302, 302]
    assert (client.get("/account/").status_code, Sitting.objects.count()) == (200, 1)


def test_a_new_password_and_a_closed_account_end_the_others(client, ann):
    elsewhere = Client()
    knock(elsewhere)
    knock(client)
    new = "a quite different phrase"
    client.post("/account/password/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    assert [one.get("/account/").status_code for one in (client, elsewhere)] == [200, 302]
    assert Sitting.objects.get().session_key == client.session.session_key
    actions.close_account(user=ann, reason="Has left", by=UserFactory(roles=[Role.ADMINISTRATOR]))
    assert client.get("/account/").status_code == 302
    assert not Sitting.objects.exists()


def test_signing_out_ends_the_session_and_is_logged(client, ann):
    knock(client)
    key = client.session.session_key
    client.post("/sign-out/")
    assert not Session.objects.filter(session_key=key).exists()
    assert [(one.user, one.what) for one in SignInEvent.objects.all()] == [(ann, "signed out")]


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        (PHONE, "Safari on an iPhone"),
        ("Mozilla/5.0 (X11; CrOS x86_64) AppleWebKit Chrome/130 Safari/537 Edg/130", "Edge on a Chromebook"),
        ("<script>alert(1)</script>", "A browser that does not say what it is"),
    ],
)
def test_a_browser_is_told_in_words(agent, words):
    assert device_words(agent) == words
