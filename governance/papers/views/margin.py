"""The margin of a commentary and of a paper's own texts: reading it, saying something in it, settling it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from core.accounts.access import requires
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from core.documents.once import once
from core.documents.versions import Stale, conflict_response
from governance.papers import margin, states
from governance.papers.actions import margin as actions
from governance.papers.forms.margin import AcceptForm, CommentForm, ParagraphForm
from governance.papers.models import Commentary, MarginComment, Paper
from governance.papers.quarter_codes import quarter_or_404
from governance.papers.views.papers import paper_or_404
from governance.papers.written import book_for, brought_up

READS = (Permission.COMMENTARY_WRITE, Permission.PAPER_VIEW)
Subject = Commentary | Paper


def _commentary(code: str, slug: str) -> Commentary:
    quarter = quarter_or_404(code)
    held = Commentary.objects.select_related("measure", "quarter__period", "quarter__paper")
    return get_object_or_404(held, quarter=quarter, measure__slug=slug)


def _of(subject: Subject) -> dict[str, Any]:
    """What the pages of a margin say of the text they belong to."""
    if isinstance(subject, Commentary):
        code, slug = subject.quarter.code, subject.measure.slug
        return {
            "quarter": subject.quarter,
            "own": slug,
            "title": subject.measure.short_name,
            "caption": str(subject.quarter.period).capitalize(),
            "back": reverse("commentary-detail", args=[code, slug]),
            "back_title": f"Commentary on {subject.measure.short_name}",
            "here": reverse("commentary-margin", args=[code, slug]),
        }
    return {
        "quarter": subject.quarter,
        "own": "",
        "title": "Introduction and topics",
        "caption": subject.title,
        "back": reverse("paper-detail", args=[subject.code]),
        "back_title": subject.title,
        "here": reverse("paper-margin", args=[subject.code]),
    }


def _shown(request: HttpRequest, subject: Subject) -> HttpResponse:
    about, paper = _of(subject), margin.paper_of(subject)
    columns = margin.columns(subject, margin.places_of(subject))
    book = book_for(about["quarter"].period, [one.place.html for one in columns])
    for column in columns:
        for one in column.paragraphs:
            one.html = brought_up(one.html, book)[0]
    is_open = paper is None or paper.is_open
    can_write = not isinstance(subject, Commentary) or (
        subject.state == Commentary.State.DRAFT and request.user.has(Permission.COMMENTARY_WRITE)
    )
    context = {
        **about,
        "columns": columns,
        "open_count": sum(len(part.open) for one in columns for part in (*one.paragraphs, one.rest, one.lost)),
        "may_speak": is_open and request.user.has(*states.SPEAKS),
        "may_accept": is_open and can_write and request.user.has(*states.MARGIN.permissions("open", "accepted")),
        "is_open": is_open,
    }
    return render(request, "papers/margin.html", context)


@require_safe
@requires(*READS)
def commentary_margin(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    return _shown(request, _commentary(code, slug))


@require_safe
@requires(Permission.PAPER_VIEW)
def paper_margin(request: HttpRequest, code: str) -> HttpResponse:
    return _shown(request, paper_or_404(request, code))


def _said(request: HttpRequest, subject: Subject, name: str, pid: str) -> HttpResponse:
    """Ask for a comment or other words, and keep them."""
    about, place = _of(subject), margin.place_of(subject, name)
    whole = pid == margin.WHOLE
    words = "" if whole or place is None else margin.paragraph_of(place.html, pid)
    if place is None or words is None:
        raise Http404("There is no such paragraph.")
    period, options = about["quarter"].period, {"quarter": about["quarter"], "own": about["own"]}
    words = brought_up(words, book_for(period, [words]))[0]
    if whole:
        form = CommentForm(request.POST or None)
    else:
        initial = {"replacement": words}
        form = ParagraphForm(request.POST or None, initial=initial, numbered=place.numbered, **options)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.comment_in_margin(
                subject=subject, place=name, pid="" if whole else pid, by=request.user, **form.cleaned_data
            )
        except MoveRefused as refused:
            form.add_error("text", str(refused))
        else:
            said = "Your suggestion" if made.is_suggestion else "Your comment"
            messages.success(request, f"{said} stands in the margin.")
            return redirect(f"{about['here']}#c-{made.pk}")
    context = {**about, "form": form, "place": place, "words": words}
    return render(request, "papers/margin_form.html", context, status=422 if form.errors else 200)


@requires(*states.SPEAKS)
@once
def commentary_comment(request: HttpRequest, code: str, slug: str, place: str, pid: str) -> HttpResponse:
    return _said(request, _commentary(code, slug), place, pid)


@requires(*states.SPEAKS)
@once
def paper_comment(request: HttpRequest, code: str, place: str, pid: str) -> HttpResponse:
    return _said(request, paper_or_404(request, code), place, pid)


def _comment(request: HttpRequest, pk: int) -> MarginComment:
    held = MarginComment.objects.select_related("commentary__quarter__period", "commentary__measure", "paper__quarter")
    return get_object_or_404(held, pk=pk)


def _back_to(comment: MarginComment) -> HttpResponse:
    return redirect(f"{_of(comment.subject)['here']}#c-{comment.pk}")


@requires(*states.SPEAKS)
@require_POST
@once
def margin_reply(request: HttpRequest, pk: int) -> HttpResponse:
    comment = _comment(request, pk)
    try:
        actions.reply_in_margin(comment=comment, text=request.POST.get("text", ""), by=request.user)
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "Your answer stands in the margin.")
    return _back_to(comment)


@requires(*states.SPEAKS)
@require_POST
def margin_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Resolve, decline or open again."""
    comment, to = _comment(request, pk), request.POST.get("to", "")
    if to not in MarginComment.State.values:
        raise Http404("No such state.")
    try:
        moved = actions.move_comment(comment=comment, to=to, by=request.user)
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"It is now “{moved.get_state_display()}”.")
    return _back_to(comment)


@requires(*states.MARGIN.permissions("open", "accepted"))
@require_POST
def margin_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Put suggested words into the text; the 409 page shows both where the paragraph has moved on."""
    comment = _comment(request, pk)
    about = _of(comment.subject)
    compared = "version" in request.POST
    sent = request.POST if compared else {"version": 0, "replacement": comment.replacement}
    form = AcceptForm(sent, quarter=about["quarter"], own=about["own"])
    if not form.is_valid():
        messages.error(request, " ".join(said for held in form.errors.values() for said in held))
        return _back_to(comment)
    facts = form.cleaned_data if compared else {}
    try:
        actions.accept_suggestion(comment=comment, by=request.user, **facts)
    except Stale as stale:
        title, back = "The paragraph this suggestion is for", about["here"]
        return conflict_response(request, stale=stale, form=form, fields=["replacement"], title=title, back=back)
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "The suggested words are in the text. Whoever suggested them is one of its authors.")
    return _back_to(comment)
