"""Whoever signs in is told by mail when that changes, whoever did it; about another address, at the old one too."""

import pytest
from allauth.mfa.models import Authenticator

from core.accounts import actions
from core.accounts.models import User
from core.accounts.permissions import Role
from desk.mails import assigning
from desk.mails.message import message_of
from desk.models import Mail, MailChoice
from tests.core.accounts.door import PASSWORD, knock, person, set_up_app
from tests.factories.accounts import OfficeFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    OfficeFactory()
    person(Role.STAFF)
    assigning.catch_up()


def told() -> list[tuple[str, str]]:
    """(address, first sentence) of each mail written since, in their order."""
    assigning.catch_up()
    assigning.catch_up()  # reading again writes nothing again
    mails = Mail.objects.filter(kind="account").order_by("pk")
    return [(one.to_address, one.text.splitlines()[0]) for one in mails]


def test_each_change_of_how_one_signs_in_is_told(client):
    ann = "ann@testshire.example"
    knock(client)
    set_up_app(client)
    app = Authenticator.objects.get(type="totp")
    user = app.user
    actions.make_token(name="Sheet", areas=["measures"], days=7, by=user)
    actions.reset_factors(user=user, reason="Lost the phone", by=UserFactory(name="Admin"))
    actions.change_password(user=user, password=PASSWORD, by=user)
    assert told() == [
        (ann, "An app that shows codes was set up. A set of recovery codes was set up."),
        (ann, "A token for a program was made: “Sheet”."),
        (ann, "An app that shows codes was taken away. A set of recovery codes was taken away."),
        (ann, "Your password was changed."),
    ]
    assert "It was done by Admin at" in Mail.objects.order_by("pk")[2].text


def test_another_address_is_told_at_both(client):
    admin, ann = UserFactory(name="Admin", roles=[Role.ADMINISTRATOR]), "ann@testshire.example"
    user = User.objects.get(email=ann)
    actions.change_address(user=user, email="new@testshire.example", by=admin)
    sentence = f"The address you sign in with was changed from {ann} to new@testshire.example."
    assert told() == [("new@testshire.example", sentence), (ann, sentence)]


def test_these_mails_cannot_be_declined_and_signing_in_writes_none(client):
    user = UserFactory()
    MailChoice.objects.create(user=user, kind="account", wanted=False)
    knock(client)
    assert told() == []
    actions.change_password(user=user, password=PASSWORD, by=user)
    assert [address for address, _ in told()] == [user.email]
    message = message_of(Mail.objects.get())
    assert ("No more mails" in message.body, "List-Unsubscribe" in message.extra_headers) == (False, False)
