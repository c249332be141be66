"""One attempt at one job: claim it, show signs of life while its handler works, and write down how it ended.

Every write is conditional on the claim. A worker that was taken for dead and comes back finds its claim gone, and can
neither store a second result nor spoil the first.
"""

import json
import threading
import traceback
import uuid
from datetime import timedelta
from time import monotonic
from typing import Any

import structlog
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, connection
from django.db.models import F
from django.utils import timezone

from core.audit import audit_context
from core.jobs import limits
from core.jobs.models import Job, State
from core.jobs.progress import Cancelled, ClaimLost, Failed, Interrupted, Progress
from core.jobs.registry import work_named

log = structlog.get_logger(__name__)
DETAIL_LENGTH = 10_000  # characters of a traceback worth keeping; the end says most
at_work: set[Progress] = set()
ending = threading.Event()  # this worker is shutting down and begins nothing more


def perform(job_id: int, *, threaded: bool = True) -> bool:
    """Make one attempt. False if there was nothing to claim: another worker has the job, or it has ended.

    Without `threaded` the caller's own connection reports, which a test inside a transaction needs.
    """
    job = None if ending.is_set() else _claim(job_id)
    if job is None:
        return False
    with structlog.contextvars.bound_contextvars(job=job.pk, kind=job.kind, attempt=job.attempts):
        reporter = Reporter(job, threaded=threaded)
        at_work.add(reporter.progress)
        if ending.is_set():  # since we looked
            reporter.progress.stop(Interrupted)
        try:
            _attempt(job, reporter.progress)
        finally:
            at_work.discard(reporter.progress)
            reporter.finish()
    return True


def interrupt_all() -> None:
    """The worker is asked to end: have each handler stop at its next sign of progress, and begin nothing more."""
    ending.set()
    for progress in list(at_work):
        progress.stop(Interrupted)


def _claim(job_id: int) -> Job | None:
    now = timezone.now()
    token = uuid.uuid4().hex
    taken = (
        Job.objects.claimable(now)
        .filter(pk=job_id)
        .update(
            state=State.RUNNING,
            claim=token,
            started=now,
            heartbeat=now,
            attempts=F("attempts") + 1,
            percent=0,
            words="",
        )
    )
    return Job.objects.claimed(job_id, token).first() if taken else None


class Reporter:
    """Writes signs of life and progress, and hears of cancelling, every half second, apart from the handler's thread.

    The handler may hold a transaction open for as long as it needs; the reporter has a connection of its own.
    """

    def __init__(self, job: Job, *, threaded: bool) -> None:
        self.job = job
        self.progress = Progress(job.pk, report=None if threaded else self._tick_if_due)
        self._next_beat = monotonic() + limits.HEARTBEAT
        self._next_tick = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"job-{job.pk}-reporter", daemon=True)
        if threaded:
            self._thread.start()

    def finish(self) -> None:
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        try:
            while not self._ended.wait(limits.REPORT):
                self._tick_or_log()
        finally:
            connection.close()

    def _tick_or_log(self) -> None:
        """A database out of reach is no reason to give up: the job lapses only if it stays so."""
        try:
            self._tick()
        except DatabaseError as error:
            log.warning("job_report_failed", error=repr(error))
            connection.close()

    def _tick_if_due(self, _progress: Progress) -> None:
        if monotonic() >= self._next_tick:
            self._next_tick = monotonic() + limits.REPORT
            self._tick()

    def _tick(self) -> None:
        mine = Job.objects.claimed(self.job.pk, self.job.claim)
        news = self.progress.take_news()
        if news or monotonic() >= self._next_beat:
            values: dict[str, Any] = {"heartbeat": timezone.now()}
            if news:
                values |= {"percent": news[0], "words": news[1][:200]}
            mine.update(**values)
            self._next_beat = monotonic() + limits.HEARTBEAT
        cancel_requested = mine.values_list("cancel_requested", flat=True).first()
        if cancel_requested is None:
            self.progress.stop(ClaimLost)
        elif cancel_requested:
            self.progress.stop(Cancelled)


def _attempt(job: Job, progress: Progress) -> None:
    try:
        with audit_context(**(job.context | {"job": str(job.pk)})):
            result = work_named(job.kind).handler(progress, *job.arguments)
        json.dumps(result, cls=DjangoJSONEncoder)  # what cannot be stored is the handler's mistake, and said to be
    except Cancelled:
        _end(job, state=State.CANCELLED)
    except ClaimLost:
        log.warning("job_claim_lost")
    except Interrupted:
        _give_back(job, attempts=F("attempts") - 1)
    except Failed as failure:
        log.warning("job_failed", error=str(failure))
        mended_on = {"url": failure.url} if failure.url else None
        _end(job, state=State.FAILED, error=str(failure)[:500], detail=_detail(), result=mended_on)
    except Exception as error:
        log.exception("job_attempt_failed", error=repr(error))
        _try_again(job)
    else:
        _end(job, state=State.DONE, result=result, percent=100)


def _try_again(job: Job) -> None:
    if job.attempts >= limits.MAX_ATTEMPTS:
        _end(job, state=State.FAILED, error=sorry(job, "could not be finished"), detail=_detail())
    else:
        wait = timedelta(seconds=limits.RETRY * job.attempts)
        _give_back(job, due=timezone.now() + wait, detail=_detail())


def sorry(job: Job, what: str) -> str:
    """What a person reads when every attempt went wrong."""
    return (
        f"“{job.title}” {what}, although it was tried {limits.MAX_ATTEMPTS} times. What you entered is safe. "
        f"Try again; if that does not help, tell your administrator and quote job {job.pk}."
    )[:500]


def _detail() -> str:
    return traceback.format_exc()[-DETAIL_LENGTH:]


def _end(job: Job, **values: Any) -> None:
    """The one place a worker ends a job, and only while its claim stands: a result is stored once or not at all."""
    ended = {"claim": "", "words": "", "finished": timezone.now()}
    stored = Job.objects.claimed(job.pk, job.claim).update(**ended, **values)
    if stored:
        log.info("job_ended", state=str(values["state"]))
    else:
        log.warning("job_result_unwanted", state=str(values["state"]))


def _give_back(job: Job, **values: Any) -> None:
    Job.objects.claimed(job.pk, job.claim).update(
        state=State.WAITING, claim="", sent=None, resends=0, percent=0, words="", **values
    )
