"""What the checker holds a text against: the record's figures of every measure in a quarter, as facts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.core.cache import cache

from governance.papers.book import Book
from governance.papers.checking.facts import Facts
from governance.papers.checking.numbers import Number, Sort
from governance.papers.checking.periods import Period as Said
from governance.papers.checking.periods import Span
from governance.papers.checking.reading import Fact
from governance.papers.content.shapes import HeaderRow
from governance.papers.header import Found, header_row
from governance.papers.remembered import figures_state
from measures.figures import MeasureFigures
from measures.models import Measure, Period
from measures.trends import periods
from measures.trends.figures import UNITS, MonthlyData, over
from measures.trends.periods import last_quarter_end

REMEMBERED = 600  # seconds
MONTHS_BACK = 14
QUARTERS_BACK = 8
SORTS = {"per_cent": Sort.PERCENT, "seconds": Sort.DURATION}
NAMES = {"month": "month", "quarter": "quarter", "rolling": "rolling12"}
SPANS = {"month": Span.MONTH, "quarter": Span.QUARTER, "rolling": Span.YEAR}


@dataclass(frozen=True)
class Known:
    """Facts of every measure; by slug the header row that stands above its text, and the name it has in the facts."""

    facts: Facts
    headers: dict[str, HeaderRow]
    names: dict[str, str]


def known_of(period: Period, state: str = "") -> Known:
    """What is known in a quarter; remembered until a figure changes, whatever is written meanwhile."""
    key = f"papers.known:{period.pk}:{state or figures_state()}"
    found = cache.get(key)
    if found is None:
        found = _known(Book(period))
        cache.set(key, found, REMEMBERED)
    return found


def _known(book: Book) -> Known:
    measures = {slug: held.measure for slug, held in book.figures.items()}
    headers = {slug: header_row(book, one, measures, Found()) for slug, one in measures.items() if one.header}
    names = {slug: headers[slug].name if slug in headers else one.short_name for slug, one in measures.items()}
    return Known(facts_of_record(book, names), headers, names)


def facts_of_record(book: Book, names: Mapping[str, str]) -> Facts:
    """Levels of the own force: months, quarters and twelve months, each exact, in the unit it is said in."""
    return Facts(tuple(fact for slug, held in book.figures.items() for fact in _levels(held, names[slug])))


def _levels(held: MeasureFigures, name: str) -> Iterator[Fact]:
    if held.measure.kind == Measure.Kind.AUDIT_SAMPLE:
        return
    if held.measure.kind == Measure.Kind.SURVEY:
        spans = [periods.rolling_span(one.last_month) for one in held.readings]
    else:
        spans = list(_spans(held.as_of))
    for span in spans:
        value = _value(held.data, span)
        if value is not None:
            said = Said(SPANS[span.kind], span.first, span.last)
            yield Fact(name, NAMES[span.kind], said, value, number=_number(held, value))


def _number(held: MeasureFigures, value: float) -> Number:
    """The value as a number of its sort, so that a percentage is never held against a count."""
    sort = SORTS.get(UNITS[held.data.kind], Sort.COUNT)
    return Number(0, 0, sort, value, value, value, "", held.measure.precision)


def _spans(as_of: int) -> Iterator[periods.Span]:
    end = last_quarter_end(as_of)
    for back in range(MONTHS_BACK):
        yield periods.month_span(as_of - back)
    for back in range(QUARTERS_BACK):
        yield periods.quarter_span(end - 3 * back)
    for last in sorted({as_of, as_of - 12, *(end - 3 * back for back in range(5))}, reverse=True):
        yield periods.rolling_span(last)


def _value(data: MonthlyData, span: periods.Span) -> float | None:
    value = over(data, span, "", "").value
    return None if value is None else float(value)
