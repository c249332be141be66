"""What Celery runs: the one task that performs a job, and the two that beat sends."""

from typing import Any

import structlog
from celery import shared_task
from celery.schedules import crontab
from celery.signals import worker_ready, worker_shutting_down
from django.db import DatabaseError, connection

from core.audit import audit_context
from core.jobs import limits
from core.jobs.performing import interrupt_all, perform
from core.jobs.queue import RUN, enqueue
from core.jobs.registry import NIGHTLY, OFTEN
from core.jobs.sweep import sweep

log = structlog.get_logger(__name__)
NIGHT = crontab(hour=2, minute=30)  # in the time zone of config/celery.py


@shared_task(name=RUN)
def run(job_id: int) -> None:
    perform(job_id)


@shared_task(name="core.jobs.sweep")
def sweep_up() -> None:
    sweep()
    look_round()


def look_round() -> None:
    """Let each app see whether it has work. One that cannot look keeps no other from it."""
    for name, look in OFTEN.items():
        try:
            with audit_context(actor_name="sweep"):
                look()
        except Exception as error:
            log.exception("look_failed", name=name, error=repr(error))


@shared_task(name="core.jobs.start_nightly")
def start_nightly(name: str) -> None:
    with audit_context(actor_name="nightly"):
        enqueue(name, dedupe=True)


def schedule() -> dict[str, dict[str, Any]]:
    """What beat sends, and when. A sweep that waited longer than the next one is dropped."""
    entries: dict[str, dict[str, Any]] = {
        "sweep": {"task": "core.jobs.sweep", "schedule": limits.SWEEP, "options": {"expires": limits.SWEEP}}
    }
    for name in sorted(NIGHTLY):
        entries[f"nightly {name}"] = {"task": "core.jobs.start_nightly", "schedule": NIGHT, "args": (name,)}
    return entries


@worker_ready.connect
def sweep_at_start(**_: Any) -> None:
    """A database that is not there yet must not keep the worker from starting: the next sweep is seconds away."""
    try:
        sweep()
    except DatabaseError as error:
        log.warning("first_sweep_failed", error=repr(error))
    finally:
        connection.close()


@worker_shutting_down.connect
def stop_handlers(**_: Any) -> None:
    interrupt_all()
