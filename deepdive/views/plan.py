"""The plan as a list; its other views stand beside it."""

import csv
from collections import Counter
from dataclasses import dataclass
from io import StringIO
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.accounts.access import requires
from core.accounts.clock import today
from core.accounts.permissions import Permission
from deepdive import presenters, reading, states
from deepdive.flags import KINDS
from deepdive.models import ActionStatus, ActionUpdate, DeliveryPlan
from deepdive.presenters import ActionRow, sheets, timeline
from deepdive.views.finding import READS_DRAFTS, SEES, WRITES
from measures.models import Period
from measures.presenters.table import safe
from measures.presenters.workbook import CONTENT_TYPE, workbook

SHOWN = {"open": "Open", "flagged": "With any warning", "waiting": "Update not approved yet"}
VIEWS = (
    ("delivery-plan", "List"),
    ("delivery-board", "Board by status"),
    ("delivery-timeline", "Timeline"),
    ("delivery-print", "To print"),
)


@dataclass
class Shown:
    """What a request asks to see of which plan, in which quarter."""

    plan: DeliveryPlan
    plans: list[DeliveryPlan]
    period: Period | None
    quarters: list[Period]
    rows: list[ActionRow]

    @property
    def query(self) -> str:
        asked = {"year": str(self.plan.year)} if self.plan != self.plans[0] else {}
        if self.period and self.period != self.quarters[0]:
            asked["quarter"] = self.period.code
        return urlencode(asked)

    def context(self, request: HttpRequest, view: str) -> dict[str, object]:
        """What every view of the plan shows around itself."""
        query = f"?{self.query}" if self.query else ""
        period = self.period
        return {
            "plan": self.plan,
            "plans": self.plans,
            "period": period,
            "quarter": {"value": period.code, "label": str(period)} if period else None,
            "quarters": [{"value": one.code, "label": str(one).capitalize()} for one in self.quarters],
            "views": [{"text": text, "href": reverse(name) + query, "current": name == view} for name, text in VIEWS],
            "query": query,
            "total": len(self.rows),
            "writes": request.user.has(*WRITES),
            "may_edit": request.user.has(Permission.DELIVERY_UPDATE),
        }


def read_plan_or_404(request: HttpRequest, *, for_file: bool = False) -> Shown:
    shown = read_plan(request, for_file=for_file)
    if shown is None:
        raise Http404("No delivery plan yet.")
    return shown


def read_plan(request: HttpRequest, *, for_file: bool = False) -> Shown | None:
    """None while there is no plan at all. With `for_file` what only a file of the plan has is read too."""
    plans = list(DeliveryPlan.objects.select_related("plan"))
    if not plans:
        return None
    plan = next((one for one in plans if str(one.year) == request.GET.get("year")), plans[0])
    quarters = reading.quarters_with_updates(plan)
    chosen = request.GET.get("quarter", "")
    period = next((one for one in quarters if one.code == chosen), quarters[0] if quarters else None)
    rows = reading.plan_rows(plan, period, request.user, today(), for_file=for_file)
    return Shown(plan, plans, period, quarters, rows)


@require_safe
@requires(*SEES)
def delivery_plan(request: HttpRequest) -> HttpResponse:
    shown = read_plan(request)
    if shown is None:
        may = request.user.has(Permission.DELIVERY_UPDATE)
        return render(request, "deepdive/plan_detail.html", {"plan": None, "may_edit": may})
    status, order = request.GET.get("status", ""), request.GET.get("order", "")
    rows = [row for row in shown.rows if _wanted(row, status)]
    context = shown.context(request, "delivery-plan") | {
        "groups": presenters.by_objective(_ordered(rows, order)),
        "stale": presenters.stalest_first(rows) if order == "stale" else None,
        "order": order,
        "status": status,
        "choices": SHOWN,
        "kinds": KINDS,
        "shown": len(rows),
        "approved": sum(bool(row.update and row.update.state == ActionUpdate.State.APPROVED) for row in shown.rows),
        "flagged": sum(bool(row.flags) for row in shown.rows),
        "objectives": list(shown.plan.objectives.select_related("priority"))
        if request.user.has(Permission.DELIVERY_UPDATE)
        else [],
        "not_asked": _not_asked(shown),
        "is_followed": shown.plan.pk in {one.follows_id for one in shown.plans},
        "counts": [(label, kind, sum(kind in row.kinds for row in shown.rows)) for kind, label in KINDS.items()],
    }
    return render(request, "deepdive/plan_detail.html", context)


@require_safe
@requires(*SEES)
def plan_board(request: HttpRequest) -> HttpResponse:
    """The actions by status. A move opens the page that asks for what it needs."""
    shown = read_plan_or_404(request)
    may = request.user.has(Permission.DELIVERY_UPDATE)
    moves = {
        status: [(to, ActionStatus(to).label) for to in states.moves_by_hand(status, by=request.user)] if may else []
        for status in ActionStatus.values
    }
    context = shown.context(request, "delivery-board") | {
        "columns": timeline.columns(presenters.stalest_first(shown.rows), moves),
        "sentence": _progress(shown.rows),
    }
    return render(request, "deepdive/plan_board.html", context)


@require_safe
@requires(*SEES)
def plan_timeline(request: HttpRequest) -> HttpResponse:
    """What each quarter said of each action, drafts told only to those who may read them."""
    shown = read_plan_or_404(request)
    quarters = reading.quarters_of_lines(shown.rows)
    drafts = request.user.has(*READS_DRAFTS)
    groups = [
        (
            objective,
            [(row, list(zip(quarters, timeline.cells(row, quarters, drafts=drafts), strict=True))) for row in rows],
        )
        for objective, rows in presenters.by_objective(shown.rows)
    ]
    context = shown.context(request, "delivery-timeline") | {
        "columns": quarters,
        "rows": shown.rows,
        "groups": groups,
        "legend": timeline.LEGEND,
        "span": len(quarters) + 1,
        "sentence": _progress(shown.rows),
    }
    return render(request, "deepdive/plan_timeline.html", context)


@require_safe
@requires(*SEES)
def plan_print(request: HttpRequest) -> HttpResponse:
    """Everything on A4 on its side, for a meeting."""
    shown = read_plan_or_404(request)
    context = shown.context(request, "delivery-print") | {
        "groups": presenters.by_objective(shown.rows),
        "sentence": _progress(shown.rows),
    }
    return render(request, "deepdive/plan_print.html", context)


@require_safe
@requires(*SEES)
def plan_csv(request: HttpRequest) -> HttpResponse:
    shown = read_plan_or_404(request, for_file=True)
    held = StringIO()
    writer = csv.writer(held)
    writer.writerow(sheets.HEADINGS)
    writer.writerows([safe(cell) for cell in sheets.plan_line(row)] for row in shown.rows)
    return _file(held.getvalue(), "text/csv; charset=utf-8", shown, "csv")


@require_safe
@requires(*SEES)
def plan_xlsx(request: HttpRequest) -> HttpResponse:
    shown = read_plan_or_404(request, for_file=True)
    drafts = request.user.has(*READS_DRAFTS)
    made = sheets.as_workbook(str(shown.plan), shown.rows, shown.quarters, drafts=drafts)
    return _file(workbook(made), CONTENT_TYPE, shown, "xlsx")


def _file(content: str | bytes, kind: str, shown: Shown, form: str) -> HttpResponse:
    name = f"delivery-plan-{shown.plan.year}.{form}"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _progress(rows: list[ActionRow]) -> str:
    """How far the plan is, in one sentence."""
    if not rows:
        return "No actions are here yet."
    held = Counter(row.action.status for row in rows)
    said = [f"{held[status]} {ActionStatus(status).label.lower()}" for status in ActionStatus.values if held[status]]
    return f"{len(rows)} {'action' if len(rows) == 1 else 'actions'}: {', '.join(said)}."


def _not_asked(shown: Shown) -> int:
    """How many open actions came into the plan after its latest quarter was opened."""
    latest = shown.quarters[0] if shown.quarters else None
    if latest is None or shown.period != latest:
        return 0
    return sum(row.action.is_open and row.update is None for row in shown.rows)


def _ordered(rows: list[ActionRow], order: str) -> list[ActionRow]:
    """Under each objective the stalest first, unless the order of the references is asked for."""
    if order == "ref":
        return rows
    place = {objective.pk: number for number, (objective, _) in enumerate(presenters.by_objective(rows))}
    return sorted(presenters.stalest_first(rows), key=lambda row: place[row.action.objective_id])


def _wanted(row: ActionRow, status: str) -> bool:
    match status:
        case "open":
            return row.action.is_open
        case "flagged":
            return bool(row.flags) or row.action.rag in ("amber", "red")
        case "waiting":
            return bool(row.update) and row.update.state != ActionUpdate.State.APPROVED
    return status in row.kinds if status in KINDS else True
