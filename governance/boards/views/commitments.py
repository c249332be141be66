"""A commitment: its page, and what became of it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from core.accounts.access import requires
from core.accounts.clock import today
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from core.documents.versions import Stale, conflict_response
from governance.boards import actions, states
from governance.boards.forms.commitments import DisposeForm, KeeperForm
from governance.boards.models import Commitment

SEES = (Permission.PAPER_VIEW, Permission.ACTION_UPDATE)
OFFICE = (Permission.COMMENTARY_WRITE, Permission.PAPER_ASSEMBLE)
KEEPS = (*OFFICE, Permission.ACTION_UPDATE)
TONES = {"open": "blue", "carried": "amber", "kept": "green", "dropped": "grey"}


def _seen(request: HttpRequest, pk: int) -> Commitment:
    found = Commitment.objects.seen_by(request.user).select_related("owner", "board")
    return get_object_or_404(found, pk=pk)


def _moves(request: HttpRequest, found: Commitment) -> list[tuple[str, str]]:
    try:
        states.check_keeps(found, by=request.user)
    except MoveRefused:
        return []
    moves = states.COMMITMENT.moves(found.status, by=request.user)
    return [(to, str(Commitment.Status(to).label)) for to in moves]


@requires(*SEES)
def commitment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    moves = _moves(request, found)
    context = {
        "one": found,
        "tone": TONES[found.status],
        "is_late": found.is_overdue(today()),
        "moves": moves,
        "step": moves[0] if moves and found.is_open else None,
        "life": list(found.dispositions.select_related("by").order_by("-at", "-pk")),
        "may_edit": request.user.has(*OFFICE),
    }
    return render(request, "boards/commitment_detail.html", context)


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
    form = DisposeForm(request.POST or None, to=to, held=found.due, today=today(), initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            moved = actions.dispose_commitment(commitment=found, to=to, by=request.user, **form.cleaned_data)
        except Stale:
            messages.error(
                request,
                "Somebody else said what became of it meanwhile; theirs stands. Look at it, then say yours again.",
            )
            return render(request, "boards/commitment_dispose.html", _asked(request, found, to, form, back), status=409)
        except MoveRefused as refused:
            messages.error(request, str(refused))
            return redirect("commitment-detail", pk)
        messages.success(request, f"The commitment is now “{moved.get_status_display()}”.")
        return redirect(back)
    context = _asked(request, found, to, form, back)
    return render(request, "boards/commitment_dispose.html", context, status=422 if form.errors else 200)


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
