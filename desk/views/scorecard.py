"""Scorecard: what changed that matters, every measure of the plan on one page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.accounts.access import requires
from core.accounts.permissions import Permission
from desk.scorecard_page import files
from desk.scorecard_page.read import Scorecard, read_scorecard
from measures import disclosure
from measures.presenters import marks, scorecard
from measures.presenters.workbook import CONTENT_TYPE
from measures.trends.ruleset import KEY_2019
from measures.trends.words import chance_sentence


@require_safe
@requires(Permission.MEASURE_VIEW)
def scorecard_page(request: HttpRequest) -> HttpResponse:
    shown = read_scorecard(request, exact=disclosure.may_see_exact(request.user))
    form = shown.form
    column, falling = form.order
    context = {
        "quarters": shown.quarters,
        "quarter": shown.quarter,
        "plan": shown.plan,
        "as_asked": not request.GET.get("quarter") or request.GET.get("quarter") == getattr(shown.quarter, "value", ""),
        "exceptions": form.asked["show"] == "exceptions",
        "form": form,
        "narrowed": form.is_narrowed,
        "column": column,
        "falling": falling,
        "as_printed": shown.ruleset is KEY_2019,
        "ruleset": shown.ruleset,
        "restricted": shown.restricted,
        "query": request.GET.urlencode(),
    }
    if shown.places:
        context |= _of_measures(shown)
    return render(request, "desk/scorecard.html", context)


def _of_measures(shown: Scorecard) -> dict[str, object]:
    rows = shown.rows
    held = shown.figures.values()
    return {
        "headline": scorecard.headline(held, shown.ruleset),
        "groups": shown.groups,
        "count": len(shown.shown),
        "total": len(rows),
        "exceptional": sum(row.is_exception for row in rows.values()),
        "has_commentary": bool(shown.commentary),
        "key": marks.key_items(shown.ruleset),
        "chance": chance_sentence(shown.ruleset, scorecard.judged(held, shown.ruleset)),
    }


@require_safe
@requires(Permission.MEASURE_VIEW)
def scorecard_csv(request: HttpRequest) -> HttpResponse:
    shown = _of_file(request)
    return _file(files.as_csv(shown), "text/csv; charset=utf-8", f"{_name(shown)}.csv")


@require_safe
@requires(Permission.MEASURE_VIEW)
def scorecard_xlsx(request: HttpRequest) -> HttpResponse:
    shown = _of_file(request)
    return _file(files.as_workbook(shown), CONTENT_TYPE, f"{_name(shown)}.xlsx")


def _of_file(request: HttpRequest) -> Scorecard:
    """What a file is made of: a file leaves the office, so small numbers are in it only where they are asked for."""
    shown = read_scorecard(request, exact=disclosure.asks_exact(request))
    if shown.quarter is None:
        raise Http404("There are no figures yet.")
    return shown


def _name(shown: Scorecard) -> str:
    return f"scorecard-{shown.quarter.value}" + ("-restricted" if shown.restricted else "")


def _file(content: str | bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
