"""A commitment: its page, and what became of it."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from core.accounts.access import requires
from core.accounts.clock import today
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from core.documents.actions import scan_all, store_all
from core.documents.once import once
from core.documents.versions import Stale, conflict_response
from governance.boards import actions, reading, states
from governance.boards.forms.commitments import DisposeForm, GoingForm, KeeperForm
from governance.boards.models import Commitment, Escalation

SEES = (Permission.PAPER_VIEW, Permission.ACTION_UPDATE)
OFFICE = (Permission.COMMENTARY_WRITE, Permission.PAPER_ASSEMBLE)
KEEPS = (*OFFICE, Permission.ACTION_UPDATE)
TONES = {"open": "blue", "carried": "amber", "kept": "green", "dropped": "grey"}


def _seen(request: HttpRequest, pk: int) -> Commitment:
    found = Commitment.objects.seen_by(request.user).select_related("owner", "deputy", "board")
    return get_object_or_404(found, pk=pk)


def _moves(request: HttpRequest, found: Commitment) -> list[tuple[str, str]]:
    try:
        states.check_keeps(found, by=request.user)
    except MoveRefused:
        return []
    moves = states.COMMITMENT.moves(found.status, by=request.user)
    return [(to, str(Commitment.Status(to).label)) for to in moves]


@require_safe
@requires(*SEES)
def commitment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _seen(request, pk))


@requires(*KEEPS)
@require_POST
@once
def commitment_progress(request: HttpRequest, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    form = GoingForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    try:
        actions.report_on_commitment(commitment=found, by=request.user, **form.cleaned_data)
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "What you said stands below.")
    return redirect("commitment-detail", pk)


def _page(request: HttpRequest, found: Commitment, form: GoingForm | None = None) -> HttpResponse:
    moves = _moves(request, found)
    context = {
        "one": found,
        "tone": TONES[found.status],
        "is_late": found.is_overdue(today()),
        "moves": moves,
        "step": moves[0] if moves and found.is_open else None,
        "life": reading.life_of_promise(found),
        "escalations": Escalation.objects.of(promises=[found.pk]),
        "form": (form or GoingForm()) if moves and found.is_open else None,
        "may_edit": request.user.has(*OFFICE),
        "sees_boards": request.user.has(Permission.BOARD_VIEW),
        "sees_papers": request.user.has(Permission.PAPER_VIEW),
    }
    status = 422 if form and form.errors else 200
    return render(request, "boards/commitment_detail.html", context, status=status)


@requires(*OFFICE)
def commitment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    form = KeeperForm(request.POST or None, instance=found)
    back = reverse("commitment-detail", args=[pk])
    if request.method == "POST" and form.is_valid():
        given = {"undated_why": "", **form.cleaned_data}
        try:
            actions.edit_commitment(commitment=found, by=request.user, **given)
        except Stale as stale:
            fields = [name for name in form.fields if name != "version"]
            return conflict_response(
                request, stale=stale, form=form, fields=fields, title="Who keeps a commitment", back=back
            )
        messages.success(request, "The commitment is saved.")
        return redirect(back)
    context = {"one": found, "form": form, "back": back}
    return render(request, "boards/commitment_edit.html", context, status=422 if form.errors else 200)


@requires(*KEEPS)
def commitment_dispose(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    """Asks what became of it; the words are printed in the next paper."""
    found = _seen(request, pk)
    if to not in Commitment.Status.values:
        raise Http404("No such state.")
    back = reverse("action-board") if request.GET.get("from") == "board" else reverse("commitment-detail", args=[pk])
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = DisposeForm(*sent, to=to, held=found.due, today=today(), initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            moved = _disposed(request, found, to, dict(form.cleaned_data))
        except Stale:
            messages.error(
                request,
                "Somebody else said what became of it meanwhile; theirs stands. Look at it, then say yours again.",
            )
            return render(request, "boards/commitment_dispose.html", _asked(request, found, to, form, back), status=409)
        except MoveRefused as refused:
            messages.error(request, str(refused))
            return redirect("commitment-detail", pk)
        asked = to == Commitment.Status.CARRIED and moved.redated == states.REDATINGS and moved.board
        messages.success(
            request,
            f"The commitment is now “{moved.get_status_display()}”."
            + (f" {moved.board} will be asked to look at it." if asked else ""),
        )
        return redirect(back)
    context = _asked(request, found, to, form, back)
    return render(request, "boards/commitment_dispose.html", context, status=422 if form.errors else 200)


def _disposed(request: HttpRequest, found: Commitment, to: str, given: dict) -> Commitment:
    """Say it, and file what shows it: both or neither."""
    files = given.pop("files", [])
    scan_all(files, by=request.user)
    with transaction.atomic():
        stored = store_all(files, by=request.user)
        return actions.dispose_commitment(commitment=found, to=to, files=stored, by=request.user, **given)


def _asked(request: HttpRequest, found: Commitment, to: str, form: DisposeForm, back: str) -> dict[str, object]:
    last = found.dispositions.select_related("by").order_by("-at", "-pk").first()
    possible = to in [name for name, _ in _moves(request, found)]
    return {
        "one": found,
        "to": Commitment.Status(to).label,
        "form": form,
        "back": back,
        "last": last,
        "possible": possible,
    }
