"""The page of one measure: what it is doing, whether it can be trusted, what was done about it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from core.accounts.access import requires
from core.accounts.permissions import Permission
from deepdive.models import DeliveryAction
from governance.boards.models import Board
from governance.papers.models import Commentary
from measures import reading
from measures.figures import lit_since, quarter_figures
from measures.models import DataNote, Measure, PhaseChange
from measures.models.period import month_end
from measures.presenters import charts, marks
from measures.presenters import measure as shapes
from measures.presenters.sources import source_rows
from measures.provenance import provenance
from measures.recompute import QUARTERS_KEPT

SOURCES_SHOWN, ALL_SOURCES = 15, 1_200  # periods


@requires(Permission.MEASURE_VIEW)
def measure_detail(request: HttpRequest, slug: str) -> HttpResponse:
    measure = get_object_or_404(Measure, slug=slug)
    quarters = reading.quarters(QUARTERS_KEPT)
    asked = request.GET.get("quarter", "")
    quarter = next((one for one in quarters if one.value == asked), quarters[0] if quarters else None)
    context = {
        "measure": measure,
        "quarters": quarters,
        "quarter": quarter,
        "places": measure.plan_measures.select_related("priority__plan").order_by("-priority__plan__starts"),
        "board": Board.objects.filter(name=measure.scrutinised_by).first() if measure.scrutinised_by else None,
        "delivery": DeliveryAction.objects.seen_by(request.user).filter(measures=measure),
        "may_enter": request.user.has(Permission.OBSERVATION_IMPORT),
        "may_write": request.user.has(Permission.COMMENTARY_WRITE, Permission.COMMENTARY_APPROVE),
    }
    if quarter:
        context |= _of_quarter(request, measure, quarter)
    return render(request, "desk/measure_detail.html", context)


def _of_quarter(request: HttpRequest, measure: Measure, quarter: reading.QuarterChoice) -> dict[str, object]:
    """What the page says of one quarter."""
    ruleset = marks.ruleset_named(request.GET.get("rules", ""))
    held = quarter_figures([measure], quarter.end)[measure.pk]
    end = month_end(quarter.end)
    notes = list(DataNote.objects.filter(measures=measure, starts__lte=end))
    every = request.GET.get("figures") == "all"
    sources = provenance(held.series, held.as_of, ALL_SOURCES if every else SOURCES_SHOWN) if held.series else []
    as_at = max((one.observation.batch.as_at for one in sources), default=None)
    return {
        "held": held,
        "lead": shapes.lead(held, ruleset),
        "stats": shapes.stats(held),
        "ruleset": ruleset,
        "signals": shapes.signals_said(held, ruleset, lit_since(held, ruleset)),
        "unlit": shapes.unlit_said(held, ruleset),
        "disagreement": shapes.disagreement(held),
        "peers": shapes.peers_said(held),
        "drawings": charts.drawings(held, notes, ruleset, f"{as_at.day} {as_at:%B %Y}" if as_at else ""),
        "notes": notes,
        "phases": PhaseChange.objects.filter(measure=measure, approved_at__isnull=False, month__lte=end),
        "commentary": _commentary(measure, quarter),
        "sources": source_rows(measure, sources),
        "every_source": every,
        "more_sources": not every and len(sources) == SOURCES_SHOWN,
        "why_no_signals": shapes.why_no_symbol(held, ruleset),
    }


def _commentary(measure: Measure, quarter: reading.QuarterChoice) -> Commentary | None:
    period = quarter.period
    written = Commentary.objects.filter(quarter__period__start=period.start, quarter__period__end=period.end)
    return written.filter(measure=measure).select_related("approved_by").first()
