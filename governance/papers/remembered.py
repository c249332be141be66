"""A paper put together and remembered until something is written: it is looked at far oftener than it changes."""

from collections.abc import Mapping, Sequence

from django.apps import apps
from django.core.cache import cache
from django.db.models import Max

from core.accounts.clock import today
from core.audit.models import AuditEvent
from core.jobs.models import Job
from governance.papers import assembly
from governance.papers.book import Book
from governance.papers.content import shapes
from governance.papers.drawing import Draw, draw_charts
from governance.papers.models import Paper
from measures import release
from measures.models import DataNote, Measure

# The number in a key is raised when a shape changes, so that no release meets what an earlier one remembered.
REMEMBERED = 60  # seconds; submission puts the paper together anew whatever is remembered
CHARTS_REMEMBERED = 600  # seconds: most of the work, and far from everything that is written


def figures_state() -> str:
    """Another word whenever a figure, or what a chart says of it, may have changed: not when a text does."""
    tables = [one._meta.db_table for one in apps.get_app_config("measures").get_models()]
    return _state(AuditEvent.objects.only("at").latest_in(tables))


def record_state() -> str:
    """Another word whenever what is held, or what was worked out from it, may have changed. Three queries.

    Everything people write leaves a line in the log, what is worked out from it a finished job, and an embargo ends by
    the clock.
    """
    return _state(AuditEvent.objects.only("at").newest_first().first())


def _state(written: AuditEvent | None) -> str:
    """With what was written last: what was worked out last, today and what is embargoed.

    By its time too: what is undone gives its number back, on SQLite, to the next that is written.
    """
    worked_out = Job.objects.aggregate(latest=Max("finished"))["latest"]
    embargoed = ",".join(str(one.pk) for one in release.live_embargoes())
    last = written and (written.pk, written.at.timestamp())
    return f"{today()}:{last}:{worked_out}:{embargoed}".replace(" ", "")


def assembled(paper: Paper) -> assembly.Assembled:
    """The paper as it would stand today, texts that nobody approved included."""
    key = f"papers.assembled.2:{paper.pk}:{record_state()}"
    found = cache.get(key)
    if found is None:
        found = assembly.assemble(paper, approved_only=False, draw=_remembering(paper))
        cache.set(key, found, REMEMBERED)
    return found


def _remembering(paper: Paper) -> Draw:
    """Draws a measure's charts once for as long as no figure changes."""
    state = f"papers.charts.2:{paper.quarter.period_id}:{figures_state()}"

    def draw(
        book: Book, measure: Measure, notes: Mapping[int, Sequence[DataNote]]
    ) -> tuple[list[shapes.Chart], list[str]]:
        key = f"{state}:{measure.pk}"
        found = cache.get(key)
        if found is None:
            found = draw_charts(book, measure, notes)
            cache.set(key, found, CHARTS_REMEMBERED)
        return found

    return draw
