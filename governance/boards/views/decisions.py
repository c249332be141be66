"""Decisions: the register, each with its reasons, and the notices anybody can read."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from core.accounts.access import public, requires
from core.accounts.clock import today
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from core.documents.serving import file_response
from core.documents.versions import Stale, conflict_response, version_read
from governance.boards import actions, decided, decision_content, rendering, states
from governance.boards.forms.decisions import CompleteForm, NoticeForm, OutsideForm, ReasonForm
from governance.boards.models import Board, Decision, DecisionFile, DecisionVersion

PAGE = 50  # decisions
TAKES = (Permission.MEETING_RUN, Permission.PAPER_SIGN)
TEXTS = ["title", "options", "advice", "reasons", "legal_basis"]


def _seen(request: HttpRequest, pk: int) -> Decision:
    seen = Decision.objects.seen_by(request.user).select_related("item__meeting__board", "board")
    return get_object_or_404(seen, pk=pk)


@require_safe
@requires(Permission.BOARD_VIEW)
def decision_list(request: HttpRequest) -> HttpResponse:
    wanted = decided.read(request.GET)
    page = Paginator(decided.found(request.user, wanted), PAGE).get_page(request.GET.get("page"))
    day = today()
    tabs = [
        {"text": text, "href": decided.query(wanted, show=name), "current": name == wanted.show}
        for name, (text, _) in decided.SHOWS.items()
    ]
    rows = [(one, decision_content.is_late(one, day)) for one in page]
    places = {"wanted": wanted, "query": decided.query(wanted), "boards": list(Board.objects.all())}
    context = {"rows": rows, "page": page, "tabs": tabs, "may_take": request.user.has(*TAKES)}
    return render(request, "boards/decision_list.html", context | places)


@requires(*TAKES)
def decision_outside(request: HttpRequest) -> HttpResponse:
    """Record a decision taken outside a meeting."""
    form = OutsideForm(request.POST or None, initial={"decided_on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.record_decision_outside(by=request.user, **form.cleaned_data)
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"Decision {made.ref} is recorded.")
            if Decision.objects.seen_by(request.user).filter(pk=made.pk).exists():
                return redirect("decision-detail", made.pk)
        return redirect("decision-list")
    return render(request, "boards/decision_outside.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@requires(Permission.BOARD_VIEW)
def decision_detail(request: HttpRequest, pk: int) -> HttpResponse:
    decision = _seen(request, pk)
    user = request.user
    moves = states.DECISION.moves(decision.state, by=user)
    versions = list(decision.versions.select_related("approved_by", "notice").order_by("-number"))
    context = {
        "decision": decision,
        "is_late": decision_content.is_late(decision, today()),
        "versions": versions,
        "may_complete": user.has(Permission.DECISION_WRITE)
        and decision.state in (Decision.State.NOTED, Decision.State.DRAFTED),
        "may_approve": Decision.State.APPROVED in moves and not decision.authors.filter(pk=user.pk).exists(),
        "may_publish": Decision.State.PUBLISHED in moves,
        "may_correct": bool(versions) and Decision.State.DRAFTED in moves,
        "authors": list(decision.authors.order_by("name")),
        "reason_form": ReasonForm(),
    }
    return render(request, "boards/decision_detail.html", context)


@requires(Permission.DECISION_WRITE)
def decision_edit(request: HttpRequest, pk: int) -> HttpResponse:
    decision = _seen(request, pk)
    form = CompleteForm(request.POST or None, instance=decision)
    back = reverse("decision-detail", args=[pk])
    if request.method == "POST" and form.is_valid():
        try:
            actions.complete_decision(decision=decision, by=request.user, **form.cleaned_data)
        except Stale as stale:
            return conflict_response(
                request, stale=stale, form=form, fields=TEXTS, title=f"Decision {decision.ref}", back=back
            )
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"Decision {decision.ref} is saved.")
        return redirect(back)
    context = {"form": form, "decision": decision, "back": back}
    return render(request, "boards/decision_form.html", context, status=422 if form.errors else 200)


@requires(Permission.DECISION_APPROVE)
@require_POST
def decision_approve(request: HttpRequest, pk: int) -> HttpResponse:
    decision = _seen(request, pk)
    try:
        actions.approve_decision(decision=decision, version=version_read(request), by=request.user)
    except Stale:
        messages.error(request, "It was changed while you were reading it. Read what stands now; nothing was approved.")
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Decision {decision.ref} is approved.")
    return redirect("decision-detail", pk)


@requires(Permission.DECISION_WRITE)
@require_POST
def decision_correct(request: HttpRequest, pk: int) -> HttpResponse:
    decision = _seen(request, pk)
    form = ReasonForm(request.POST)
    try:
        actions.correct_decision(decision=decision, reason=form.data.get("reason", ""), by=request.user)
    except MoveRefused as refused:
        messages.error(request, str(refused))
        return redirect("decision-detail", pk)
    messages.success(request, f"Decision {decision.ref} is open for a correction. What was approved stays readable.")
    return redirect("decision-edit", pk)


@requires(Permission.MEETING_RUN)
def decision_publish(request: HttpRequest, pk: int) -> HttpResponse:
    decision = _seen(request, pk)
    form = NoticeForm(request.POST or None, initial={"published_on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish_decision(decision=decision, by=request.user, **form.cleaned_data)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Decision {decision.ref} is published.")
            return redirect("decision-detail", pk)
    context = {"form": form, "decision": decision}
    return render(request, "boards/decision_publish.html", context, status=422 if form.errors else 200)


@public
@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    """The register of published decisions."""
    found = DecisionVersion.objects.published().latest().select_related("notice", "decision")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = [(one, decision_content.public_part(decision_content.from_text(one.content))) for one in page]
    return render(request, "boards/notice_list.html", {"rows": rows, "page": page})


def _notice(request: HttpRequest, pk: int) -> tuple[DecisionVersion, list[DecisionVersion]]:
    """The version an address asks for, and every one published; 404 for what is not published."""
    held = DecisionVersion.objects.published().filter(decision=pk).select_related("notice", "decision")
    versions = list(held.order_by("-number"))
    number = request.GET.get("version", "")
    found = [one for one in versions if not number or str(one.number) == number]
    if not found:
        raise Http404("No such notice.")
    return found[0], versions


@public
@require_safe
def notice_read(request: HttpRequest, pk: int) -> HttpResponse:
    version, versions = _notice(request, pk)
    content = decision_content.public_part(decision_content.from_text(version.content))
    shown = rendering.decision_in_words(content)
    context = {"version": version, "versions": versions, "content": shown, "notice": version.notice}
    return render(request, "boards/notice_read.html", context)


@public
@require_safe
def notice_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice as a PDF, made when it was published."""
    version, _ = _notice(request, pk)
    held = get_object_or_404(DecisionFile.objects.select_related("file"), version=version)
    name = f"decision-{version.decision.ref}-v{version.number}.pdf"
    return file_response(held.file, name=name, inline="inline" in request.GET)
