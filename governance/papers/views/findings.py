"""Dismissing what the checker found, with a reason, and taking that back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.accounts.access import requires
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from governance.papers import checked, remembered
from governance.papers.actions import findings as actions
from governance.papers.known import known_of
from governance.papers.models import Paper
from governance.papers.views.papers import paper_or_404

DISMISSES = (Permission.COMMENTARY_WRITE, Permission.PAPER_ASSEMBLE)


def _back(paper: Paper) -> HttpResponse:
    return redirect(reverse("paper-detail", args=[paper.code]) + "#findings")


@requires(*DISMISSES)
@require_POST
def finding_dismiss(request: HttpRequest, code: str, key: str) -> HttpResponse:
    paper = paper_or_404(request, code)
    content, known = remembered.assembled(paper).content, known_of(paper.quarter.period)
    found = {one.key: one for one in checked.findings_of(content, known)}
    if key not in found:
        messages.info(request, "What was found there is gone: somebody has changed the words. Nothing was dismissed.")
        return _back(paper)
    try:
        actions.dismiss_finding(paper=paper, finding=found[key], reason=request.POST.get("reason", ""), by=request.user)
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "It may stand. Your name and your reason are shown to whoever signs.")
    return _back(paper)


@requires(*DISMISSES)
@require_POST
def finding_restore(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    paper = paper_or_404(request, code)
    held = get_object_or_404(paper.dismissed_findings, pk=pk)
    try:
        actions.restore_finding(dismissed=held, by=request.user)
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "It is open again.")
    return _back(paper)
