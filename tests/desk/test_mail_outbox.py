"""The outbox: each mail written once, sent, marked; and what happens when something goes wrong in between."""

import datetime as dt
import multiprocessing
import os
import signal
import socket
import warnings

import pytest
from django.core import mail as django_mail
from django.db import IntegrityError, connections, transaction
from django.urls import reverse
from django.utils import timezone

from core.accounts.permissions import Role
from core.audit.models import AuditEvent
from core.jobs.models import Job
from core.jobs.performing import perform
from desk import tasks
from desk.actions import settle_mail, write_mail
from desk.history.telling import told
from desk.mails import sending
from desk.models import Mail
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.smtp import mail_server

LATER = dt.timedelta(minutes=6)


@pytest.fixture
def office(db, settings):
    settings.MAIL_GOES_OUT = True
    settings.MAIL_FROM = "reckoner@office.example"
    return OfficeFactory(short_name="Testshire OPCC")


@pytest.fixture
def server(settings):
    """A real server on this machine, and Django's own way to it."""
    with mail_server() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", box.port, 2
        yield box


def written(key: str = "2019-12-02", **facts) -> Mail:
    user = facts.pop("user", None) or UserFactory()
    goes_out = facts.pop("goes_out", True)
    text = "Good morning.\n"
    return write_mail(kind="digest", user=user, key=key, subject="3 things wait", text=text, goes_out=goes_out, by=None)


def state_of(mail: Mail) -> str:
    mail.refresh_from_db()
    return mail.state


def sentences(mail: Mail) -> list[str]:
    events = AuditEvent.objects.filter(table="desk_mail", key=str(mail.pk)).order_by("pk")
    return [one.text.partition(" ")[2].partition(" “")[0] for event in events for one in told([event])]


def test_mail_goes_through_a_real_server_once(office, server):
    mail = written()
    assert (sending.send_waiting(), sending.send_waiting()) == (1, 0)
    (arrived,) = server.mails
    assert server.recipients == [mail.to_address]
    assert (arrived["Message-ID"], arrived["From"], arrived["Subject"]) == (
        mail.message_id,
        "Testshire OPCC <reckoner@office.example>",
        "3 things wait",
    )
    assert arrived["Auto-Submitted"] == "auto-generated"
    assert arrived["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert arrived.get_content_type() == "text/plain"
    assert arrived.get_content().splitlines()[:3] == ["Good morning.", "", "-- "]
    assert state_of(mail) == "sent"
    assert mail.sent_at is not None
    assert sentences(mail) == ["wrote the mail", "began to send the mail", "sent the mail"]


@pytest.mark.django_db
def test_mail_is_written_once_for_a_kind_a_person_and_a_key(office):
    user = UserFactory()
    first = written(user=user)
    assert written(user=user) is None
    assert written("2019-12-03", user=user).message_id != first.message_id
    assert Mail.objects.count() == 2
    copy = Mail.objects.get(pk=first.pk)
    copy.pk, copy.message_id = None, "<another@office.example>"
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save()


@pytest.mark.django_db
def test_mail_is_never_deleted_and_keeps_its_message_id(office):
    mail = written()
    with pytest.raises(IntegrityError), transaction.atomic():
        mail.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Mail.objects.update(message_id="<other@office.example>")


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "sending"},
        {"state": "sent"},
        {"claim": "x"},
        {"state": "failed"},
        {"settled_at": timezone.now()},
        {"sent_at": timezone.now()},
    ],
)
def test_database_refuses_a_mail_that_contradicts_itself(office, wrong):
    mail = written()
    with pytest.raises(IntegrityError), transaction.atomic():
        Mail.objects.filter(pk=mail.pk).update(**wrong)


def test_server_out_of_reach_leaves_the_mail_waiting_for_longer_each_time(office, settings):
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    mail = written()
    waits = []
    for _ in range(3):
        before = timezone.now()
        assert sending.send_waiting() == 0
        assert state_of(mail) == "waiting"
        waits.append(round((mail.due - before) / dt.timedelta(minutes=1)))
        Mail.objects.update(due=before)
    assert waits == [1, 2, 4]
    assert mail.problem.startswith("The mail server could not be reached:")
    Mail.objects.update(made_at=timezone.now() - dt.timedelta(hours=25))
    sending.send_waiting()
    assert state_of(mail) == "failed"
    assert mail.problem.startswith("It waited for a day. The mail server could not be reached:")


@pytest.mark.parametrize(("answer", "state"), [("550 No such person", "failed"), ("450 Come again", "waiting")])
def test_what_the_server_refuses_is_not_uncertain(office, server, answer, state):
    server.refuse = answer
    mail = written()
    assert sending.send_waiting() == 0
    assert (state_of(mail), mail.problem) == (state, f"The mail server refused it: {answer}")
    assert server.mails == []


def test_server_that_hangs_up_after_taking_a_mail_makes_it_uncertain(office, server):
    server.hang_up = True
    mail = written()
    assert sending.send_waiting() == 0
    assert state_of(mail) == "uncertain"
    server.hang_up = False
    assert sending.send_waiting() == 0  # not by itself
    settle_mail(mail=mail, to="waiting", by=UserFactory())
    assert sending.send_waiting() == 1
    assert [one["Message-ID"] for one in server.mails] == [mail.message_id, mail.message_id]


def _die_while_sending(mail: Mail) -> None:
    sending.send(mail)


def test_worker_killed_between_sending_and_marking_makes_an_uncertain_mail(real_db, settings, server):
    """A process of its own is killed when the server has taken the mail and has not said so yet."""
    settings.MAIL_GOES_OUT = True
    OfficeFactory()
    mail = written()
    connections.close_all()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12 warns of threads: the server's
        worker = multiprocessing.get_context("fork").Process(target=_die_while_sending, args=(mail,))
        server.on_mail = lambda: os.kill(worker.pid, signal.SIGKILL)
        worker.start()
    worker.join(10)
    assert worker.exitcode == -signal.SIGKILL
    assert (len(server.mails), state_of(mail)) == (1, "sending")
    server.on_mail = None
    assert (sending.has_work(), sending.send_waiting()) == (False, 0)
    Mail.objects.update(claimed_at=timezone.now() - LATER)
    assert (sending.has_work(), sending.send_waiting()) == (True, 0)
    assert state_of(mail) == "uncertain"
    assert len(server.mails) == 1


def test_slow_worker_still_knows_better(office):
    """It was taken for dead while the server thought; then the server took the mail."""
    mail = written()
    claimed = sending.claim_mail(mail=mail, by=None)
    Mail.objects.update(state="uncertain")
    assert sending.keep_outcome(mail=claimed, state="sent", by=None)
    assert state_of(mail) == "sent"


def test_two_workers_send_a_mail_once(office, server):
    mail = written()
    assert (sending.claim_mail(mail=mail, by=None) is not None, sending.send(mail)) == (True, False)
    assert server.mails == []


def test_closed_account_gets_no_mail(office):
    mail = written()
    mail.user.is_active = False
    mail.user.save()
    assert sending.send_waiting() == 0
    assert (state_of(mail), django_mail.outbox) == ("failed", [])


@pytest.mark.parametrize(("goes_out", "is_demo"), [(False, False), (True, True)])
def test_nothing_leaves_a_demonstration_or_a_copy_without_a_server(office, settings, goes_out, is_demo):
    """Not even what was written while mails did go out."""
    waiting, kept = written("a"), written("b", goes_out=False)
    settings.MAIL_GOES_OUT = goes_out
    office.is_demo = is_demo
    office.save()
    tasks.send_what_waits()
    assert (Job.objects.count(), sending.send_waiting()) == (0, 0)
    assert (state_of(waiting), state_of(kept), django_mail.outbox) == ("waiting", "kept", [])


def test_worker_finds_what_waits_and_sends_it(office):
    mail = written()
    tasks.send_what_waits()
    tasks.send_what_waits()
    job = Job.objects.get()
    assert perform(job.pk, threaded=False)
    job.refresh_from_db()
    assert (job.state, job.result, state_of(mail)) == ("done", {"sent": 1}, "sent")
    assert [one.extra_headers["Message-ID"] for one in django_mail.outbox] == [mail.message_id]


@pytest.fixture
def uncertain(office):
    mail = written()
    Mail.objects.filter(pk=mail.pk).update(
        state="uncertain", claim="x", claimed_at=timezone.now(), problem="The worker stopped."
    )
    return mail


def as_administrator(client):
    client.force_login(UserFactory(name="Wren", roles=[Role.ADMINISTRATOR]))
    return client


def test_administrator_says_that_an_uncertain_mail_arrived(client, uncertain):
    client = as_administrator(client)
    page = client.get(reverse("mail-outbox")).content.decode()
    assert "1 mail needs a word from you." in page
    assert "1 to look at" in client.get("/").content.decode()
    client.post(reverse("mail-settle", args=[uncertain.pk]), {"to": "arrived"})
    assert (state_of(uncertain), uncertain.settled_by.name) == ("sent", "Wren")
    assert "to look at" not in client.get("/").content.decode()
    assert (sending.send_waiting(), django_mail.outbox) == (0, [])


def test_administrator_has_an_uncertain_mail_sent_again_under_its_old_message_id(client, uncertain):
    as_administrator(client).post(reverse("mail-settle", args=[uncertain.pk]), {"to": "again"})
    assert sending.send_waiting() == 1
    assert [one.extra_headers["Message-ID"] for one in django_mail.outbox] == [uncertain.message_id]


def test_mail_that_was_settled_meanwhile_is_not_settled_again(client, uncertain):
    client = as_administrator(client)
    for _ in range(2):
        page = client.post(reverse("mail-settle", args=[uncertain.pk]), {"to": "arrived"}, follow=True)
    assert "This mail is now “Sent”. Nothing was changed." in page.content.decode()
    assert client.post(reverse("mail-settle", args=[uncertain.pk]), {"to": "nowhere"}).status_code == 404


def test_administrator_reads_no_mail_of_others_where_mails_go_out(client, uncertain, settings):
    client = as_administrator(client)
    address = reverse("mail-detail", args=[uncertain.pk])
    assert client.get(address).status_code == 404
    settings.MAIL_GOES_OUT = False
    assert "Good morning." in client.get(address).content.decode()
    client.force_login(UserFactory(roles=[Role.ANALYST]))
    assert client.get(address).status_code == 404
    client.force_login(uncertain.user)
    assert "Good morning." in client.get(address).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_outbox_costs_the_same_however_full_it_is(client, office, django_assert_num_queries, count):
    client = as_administrator(client)
    for number in range(count):
        written(f"a{number}")
    client.get(reverse("mail-outbox"))
    with django_assert_num_queries(
        7
    ):  # session, user with roles, office; to settle and how many; the page and how many
        assert len(client.get(reverse("mail-outbox")).context["mails"]) == count
