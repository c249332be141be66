"""The work this app does outside requests."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from core.documents.render import RenderFailed
from core.jobs import Failed, Progress, nightly, register
from governance.boards import actions
from governance.boards.models import DecisionVersion, LogFile, MinutesVersion
from governance.boards.recompute import render_log_file, render_notice_file, render_version

PRINTS_KEPT = dt.timedelta(days=30)  # docs/operations.md tells administrators


@register("boards.render_minutes", title="Making the files of agreed minutes")
def render_minutes(progress: Progress, version_pk: int) -> dict[str, object]:
    version = MinutesVersion.objects.with_places().get(pk=version_pk)
    try:
        made = render_version(version, progress)
    except RenderFailed as problem:
        raise Failed(str(problem)) from problem
    return {"files": len(made), "url": reverse("minutes-read", args=[version.meeting_id])}


@register("boards.render_notice", title="Making the notice of a decision")
def render_notice(progress: Progress, version_pk: int) -> dict[str, object]:
    version = DecisionVersion.objects.select_related("decision", "notice").get(pk=version_pk)
    try:
        render_notice_file(version)
    except RenderFailed as problem:
        raise Failed(str(problem)) from problem
    return {"url": reverse("notice-read", args=[version.decision_id])}


@register("boards.render_log", title="Making a log as a PDF")
def render_log(progress: Progress, log_pk: int) -> dict[str, object]:
    try:
        made = render_log_file(LogFile.objects.select_related("asked_by").get(pk=log_pk))
    except RenderFailed as problem:
        raise Failed(str(problem)) from problem
    return {"url": reverse("log-file", args=[made.pk])}


@register("boards.purge", title="Clearing away old prints of logs")
def purge(progress: Progress) -> dict[str, int]:
    return {"prints": actions.purge_log_files(before=timezone.now() - PRINTS_KEPT, by=None)}


@register("boards.escalate", title="Asking boards to look at what is long overdue or re-dated often")
def escalate(progress: Progress) -> dict[str, int]:
    return {"escalated": actions.escalate_actions(by=None)}


nightly("boards.escalate")
nightly("boards.purge")
