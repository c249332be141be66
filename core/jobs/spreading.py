"""One job's work in pieces that any worker takes, the job's own among them: as quick as there are workers free.

A piece is a job of its own, claimed like any other: two workers never do the same one, and one whose worker died is
taken up again. The job that asked does pieces too until none is left, so one worker alone finishes, and then waits for
those that others have. Done pieces stay done if the job itself is taken up by another worker.
"""

import hashlib
import json
from collections.abc import Sequence
from time import sleep
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from core.audit import current_context
from core.jobs.models import ENDED, Job, JobQuerySet, State
from core.jobs.performing import perform
from core.jobs.progress import Cancelled, Failed, Progress
from core.jobs.queue import cancel, send_once_committed
from core.jobs.registry import work_named

LOOK = 0.2  # seconds between two looks at what others are doing
EMPTIED = {"attempts": 0, "error": "", "detail": "", "finished": None, "cancel_requested": False}


def spread(progress: Progress, name: str, pieces: Sequence[Sequence[Any]]) -> list[dict[str, Any] | None]:
    """Have the work called `name` done once for each of the argument lists; what each gave back, in order.

    Outside a transaction. Raises Failed in the words of a piece that failed, and Cancelled where one was called off;
    to call off the job calls off its pieces.
    """
    keys = [_key(name, arguments) for arguments in pieces]
    mine = Job.objects.filter(part_of=progress.job_id, dedupe_key__in=keys)
    _hand_out(progress.job_id, name, dict(zip(keys, pieces, strict=True)), mine)
    try:
        _finish(progress, mine, len(pieces))
    except Cancelled:
        cancel(Job.objects.get(pk=progress.job_id))  # those handed out since somebody called it off
        raise
    results = dict(mine.values_list("dedupe_key", "result"))
    return [results[key] for key in keys]


def _finish(progress: Progress, mine: JobQuerySet, count: int) -> None:
    """Do what nobody has, wait for what others have, until all are done."""
    while True:
        done = mine.filter(state=State.DONE).count()
        progress(done, count, f"{done:,} of {count:,} parts")
        _raise_if_ended_badly(mine)
        next_one = mine.claimable(timezone.now()).order_by("pk").values_list("pk", flat=True).first()
        if next_one is not None:
            perform(next_one, threaded=progress.is_threaded)
        elif done == count:
            return
        else:
            sleep(LOOK)


def _key(name: str, arguments: Sequence[Any]) -> str:
    return f"{name} {hashlib.sha256(json.dumps(arguments).encode()).hexdigest()[:32]}"


def _hand_out(job_id: int, name: str, pieces: dict[str, Sequence[Any]], mine: JobQuerySet) -> None:
    """A row for each piece that has none, all in one transaction; those that ended badly begin afresh."""
    now = timezone.now()
    work, context = work_named(name), current_context()
    with transaction.atomic():
        bad = mine.filter(state__in=[state for state in ENDED if state != State.DONE])
        bad.update(state=State.WAITING, due=now, sent=None, resends=0, **EMPTIED)
        held = set(mine.values_list("dedupe_key", flat=True))
        rows = [
            Job(
                kind=name,
                title=work.title,
                arguments=list(arguments),
                dedupe_key=key,
                part_of_id=job_id,
                context=context,
                created=now,
                due=now,
                sent=now,
            )
            for key, arguments in pieces.items()
            if key not in held
        ]
        try:
            with transaction.atomic():
                Job.objects.bulk_create(rows)
        except IntegrityError:  # another worker took this job for a dead one's and was quicker
            return
        for row in rows:
            send_once_committed(row.pk)


def _raise_if_ended_badly(mine: JobQuerySet) -> None:
    failed = mine.filter(state=State.FAILED).first()
    if failed:
        raise Failed(failed.error)
    if mine.filter(state=State.CANCELLED).exists():
        raise Cancelled
