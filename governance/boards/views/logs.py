"""Logs as files: the register of decisions as spreadsheets, and any log as a PDF made by the worker."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from core.accounts.access import requires
from core.accounts.clock import today
from core.accounts.permissions import Permission
from core.documents.once import once
from core.documents.serving import file_response
from governance.boards import actions, decided, log_files, logs
from governance.boards.models import LogFile
from governance.boards.views.ledger import SEES


@requires(Permission.BOARD_VIEW)
@require_safe
def decision_export(request: HttpRequest, kind: str) -> HttpResponse:
    """The list as it is filtered, as a spreadsheet or as plain lines."""
    if kind not in log_files.KINDS:
        raise Http404("No such file.")
    day = today()
    rows = logs.LOGS[LogFile.Log.DECISIONS].rows(request.user, request.GET, day)
    return log_files.answer(kind, "decisions", "Decisions", decided.HEADINGS, rows, day)


@requires(*SEES)
@require_POST
@once
def log_file_create(request: HttpRequest, log: str) -> HttpResponse:
    """Ask for the list as it is filtered, as a PDF; the page that follows shows how far it is."""
    if log not in LogFile.Log.values:
        raise Http404("No such log.")
    if log != LogFile.Log.ACTIONS and not request.user.has(Permission.BOARD_VIEW):
        raise Http404("No such log.")
    query = {name: request.GET[name][:100] for name in logs.FILTERS if name in request.GET}
    job = actions.ask_log_file(log=log, query=query, by=request.user)
    return redirect("job-detail", job.pk)


@requires(*SEES)
@require_safe
def log_file(request: HttpRequest, pk: int) -> HttpResponse:
    """To whoever asked for it, as long as they may see what is in it."""
    found = LogFile.objects.filter(asked_by=request.user, file__isnull=False).select_related("file")
    made = get_object_or_404(found, pk=pk)
    if made.is_whole and not request.user.has(Permission.RESTRICTED_VIEW):
        raise Http404("No such file.")
    return file_response(made.file, name=f"{made.log}-{made.made_at:%Y-%m-%d}.pdf")
