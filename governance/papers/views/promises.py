"""What a paper promises: sentences put forward, held as commitments or dismissed; and what was promised before."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from core.accounts.access import requires
from core.accounts.permissions import Permission
from governance.boards import actions
from governance.boards.forms.commitments import PromiseForm
from governance.boards.models import Commitment
from governance.papers import promises
from governance.papers.models import Paper
from governance.papers.views.papers import paper_or_404
from measures.quarter_codes import quarter_words

HOLDS = (Permission.COMMENTARY_WRITE, Permission.PAPER_ASSEMBLE)


@require_safe
@requires(Permission.PAPER_VIEW)
def promise_list(request: HttpRequest, code: str) -> HttpResponse:
    paper = paper_or_404(request, code)
    before = promises.told(paper)
    context = {
        "paper": paper,
        "before": [(one, quarter_words(one.commitment.paper)) for one in before],
        "unsaid": sum(one.fate is None for one in before),
        "suggestions": promises.suggestions(paper),
        "held": list(Commitment.objects.filter(paper=code).select_related("owner")),
        "may_hold": request.user.has(*HOLDS),
    }
    return render(request, "papers/promise_list.html", context)


def _suggestion_or_404(paper: Paper, key: str) -> promises.Suggestion:
    for one in promises.suggestions(paper):
        if one.key == key:
            return one
    raise Http404("No such sentence waits for an answer.")


@requires(*HOLDS)
def promise_hold(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Hold one sentence as a commitment: who keeps it, by when, who hears of it."""
    paper = paper_or_404(request, code)
    one = _suggestion_or_404(paper, key)
    first = {"kind": one.found.kind, "due": one.found.due, "board": paper.agenda_item.meeting.board_id}
    form = PromiseForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        actions.make_commitment(
            paper=code,
            paper_version=paper.versions.count() + 1,
            sentence=one.found.sentence,
            place=one.place,
            paragraph=one.paragraph,
            by=request.user,
            **form.cleaned_data,
        )
        messages.success(request, "The sentence is held as a commitment. The next paper will say what became of it.")
        return redirect("promise-list", code)
    context = {"paper": paper, "one": one, "form": form}
    return render(request, "papers/promise_hold.html", context, status=422 if form.errors else 200)


@requires(*HOLDS)
@require_POST
def promise_dismiss(request: HttpRequest, code: str, key: str) -> HttpResponse:
    paper = paper_or_404(request, code)
    one = _suggestion_or_404(paper, key)
    why = request.POST.get("why", "")[:300]
    actions.dismiss_suggestion(sentence=one.found.sentence, paper=code, why=why, by=request.user)
    messages.success(request, "The sentence is not put forward again.")
    return redirect("promise-list", code)
