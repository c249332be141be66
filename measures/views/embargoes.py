"""Figures kept back until a day and time, and why figures were revised."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from core.accounts.access import requires
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from core.documents.once import once
from core.documents.versions import Stale, conflict_response
from measures import actions, release
from measures.forms.embargoes import EmbargoForm, RevisionNoteForm
from measures.models import Embargo, ImportBatch, RevisionNote


@requires(Permission.OBSERVATION_IMPORT)
@require_GET
def embargo_list(request: HttpRequest) -> HttpResponse:
    live = {one.pk for one in release.live_embargoes()}
    held = Embargo.objects.select_related("batch", "measure", "set_by", "ended_by").prefetch_related("cleared")
    return render(request, "measures/embargo_list.html", {"embargoes": held, "live": live})


@requires(Permission.OBSERVATION_IMPORT)
@once
def embargo_create(request: HttpRequest) -> HttpResponse:
    """On months of a measure; with `import` in the address on that import."""
    asked = request.GET.get("import", "")
    batch = get_object_or_404(ImportBatch, pk=int(asked)) if asked.isdecimal() and len(asked) < 18 else None
    form = EmbargoForm(request.POST if request.method == "POST" else None, of_import=batch is not None)
    if request.method == "POST" and form.is_valid():
        said = form.said()
        try:
            if batch:
                actions.embargo_import(batch=batch, by=request.user, **said)
            else:
                actions.embargo_months(by=request.user, **said)
        except MoveRefused as refused:
            form.add_error("until_day", str(refused))
        else:
            messages.success(request, f"The figures are kept back until {release.until_words(said['until'])}.")
            return redirect("embargo-list")
    context = {"form": form, "batch": batch}
    return render(request, "measures/embargo_form.html", context, status=422 if form.errors else 200)


@requires(Permission.OBSERVATION_IMPORT)
@require_POST
def embargo_end(request: HttpRequest, pk: int) -> HttpResponse:
    embargo = get_object_or_404(Embargo, pk=pk)
    try:
        actions.end_embargo(embargo=embargo, reason=request.POST.get("reason", ""), by=request.user)
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "The figures are released. The history keeps who released them and why.")
    return redirect("embargo-list")


@requires(Permission.OBSERVATION_IMPORT)
def revision_note(request: HttpRequest, pk: int) -> HttpResponse:
    batch = get_object_or_404(ImportBatch, pk=pk, accepted_at__isnull=False)
    held = RevisionNote.objects.filter(batch=batch).first()
    initial = {"text": held.text, "version": held.version} if held else {"version": 0}
    form = RevisionNoteForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.write_revision_note(batch=batch, text=said["text"], version=said["version"] or 0, by=request.user)
        except Stale as stale:
            return conflict_response(
                request, stale=stale, form=form, fields=["text"], title="Revision note", back=request.path
            )
        messages.success(request, "The revision note is kept.")
        return redirect("import-detail", batch.pk)
    context = {"form": form, "batch": batch}
    return render(request, "measures/revision_note_form.html", context, status=422 if form.errors else 200)
