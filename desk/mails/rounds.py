"""The morning of a working day: to each person what waits for them, once, if they want to hear of it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from django.utils import timezone

from core.accounts.clock import is_working_day, today, working_days_before
from core.accounts.context import current_office
from core.accounts.models import User
from desk import following
from desk.actions import write_mail
from desk.due import Due, due_from
from desk.mails import mail_goes_out, texts
from desk.models import Mail, MailChoice, MailRound

log = structlog.get_logger(__name__)
MORNING = range(7, 12)  # hours by the office's clock
NOTICE = 2  # working days before a thing is due
LONGEST = dt.timedelta(days=14)  # that a round looks back to the one before
Report = Callable[[int, int], None]


def is_due() -> bool:
    """Whether this morning's mails are still to be written. A demonstration's day has no hours."""
    office = current_office()
    if office is None or not is_working_day(office.today):
        return False
    if not office.is_demo and timezone.localtime().hour not in MORNING:
        return False
    return not MailRound.objects.filter(day=office.today).exists()


def write_round(report: Report = lambda done, total: None) -> int:
    """Write today's mails. One person's trouble keeps nobody else's mail; a round begun twice writes nothing twice."""
    day, goes_out = today(), mail_goes_out()
    if not is_working_day(day):
        return 0
    since = _since(day)
    users = list(User.objects.filter(is_active=True).order_by("pk"))
    refused = set(MailChoice.objects.filter(wanted=False).values_list("user_id", "kind"))
    written = 0
    for number, user in enumerate(users):
        report(number, len(users))
        wanted = {kind for kind in Mail.Kind.values if (user.pk, kind) not in refused}
        try:
            written += _write_for(user, wanted, day, since, goes_out)
        except Exception as error:
            log.exception("morning_mail_failed", user=user.pk, error=repr(error))
    MailRound.objects.get_or_create(day=day, defaults={"made_at": timezone.now()})
    return written


@dataclass(frozen=True)
class Since:
    """The round before: of which day it was by the office's calendar, and when it was written."""

    day: dt.date
    moment: dt.datetime


def _since(day: dt.date) -> Since:
    now, one_day = timezone.now(), dt.timedelta(days=1)
    last = MailRound.objects.filter(day__lt=day).order_by("-day").first()
    if last is None:
        return Since(day - one_day, now - one_day)
    return Since(max(last.day, day - LONGEST), max(last.made_at, now - LONGEST))


def _write_for(user: User, wanted: set[str], day: dt.date, since: Since, goes_out: bool) -> bool:
    """The morning mail or, without it, a reminder; nothing where there is nothing to say."""
    if Mail.Kind.DIGEST in wanted:
        due = due_from(user)
        changes = [one.text for one in following.changes(user, since.moment, for_mail=True)]
        if not changes and all(one.when(day) == "later" for one in due):
            return False
        kind, subject, text = Mail.Kind.DIGEST, texts.digest_subject(due, day), texts.digest_text(due, changes, day)
    elif Mail.Kind.REMINDER in wanted:
        due = [one for one in due_from(user) if is_reminded(one, since.day, day)]
        if not due:
            return False
        kind, subject, text = Mail.Kind.REMINDER, texts.reminder_subject(due), texts.reminder_text(due, day)
    else:
        return False
    facts = {"subject": subject, "text": text, "goes_out": goes_out}
    return write_mail(kind=kind, user=user, key=day.isoformat(), by=None, **facts) is not None


def is_reminded(one: Due, since: dt.date, day: dt.date) -> bool:
    """Two working days before it is due, on its day, and once it is late; without a day, as each week begins."""
    if one.due is None:
        return since.isocalendar()[:2] != day.isocalendar()[:2]
    marks = (working_days_before(one.due, NOTICE), one.due, one.due + dt.timedelta(days=1))
    return any(since < mark <= day for mark in marks)
