"""The work this app does outside requests."""

from functools import partial

from django.urls import reverse

from core.accounts.models import User
from core.jobs import Progress, nightly, register
from core.jobs.spreading import spread
from measures import actions, kept_tables, recompute
from measures.models import ImportBatch


@register("measures.recompute", title="Recomputing signals")
def recompute_series(progress: Progress, series: list[int]) -> dict[str, int]:
    """`series` are primary keys; asked for with `dedupe`, by whatever changed their figures."""
    return recompute.recompute_series(series, progress, share=partial(spread, progress, "measures.judge"))


@register("measures.judge", title="Recomputing some of the signals")
def judge(progress: Progress, series: list[int], ends: list[int]) -> dict[str, int]:
    """A part of a large recompute: months asked about are said by the whole, so that its parts agree."""
    progress(0, 1, f"{len(series):,} series")
    return recompute.judge_some(series, ends)


@register("measures.inspect_import", title="Reading the file")
def inspect_import(progress: Progress, batch: int, user: int) -> dict[str, str]:
    actions.inspect_file(**_who_and_what(batch, user), progress=progress)
    return _result(batch)


@register("measures.check_import", title="Checking the file")
def check_import(progress: Progress, batch: int, user: int) -> dict[str, str]:
    actions.check_file(**_who_and_what(batch, user), progress=progress)
    return _result(batch)


@register("measures.accept_import", title="Storing the figures")
def accept_import(progress: Progress, batch: int, user: int) -> dict[str, str]:
    actions.accept_file(**_who_and_what(batch, user), progress=progress)
    return _result(batch)


def _who_and_what(batch: int, user: int) -> dict[str, ImportBatch | User]:
    return {"batch": ImportBatch.objects.get(pk=batch), "by": User.objects.get(pk=user)}


def _result(batch: int) -> dict[str, str]:
    return {"url": reverse("import-detail", args=[batch])}


@register("measures.recompute_all", title="Recomputing every signal")
def recompute_all(progress: Progress) -> dict[str, int]:
    return recompute.recompute_all(progress, share=partial(spread, progress, "measures.judge"))


nightly("measures.recompute_all")


@register("measures.sweep_kept_tables", title="Clearing away what files were read as")
def sweep_kept_tables(progress: Progress) -> dict[str, int]:
    return {"deleted": kept_tables.sweep()}


nightly("measures.sweep_kept_tables")
