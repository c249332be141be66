"""How a measure's figures have moved: as printed, as held on a day, as held now."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.accounts.access import requires
from core.accounts.clock import today
from core.accounts.permissions import Permission
from core.documents.forms import OfficeForm
from desk.revised import Revisions, printed_of
from measures import disclosure
from measures.models import Measure, Observation, Series
from measures.presenters.sources import value_of
from measures.trends.disclosure import NOTHING_HIDDEN
from measures.vintages import vintages

MONTHS = (("12", "12"), ("24", "24"), ("48", "48"))


class RevisionsForm(OfficeForm):
    """Which day, and how many periods."""

    on = forms.DateField(label="As the record stood at the end of", required=False)
    months = forms.ChoiceField(label="Periods shown", choices=MONTHS, required=False)


@requires(Permission.MEASURE_VIEW)
@require_safe
def measure_revisions(request: HttpRequest, slug: str) -> HttpResponse:
    measure = get_object_or_404(Measure, slug=slug)
    form = RevisionsForm(request.GET if request.GET else None, initial={"months": "12"})
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    day, count = chosen.get("on"), int(chosen.get("months") or 12)
    context: dict[str, object] = {"measure": measure, "form": form, "day": day, "count": count}
    series = Series.objects.own_force().filter(measure=measure).select_related("measure", "area").first()
    if series:
        exact = disclosure.may_see_exact(request.user)
        cover = NOTHING_HIDDEN if exact else disclosure.cover_of(series)

        def text(one: Observation) -> str:
            hidden = "" if exact else disclosure.words_of_version(series, cover, one)
            return hidden or value_of(measure, one)

        held = Revisions(measure, vintages([series])[series.pk], today(), text)
        context |= {
            "rows": held.table(count),
            "days": held.vintages(count),
            "usual": held.usual(),
            "printed": held.since_printed(printed_of(measure)),
            "moved": held.since(day) if day else [],
        }
    return render(request, "desk/measure_revisions.html", context, status=422 if form.errors else 200)
