"""What must be said about the data."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from core.accounts.access import requires
from core.accounts.permissions import Permission
from core.documents.once import once
from core.documents.versions import Stale, conflict_response
from measures import actions
from measures.forms.notes import NoteForm
from measures.models import DataNote, PhaseChange


@requires(Permission.OBSERVATION_IMPORT)
@require_GET
def note_list(request: HttpRequest) -> HttpResponse:
    changes = PhaseChange.objects.select_related("measure", "proposed_by", "approved_by").order_by("-month")
    context = {"notes": DataNote.objects.prefetch_related("measures"), "changes": changes}
    return render(request, "measures/note_list.html", context)


@requires(Permission.OBSERVATION_IMPORT)
@once
def note_create(request: HttpRequest) -> HttpResponse:
    form = NoteForm(
        request.POST if request.method == "POST" else None,
        initial={"measures": request.GET.getlist("measure"), "version": 0},
    )
    if request.method == "POST" and form.is_valid():
        said = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        note = actions.add_data_note(by=request.user, **said)
        messages.success(request, f"The note “{note.title}” is kept. It now stands beside every figure it is about.")
        return redirect("note-list")
    return render(request, "measures/note_form.html", {"form": form}, status=422 if form.errors else 200)


@requires(Permission.OBSERVATION_IMPORT)
def note_edit(request: HttpRequest, pk: int) -> HttpResponse:
    note = get_object_or_404(DataNote, pk=pk)
    names = ("version", "title", "text", "starts", "ends", "exclude")
    initial = {name: getattr(note, name) for name in names} | {"measures": note.measures.all()}
    form = NoteForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_data_note(note=note, by=request.user, **form.cleaned_data)
        except Stale as stale:
            return conflict_response(
                request, stale=stale, form=form, fields=["title", "text"], title=note.title, back=request.path
            )
        messages.success(request, f"The note “{form.cleaned_data['title']}” is saved.")
        return redirect("note-list")
    context = {"form": form, "note": note}
    return render(request, "measures/note_form.html", context, status=422 if form.errors else 200)
