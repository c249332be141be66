"""The work of the desk outside requests."""

import datetime as dt
import time
from pathlib import Path

import structlog
from django.conf import settings
from django.utils import timezone

from core.accounts import reviews
from core.accounts.actions import open_access_review
from core.accounts.context import current_office
from core.audit import proof, signing
from core.audit.models import AuditEvent, AuditSeal
from core.jobs import Failed, Progress, enqueue, nightly, often, register
from desk.actions import purge_mails
from desk.mails import assigning, mail_goes_out, rounds, sending
from desk.searching import index

log = structlog.get_logger(__name__)
SUNDAY = 6
MAILS_KEPT = dt.timedelta(days=180)  # docs/operations.md tells administrators
CHECKPOINT_AGE = 15 * 60  # seconds between two signed notes of the log
WORTH_SIGNING = ("papers_signature", "papers_publication", "audit_prunepoint")  # signed for at once


@register("search.rebuild", title="Indexing every text again")
def rebuild(progress: Progress) -> dict[str, int]:
    return {"texts": index.rebuild(progress)}


@register("search.catch_up", title="Indexing what has changed")
def catch_up(progress: Progress) -> dict[str, int]:
    return {"texts": index.catch_up()}


@register("mails.morning", title="Writing the morning mails")
def write_morning_mails(progress: Progress) -> dict[str, int]:
    return {"written": rounds.write_round(progress)}


@register("mails.assign", title="Writing to people about what was given to them")
def write_assignments(progress: Progress) -> dict[str, int]:
    return {"written": assigning.catch_up()}


@often
def write_what_is_due() -> None:
    if rounds.is_due():
        enqueue("mails.morning", dedupe=True)
    if assigning.is_behind():
        enqueue("mails.assign", dedupe=True)


@register("mails.send", title="Sending mails")
def send_mails(progress: Progress) -> dict[str, int]:
    return {"sent": sending.send_waiting(progress)}


@register("mails.purge", title="Clearing away old mails")
def purge_old_mails(progress: Progress) -> dict[str, int]:
    return {"mails": purge_mails(before=timezone.now() - MAILS_KEPT, by=None)}


@often
def send_what_waits() -> None:
    if sending.has_work() and mail_goes_out():
        enqueue("mails.send", dedupe=True)


@register("access.review", title="Opening the quarter's review of access")
def open_review(progress: Progress) -> dict[str, int]:
    return {"review": open_access_review(by=None).pk}


@often
def look_for_a_new_quarter() -> None:
    if current_office() is not None and reviews.is_missing():
        enqueue("access.review", dedupe=True)


@often
def keep_up() -> None:
    if index.is_behind():
        enqueue("search.catch_up", dedupe=True)


@register("history.verify", title="Verifying the change history")
def verify_history(progress: Progress) -> dict[str, int]:
    """What came since the last night; on Sundays everything."""
    found = proof.look_again(whole=timezone.localdate().weekday() == SUNDAY)
    if found.faults:
        log.error("the log is not whole", faults=found.faults, first_seq=found.first_seq, told=found.told[:1000])
        raise Failed("The change history is not whole. The page of its proof says what is wrong.")
    return {"events": found.events, "seq": found.seq}


@often
def sign_history() -> None:
    """A checkpoint, where there is a key for it, the last is old enough and something has changed since."""
    if not settings.CHECKPOINT_KEY:
        return
    files = sorted(Path(settings.CHECKPOINTS_DIR).glob("checkpoint-*.json"))
    newest = max((path.stat().st_mtime for path in files), default=0)
    if time.time() - newest < CHECKPOINT_AGE and not _published_since(files):
        return
    try:
        proof.make_checkpoint()
    except (signing.KeyProblem, OSError) as problem:
        log.error("no checkpoint of the log was signed", problem=str(problem))


def _published_since(files: list[Path]) -> bool:
    """Whether a paper was signed or published, or a part of the log pruned, after the last checkpoint."""
    last = AuditEvent.objects.filter(table__in=WORTH_SIGNING).order_by("-pk").values_list("pk", flat=True).first()
    seal = AuditSeal.objects.filter(event_id=last).first() if last else None
    return seal is not None and (not files or signing.read(files[-1]).seq < seal.seq)


nightly("mails.purge")
nightly("search.rebuild")
nightly("history.verify")
