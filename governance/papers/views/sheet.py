"""The cover sheet of a paper: what is known of it, and what is typed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.accounts.access import requires
from core.accounts.states import MoveRefused
from core.documents.versions import Stale, conflict_response
from governance.papers.actions.sheet import save_sheet
from governance.papers.assembly import access_words
from governance.papers.content.outline import CODES
from governance.papers.forms.sheet import SheetForm
from governance.papers.models import CoverSheet, Paper
from governance.papers.views.introduction import WRITES
from governance.papers.views.papers import paper_or_404

TYPED = ["purpose", "recommendations", "implications", "contact"]


@requires(*WRITES)
def sheet_edit(request: HttpRequest, code: str) -> HttpResponse:
    """A new paper begins from the words of the last one."""
    paper = paper_or_404(request, code)
    standing = CoverSheet.objects.standing(paper)
    is_own = standing is not None and standing.paper_id == paper.pk
    begun = {name: getattr(standing, name) for name in TYPED} if standing else {}
    form = SheetForm(request.POST or None, initial=begun | {"version": standing.version if is_own else 0})
    if request.method == "POST" and form.is_valid():
        try:
            save_sheet(paper=Paper.objects.with_places().get(pk=paper.pk), by=request.user, **form.cleaned_data)
        except MoveRefused as refused:
            messages.error(request, str(refused))
        except Stale as stale:
            return conflict_response(
                request, stale=stale, form=form, fields=TYPED, title="The cover sheet", back=request.path
            )
        else:
            messages.success(request, "The cover sheet is saved.")
        return redirect("paper-detail", code)
    context = {
        "paper": paper,
        "form": form if paper.is_open else None,
        "taken_from": standing.paper if standing and not is_own else None,
        "access": access_words(paper),
        "codes": CODES.items(),
    }
    return render(request, "papers/sheet_form.html", context, status=422 if form.errors else 200)
