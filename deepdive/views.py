"""The pages of the service delivery plan."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from core.accounts.access import requires
from core.accounts.clock import today
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from core.documents.actions import discard_draft
from core.documents.versions import Stale, conflict_response
from deepdive import actions, presenters, reading, states
from deepdive.forms import PeopleForm, RedateForm, UpdateForm
from deepdive.models import ActionUpdate, DeliveryAction, DeliveryPlan

SEES = (Permission.DELIVERY_VIEW, Permission.DELIVERY_UPDATE_ASSIGNED)
WRITES = (Permission.DELIVERY_UPDATE, Permission.DELIVERY_UPDATE_ASSIGNED)


def _seen_action(request: HttpRequest, pk: int) -> DeliveryAction:
    seen = DeliveryAction.objects.seen_by(request.user).select_related("objective__priority", "owner", "delivery_plan")
    return get_object_or_404(seen, pk=pk)


def _seen_update(request: HttpRequest, pk: int) -> ActionUpdate:
    update = get_object_or_404(ActionUpdate.objects.select_related("action__objective", "period", "approved_by"), pk=pk)
    if not DeliveryAction.objects.seen_by(request.user).filter(pk=update.action_id).exists():
        raise Http404("No such update.")
    return update


@requires(*SEES)
def delivery_plan(request: HttpRequest) -> HttpResponse:
    plan = DeliveryPlan.objects.select_related("plan").first()
    if plan is None:
        return render(request, "deepdive/plan_detail.html", {"plan": None})
    quarters = reading.quarters_with_updates(plan)
    chosen = request.GET.get("quarter", "")
    period = next((one for one in quarters if one.code == chosen), quarters[0] if quarters else None)
    rows = reading.plan_rows(plan, period, request.user, today())
    status = request.GET.get("status", "")
    shown = [row for row in rows if _wanted(row, status)]
    context = {
        "plan": plan,
        "period": period,
        "quarter": {"value": period.code, "label": str(period)} if period else None,
        "quarters": [{"value": one.code, "label": str(one).capitalize()} for one in quarters],
        "groups": presenters.by_objective(shown),
        "stale": presenters.stalest_first(shown) if request.GET.get("order") == "stale" else None,
        "status": status,
        "total": len(rows),
        "writes": request.user.has(*WRITES),
        "shown": len(shown),
        "approved": sum(bool(row.update and row.update.state == ActionUpdate.State.APPROVED) for row in rows),
        "overdue": sum("overdue" in row.flags for row in rows),
        "undated": sum("no due date" in row.flags for row in rows),
        "unowned": sum("no owner" in row.flags for row in rows),
    }
    return render(request, "deepdive/plan_detail.html", context)


def _wanted(row: presenters.ActionRow, status: str) -> bool:
    match status:
        case "open":
            return row.action.is_open
        case "flagged":
            return bool(row.flags) or row.action.rag in ("amber", "red")
        case "waiting":
            return bool(row.update) and row.update.state != ActionUpdate.State.APPROVED
    return True


@requires(*SEES)
def action_detail(request: HttpRequest, pk: int) -> HttpResponse:
    found = _seen_action(request, pk)
    updates = list(found.updates.select_related("period", "approved_by").prefetch_related("authors"))
    if not request.user.has(Permission.DELIVERY_UPDATE, Permission.DELIVERY_UPDATE_ASSIGNED, Permission.HISTORY_ALL):
        updates = [update for update in updates if update.state == ActionUpdate.State.APPROVED]
    context = {
        "action": found,
        "row": presenters.ActionRow(found, None, None, found.redatings.count(), today()),
        "updates": presenters.beside_older(updates),
        "redatings": found.redatings.select_related("by"),
        "milestones": found.milestones.all(),
        "measures": found.measures.all(),
        "contributors": found.contributors.all(),
        "may_edit": request.user.has(Permission.DELIVERY_UPDATE),
        "writes": request.user.has(*WRITES),
        "sees_measures": request.user.has(Permission.MEASURE_VIEW),
    }
    return render(request, "deepdive/action_detail.html", context)


@requires(*WRITES)
def update_edit(request: HttpRequest, pk: int) -> HttpResponse:
    update = _seen_update(request, pk)
    draft_key = f"delivery-update-{update.pk}"
    form = UpdateForm(request.POST or None, instance=update)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_update(update=update, by=request.user, **form.cleaned_data)
        except Stale as stale:
            return conflict_response(
                request,
                stale=stale,
                form=form,
                fields=["text", "rag_reason"],
                title=f"The update of {update.action.ref}",
                back=request.path,
            )
        except MoveRefused as refused:
            messages.error(request, str(refused))
            return redirect("delivery-action-detail", update.action_id)
        discard_draft(key=draft_key, by=request.user)
        if "submit" in request.POST:
            return _moved(request, update, ActionUpdate.State.REVIEW)
        messages.success(request, f"The update of {update.action.ref} is saved.")
        return redirect("delivery-update-edit", pk)
    context = {
        "update": update,
        "tone": presenters.STATE_TONES[update.state],
        "form": form,
        "draft_key": draft_key,
        "before": reading.update_before(update),
        "moves": states.UPDATE.moves(update.state, by=request.user),
        "may_write": update.state == ActionUpdate.State.DRAFT,
        "is_author": update.authors.filter(pk=request.user.pk).exists(),
        "authors": update.authors.all(),
    }
    return render(request, "deepdive/update_form.html", context, status=422 if form.errors else 200)


@requires(*WRITES, Permission.DELIVERY_APPROVE)
@require_POST
def update_move(request: HttpRequest, pk: int) -> HttpResponse:
    return _moved(request, _seen_update(request, pk), request.POST.get("to", ""), request.POST.get("reason", ""))


def _moved(request: HttpRequest, update: ActionUpdate, to: str, reason: str = "") -> HttpResponse:
    if to not in ActionUpdate.State.values:
        raise Http404("No such state.")
    try:
        moved = actions.move_update(update=update, to=to, reason=reason, by=request.user)
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"The update of {update.action.ref} is now “{moved.get_state_display()}”.")
    return redirect("delivery-update-edit", update.pk)


@requires(Permission.DELIVERY_UPDATE)
def action_redate(request: HttpRequest, pk: int) -> HttpResponse:
    found = _seen_action(request, pk)
    form = RedateForm(request.POST or None, held=found.due)
    if request.method == "POST" and form.is_valid():
        actions.redate_action(delivery_action=found, by=request.user, **form.cleaned_data)
        messages.success(request, f"The due date of {found.ref} has moved; the old one and the reason are kept.")
        return redirect("delivery-action-detail", pk)
    context = {"action": found, "form": form, "count": found.redatings.count()}
    return render(request, "deepdive/action_redate.html", context, status=422 if form.errors else 200)


@requires(Permission.DELIVERY_UPDATE)
def action_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _seen_action(request, pk)
    form = PeopleForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_delivery_action(delivery_action=found, by=request.user, **form.cleaned_data)
        except Stale as stale:
            return conflict_response(
                request,
                stale=stale,
                form=form,
                fields=["leads", "partners"],
                title=f"Action {found.ref}",
                back=request.path,
            )
        messages.success(request, f"{found.ref} is saved.")
        return redirect("delivery-action-detail", pk)
    return render(
        request, "deepdive/action_form.html", {"action": found, "form": form}, status=422 if form.errors else 200
    )
