"""One figure entered by hand: what the record holds is shown first, then it is recorded with its reason."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from core.accounts.access import requires
from core.accounts.clock import today
from core.accounts.permissions import Permission
from measures import actions, by_hand, previews, storing
from measures.forms.observations import ObservationForm
from measures.models import Area, Measure
from measures.validation import is_same

SOURCE = "Entered by hand"
LATEST = 13  # figures shown beside the form


@requires(Permission.OBSERVATION_IMPORT)
def observation_create(request: HttpRequest, slug: str) -> HttpResponse:
    measure = get_object_or_404(Measure, slug=slug)
    form = ObservationForm(request.POST if request.method == "POST" else None, measure=measure)
    if request.method == "POST" and "begin" in request.POST:
        actions.create_series(measure=measure, area=get_object_or_404(Area, is_own=True), by=request.user)
        return redirect("observation-create", slug)
    context = {
        "measure": measure,
        "form": form,
        "kept": form.fields["series"].queryset.exists(),
        "own": Area.objects.filter(is_own=True).first(),
        "latest": _latest(measure),
    }
    if request.method == "POST" and form.is_valid():
        held = by_hand.held_now(form.cleaned_data["series"], form.typed)
        if form.cleaned_data["head"] == held.head:
            return _record(request, form)
        context |= _to_confirm(form, held)
        form.data = form.data.copy()
        form.data["head"] = held.head
    return render(request, "measures/observation_form.html", context, status=422 if form.errors else 200)


def _record(request: HttpRequest, form: ObservationForm) -> HttpResponse:
    series, typed = form.cleaned_data["series"], form.typed
    try:
        made = actions.record_observation(
            series=series,
            period=typed.key,
            figure=typed.figure,
            head=form.cleaned_data["head"],
            source=SOURCE,
            as_at=today(),
            reason=form.cleaned_data["reason"],
            by=request.user,
        )
    except storing.RecordMoved:
        messages.error(request, "Somebody else has just changed this figure. Look at it and enter yours again.")
    else:
        if made is None:
            messages.info(request, "The record holds that very figure already. Nothing was changed.")
        else:
            figure = previews.figure_words(typed.figure, series.measure)
            messages.success(request, f"{series}: {figure} is recorded for {made.period}.")
    return redirect("observation-create", series.measure.slug)


def _to_confirm(form: ObservationForm, held: by_hand.HeldNow) -> dict[str, object]:
    measure = form.measure
    observation = held.observation
    old = previews.figure_of(observation) if observation else None
    return {
        "confirm": True,
        "moved": form.cleaned_data["head"] is not None,
        "held": observation,
        "old": previews.figure_words(old, measure) if old else "",
        "new": previews.figure_words(form.typed.figure, measure),
        "same": bool(old and is_same(old, form.typed.figure)),
        "warnings": form.typed.warnings,
    }


def _latest(measure: Measure) -> list[tuple[object, str]]:
    held = (
        measure.series.own_force()
        .filter(current_values__value__isnull=False)
        .values_list("current_values__observation", flat=True)
    )
    found = previews.observations_of(held)[:LATEST]
    return [(one, previews.figure_words(previews.figure_of(one), measure)) for one in found]
