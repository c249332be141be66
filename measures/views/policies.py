"""Which small numbers of a measure are hidden: what a change would do is shown before it is saved."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from core.accounts.access import requires
from core.accounts.permissions import Permission
from core.documents.versions import Stale, conflict_response
from measures import actions
from measures.forms.policies import PolicyForm
from measures.models import Measure
from measures.policies import CHANGED_BY_HAND, Effect, effect_of, with_policy

SHIFTS_SHOWN = 12


@requires(Permission.OBSERVATION_IMPORT)
def policy_edit(request: HttpRequest, slug: str) -> HttpResponse:
    measure = get_object_or_404(Measure, slug=slug)
    if not PolicyForm.has_use(measure):
        return render(request, "measures/policy_form.html", {"measure": measure})
    initial = {name: getattr(measure, name) for name in (*CHANGED_BY_HAND, "small_numbers_reason", "version")}
    form = PolicyForm(request.POST if request.method == "POST" else None, initial=initial, measure=measure)
    if request.method != "POST" or not form.is_valid():
        context = {"measure": measure, "form": form}
        return render(request, "measures/policy_form.html", context, status=422 if form.errors else 200)
    if form.cleaned_data["version"] != measure.version:
        return _conflict(request, form, Stale(measure))
    effect = effect_of(measure, with_policy(measure, **form.policy))
    if form.cleaned_data["seen"] != effect.digest:
        return _shown_first(request, form, effect)
    try:
        actions.set_small_number_policy(
            measure=measure,
            version=form.cleaned_data["version"],
            reason=form.cleaned_data["small_numbers_reason"],
            by=request.user,
            **form.policy,
        )
    except Stale as stale:
        return _conflict(request, form, stale)
    messages.success(request, "Saved. Pages, files and papers that are not yet frozen follow it from now on.")
    return redirect("measure-detail", measure.slug)


def _conflict(request: HttpRequest, form: PolicyForm, stale: Stale) -> HttpResponse:
    title = f"Small numbers: {form.measure.short_name}"
    return conflict_response(request, stale=stale, form=form, fields=form.disputed, title=title, back=request.path)


def _shown_first(request: HttpRequest, form: PolicyForm, effect: Effect) -> HttpResponse:
    """The same form once more, with what it would do above it; sent again unchanged it is saved."""
    typed = request.POST.copy()
    typed["seen"] = effect.digest
    again = PolicyForm(typed, measure=form.measure)
    context = {
        "measure": form.measure,
        "form": again,
        "effect": effect,
        "shifts": effect.shifts[:SHIFTS_SHOWN],
        "more": len(effect.shifts) - SHIFTS_SHOWN,
    }
    return render(request, "measures/policy_form.html", context)
