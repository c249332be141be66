"""One action of the plan: its page, and every way to change it."""

from functools import partial

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import get_text_list

from core.accounts.access import requires
from core.accounts.clock import today
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from core.documents.actions import scan_all
from core.documents.evidence import EvidenceForm
from core.documents.filing import file_all, file_and_tell
from core.documents.versions import Stale, conflict_response
from deepdive import actions, presenters, reading, states
from deepdive.forms.delivery import CorrectForm, MoveForm, NewActionForm, RedateForm, WhoAndWhatForm
from deepdive.models import ActionStatus, ActionUpdate, DeliveryAction, Objective
from deepdive.presenters import ActionRow
from deepdive.redating import asked_next
from deepdive.views.finding import READS_DRAFTS, WRITES, seen_action


def action_page(request: HttpRequest, found: DeliveryAction) -> dict[str, object]:
    """What the page of one action shows of the plan; `desk` puts boards and decisions beside it."""
    said = reading.updates_of_lines([found], found.delivery_plan)[found.pk]
    if not request.user.has(*READS_DRAFTS):
        said = [update for update in said if update.state == ActionUpdate.State.APPROVED]
    milestones = list(found.milestones.select_related("promised_in__period"))
    redatings = list(found.redatings.select_related("by"))
    moved = sum(one.was is not None for one in redatings)
    waiting = [one for one in milestones if one.is_waiting]
    asked = [one.period for one in said if one.action_id == found.pk]
    row = ActionRow(found, asked[0] if asked else None, said, waiting, moved, found.delivery_plan.stale_after, today())
    return {
        "action": found,
        "row": row,
        "updates": presenters.beside_older(said),
        "redatings": redatings,
        "corrections": found.corrections.select_related("by"),
        "changes": found.status_changes.select_related("by"),
        "milestones": milestones,
        "evidence": found.evidence.select_related("file", "by"),
        "may_file": _may_file(request, found),
        "line": list(DeliveryAction.objects.of_line(found).seen_by(request.user).select_related("delivery_plan")),
        "measures": found.measures.all(),
        "agencies": found.agencies.all(),
        "contributors": found.contributors.all(),
        "today": today(),
        "may_edit": request.user.has(Permission.DELIVERY_UPDATE),
        "moves": [(to, ActionStatus(to).label) for to in states.moves_by_hand(found.status, by=request.user)],
        "writes": request.user.has(*WRITES),
        "sees_measures": request.user.has(Permission.MEASURE_VIEW),
    }


def _may_file(request: HttpRequest, found: DeliveryAction) -> bool:
    try:
        states.check_may_file(found, by=request.user)
    except MoveRefused:
        return False
    return request.user.has(*WRITES)


@requires(Permission.DELIVERY_UPDATE)
def action_create(request: HttpRequest, pk: int) -> HttpResponse:
    objective = get_object_or_404(Objective.objects.select_related("priority", "delivery_plan__plan"), pk=pk)
    ref = reading.next_ref(objective.delivery_plan, objective.priority.number)
    form = NewActionForm(request.POST or None, objective=objective, initial={"ref": ref})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_delivery_action(objective=objective, by=request.user, **form.cleaned_data)
        except IntegrityError:  # somebody took the reference between the form's look and now
            form.add_error("ref", f"{form.cleaned_data['ref']} has just been used by somebody else. Take another.")
        else:
            messages.success(request, f"{made.ref} is in the plan.")
            return redirect("delivery-action-detail", made.pk)
    context = {"objective": objective, "form": form}
    return render(request, "deepdive/action_new.html", context, status=422 if form.errors else 200)


@requires(Permission.DELIVERY_UPDATE)
def action_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_action(request, pk)
    form = WhoAndWhatForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_delivery_action(delivery_action=found, by=request.user, **form.cleaned_data)
        except Stale as stale:
            return conflict_response(
                request,
                stale=stale,
                form=form,
                fields=[name for name in form.fields if name != "version"],
                title=f"Action {found.ref}",
                back=request.path,
            )
        messages.success(request, f"{found.ref} is saved.")
        return redirect("delivery-action-detail", pk)
    context = {"action": found, "form": form}
    return render(request, "deepdive/action_form.html", context, status=422 if form.errors else 200)


@requires(Permission.DELIVERY_UPDATE)
def action_correct(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_action(request, pk)
    initial = {"statement": found.statement, "version": found.version}
    form = CorrectForm(request.POST or None, initial=initial, held=found.statement)
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_statement(delivery_action=found, by=request.user, **form.cleaned_data)
        except Stale as stale:
            return conflict_response(
                request,
                stale=stale,
                form=form,
                fields=["statement"],
                title=f"The words of {found.ref}",
                back=request.path,
            )
        messages.success(request, f"The words of {found.ref} are put right; the words before and why are kept.")
        return redirect("delivery-action-detail", pk)
    context = {"action": found, "form": form, "corrections": found.corrections.select_related("by")}
    return render(request, "deepdive/action_correct.html", context, status=422 if form.errors else 200)


@requires(Permission.DELIVERY_UPDATE)
def action_redate(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_action(request, pk)
    form = RedateForm(request.POST or None, held=found.due, start=found.start)
    count = found.redatings.moved().count()
    asked = get_text_list(asked_next(found, count), "and")
    if request.method == "POST" and form.is_valid():
        actions.redate_action(delivery_action=found, by=request.user, **form.cleaned_data)
        told = f" {asked} will be asked to look at it." if asked else ""
        messages.success(request, f"The due date of {found.ref} has moved; the old one and the reason are kept.{told}")
        return redirect("delivery-action-detail", pk)
    context = {"action": found, "form": form, "count": count, "asked": asked}
    return render(request, "deepdive/action_redate.html", context, status=422 if form.errors else 200)


@requires(Permission.DELIVERY_UPDATE)
def action_move(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    """Asks for what the move needs; a move that needs nothing is one press of a button."""
    found = seen_action(request, pk)
    if to not in ActionStatus.values or to == ActionStatus.CARRIED:
        raise Http404("No such status.")
    back = _board(found) if request.GET.get("from") == "board" else reverse("delivery-action-detail", args=[pk])
    needs = states.needs_of(found.status, to)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    initial = {"version": found.version}
    form = MoveForm(*sent, needs=needs, has_evidence=found.evidence.exists(), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            moved = _moved(request, found, to, dict(form.cleaned_data))
        except MoveRefused as refused:
            messages.error(request, str(refused))
            return redirect("delivery-action-detail", pk)
        except Stale:
            messages.error(
                request, f"Somebody else changed {found.ref} meanwhile. Nothing was changed; look, and move it again."
            )
            return redirect("delivery-action-move", pk, to)
        messages.success(request, f"{found.ref} is now “{moved.get_status_display()}”.")
        return redirect(back)
    context = {
        "action": found,
        "to": ActionStatus(to).label,
        "back": back,
        "possible": to in states.moves_by_hand(found.status, by=request.user),
        "form": form,
        "asks": len(form.fields) > 1,
    }
    return render(request, "deepdive/action_move.html", context, status=422 if form.errors else 200)


def _moved(request: HttpRequest, found: DeliveryAction, to: str, given: dict) -> DeliveryAction:
    """Move it, and file what shows it: both or neither."""
    files = given.pop("files", [])
    scan_all(files, by=request.user)
    with transaction.atomic():
        states.ACTION.check_move(found.status, to, by=request.user)
        file_all(files, partial(actions.add_evidence, delivery_action=found), by=request.user)
        return actions.move_action(delivery_action=found, to=to, by=request.user, **given)


@requires(*WRITES)
def action_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Files that show what was done, brought while the action goes on."""
    found = seen_action(request, pk)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = EvidenceForm(*sent)
    if request.method == "POST" and form.is_valid():
        keep = partial(actions.add_evidence, delivery_action=found)
        file_and_tell(request, form.cleaned_data["files"], keep, f"What shows how {found.ref} goes is filed.")
        return redirect("delivery-action-detail", pk)
    context = {"action": found, "form": form, "filed": found.evidence.select_related("file", "by")}
    return render(request, "deepdive/action_evidence.html", context, status=422 if form.errors else 200)


def _board(found: DeliveryAction) -> str:
    return f"{reverse('delivery-board')}?year={found.delivery_plan.year}"
