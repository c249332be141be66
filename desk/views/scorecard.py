"""Scorecard: what changed that matters, every measure of the plan on one page."""

import csv
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.accounts.access import requires
from core.accounts.permissions import Permission
from governance.papers.models import Commentary
from measures import reading
from measures.figures import MeasureFigures, quarter_figures
from measures.models import Plan, PlanMeasure
from measures.models.period import month_end
from measures.presenters import marks, scorecard, table
from measures.recompute import QUARTERS_KEPT
from measures.trends.ruleset import KEY_2019, Ruleset
from measures.trends.words import chance_sentence


@dataclass(frozen=True)
class Shown:
    """What the page and its spreadsheet are both made from."""

    quarters: list[reading.QuarterChoice]
    quarter: reading.QuarterChoice | None
    ruleset: Ruleset
    plan: Plan | None
    places: list[PlanMeasure]
    figures: dict[int, MeasureFigures]


def _shown(request: HttpRequest) -> Shown:
    quarters = reading.quarters(QUARTERS_KEPT)
    asked = request.GET.get("quarter", "")
    quarter = next((one for one in quarters if one.value == asked), quarters[0] if quarters else None)
    ruleset = marks.ruleset_named(request.GET.get("rules", ""))
    if quarter is None:
        return Shown([], None, ruleset, None, [], {})
    plans = Plan.objects.filter(starts__lte=month_end(quarter.end)).order_by("-starts")
    places = PlanMeasure.objects.filter(priority__plan=plans.values("pk")[:1], measure__retired_on__isnull=True)
    held = list(places.select_related("priority__plan", "measure").order_by("priority__number", "position"))
    plan = held[0].priority.plan if held else plans.current()
    return Shown(quarters, quarter, ruleset, plan, held, quarter_figures([one.measure for one in held], quarter.end))


@requires(Permission.MEASURE_VIEW)
def scorecard_page(request: HttpRequest) -> HttpResponse:
    shown = _shown(request)
    exceptions = request.GET.get("show") == "exceptions"
    context = {
        "quarters": shown.quarters,
        "quarter": shown.quarter,
        "plan": shown.plan,
        "as_asked": not request.GET.get("quarter") or request.GET.get("quarter") == getattr(shown.quarter, "value", ""),
        "exceptions": exceptions,
        "as_printed": shown.ruleset is KEY_2019,
        "ruleset": shown.ruleset,
    }
    if shown.places:
        states = dict(_states(shown.quarter))
        rows = {
            pk: scorecard.row_of(held, shown.ruleset, shown.quarter.end, states.get(pk, ""))
            for pk, held in shown.figures.items()
        }
        context |= {
            "headline": scorecard.headline(shown.figures.values(), shown.ruleset),
            "groups": scorecard.grouped(shown.places, rows, exceptions=exceptions),
            "total": len(rows),
            "exceptional": sum(row.is_exception for row in rows.values()),
            "has_commentary": bool(states),
            "key": marks.key_items(shown.ruleset),
            "chance": chance_sentence(shown.ruleset, scorecard.judged(shown.figures.values(), shown.ruleset)),
        }
    return render(request, "desk/scorecard.html", context)


def _states(quarter: reading.QuarterChoice) -> list[tuple[int, str]]:
    """How far the commentary of each measure is, by measure."""
    period = quarter.period
    written = Commentary.objects.filter(quarter__period__start=period.start, quarter__period__end=period.end)
    return list(written.values_list("measure_id", "state"))


@requires(Permission.MEASURE_VIEW)
def scorecard_csv(request: HttpRequest) -> HttpResponse:
    """The same as a spreadsheet, with the exact values beside the printed ones."""
    shown = _shown(request)
    name = f"scorecard-{shown.quarter.value}.csv" if shown.quarter else "scorecard.csv"
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")  # the mark by which Excel knows UTF-8
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(response)
    writer.writerow(table.HEADINGS)
    for place in shown.places:
        writer.writerow(table.scorecard_line(place, shown.figures[place.measure_id], shown.ruleset))
    return response
