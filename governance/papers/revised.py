"""Which figures of a frozen paper have moved since: what it printed beside what the record says now."""

from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Max

from governance.papers.book import Book, Unavailable
from governance.papers.content import tokens
from governance.papers.content.shapes import BoundFigure, Paper
from governance.papers.live import spoken
from governance.papers.models import FrozenPaper
from measures.models import ImportBatch, Observation, Period


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
    book = Book(period)
    found: dict[tuple[str, str], Moved] = {}
    for figure in content.figures:
        token = tokens.parse(figure.reference)
        if token is None or token.part:
            continue  # a part moves with its figure, which is listed
        try:
            now = spoken(book, token)
        except Unavailable:
            found.setdefault((figure.reference, figure.text), Moved(figure, "no longer held"))
            continue
        value = "" if now.figure.value is None else str(now.figure.value)
        if value != figure.value:
            in_table = figure.place.startswith("Scorecard")
            text = book.text(token.measure, now.figure, "table") if in_table else now.text
            found.setdefault((figure.reference, figure.text), Moved(figure, text))
    return list(found.values())
