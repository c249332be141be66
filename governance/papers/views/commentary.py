"""Writing of a measure: its page, its moves, and the list of a quarter."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from core.accounts.access import requires
from core.accounts.clock import today
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from core.documents.actions import discard_draft
from core.documents.versions import Stale, conflict_response
from governance.papers import commentaries, quotations, states, unchanged
from governance.papers.actions.commentary import move_commentary, save_commentary
from governance.papers.beside import beside_commentary, live_texts
from governance.papers.forms.commentary import CommentaryForm
from governance.papers.models import Commentary
from governance.papers.presenters import SlotRow, by_priority
from governance.papers.quarter_codes import quarter_or_404
from governance.papers.views.writing import check_of, draft_of
from measures.models.period import month_end
from measures.quarter_codes import last_month_of


def commentary_or_404(code: str, slug: str) -> Commentary:
    last = last_month_of(code)
    if last is None:
        raise Http404("No such quarter has been opened.")
    found = Commentary.objects.select_related(
        "measure", "quarter__period", "quarter__meeting", "assigned_to", "approved_by"
    )
    return get_object_or_404(found, quarter__period__end=month_end(last), measure__slug=slug)


def _draft_key(commentary: Commentary) -> str:
    """Under which what is being typed is kept until it is saved."""
    return f"commentary-{commentary.pk}"


@require_safe
@requires(Permission.COMMENTARY_WRITE, Permission.PAPER_VIEW)
def commentary_list(request: HttpRequest, code: str) -> HttpResponse:
    quarter = quarter_or_404(code)
    day = today()
    rows = [SlotRow(one, day) for one in commentaries.of_quarter(quarter)]
    context = {
        "shown_quarter": quarter,
        "quarter": {"value": quarter.code, "label": str(quarter.period)},
        "groups": by_priority(rows),
        "total": len(rows),
        "approved": sum(row.commentary.state == Commentary.State.APPROVED for row in rows),
        "late": sum(bool(row.late) for row in rows),
    }
    return render(request, "papers/commentary_list.html", context)


@requires(Permission.COMMENTARY_WRITE, Permission.PAPER_VIEW)
def commentary_detail(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    commentary = commentary_or_404(code, slug)
    may_write = request.user.has(Permission.COMMENTARY_WRITE) and commentary.state == Commentary.State.DRAFT
    posted, asked = _posted(request, commentary) if may_write else (None, "")
    form = CommentaryForm(posted, instance=commentary) if may_write else None
    if request.method == "POST" and not asked:
        if form is None:
            messages.error(request, "This commentary cannot be edited now. Nothing was changed.")
            return redirect("commentary-detail", code, slug)
        if form.is_valid():
            return _saved(request, commentary, form)
    beside = beside_commentary(commentary)
    live = live_texts(commentary, beside["held"])
    if form and not form.is_bound:
        form.initial |= {"text": live.text, "did": live.did}
    authors, before = list(commentary.authors.all()), commentaries.before(commentary)
    context = {
        "commentary": commentary,
        "form": form,
        "asked": asked,
        "checked": check_of(commentary, form) if form and asked else None,
        "draft_key": _draft_key(commentary),
        "row": SlotRow(commentary, today()),
        "before": before,
        "unchanged": unchanged.of_commentary(commentary, before),
        "promised": commentaries.promised(commentary, request.user),
        "moves": states.COMMENTARY.moves(commentary.state, by=request.user),
        "authors": authors,
        "is_author": request.user in authors,
        "live": live,
        "quoted": quotations.themes(commentary.quotations.seen_by(request.user)),
        "may_choose": may_write,
        "beside": commentary.margin.open().select_related("by"),
        **beside,
    }
    wrong = form and form.errors and not asked
    return render(request, "papers/commentary_detail.html", context, status=422 if wrong else 200)


def _posted(request: HttpRequest, commentary: Commentary) -> tuple[QueryDict | None, str]:
    """What was typed, and what was asked of it without saving; a first draft is put behind it."""
    if "first_draft" in request.POST:
        sent = request.POST.copy()
        sent["text"] = sent.get("text", "") + draft_of(commentary, commentary.quarter)
        return sent, "first_draft"
    return request.POST or None, "check" if "check" in request.POST else ""


def _saved(request: HttpRequest, commentary: Commentary, form: CommentaryForm) -> HttpResponse:
    here = redirect("commentary-detail", commentary.quarter.code, commentary.measure.slug)
    try:
        save_commentary(commentary=commentary, by=request.user, **form.cleaned_data)
    except Stale as stale:
        return conflict_response(
            request,
            stale=stale,
            form=form,
            fields=["text", "did"],
            title=f"The commentary on {commentary.measure.short_name}",
            back=request.path,
        )
    except MoveRefused as refused:
        messages.error(request, str(refused))
        return here
    discard_draft(key=_draft_key(commentary), by=request.user)
    if "submit" in request.POST:
        return _moved(request, commentary, Commentary.State.REVIEW)
    messages.success(request, f"The commentary on {commentary.measure.short_name} is saved.")
    return here


@requires(Permission.COMMENTARY_WRITE, Permission.COMMENTARY_APPROVE)
@require_POST
def commentary_move(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    return _moved(request, commentary_or_404(code, slug), request.POST.get("to", ""), request.POST.get("reason", ""))


def _moved(request: HttpRequest, commentary: Commentary, to: str, reason: str = "") -> HttpResponse:
    if to not in Commentary.State.values:
        raise Http404("No such state.")
    try:
        moved = move_commentary(commentary=commentary, to=to, reason=reason, by=request.user)
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request, f"The commentary on {commentary.measure.short_name} is now “{moved.get_state_display()}”."
        )
    return redirect("commentary-detail", commentary.quarter.code, commentary.measure.slug)
