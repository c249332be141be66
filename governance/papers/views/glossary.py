"""The office's glossary: read by everybody, written by those who write papers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from core.accounts.access import public, requires
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from core.documents.versions import Stale, conflict_response
from governance.papers.actions import glossary as actions
from governance.papers.forms.glossary import TermForm
from governance.papers.models import GlossaryTerm

WRITES = (Permission.COMMENTARY_WRITE, Permission.PAPER_ASSEMBLE)


@public
@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Every term. It is as open as the papers that are published with it."""
    writes = request.user.is_authenticated and request.user.has(*WRITES)
    return render(request, "papers/glossary.html", {"terms": GlossaryTerm.objects.listed(), "writes": writes})


@requires(*WRITES)
def term_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Add a term, or change one."""
    held = get_object_or_404(GlossaryTerm, pk=pk) if pk else None
    form = TermForm(request.POST or None, instance=held)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data | {"version": form.cleaned_data["version"] or 0}
        standing = GlossaryTerm.objects.get(pk=pk) if pk else None
        try:
            made = actions.save_term(held=standing, by=request.user, **sent)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        except Stale as stale:
            fields = ["term", "expansion", "meaning"]
            return conflict_response(
                request, stale=stale, form=form, fields=fields, title=stale.current.term, back="/glossary/"
            )
        else:
            messages.success(request, f"“{made.term}” is in the glossary.")
            return redirect("glossary")
    name = GlossaryTerm.objects.get(pk=pk).term if pk else ""
    context = {"form": form, "term": held, "name": name}
    return render(request, "papers/term_form.html", context, status=422 if form.errors else 200)


@requires(*WRITES)
@require_POST
def term_remove(request: HttpRequest, pk: int) -> HttpResponse:
    held = get_object_or_404(GlossaryTerm, pk=pk)
    actions.remove_term(held=held, by=request.user)
    messages.success(request, f"“{held.term}” is no longer in the glossary. Papers already submitted keep it.")
    return redirect("glossary")
