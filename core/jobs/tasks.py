"""The work this app does itself."""

from core.jobs import sweep
from core.jobs.progress import Progress
from core.jobs.registry import nightly, register


@register("jobs.prune", title="Clearing finished work from the list")
def prune(progress: Progress) -> dict[str, int]:
    return {"deleted": sweep.prune()}


nightly("jobs.prune")
