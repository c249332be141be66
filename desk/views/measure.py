"""The page of one measure: what it is doing, whether it can be trusted, what was done about it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.accounts.access import requires
from core.accounts.permissions import Permission
from desk.measure_page.page import MeasurePage, quarter_asked
from desk.measure_page.sections import sections_of
from measures.models import Measure
from measures.presenters.lead import lead


@require_safe
@requires(Permission.MEASURE_VIEW)
def measure_detail(request: HttpRequest, slug: str) -> HttpResponse:
    measure = get_object_or_404(Measure, slug=slug)
    quarters, quarter = quarter_asked(request)
    context = {
        "measure": measure,
        "quarters": quarters,
        "quarter": quarter,
        "places": measure.plan_measures.select_related("priority__plan").order_by("-priority__plan__starts"),
        "may_enter": request.user.has(Permission.OBSERVATION_IMPORT),
        "may_write": request.user.has(Permission.COMMENTARY_WRITE, Permission.COMMENTARY_APPROVE),
    }
    if quarter:
        page = MeasurePage(request, measure, quarter)
        context |= {"held": page.held, "lead": lead(page.held, page.ruleset), "ruleset": page.ruleset}
        context["restricted"] = page.restricted
        if page.held.series:
            context |= sections_of(page)
    return render(request, "desk/measure_detail.html", context)
