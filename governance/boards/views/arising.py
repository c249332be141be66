"""An action arising: its page, and what is done with it."""

from functools import partial

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
from core.documents.actions import scan_all
from core.documents.evidence import EvidenceForm
from core.documents.filing import file_all, file_and_tell
from core.documents.versions import Stale, conflict_response
from governance.boards import actions, presenters, reading, states
from governance.boards.forms.arising import (
    ActionEditForm,
    ActionMoveForm,
    ActionRedateForm,
    ProgressForm,
)
from governance.boards.models import BoardAction, Escalation

SEES = (Permission.BOARD_VIEW, Permission.ACTION_UPDATE)
WRITES = (Permission.MEETING_RUN, Permission.ACTION_UPDATE)


def _seen(request: HttpRequest, pk: int) -> BoardAction:
    found = reading.actions_seen_by(request.user).select_related("closed_by", "deputy")
    return get_object_or_404(found, pk=pk)


def _may_write(request: HttpRequest, found: BoardAction) -> bool:
    try:
        states.check_owns(found, by=request.user)
    except MoveRefused:
        return False
    return request.user.has(*WRITES)


def _back(pk: int) -> str:
    return reverse("board-action-detail", args=[pk])


def _page(request: HttpRequest, found: BoardAction, form=None, files=None) -> HttpResponse:
    user = request.user
    may_write = _may_write(request, found)
    moves = states.ACTION.moves(found.status, by=user) if may_write else []
    context = {
        "action": found,
        "row": presenters.ArisingRow(found, today()),
        "form": form or ProgressForm(instance=found),
        "files_form": files or EvidenceForm(),
        "may_write": may_write,
        "may_edit": user.has(Permission.MEETING_RUN) and found.is_open,
        "moves": [(to, str(BoardAction.Status(to).label)) for to in moves],
        "step": next((to for to in presenters.NEXT_STEPS if to in moves), ""),
        "life": reading.life_of(found),
        "evidence": list(found.evidence.select_related("file", "by")),
        "escalations": Escalation.objects.of(actions=[found.pk]),
        "carried": list(found.carried_items.select_related("meeting__board").order_by("meeting__date")),
        "may_see_meeting": user.has(Permission.BOARD_VIEW),
        "may_see_item": not found.item.is_exempt or user.has(Permission.RESTRICTED_VIEW),  # an owner may not
    }
    status = 422 if (form and form.errors) or (files and files.errors) else 200
    return render(request, "boards/action_detail.html", context, status=status)


@require_safe
@requires(*SEES)
def action_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _seen(request, pk))


@requires(*WRITES)
@require_POST
def action_progress(request: HttpRequest, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    form = ProgressForm(request.POST, instance=found)
    if not form.is_valid():
        return _page(request, found, form)
    try:
        actions.report_progress(board_action=found, by=request.user, **form.cleaned_data)
    except Stale as stale:
        title = f"Progress on action {found.ref}"
        return conflict_response(request, stale=stale, form=form, fields=["progress"], title=title, back=_back(pk))
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Progress on action {found.ref} is saved.")
    return redirect("board-action-detail", pk)


@requires(*WRITES)
@require_POST
def action_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    form = EvidenceForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, found, files=form)
    keep = partial(actions.add_evidence, board_action=found)
    file_and_tell(request, form.cleaned_data["files"], keep, f"What shows that action {found.ref} was done is filed.")
    return redirect("board-action-detail", pk)


@requires(*WRITES)
def action_move(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    """Asks for what the move needs; a move that needs nothing is one press of a button."""
    found = _seen(request, pk)
    if to not in BoardAction.Status.values:
        raise Http404("No such state.")
    back = reverse("action-board") if request.GET.get("from") == "board" else _back(pk)
    needs = states.needs_of(found.status, to)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ActionMoveForm(*sent, needs=needs, has_evidence=bool(found.evidence_files or found.no_evidence_why))
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            scan_all(given.get("files", []), by=request.user)
            with transaction.atomic():
                states.check_owns(found, by=request.user)
                states.ACTION.check_move(found.status, to, by=request.user)
                keep = partial(actions.add_evidence, board_action=found)
                file_all(given.pop("files", []), keep, by=request.user)
                moved = actions.move_action(board_action=found, to=to, by=request.user, **given)
        except MoveRefused as refused:
            messages.error(request, str(refused))
            return redirect("board-action-detail", pk)
        messages.success(request, f"Action {found.ref} is now “{moved.get_status_display()}”.")
        return redirect(back)
    possible = _may_write(request, found) and to in states.ACTION.moves(found.status, by=request.user)
    context = {
        "action": found,
        "to": BoardAction.Status(to).label,
        "back": back,
        "form": form,
        "asks": bool(form.fields),
        "possible": possible,
    }
    return render(request, "boards/action_move.html", context, status=422 if form.errors else 200)


@requires(*WRITES)
def action_redate(request: HttpRequest, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    form = ActionRedateForm(request.POST or None, held=found.due, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            moved = actions.redate_action(board_action=found, by=request.user, **form.cleaned_data)
        except Stale as stale:
            title = f"The due date of action {found.ref}"
            return conflict_response(request, stale=stale, form=form, fields=["due"], title=title, back=_back(pk))
        except MoveRefused as refused:
            messages.error(request, str(refused))
            return redirect("board-action-detail", pk)
        asked = " The board will be asked to look at it." if moved.redated == states.REDATINGS else ""
        messages.success(request, f"Action {found.ref} is now due on {presenters.day_words(moved.due)}.{asked}")
        return redirect("board-action-detail", pk)
    context = {"action": found, "form": form, "possible": found.is_open and _may_write(request, found)}
    return render(request, "boards/action_redate.html", context, status=422 if form.errors else 200)


@requires(Permission.MEETING_RUN)
def action_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    form = ActionEditForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_action(board_action=found, by=request.user, **form.cleaned_data)
        except Stale as stale:
            fields, title = ["text", "owner", "owner_role", "deputy"], f"Action {found.ref}"
            return conflict_response(request, stale=stale, form=form, fields=fields, title=title, back=_back(pk))
        messages.success(request, f"Action {found.ref} is saved.")
        return redirect("board-action-detail", pk)
    held = BoardAction.objects.get(pk=pk)
    context = {"action": held, "form": form}
    return render(request, "boards/action_edit.html", context, status=422 if form.errors else 200)
