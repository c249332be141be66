"""From which month a measure is judged afresh: what each phase does is shown before somebody answers for it."""

from typing import Any

from django.contrib import messages
from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from core.accounts.access import requires
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from measures import actions, disclosure, effects, reading, release
from measures.forms.notes import PhaseForm
from measures.models import CurrentValue, Measure, PhaseChange, Series
from measures.trends.periods import month_words


@requires(Permission.MEASURE_VIEW)
@require_safe
def phase_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The phases of a measure, newest first: what waits for approval above what counts."""
    measure = get_object_or_404(Measure, slug=slug)
    held = measure.phase_changes.select_related("measure", "proposed_by", "approved_by").order_by("-month")
    changes = list(held)
    end = reading.frontier()
    last = None if end is None else end - measure.lag_months
    context = {
        "measure": measure,
        "counts": [(one, effects.phase_words(one, last)) for one in changes if one.approved_at],
        "waiting": [_waiting(one, request) for one in changes if not one.approved_at],
        "first": _first_month(measure),
        "may_enter": request.user.has(Permission.OBSERVATION_IMPORT),
    }
    return render(request, "measures/phase_list.html", context)


def _waiting(change: PhaseChange, request: HttpRequest) -> dict[str, Any]:
    # Worked out from every figure as it is: not for a reader from whom any is hidden or kept back.
    sees_all = disclosure.may_see_exact(request.user) and not release.held_back()
    return {
        "change": change,
        "effect": effects.phase_effect(change) if sees_all else None,
        "is_own": change.proposed_by_id == request.user.pk,
    }


def _first_month(measure: Measure) -> str:
    """The month of the first figure held, in words; "" where none is."""
    series = Series.objects.own_force().filter(measure=measure)
    first = CurrentValue.objects.filter(series__in=series).aggregate(first=Min("month"))["first"]
    return "" if first is None else month_words(first)


@requires(Permission.OBSERVATION_IMPORT)
def phase_create(request: HttpRequest) -> HttpResponse:
    """The form; then the form with what the phase would do above it; sent again unchanged, the phase is proposed."""
    measure = Measure.objects.in_use().filter(slug=request.GET.get("measure", "")).first()
    form = PhaseForm(request.POST if request.method == "POST" else None, initial={"measure": measure})
    if request.method != "POST" or not form.is_valid():
        return _proposing(request, form, measure, status=422 if form.errors else 200)
    said = {name: form.cleaned_data[name] for name in ("measure", "month", "reason")}
    effect = effects.phase_effect(PhaseChange(**said))
    if form.cleaned_data["seen"] != effect.digest:
        typed = request.POST.copy()
        typed["seen"] = effect.digest
        return _proposing(request, PhaseForm(typed), said["measure"], effect=effect)
    actions.propose_phase_change(by=request.user, **said)
    messages.success(request, "The new phase is proposed. It counts once somebody else has approved it.")
    return redirect("phase-list", said["measure"].slug)


def _proposing(
    request: HttpRequest,
    form: PhaseForm,
    measure: Measure | None,
    effect: effects.PhaseEffect | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "measure": measure, "effect": effect}
    return render(request, "measures/phase_form.html", context, status=status)


@requires(Permission.OBSERVATION_IMPORT)
@require_POST
def phase_approve(request: HttpRequest, pk: int) -> HttpResponse:
    change = get_object_or_404(PhaseChange.objects.select_related("measure", "approved_by"), pk=pk)
    try:
        actions.approve_phase_change(change=change, seen=request.POST.get("seen", ""), by=request.user)
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{change} is approved. The signals are being worked out anew.")
    return redirect("phase-list", change.measure.slug)


@requires(Permission.OBSERVATION_IMPORT)
@require_POST
def phase_drop(request: HttpRequest, pk: int) -> HttpResponse:
    change = get_object_or_404(PhaseChange.objects.select_related("measure"), pk=pk)
    reason = request.POST.get("reason", "").strip()
    if not reason:
        messages.error(request, "Say why the new phase is dropped. Nothing was changed.")
    else:
        actions.drop_phase_change(change=change, reason=reason, by=request.user)
        messages.success(request, "The new phase is dropped. The history keeps it and the reason.")
    return redirect("phase-list", change.measure.slug)
