"""Figures that come without a file: one by hand, or an office's first years at once. Permission has been checked."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Protocol

from django.utils import timezone

from core.accounts.models import User
from core.audit import action
from measures import storing
from measures.models import ImportBatch, Observation, Period, Series
from measures.validation import Figure, SeriesKey, is_same


class Row(Protocol):
    """One figure with the words that place it; `area` is the area's name, `period_kind` one of Period.Kind."""

    series_slug: str
    area: str
    breakdown: str
    period_kind: str
    start: dt.date
    end: dt.date
    value: float
    denominator: float | None
    margin: float | None
    sample_size: int | None
    provisional: bool


@action
def load_observations(
    *, rows: Iterable[Row], source: str, as_at: dt.date, reason: str = "", by: User | None
) -> ImportBatch:
    """Store figures of any kind of period in one batch, superseding what they change.

    Raises LookupError naming series that are not kept: creating one is a decision of its own (`create_series`).
    """
    rows = list(rows)
    series = _series_of(rows)
    periods = _periods_of(rows)
    cells = [(series[_key(row)], periods[_span(row)]) for row in rows]
    figures = [
        Figure(
            float(row.value),
            None if row.denominator is None else float(row.denominator),
            row.margin,
            row.sample_size,
            row.provisional,
        )
        for row in rows
    ]
    batch = _new_batch(source, as_at, reason, by)
    storing.store(batch, storing.Given(cells, figures, [None] * len(rows)))
    return batch


@action
def record_observation(
    *,
    series: Series,
    period: tuple[str, dt.date, dt.date],
    figure: Figure,
    head: int | None = None,
    source: str,
    as_at: dt.date,
    reason: str,
    by: User,
) -> Observation | None:
    """Store one figure by hand for a period (kind, first day, last day), superseding the one held.

    None when the record holds that very figure already. `head`: the end of the chain the person saw, 0 for none;
    raises storing.RecordMoved when it is another by now.
    """
    cell = (series.pk, Period.objects.spans({period})[period])
    storing.lock_series([series.pk])
    held = storing.read_held([cell]).get(cell)
    if held and held.figure and is_same(held.figure, figure):
        return None
    batch = _new_batch(source, as_at, reason, by)
    storing.store(batch, storing.Given([cell], [figure], [None], None if head is None else [head]))
    return batch.observations.get()


def _new_batch(source: str, as_at: dt.date, reason: str, by: User | None) -> ImportBatch:
    now = timezone.now()
    return ImportBatch.objects.create(
        source=source,
        as_at=as_at,
        reason=reason,
        state=ImportBatch.State.ACCEPTED,
        created_by=by,
        created_at=now,
        accepted_by=by,
        accepted_at=now,
    )


def _key(row: Row) -> SeriesKey:
    return SeriesKey(row.series_slug, row.area, row.breakdown)


def _span(row: Row) -> tuple[str, dt.date, dt.date]:
    return str(row.period_kind), row.start, row.end


def _series_of(rows: Sequence[Row]) -> dict[SeriesKey, int]:
    kept = Series.objects.values_list("measure__slug", "area__name", "breakdown", "pk")
    found = {SeriesKey(*key): pk for *key, pk in kept.iterator()}
    absent = dict.fromkeys(_key(row) for row in rows if _key(row) not in found)
    if absent:
        names = ["; ".join(filter(None, key)) for key in absent]
        more = f" and {len(names) - 5} more" if len(names) > 5 else ""
        raise LookupError(f"The record keeps no series for {', '.join(names[:5])}{more}. Create them first.")
    return found


def _periods_of(rows: Sequence[Row]) -> dict[tuple[str, dt.date, dt.date], int]:
    return Period.objects.spans({_span(row) for row in rows})
