"""Long work: kept as a row, done by a worker, shown as progress.

An app registers what it can do and asks for it by name:

    @jobs.register("measures.recompute", title="Recomputing signals")
    def recompute(progress: jobs.Progress, series_pk: int) -> dict: ...

    jobs.enqueue("measures.recompute", series.pk, dedupe=True)

The row is the truth and the broker only a wake-up call, so a lost message costs seconds and never the work.
"""

from core.jobs.progress import Cancelled, ClaimLost, Failed, Interrupted, Progress
from core.jobs.queue import cancel, enqueue
from core.jobs.registry import nightly, often, register

__all__ = [
    "Cancelled",
    "ClaimLost",
    "Failed",
    "Interrupted",
    "Progress",
    "cancel",
    "enqueue",
    "nightly",
    "often",
    "register",
]
