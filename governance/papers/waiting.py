"""What of a paper's figures is not final yet: provisional, or under embargo. A paper never prints the latter."""

from collections.abc import Iterable
from dataclasses import dataclass

from governance.papers.book import Book
from measures import release
from measures.figures import MeasureFigures
from measures.models import CurrentValue, Measure
from measures.models.period import MONTHS_IN_YEAR
from measures.trends.figures import Figure
from measures.trends.periods import month_words


@dataclass(frozen=True)
class Waiting:
    """One sentence about a measure, for whoever prepares the paper."""

    measure: Measure
    sentence: str


def is_provisional(held: MeasureFigures, figure: Figure) -> bool:
    """Whether a figure was worked out from a month, survey or sample that its source may still change."""
    if held.readings:
        return any(one.provisional for one in held.readings if one.last_month in figure.months)
    return not held.provisional.isdisjoint(figure.months)


def not_final(book: Book, measures: Iterable[Measure]) -> list[Waiting]:
    """Which measures have provisional figures in the year to the quarter, and which have figures under embargo."""
    shown = list(measures)
    found = []
    for one in shown:
        held = book.of(one.slug)
        months = sorted(month for month in held.provisional if month > held.as_of - MONTHS_IN_YEAR)
        months += [held.reading.last_month] if held.reading and held.reading.provisional else []
        if months:
            said = ", ".join(month_words(month) for month in months)
            found.append(Waiting(one, f"“{one.short_name}” is provisional for {said}; the paper marks it so."))
    return [*found, *_under_embargo(book, shown)]


def _under_embargo(book: Book, measures: list[Measure]) -> list[Waiting]:
    """One query for each embargo that holds; none where there is none."""
    by_pk, found = {one.pk: one for one in measures}, []
    for embargo in release.live_embargoes():
        own = CurrentValue.objects.filter(
            series__area__is_own=True, series__breakdown="", series__measure__in=by_pk, period__end__lte=book.period.end
        )
        if embargo.batch_id:
            own = own.filter(head__batch=embargo.batch_id)
        else:
            own = own.filter(
                series__measure=embargo.measure_id,
                period__end__gte=embargo.first_month,
                period__start__lte=embargo.last_month,
            )
        until = release.until_words(embargo.until)
        for pk in sorted(set(own.values_list("series__measure", flat=True))):
            name = by_pk[pk].short_name
            said = f"Figures of “{name}” are under embargo until {until}: the paper prints what was released before."
            found.append(Waiting(by_pk[pk], said))
    return found
