"""Work that counts, fails, waits: whatever a test needs done. Effects go to a file, where every run can be seen."""

import time
from pathlib import Path

from core import jobs
from core.audit import current_context
from core.jobs.models import Job


@jobs.register("chores.count", title="Counting")
def count(progress: jobs.Progress, steps: int, pause: float = 0.0, diary: str = "") -> dict:
    """Count to `steps`. Each run writes its beginning and its end in the diary."""
    _write(diary, "began")
    for step in range(1, steps + 1):
        time.sleep(pause)
        progress(step, steps, f"{step} of {steps}")
    _write(diary, "ended")
    return {"total": sum(range(1, steps + 1)), "url": "/counted/"}


@jobs.register("chores.break", title="Breaking")
def break_down(progress: jobs.Progress, diary: str = "") -> None:
    _write(diary, "began")
    raise ValueError("the wheel came off")


@jobs.register("chores.refuse", title="Refusing")
def refuse(progress: jobs.Progress) -> None:
    raise jobs.Failed("The file has no rows. Choose another file.")


@jobs.register("chores.who", title="Asking who is asking")
def who(progress: jobs.Progress) -> dict:
    return current_context()


@jobs.register("chores.unfit", title="Returning what cannot be kept")
def unfit(progress: jobs.Progress) -> dict:
    return {"answer": object()}


@jobs.register("chores.steal", title="Losing the claim")
def steal(progress: jobs.Progress) -> dict:
    """Another worker takes the job while this one is at it."""
    Job.objects.filter(pk=progress.job_id).update(claim="another worker")
    return {"by": "the first worker"}


def _write(diary: str, word: str) -> None:
    if diary:
        with Path(diary).open("a") as book:
            book.write(f"{word}\n")
