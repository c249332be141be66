"""Finding lost work: messages nobody took, and jobs whose worker died. Every ten seconds and when a worker starts."""

from datetime import datetime, timedelta
from time import monotonic, sleep

import structlog
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from core.jobs import limits
from core.jobs.models import ENDED, Job, State
from core.jobs.performing import sorry
from core.jobs.queue import broker, send

log = structlog.get_logger(__name__)
BATCH = 200  # jobs sent again by one sweep
MOMENT = 0.3  # seconds; who waits for SQLite's one writer looks every 0.1 s whether it is their turn
AT_ONCE = 0.05  # seconds within which a transaction begins when nobody else writes


def sweep() -> int:
    """Take back what lapsed and send again what waits. Returns how many messages went out."""
    lapsed = list(Job.objects.lapsed(timezone.now()))
    if lapsed:
        _take_back_those(lapsed)
    now = timezone.now()
    sent = 0
    for job_id in Job.objects.unsent(now).order_by("pk").values_list("pk", flat=True)[:BATCH]:
        if broker.is_quiet:
            break
        sent += _send_again(job_id, now)
    return sent


def _take_back_those(lapsed: list[Job]) -> None:
    """SQLite has one writer at a time: while it stores a large file, no worker can write that it is alive.

    So the sweep waits for it, then leaves the signs of life that waited as well a moment to be written. If somebody is
    writing again by then, the next sweep decides: a worker at work is always the one that writes.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with transaction.atomic():
            pass  # entered once nobody else writes
        sleep(MOMENT)
    asked = monotonic()
    with transaction.atomic():
        if monotonic() - asked < AT_ONCE:
            for job in lapsed:
                _take_back(job, timezone.now())


def _take_back(job: Job, now: datetime) -> None:
    """Conditional on the claim and the heartbeat we saw: a worker that shows life in between keeps its job."""
    held = Job.objects.claimed(job.pk, job.claim).filter(heartbeat=job.heartbeat)
    if job.cancel_requested:
        taken = held.update(state=State.CANCELLED, claim="", finished=now)
    elif job.attempts >= limits.MAX_ATTEMPTS:
        taken = held.update(state=State.FAILED, claim="", finished=now, error=sorry(job, "stopped part-way"))
    else:
        taken = held.update(state=State.WAITING, claim="", due=now, sent=None, resends=0, percent=0, words="")
    if taken:
        log.warning("job_lapsed", job=job.pk, kind=job.kind, attempts=job.attempts)


def _send_again(job_id: int, now: datetime) -> bool:
    row = Job.objects.unsent(now).filter(pk=job_id)
    return bool(row.update(sent=now, resends=F("resends") + 1)) and send(job_id)


def prune() -> int:
    """Delete jobs that ended long ago. Returns how many."""
    long_ago = timezone.now() - timedelta(days=limits.KEPT)
    return Job.objects.filter(state__in=ENDED, finished__lt=long_ago).delete()[0]
