"""What is cleared away by a rule, and what never is."""

import datetime as dt

import pytest
from django.utils import timezone

from core.audit.models import AuditEvent
from core.documents.actions import store_file
from core.jobs.registry import NIGHTLY, WORK
from desk.actions import write_mail
from desk.models import Mail
from governance.boards.models import LogFile
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.boards import BoardActionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.servers]


def run(name: str) -> dict[str, int]:
    assert name in NIGHTLY
    return WORK[name].handler(lambda *said: None)


def test_old_mails_whose_end_is_known_lose_their_words_and_the_log_does_not():
    OfficeFactory()
    user, now = UserFactory(), timezone.now()
    for state, days in (("kept", 181), ("sent", 181), ("waiting", 181), ("failed", 181), ("sent", 179)):
        facts = {"subject": f"{state} {days}", "text": "Words", "goes_out": True}
        mail = write_mail(kind="digest", user=user, key=f"{state}-{days}", by=None, **facts)
        more = {"sent_at": now} if state == "sent" else {"problem": "No such person"} if state == "failed" else {}
        Mail.objects.filter(pk=mail.pk).update(state=state, made_at=now - dt.timedelta(days=days), **more)
    assert run("mails.purge") == {"mails": 2}
    held = Mail.objects.order_by("pk").values_list("subject", "text")
    gone = ("(cleared away)", "")
    assert list(held) == [gone, gone, ("waiting 181", "Words"), ("failed 181", "Words"), ("sent 179", "Words")]
    cleared = AuditEvent.objects.filter(table="desk_mail", action="desk.purge_mails")
    assert {event.old_changed["subject"] for event in cleared} == {"kept 181", "sent 181"}
    assert run("mails.purge") == {"mails": 0}


def test_old_prints_leave_the_disk_unless_another_record_holds_the_same():
    OfficeFactory()
    user, now = UserFactory(), timezone.now()
    files = [store_file(data=b"%PDF-1.7 " + words, name="log.pdf", by=None) for words in (b"one", b"two", b"three")]
    for file, days in zip(files, (31, 31, 29), strict=True):
        LogFile.objects.create(log="actions", asked_by=user, file=file, made_at=now - dt.timedelta(days=days))
    action = BoardActionFactory()
    action.evidence.create(file=files[1], name="log.pdf", by=user, at=now)
    assert run("boards.purge") == {"prints": 2}
    assert LogFile.objects.get().file == files[2]
    assert [file.path.exists() for file in files] == [False, True, True]
    again = store_file(data=b"%PDF-1.7 one", name="log.pdf", by=None)
    assert (again, again.read()) == (files[0], b"%PDF-1.7 one")
