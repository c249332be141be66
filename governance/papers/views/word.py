"""The paper as a Word file, and the office's template for it."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import jobs
from core.accounts.access import public, requires
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from core.documents.actions import scan_upload, store_file
from core.documents.serving import file_response
from governance.papers.actions import word as actions
from governance.papers.actions.papers import WORD
from governance.papers.forms.word import WordTemplateForm
from governance.papers.models import WordTemplate
from governance.papers.recompute import file_name
from governance.papers.views.papers import paper_or_404
from governance.papers.views.twin import asked_for, frozen_file


@public
@require_safe
def paper_word(request: HttpRequest, code: str) -> HttpResponse:
    """The Word file of a version."""
    asked = asked_for(request, code)
    held = frozen_file(request, asked, "docx")
    return file_response(held.file, name=file_name(asked.paper, asked.frozen.number, asked.build, "docx"))


@requires(Permission.PAPER_ASSEMBLE, Permission.PAPER_SIGN)
@require_POST
def paper_word_make(request: HttpRequest, code: str) -> HttpResponse:
    """Have the Word file made of a version that was signed before there were any."""
    paper = paper_or_404(request, code)
    if paper.frozen is None or paper.frozen.signature_or_none is None:
        messages.error(request, "The Word file is made of a paper that is signed. Nothing was changed.")
        return redirect("paper-detail", code)
    job = jobs.enqueue(WORD, paper.frozen.pk, dedupe=True)
    if job.requested_by_id == request.user.pk:
        return redirect("job-detail", job.pk)
    messages.info(request, "The Word file is being made already. It will be here in a minute.")
    return redirect("paper-detail", code)


@requires(Permission.PAPER_ASSEMBLE)
@require_http_methods(["GET", "HEAD", "POST"])
def word_template(request: HttpRequest) -> HttpResponse:
    """The template in use; another is sent to the same address, or it is given up."""
    if "give_up" in request.POST:
        return _given_up(request)
    form = WordTemplateForm(request.POST, request.FILES) if request.method == "POST" else WordTemplateForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            scan_upload(data=file.file, name=file.name, by=request.user)
            with transaction.atomic():
                stored = store_file(data=file.file, name=file.name, by=request.user)
                actions.choose_template(file=stored, by=request.user)
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "Word files are made in this template from now on. Those made before stay.")
        return redirect("word-template")
    latest = WordTemplate.objects.select_related("file", "chosen_by").order_by("-pk").first()
    context = {"form": form, "latest": latest}
    return render(request, "papers/word_template.html", context, status=422 if form.errors else 200)


def _given_up(request: HttpRequest) -> HttpResponse:
    try:
        actions.choose_template(file=None, by=request.user)
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "Word files have the plain look from now on. Those made before stay.")
    return redirect("word-template")
