"""Mails from the moment they are written to the moment somebody knows what became of them.

Each step is committed before the next begins: what a worker that dies leaves behind says how far it came.
"""

import datetime as dt
import secrets
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from core.accounts.models import User
from core.accounts.states import MoveRefused
from core.audit import action
from desk.models import Mail, MailChoice

State = Mail.State
CLEARED = "(cleared away)"


@action
def write_mail(
    *, kind: str, user: User, key: str, subject: str, text: str, goes_out: bool, by: User | None, to: str = ""
) -> Mail | None:
    """Put a mail into the outbox, once for this kind, person and key; None where it is there already. `to` is an
    address that was theirs.

    Where no mail goes out it is kept to be read here and never sent, also not later.
    """
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    mail = Mail(
        kind=kind,
        user=user,
        key=key,
        message_id=f"<{kind}.{secrets.token_hex(16)}@{host}>",
        to_address=to or user.email,
        subject=subject,
        text=text,
        state=State.WAITING if goes_out else State.KEPT,
        made_at=timezone.now(),
        due=timezone.now(),
    )
    if Mail.objects.filter(kind=kind, user=user, key=key).exists():
        return None
    try:
        with transaction.atomic():
            mail.save()
    except IntegrityError:  # another worker wrote it in this moment
        return None
    return mail


@action
def claim_mail(*, mail: Mail, by: User | None) -> Mail | None:
    """Take a waiting mail for this worker alone; None where another has it."""
    now = timezone.now()
    token = secrets.token_hex(16)
    taken = Mail.objects.waiting(now).filter(pk=mail.pk)
    if not taken.update(state=State.SENDING, claim=token, claimed_at=now, attempts=F("attempts") + 1):
        return None
    return Mail.objects.select_related("user").get(pk=mail.pk)


@action
def keep_outcome(*, mail: Mail, state: str, problem: str = "", due: dt.datetime | None = None, by: User | None) -> bool:
    """Say how the sending of a claimed mail ended. False where the claim is no longer this worker's.

    A worker that was only slow may find its mail uncertain already, and then still knows better.
    """
    held = Mail.objects.filter(pk=mail.pk, claim=mail.claim, state__in=[State.SENDING, State.UNCERTAIN])
    changes = {"state": state, "problem": problem[:300]}
    if state != State.UNCERTAIN:
        changes |= {"claim": "", "claimed_at": None}
    if state == State.SENT:
        changes["sent_at"] = timezone.now()
    if due:
        changes["due"] = due
    return bool(held.update(**changes))


@action
def give_up_mail(*, mail: Mail, problem: str, by: User | None) -> bool:
    """A mail that has waited too long to be worth sending."""
    held = Mail.objects.filter(pk=mail.pk, state=State.WAITING)
    return bool(held.update(state=State.FAILED, problem=problem[:300]))


@action
def settle_mail(*, mail: Mail, to: str, by: User) -> Mail:
    """Somebody says of a mail that may or may not have gone, or did not, to send it again, or that it arrived."""
    held = Mail.objects.select_for_update().get(pk=mail.pk)
    open_to = {State.UNCERTAIN: (State.WAITING, State.SENT), State.FAILED: (State.WAITING,)}
    if to not in open_to.get(State(held.state), ()):
        raise MoveRefused(f"This mail is now “{held.get_state_display()}”. Nothing was changed.")
    now = timezone.now()
    held.state, held.claim, held.claimed_at, held.problem = to, "", None, ""
    held.settled_by, held.settled_at, held.due = by, now, now
    held.sent_at = now if to == State.SENT else None
    held.save()
    return held


@action
def choose_mails(*, wanted: set[str], by: User) -> None:
    """Say which kinds of mail one gets."""
    for kind in Mail.CHOSEN:
        _choose(by, kind, kind in wanted)


@action
def stop_mail(*, user: User, kind: str, by: User | None) -> None:
    """No more mails of this kind to this person; whoever holds such a mail may say so."""
    _choose(user, kind, wanted=False)


def _choose(user: User, kind: str, wanted: bool) -> None:
    held, made = MailChoice.objects.get_or_create(user=user, kind=kind, defaults={"wanted": wanted})
    if not made and held.wanted != wanted:
        held.wanted = wanted
        held.save(update_fields=["wanted"])


@action
def purge_mails(*, before: dt.datetime, by: User | None) -> int:
    """Take the words out of mails written before then whose end is known; how many. Each row says still that it went.

    What waits, failed or is unsettled keeps its words.
    """
    ended = Mail.objects.filter(made_at__lt=before, state__in=[State.SENT, State.KEPT]).exclude(text="")
    return ended.update(subject=CLEARED, text="")
