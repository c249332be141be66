"""Every chart of a measure's page: what all measures have, then those that the office's paper has of this one."""

from collections.abc import Iterable

from desk.measure_page.page import MeasurePage
from governance.papers.book import Book
from governance.papers.drawing import drawings_of
from measures.charts import peers, survey
from measures.models import DataNote
from measures.models.period import month_end
from measures.presenters import charts
from measures.presenters.drawings import Drawing
from measures.presenters.second_view import second_view


def charts_of(page: MeasurePage) -> list[Drawing]:
    """Each once: a chart of the paper that draws what stands here already is left to the paper."""
    own = charts.drawings(page.held, page.notes, page.ruleset, page.as_at)
    made = [one.credited(page.peer_attributions if one.kind is peers else page.attributions) for one in own]
    return [*made, *_of_paper(page, drawn={one.kind for one in made})]


def offered(page: MeasurePage) -> dict[str, Drawing]:
    """Every chart of the page by the name it has in addresses, the one by the NHS rules too."""
    second = second_view(page.held, page.notes, page.phases, page.as_at)
    made = [*charts_of(page), *([second.drawing.credited(page.attributions)] if second else [])]
    return {one.name: one for one in made}


def _of_paper(page: MeasurePage, drawn: Iterable[object]) -> list[Drawing]:
    measure = page.measure
    if not measure.charts:
        return []
    slugs = {measure.slug, *(slug for stored in measure.charts for slug in stored["series"])}
    book = Book(page.quarter.period, only=slugs)
    found, _ = drawings_of(book, measure, _notes(page, slugs))
    return [
        one
        for one, stored in _paired(found, measure.charts)
        if _drawn_as(one, stored) not in drawn or not _is_own(stored, page)
    ]


def _paired(found: list[Drawing], stored: list[dict]) -> list[tuple[Drawing, dict]]:
    """Each drawing with the instructions it was drawn by: the number at the end of its name is their place."""
    return [(one, stored[int(one.name.rsplit("-", 1)[1]) - 1]) for one in found]


def _drawn_as(one: Drawing, stored: dict) -> object:
    """The kind of chart of the page that says the same: a survey's bars among its peers are the chart of peers."""
    return peers if one.kind is survey and stored.get("areas") == "peers" else one.kind


def _is_own(stored: dict, page: MeasurePage) -> bool:
    """Whether a chart is of the measure alone, or of the rate that stands for it among peers."""
    compared = page.held.peer_measure
    own = ([page.measure.slug], [compared.slug] if compared else [])
    return stored["series"] in own and not stored.get("breakdown")


def _notes(page: MeasurePage, slugs: set[str]) -> dict[int, list[DataNote]]:
    """The notes of every measure drawn, by measure."""
    notes = DataNote.objects.filter(measures__slug__in=slugs, starts__lte=month_end(page.quarter.end)).distinct()
    found: dict[int, list[DataNote]] = {}
    for note in notes.prefetch_related("measures"):
        for measure in note.measures.all():
            found.setdefault(measure.pk, []).append(note)
    return found
