"""Which figures of a frozen paper have moved since: what it printed beside what the record says now."""

from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Max

from governance.papers.book import Book, Unavailable
from governance.papers.content.shapes import BoundFigure, Paper
from governance.papers.models import FrozenPaper
from measures.models import ImportBatch, Observation, Period

PARTS = {"margin", "numerator", "denominator"}


@dataclass(frozen=True)
class Moved:
    """A figure as it was printed, and what would be printed now."""

    figure: BoundFigure
    now: str


REMEMBERED = 600  # seconds


def moved_since(frozen: FrozenPaper, content: Paper) -> list[Moved]:
    """`moved_figures`, remembered until a figure is recorded or withdrawn: a public page must be cheap."""
    latest = Observation.objects.aggregate(latest=Max("pk"))["latest"]
    withdrawn = ImportBatch.objects.filter(withdrawn_at__isnull=False).count()
    key = f"papers.moved:{frozen.sha256}:{latest}:{withdrawn}"
    found = cache.get(key)
    if found is None:
        found = moved_figures(content, frozen.paper.quarter.period)
        cache.set(key, found, REMEMBERED)
    return found


def moved_figures(content: Paper, period: Period) -> list[Moved]:
    """Every figure whose exact value is another now, once for each text it was printed as."""
    book, found = Book(period), {}
    for figure in content.figures:
        slug, _, rest = figure.reference.partition(".")
        statistic, _, part = rest.partition(".")
        if part in PARTS:
            continue  # a part moves with its figure, which is listed
        try:
            current = book.figure(slug, statistic)
        except Unavailable:
            found.setdefault((figure.reference, figure.text), Moved(figure, "no longer held"))
            continue
        value = "" if current.value is None else str(current.value)
        if value != figure.value:
            context = "table" if figure.place.startswith("Scorecard") else "prose"
            found.setdefault((figure.reference, figure.text), Moved(figure, book.text(slug, current, context)))
    return list(found.values())
