import time

import pytest
from django.urls import reverse

from core.accounts import actions
from core.accounts.actions import create_user
from core.accounts.permissions import Role
from core.accounts.sessions import SEEN
from core.audit import audit_context
from core.audit.models import AuditEvent
from tests.factories.accounts import STARTED, UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


@pytest.fixture
def user():
    with audit_context(actor_name="fixture"):
        return create_user(
            email="ann@testshire.example", name="Ann", password=PASSWORD, roles=[Role.STAFF], starts=STARTED, by=None
        )


def test_sign_in_leads_to_where_one_was_going(client, user):
    response = client.post(
        reverse("sign-in"), {"username": user.email.upper(), "password": PASSWORD, "next": "/account/"}
    )
    assert (response.status_code, response["Location"]) == (302, "/account/")


def test_sign_in_never_leads_to_another_site(client, user):
    response = client.post(
        reverse("sign-in"), {"username": user.email, "password": PASSWORD, "next": "https://elsewhere.example/"}
    )
    assert response["Location"] == "/"


def test_wrong_password_is_told_without_saying_which_was_wrong(client, user):
    response = client.post(reverse("sign-in"), {"username": user.email, "password": "wrong"})
    assert response.status_code == 422
    assert "do not match an account" in response.content.decode()


def test_signing_in_is_logged_under_the_name_of_who_did_it(client, user):
    client.post(reverse("sign-in"), {"username": user.email, "password": PASSWORD})
    event = AuditEvent.objects.filter(action="accounts.sign_in").get()
    assert (event.actor_id, event.actor_name) == (user.pk, "Ann")


def test_password_never_reaches_the_log(client, user):
    actions.change_password(user=user, password="a quite different phrase", by=user)
    user.refresh_from_db()
    for event in AuditEvent.objects.all():
        assert user.password not in str(event.__dict__)


def test_page_sends_a_stranger_to_sign_in(client):
    response = client.get("/account/")
    assert (response.status_code, response["Location"]) == (302, "/sign-in/?next=/account/")


def test_fragment_that_meets_an_expired_session_sends_the_whole_page_to_sign_in(client):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/delivery/?x=1"}
    response = client.get("/account/", headers=headers)
    assert (response.status_code, response["HX-Redirect"]) == (401, "/sign-in/?next=%2Fdelivery%2F%3Fx%3D1")


def test_idle_session_ends(client, settings):
    client.force_login(UserFactory())
    assert client.get("/account/").status_code == 200
    session = client.session
    session[SEEN] = int(time.time()) - settings.SESSION_IDLE_AGE - 1
    session.save()
    assert client.get("/account/").status_code == 302
