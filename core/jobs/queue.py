"""Asking for work, and for an end to it.

Apps import this before the models can be loaded (their tasks.py registers work), so the model is looked up when needed.
"""

import hashlib
import json
from time import monotonic
from typing import TYPE_CHECKING, Any

import structlog
from celery import current_app
from django.apps import apps
from django.db import transaction
from django.utils import timezone

from core.audit import current_context
from core.jobs import limits
from core.jobs.registry import work_named

if TYPE_CHECKING:
    from core.jobs.models import Job, JobQuerySet

log = structlog.get_logger(__name__)
RUN = "core.jobs.run"


def _jobs() -> "JobQuerySet":
    return apps.get_model("jobs", "Job").objects.all()


def enqueue(name: str, *args: Any, dedupe: bool = False, title: str = "") -> "Job":
    """Ask for work by name, in the caller's transaction: rolled back with it, sent to a worker when it commits.

    With `dedupe`, asking again for what is still waiting returns the row that waits. Its row is locked until the
    caller commits, so a worker cannot begin it before it can see what the caller changed. A row another caller holds
    is not waited for, because two callers asking in different orders would wait for each other: one job too many is
    harmless, a deadlock is not.
    """
    work = work_named(name)
    arguments = json.dumps(args)
    key = f"{name} {hashlib.sha256(arguments.encode()).hexdigest()[:32]}" if dedupe else ""
    with transaction.atomic():
        if dedupe:
            waiting = _jobs().filter(state="waiting", dedupe_key=key, cancel_requested=False)
            held = waiting.select_for_update(skip_locked=True).first()
            if held:
                return held
        job = _insert(name, json.loads(arguments), key, title or work.title)
        send_once_committed(job.pk)
    return job


def send_once_committed(job: int) -> None:
    """Tell the broker when the caller's changes are there to be seen. Should that fail, the sweep finds the row."""

    def tell() -> None:  # Django logs its name where it fails, and a partial has none
        send(job)

    transaction.on_commit(tell, robust=True)


def _insert(name: str, arguments: list[Any], key: str, title: str) -> "Job":
    context = current_context()
    now = timezone.now()
    return _jobs().create(
        kind=name,
        title=title,
        arguments=arguments,
        dedupe_key=key,
        requested_by_id=context.get("actor_id"),
        requested_by_name=context.get("actor_name", ""),
        context=context,
        created=now,
        due=now,
        sent=now,
    )


def cancel(job: "Job") -> None:
    """Ask for an end: at once if it still waits, at its next sign of progress if it runs, nothing if it has ended.

    The pieces it has been spread over end with it.
    """
    now = timezone.now()
    for these in (_jobs().filter(pk=job.pk), _jobs().filter(part_of=job.pk)):
        these.filter(state="waiting").update(state="cancelled", cancel_requested=True, finished=now)
        these.filter(state="running").update(cancel_requested=True)


def try_again(job: "Job") -> bool:
    """Take up the same row again, with all its attempts, so that whatever follows it follows the new try.

    False if it did not fail, or somebody has asked already.
    """
    now = timezone.now()
    with transaction.atomic():
        failed = _jobs().filter(pk=job.pk, state="failed")
        taken = failed.update(
            state="waiting",
            attempts=0,
            percent=0,
            error="",
            detail="",
            started=None,
            heartbeat=None,
            finished=None,
            cancel_requested=False,
            due=now,
            sent=now,
            resends=0,
        )
        if taken:
            send_once_committed(job.pk)
    return bool(taken)


class _Broker:
    """Remembers that the broker was out of reach, so that a hundred jobs do not wait a second each to find out."""

    def __init__(self) -> None:
        self.quiet_until = 0.0

    @property
    def is_quiet(self) -> bool:
        return monotonic() < self.quiet_until

    def send(self, task: str, *args: Any) -> bool:
        if self.is_quiet:
            return False
        try:
            current_app.send_task(task, args=args, ignore_result=True, retry=False)
        except Exception as error:
            self.quiet_until = monotonic() + limits.BROKER_PAUSE
            log.warning("broker_out_of_reach", task=task, error=repr(error))
            return False
        return True


broker = _Broker()


def send(job_id: int) -> bool:
    """Tell a worker. A broker out of reach is no failure of the request: the row waits and the sweep sends it."""
    sent = broker.send(RUN, job_id)
    if not sent:
        _jobs().filter(pk=job_id, state="waiting").update(sent=None, resends=0)
    return sent
