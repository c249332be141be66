"""A password is chosen by its owner alone, through a link that works once, for a time, and for one person."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.accounts import actions
from core.accounts.links import token_of
from core.accounts.models import PasswordLink
from core.accounts.permissions import Role
from core.accounts.states import MoveRefused
from core.audit.models import AuditEvent
from desk.actions import invite_person, send_password_link
from desk.mails import sending
from desk.models import Mail
from tests.core.accounts.door import PASSWORD, knock, later, person, prove
from tests.factories.accounts import STARTED, OfficeFactory, UserFactory

pytestmark = pytest.mark.django_db
CHOSEN = {"new_password1": PASSWORD, "new_password2": PASSWORD}


@pytest.fixture(autouse=True)
def office(settings):
    settings.MAIL_GOES_OUT = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return OfficeFactory()


@pytest.fixture
def admin():
    return UserFactory(roles=[Role.ADMINISTRATOR], name="Admin")


@pytest.fixture
def link(admin):
    return invite_person(email="ann@testshire.example", name="Ann", roles=["staff"], starts=STARTED, by=admin)


def path_of(link: PasswordLink) -> str:
    return reverse("choose-password", args=[token_of(link)])


def test_the_invited_choose_their_password_through_the_link_of_a_mail_and_sign_in(client, link):
    assert knock(client, password="").status_code == 422
    sending.send_waiting()
    (sent,) = outbox.outbox
    assert (sent.to, "Admin has made an account for you" in sent.body) == (["ann@testshire.example"], True)
    assert "List-Unsubscribe" not in sent.extra_headers
    (address,) = [line for line in sent.body.splitlines() if line.startswith("http")]
    path = address.removeprefix("http://localhost:8000")
    assert "Welcome: choose your password" in client.get(path).content.decode()
    assert client.post(path, CHOSEN)["Location"] == "/sign-in/"
    assert client.get("/account/").status_code == 302  # the link alone signs nobody in
    assert knock(client)["Location"] == "/"
    again = client.post(path, {"new_password1": "quite another one now", "new_password2": "quite another one now"})
    assert (again.status_code, "This link works no more" in again.content.decode()) == (410, True)
    assert knock(Client()).status_code == 302
    told = AuditEvent.objects.filter(table="accounts_passwordlink").order_by("pk").values_list("op", "actor_name")
    assert list(told) == [("I", "Admin"), ("U", "Ann")]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda link, admin: actions.withdraw_password_link(user=link.user, by=admin),
        lambda link, admin: send_password_link(user=link.user, by=admin),
        lambda link, admin: actions.close_account(user=link.user, reason="A mistake", by=admin),
        lambda link, admin: actions.change_address(user=link.user, email="other@testshire.example", by=admin),
    ],
    ids=["withdrawn", "followed by another", "account closed", "address changed"],
)
def test_a_link_ends_with_what_it_stood_for(client, link, admin, spoil):
    spoil(link, admin)
    assert (client.get(path_of(link)).status_code, client.post(path_of(link), CHOSEN).status_code) == (410, 410)
    link.user.refresh_from_db()
    assert not link.user.has_usable_password()


def test_a_link_runs_out_and_one_not_made_here_is_nowhere(client, admin):
    user, long_ago = UserFactory(), timezone.now() - dt.timedelta(days=8)
    spent = PasswordLink.objects.create(
        user=user, kind="invitation", made_at=long_ago, expires_at=long_ago + dt.timedelta(days=7)
    )
    assert client.post(path_of(spent), CHOSEN).status_code == 410
    assert client.get(path_of(spent)[:-2] + "x/").status_code == 404
    with pytest.raises(MoveRefused):
        actions.choose_password(link=spent, password=PASSWORD, by=user)


def test_a_lost_password_is_replaced_and_the_second_factor_is_asked_for_all_the_same(client, admin):
    ann = person(Role.STAFF)
    Authenticator.objects.create(user=ann, type="totp", data={"secret": "x"})
    open_elsewhere = Client()
    open_elsewhere.force_login(ann)
    link = send_password_link(user=ann, by=admin)
    assert link.expires_at - link.made_at == dt.timedelta(days=1)
    client.post(path_of(link), {"new_password1": "quite another one now", "new_password2": "quite another one now"})
    assert open_elsewhere.get("/account/").status_code == 302
    assert knock(client).status_code == 422
    assert knock(client, password="quite another one now")["Location"] == "/sign-in/code/"


def test_neither_outbox_nor_log_holds_the_link(link):
    held = str([*AuditEvent.objects.values(), *Mail.objects.values()])
    assert token_of(link) not in held


def test_where_no_mail_leaves_the_administrator_hands_the_link_over(client, admin, settings):
    settings.MAIL_GOES_OUT = False
    link = invite_person(email="ann@testshire.example", name="Ann", roles=["staff"], starts=STARTED, by=admin)
    client.force_login(admin)
    page = client.get(reverse("user-detail", args=[link.user_id])).content.decode()
    mail = Mail.objects.get(key=f"link-{link.pk}")
    assert reverse("mail-detail", args=[mail.pk]) in page
    assert token_of(link) in client.get(reverse("mail-detail", args=[mail.pk])).content.decode()
    settings.MAIL_GOES_OUT = True
    assert client.get(reverse("mail-detail", args=[mail.pk])).status_code == 404


def test_links_are_sent_again_and_withdrawn_from_the_page(client, admin, link):
    client.force_login(admin)
    prove(client)
    path = reverse("user-link", args=[link.user_id])
    client.post(path, {"to": "again"})
    assert [one.is_good for one in link.user.password_links.order_by("pk")] == [False, True]
    client.post(path, {"to": "withdrawn"})
    assert link.user.password_links.open().count() == 0
    actions.close_account(user=link.user, reason="A mistake", by=admin)
    refused = client.post(path, {"to": "again"}, follow=True).content.decode()
    assert "Open it again first. Nothing was changed." in refused


def test_a_new_password_asks_again_who_is_there(client):
    person(Role.PANEL)
    knock(client)
    assert client.get("/account/password/").status_code == 200
    later(client, 11 * 60)
    assert client.get("/account/password/")["Location"] == "/account/confirm/?next=%2Faccount%2Fpassword%2F"
    sent = {
        "old_password": PASSWORD,
        "new_password1": "quite another one now",
        "new_password2": "quite another one now",
    }
    assert client.post("/account/password/", sent)["Location"].startswith("/account/confirm/")
    assert knock(Client()).status_code == 302
