"""How each figure of a measure is made: from which months, by which formula, out of which import."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.accounts.access import requires
from core.accounts.permissions import Permission
from desk.measure_page.page import MeasurePage, quarter_asked
from measures.models import Measure, Observation
from measures.presenters.making import listed, making, observations_of


def _page(request: HttpRequest, slug: str) -> tuple[MeasurePage, list]:
    measure = get_object_or_404(Measure, slug=slug)
    quarters, quarter = quarter_asked(request)
    if quarter is None:
        raise Http404("There are no figures yet.")
    page = MeasurePage(request, measure, quarter)
    if page.held.series is None:
        raise Http404("Nothing is held of this measure.")
    return page, quarters


@require_safe
@requires(Permission.MEASURE_VIEW)
def figure_list(request: HttpRequest, slug: str) -> HttpResponse:
    page, quarters = _page(request, slug)
    context = {"measure": page.measure, "quarter": page.quarter, "quarters": quarters, "figures": listed(page.held)}
    context["restricted"] = page.restricted
    return render(request, "desk/figures/figure_list.html", context)


@require_safe
@requires(Permission.MEASURE_VIEW)
def figure_detail(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    page, quarters = _page(request, slug)
    held = page.held
    if name not in held.names:
        raise Http404("There is no such figure of this measure.")
    wanted = observations_of(held, held.figure(name)).values()
    used = Observation.objects.filter(pk__in=list(wanted)).select_related("period", "batch__accepted_by")
    context = {
        "measure": page.measure,
        "quarter": page.quarter,
        "quarters": quarters,
        "restricted": page.restricted,
        "made": making(held, name, used, page.hidden),
        "may_enter": request.user.has(Permission.OBSERVATION_IMPORT),
    }
    return render(request, "desk/figures/figure_detail.html", context)
