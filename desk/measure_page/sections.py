"""The sections of a measure's page in their order, and the ones that need no module of their own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core.accounts.clock import today
from core.accounts.permissions import Permission
from deepdive.reading import of_measures, times_moved
from desk.measure_page import further
from desk.measure_page.charts import charts_of
from desk.measure_page.page import SOURCES_SHOWN, MeasurePage
from desk.revised import Revisions, printed_of
from governance.boards.models import Board
from governance.papers import quotations
from governance.papers.models import Commentary, Quotation
from governance.papers.models.quotation import CHECKS
from measures.figures import lit_since
from measures.models.period import month_end
from measures.presenters import measure as shapes
from measures.presenters.second_view import second_view
from measures.presenters.sources import source_rows
from measures.trends.periods import month_words
from measures.vintages import vintages

Shape = Mapping[str, object]
REVISED_SHOWN = 3  # figures
QUOTED = 40  # quotations


@dataclass(frozen=True)
class Section:
    """One part of the page: where it stands, its template, and what the template shows."""

    place: str  # a key of PLACES
    template: str
    shape: Callable[[MeasurePage], Shape | None]


def figures(page: MeasurePage) -> Shape:
    stats = shapes.stats(page.held)
    return {"stats": stats, "has_intervals": any(one.interval for one in stats)}


def revised(page: MeasurePage) -> Shape | None:
    """What the latest published paper printed of the measure and is another now."""
    printed = printed_of(page.measure)[:1]
    if not printed:
        return None
    held = vintages([page.held.series])[page.held.series.pk]
    moved = Revisions(page.measure, held, today(), page.version_text).since_printed(printed)
    return {"revised": moved[:REVISED_SHOWN], "more_revised": len(moved) - REVISED_SHOWN} if moved else None


def changing(page: MeasurePage) -> Shape:
    """Every symbol that shows in words with since when, and what was looked for and not found."""
    held, ruleset = page.held, page.ruleset
    differs, readings = shapes.disagreement(held)
    return {
        "signals": shapes.signals_said(held, ruleset, lit_since(held, ruleset)),
        "unlit": shapes.unlit_said(held, ruleset),
        "disagreement": differs,
        "readings": readings,
        "why_no_signals": shapes.why_no_symbol(held, ruleset),
    }


def drawn(page: MeasurePage) -> Shape | None:
    made = charts_of(page)
    return {"drawings": made, "query": page.request.GET.urlencode()} if made else None


def by_nhs_rules(page: MeasurePage) -> Shape | None:
    second = second_view(page.held, page.notes, page.phases, page.as_at)
    return {"second": second} if second else None


def commentary(page: MeasurePage) -> Shape:
    period = page.quarter.period
    written = Commentary.objects.filter(quarter__period__start=period.start, quarter__period__end=period.end)
    return {"commentary": written.filter(measure=page.measure).select_related("approved_by").first()}


def said(page: MeasurePage) -> Shape | None:
    """Approved quotations of the year up to the quarter's end, by theme: those that may be read."""
    user, end = page.request.user, month_end(page.quarter.end)
    found = Quotation.objects.approved().filter(
        measure=page.measure, dated__gt=month_end(page.quarter.end - 12), dated__lte=end
    )
    if not user.has(Permission.RESTRICTED_VIEW, *CHECKS):
        found = found.filter(may_be_public=True)
    themes = quotations.themes(found[:QUOTED])
    return {"said": themes, "said_to": month_words(page.quarter.end)} if themes else None


def notes(page: MeasurePage) -> Shape | None:
    """Data notes and phase changes up to the quarter's end."""
    return {"notes": page.notes, "phases": page.phases} if page.notes or page.phases else None


def definition(page: MeasurePage) -> Shape:
    measure = page.measure
    board = Board.objects.filter(name=measure.scrutinised_by).first() if measure.scrutinised_by else None
    return {"board": board}


def delivery(page: MeasurePage) -> Shape | None:
    """What the delivery plan does about it, from the quarter on; for those who see the plan."""
    if not page.request.user.has(Permission.DELIVERY_VIEW):
        return None
    found = of_measures([page.measure.pk], page.quarter.period.start).get(page.measure.pk, [])
    return {"delivery": [(one, times_moved(one.redated)) for one in found]} if found else None


def sources(page: MeasurePage) -> Shape:
    every = page.wants_every_source
    return {
        "sources": source_rows(page.measure, page.sources, page.hidden),
        "attributions": page.attributions,
        "every_source": every,
        "more_sources": not every and len(page.sources) == SOURCES_SHOWN,
    }


PLACES = ("top", "main", "beside", "foot")
SECTIONS = (
    Section("top", "desk/measure/_figures.html", figures),
    Section("top", "desk/measure/_revised.html", revised),
    Section("main", "desk/measure/_changing.html", changing),
    Section("main", "desk/measure/_peers.html", further.peers),
    Section("main", "desk/measure/_heading.html", further.heading),
    Section("main", "desk/measure/_charts.html", drawn),
    Section("main", "desk/measure/_second_view.html", by_nhs_rules),
    Section("beside", "desk/measure/_commentary.html", commentary),
    Section("beside", "desk/measure/_said.html", said),
    Section("main", "desk/measure/_delivery.html", delivery),
    Section("beside", "desk/measure/_notes.html", notes),
    Section("beside", "desk/measure/_definition.html", definition),
    Section("foot", "desk/measure/_sources.html", sources),
)


def sections_of(page: MeasurePage) -> dict[str, object]:
    """What every section shows, and under `sections` the templates of each place in their order."""
    shapes_made: dict[str, object] = {}
    templates: dict[str, list[str]] = {place: [] for place in PLACES}
    for section in SECTIONS:
        shape = section.shape(page)
        if shape is not None:
            shapes_made |= shape
            templates[section.place].append(section.template)
    return {**shapes_made, "sections": templates}
