"""Sending what waits in the outbox: claimed, sent, marked, each committed before the next.

A worker that dies between sending and marking leaves a mail nobody knows the end of. It is not sent again by itself: an
administrator says so, or that it arrived.
"""

import datetime as dt
import smtplib
from collections.abc import Callable

import structlog
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from desk.actions import claim_mail, give_up_mail, keep_outcome
from desk.mails import mail_goes_out
from desk.mails.message import message_of
from desk.models import Mail

log = structlog.get_logger(__name__)
AT_ONCE = 200  # mails of one piece of work
LAPSE = dt.timedelta(minutes=5)  # longer than every word with a mail server may take
FIRST_WAIT, LONGEST_WAIT = dt.timedelta(minutes=1), dt.timedelta(hours=1)
STALE = dt.timedelta(hours=24)  # after which a mail says nothing new
Report = Callable[[int, int], None]
State = Mail.State


def has_work() -> bool:
    now = timezone.now()
    return Mail.objects.waiting(now).exists() or Mail.objects.lapsed(now - LAPSE).exists()


def find_lapsed() -> int:
    """Mails whose worker never said how it ended become uncertain. Returns how many."""
    lapsed = Mail.objects.lapsed(timezone.now() - LAPSE)
    words = "The worker stopped after it began to send this mail, so it may have gone or not."
    return sum(keep_outcome(mail=one, state=State.UNCERTAIN, problem=words, by=None) for one in lapsed)


def send_waiting(report: Report = lambda done, total: None) -> int:
    """Send what is due. Returns how many mails went."""
    find_lapsed()
    if not mail_goes_out():
        return 0
    waiting = list(Mail.objects.waiting(timezone.now()).order_by("pk")[:AT_ONCE])
    sent = 0
    for number, mail in enumerate(waiting):
        report(number, len(waiting))
        if timezone.now() - mail.made_at > STALE and mail.settled_at is None:
            give_up_mail(mail=mail, problem=f"It waited for a day. {mail.problem}".strip(), by=None)
        else:
            sent += send(mail)
    return sent


def send(mail: Mail) -> bool:
    """Send one mail; False where it did not go, or nobody knows whether it did."""
    connection = get_connection()
    try:
        return _send(mail, connection)
    finally:
        _close(connection)


def _send(mail: Mail, connection: BaseEmailBackend) -> bool:
    problem = ""
    try:
        connection.open()  # a server out of reach has seen no mail: nothing is uncertain
    except (OSError, smtplib.SMTPException) as error:
        problem = f"The mail server could not be reached: {error}"
    claimed = claim_mail(mail=mail, by=None)
    if claimed is None:
        return False
    if problem:
        return _later(claimed, problem)
    if not claimed.user.is_active:
        keep_outcome(mail=claimed, state=State.FAILED, problem="The account was closed before it went.", by=None)
        return False
    try:
        message_of(claimed, connection).send()
    except smtplib.SMTPRecipientsRefused as error:
        code, answer = next(iter(error.recipients.values()))
        return _refused(claimed, code, answer)
    except smtplib.SMTPResponseException as error:
        return _refused(claimed, error.smtp_code, error.smtp_error)
    except (OSError, smtplib.SMTPException) as error:
        words = f"The connection broke while this mail was sent: {error}"
        keep_outcome(mail=claimed, state=State.UNCERTAIN, problem=words, by=None)
        log.warning("mail_uncertain", mail=claimed.pk, error=repr(error))
        return False
    return keep_outcome(mail=claimed, state=State.SENT, by=None)


def _close(connection: BaseEmailBackend) -> None:
    """What became of the mail is known by now; how the server says goodbye changes nothing."""
    try:
        connection.close()
    except (OSError, smtplib.SMTPException) as error:
        log.info("mail_server_left", error=repr(error))


def _refused(mail: Mail, code: int, answer: bytes | str) -> bool:
    """The server has said no: for now (4xx) or for good (5xx)."""
    said = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    words = f"The mail server refused it: {code} {said}"
    if code < 500:
        return _later(mail, words)
    keep_outcome(mail=mail, state=State.FAILED, problem=words, by=None)
    return False


def _later(mail: Mail, problem: str) -> bool:
    wait = min(FIRST_WAIT * 2 ** min(mail.attempts - 1, 10), LONGEST_WAIT)
    keep_outcome(mail=mail, state=State.WAITING, problem=problem, due=timezone.now() + wait, by=None)
    log.warning("mail_later", mail=mail.pk, problem=problem)
    return False
