"""Who sits on a board, and the legal hold on its records."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.accounts.access import requires
from core.accounts.clock import today
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from core.documents.versions import Stale, conflict_response
from governance.boards import actions, reading
from governance.boards.forms.people import HoldForm, LiftHoldForm, MemberForm, SeatForm
from governance.boards.models import Board, Membership
from governance.boards.views.boards import person_of


@requires(Permission.MEETING_RUN)
def member_create(request: HttpRequest, slug: str) -> HttpResponse:
    board, day = get_object_or_404(Board, slug=slug), today()
    form = MemberForm(request.POST or None, board=board)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("capacity", "starts")}
        try:
            with transaction.atomic():
                person = person_of(form, request)
                actions.set_member(board=board, person=person, by=request.user, **given)
        except MoveRefused as refused:
            form.add_error("starts", str(refused))
        else:
            messages.success(request, f"{person.name} is now a member of {board}.")
            return redirect("member-create", slug)
    context = {
        "board": board,
        "form": form,
        "seats": reading.seats_of(board, day),
    }
    return render(request, "boards/member_form.html", context, status=422 if form.errors else 200)


def _seat(slug: str, pk: int) -> Membership:
    return get_object_or_404(Membership.objects.select_related("person", "board"), board__slug=slug, pk=pk)


@requires(Permission.MEETING_RUN)
def member_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    membership = _seat(slug, pk)
    form = SeatForm(request.POST or None, instance=membership)
    back = reverse("member-create", args=[slug])
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_member(membership=membership, by=request.user, **form.cleaned_data)
        except Stale as stale:
            fields, title = ["capacity", "starts", "ends", "substitutes"], str(membership)
            return conflict_response(request, stale=stale, form=form, fields=fields, title=title, back=back)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"The place of {membership.person.name} is saved.")
            return redirect(back)
    context = {"form": form, "membership": membership, "board": membership.board}
    return render(request, "boards/seat_form.html", context, status=422 if form.errors else 200)


@requires(Permission.MEETING_RUN)
@require_POST
def member_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    membership = _seat(slug, pk)
    try:
        actions.remove_member(membership=membership, by=request.user)
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"The seat of {membership.person.name} on {membership.board} is taken back.")
    return redirect("member-create", slug)


@requires(Permission.MEETING_RUN)
def board_hold(request: HttpRequest, slug: str) -> HttpResponse:
    """Places a legal hold where there is none, and lifts the one there is."""
    board = get_object_or_404(Board, slug=slug)
    standing = board.holds.filter(lifted_at__isnull=True).select_related("placed_by").first()
    form = (LiftHoldForm if standing else HoldForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if standing:
                actions.lift_hold(hold=standing, by=request.user, **form.cleaned_data)
            else:
                actions.place_hold(board=board, by=request.user, **form.cleaned_data)
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            done = "lifted" if standing else "placed"
            messages.success(request, f"The legal hold is {done}.")
        return redirect("board-detail", slug)
    context = {"board": board, "standing": standing, "form": form}
    return render(request, "boards/hold_form.html", context, status=422 if form.errors else 200)
