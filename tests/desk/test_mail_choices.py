"""Which mails a person gets: chosen on their page, or stopped by the link in a mail."""

import re

import pytest
from django.core import mail as django_mail
from django.test import Client
from django.urls import reverse

from core.accounts.permissions import Role
from core.audit.models import AuditEvent
from desk.actions import write_mail
from desk.mails import sending
from desk.mails.message import stop_token
from desk.models import MailChoice
from tests.factories.accounts import OfficeFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office(settings):
    settings.MAIL_GOES_OUT = True
    return OfficeFactory()


def refused(user) -> list[str]:
    return sorted(MailChoice.objects.filter(user=user, wanted=False).values_list("kind", flat=True))


def test_person_chooses_which_mails_they_get(client):
    user = UserFactory(roles=[Role.PANEL])
    client.force_login(user)
    form = client.get(reverse("mail-choices")).context["form"]
    assert form.initial == {"digest": True, "reminder": True, "assignment": True}
    page = client.post(reverse("mail-choices"), {"digest": "on"}, follow=True)
    assert (refused(user), page.context["form"].initial["digest"]) == (["assignment", "reminder"], True)
    assert "Your choice of mails is saved." in page.content.decode()
    client.post(reverse("mail-choices"), {"digest": "on", "reminder": "on", "assignment": "on"})
    assert refused(user) == []
    client.post(reverse("mail-choices"), {})
    assert refused(user) == ["assignment", "digest", "reminder"]


def test_link_in_a_mail_stops_its_kind_without_signing_in(client):
    user = UserFactory()
    write_mail(kind="reminder", user=user, key="a", subject="Due", text="Due.", goes_out=True, by=None)
    sending.send_waiting()
    (sent,) = django_mail.outbox
    (address,) = re.findall(r"<(.+)>", sent.extra_headers["List-Unsubscribe"])
    assert address in sent.body
    path = address.removeprefix("http://localhost:8000")
    assert "Stop these mails" in client.get(path).content.decode()
    assert refused(user) == []  # programs follow links
    assert "You get no more of these mails" in client.post(path).content.decode()
    assert refused(user) == ["reminder"]


def test_mail_program_stops_a_kind_with_one_press():
    """RFC 8058: a POST from somewhere else, without a cookie or a token of the form."""
    user = UserFactory()
    client = Client(enforce_csrf_checks=True)
    path = reverse("mail-stop", args=[stop_token(user.pk, "digest")])
    for _ in range(2):
        assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert refused(user) == ["digest"]
    assert AuditEvent.objects.filter(table="desk_mailchoice").count() == 1


@pytest.mark.parametrize("change", ["2.digest", "1.everything", ""])
def test_link_that_was_not_made_here_stops_nothing(client, change):
    user = UserFactory()
    token = stop_token(user.pk, "digest")
    path = reverse("mail-stop", args=[f"{change}:{token.partition(':')[2]}"])
    assert (client.get(path).status_code, client.post(path).status_code, refused(user)) == (404, 404, [])


def test_neither_outbox_nor_log_holds_the_token(client):
    user = UserFactory()
    mail = write_mail(kind="reminder", user=user, key="a", subject="Due", text="Due.", goes_out=True, by=None)
    sending.send_waiting()
    mail.refresh_from_db()
    token = stop_token(user.pk, "reminder")
    told = str(list(AuditEvent.objects.filter(table="desk_mail").values()))
    assert (token in django_mail.outbox[0].body, token in mail.text, token in told) == (True, False, False)
