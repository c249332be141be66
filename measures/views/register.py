"""The data-quality register: everything that must be said of the data, and what it does to the signals."""

import csv

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.accounts.access import requires
from core.accounts.permissions import Permission
from core.documents.forms import OfficeForm
from measures import disclosure, effects, reading, release
from measures.models import DataNote, Measure, PhaseChange
from measures.presenters.table import words

HEADINGS = (
    *("Note", "What must be known", "First month", "Last month", "Measures", "Baselines"),
    *("Written by", "Written on"),
)


class RegisterForm(OfficeForm):
    measure = forms.ModelChoiceField(
        Measure.objects.in_use(), label="Measure", required=False, empty_label="Every measure", to_field_name="slug"
    )
    baselines = forms.ChoiceField(
        label="Baselines",
        required=False,
        choices=(("", "Left out or counted"), ("out", "Left out"), ("in", "Counted")),
    )


def _notes(form: RegisterForm) -> QuerySet[DataNote]:
    held = DataNote.objects.prefetch_related("measures").select_related("written_by", "changed_by")
    said = form.cleaned_data if form.is_valid() else {}
    if said.get("measure"):
        held = held.filter(measures=said["measure"])
    if said.get("baselines"):
        held = held.filter(exclude=said["baselines"] == "out")
    return held


def _phases() -> list[tuple[PhaseChange, str]]:
    """Approved phases, latest first, with how far each has come."""
    approved = PhaseChange.objects.filter(approved_at__isnull=False)
    last = reading.frontier()
    return [
        (one, effects.phase_words(one, None if last is None else last - one.measure.lag_months))
        for one in approved.select_related("measure", "approved_by", "proposed_by").order_by("-month")
    ]


@requires(Permission.MEASURE_VIEW)
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    form = RegisterForm(request.GET)
    notes = list(_notes(form))
    # Worked out from every figure as it is: not for a reader from whom any is hidden or kept back.
    sees_all = disclosure.may_see_exact(request.user) and not release.held_back()
    found = effects.of_notes(notes) if sees_all else {}
    rows = [{"note": one, "effects": found.get(one.pk, [])} for one in notes]
    context = {
        "form": form,
        "rows": rows,
        "sees_all": sees_all,
        "phases": _phases(),
        "query": request.GET.urlencode(),
        "may_enter": request.user.has(Permission.OBSERVATION_IMPORT),
    }
    return render(request, "measures/register.html", context)


@requires(Permission.MEASURE_VIEW)
@require_safe
def register_csv(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="data-quality.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(HEADINGS)
    for one in _notes(RegisterForm(request.GET)):
        ends = f"{one.ends:%Y-%m}" if one.ends else ""
        named = "; ".join(measure.short_name for measure in one.measures.all())
        who, when = str(one.written_by or ""), f"{one.written_at:%Y-%m-%d}" if one.written_at else ""
        cells = (
            one.title,
            one.text,
            f"{one.starts:%Y-%m}",
            ends,
            named,
            "left out" if one.exclude else "counted",
            who,
            when,
        )
        writer.writerow([words(cell) for cell in cells])
    return response
