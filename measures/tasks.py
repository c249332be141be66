"""The work this app does outside requests."""

from core.jobs import Progress, nightly, register
from measures import recompute


@register("measures.recompute", title="Recomputing signals")
def recompute_series(progress: Progress, series: list[int]) -> dict[str, int]:
    """`series` are primary keys; asked for with `dedupe`, by whatever changed their figures."""
    return recompute.recompute_series(series, progress)


@register("measures.recompute_all", title="Recomputing every signal")
def recompute_all(progress: Progress) -> dict[str, int]:
    return recompute.recompute_all(progress)


nightly("measures.recompute_all")
