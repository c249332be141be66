"""The rules behind the symbols: what each reading of the key says of this quarter, and what it is made of."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.accounts.access import requires
from core.accounts.permissions import Permission
from desk.measure_page.page import quarter_asked
from measures import disclosure
from measures.figures import quarter_figures
from measures.models import Measure
from measures.presenters import rules
from measures.trends.ruleset import DEFAULT, KEY_2019


@require_safe
@requires(Permission.MEASURE_VIEW)
def ruleset_comparison(request: HttpRequest) -> HttpResponse:
    quarters, quarter = quarter_asked(request)
    rows = []
    if quarter is not None:
        measures = list(Measure.objects.headline().order_by("short_name"))
        exact = disclosure.may_see_exact(request.user)
        figures = quarter_figures(measures, quarter.end, exact=exact)
        rows = [rules.compared(figures[one.pk]) for one in measures]
    context = {
        "quarters": quarters,
        "quarter": quarter,
        "rows": rows,
        "answer": rules.answer(rows) if rows else "",
        "rulesets": [(one.identity, rules.chance_words(one)) for one in (KEY_2019, DEFAULT)],
        "literal": KEY_2019.identity,
        "safe": DEFAULT.identity,
        "settings": rules.settings(),
        "history": rules.history(),
    }
    return render(request, "desk/rulesets.html", context)


@require_safe
@requires(Permission.OBSERVATION_IMPORT)
def data_hub(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/data_hub.html")
