"""What is held now for each series and period, rebuilt from the observations. Idempotent, with nobody's name on it.

The last observation whose batch has not been withdrawn is current; within a period the order of primary keys is the
order of superseding. One statement does it inside the database, whatever the number of figures; first figures of a
period, most of what ever comes in, are added from what was stored.
"""

from string import Template
from typing import Any

import numpy as np
from django.db import connection, transaction
from numpy.typing import NDArray

from measures import columns
from measures.models import CurrentValue, Period
from measures.models.period import month_index

# The months since year 0 of a date: Django's own functions for it cost a call of Python a row on SQLite.
MONTH = {
    "sqlite": "CAST(strftime('%Y', p.start) AS INTEGER) * 12 + CAST(strftime('%m', p.start) AS INTEGER) - 1",
    "postgresql": "CAST(EXTRACT(YEAR FROM p.start) AS INTEGER) * 12 + CAST(EXTRACT(MONTH FROM p.start) AS INTEGER) - 1",
}
ALL = "measures_observation o"
OF_A_BATCH = (
    "measures_observation mine JOIN measures_observation o "
    "ON o.series_id = mine.series_id AND o.period_id = mine.period_id"
)
REBUILD = Template(
    "INSERT INTO measures_currentvalue "
    "(series_id, period_id, month, observation_id, head_id, value, denominator, provisional) "
    "SELECT cell.series_id, cell.period_id, CASE WHEN p.kind = 'month' THEN $month END, "
    "cell.held, cell.head, held.value, held.denominator, COALESCE(held.provisional, FALSE) "
    "FROM (SELECT o.series_id, o.period_id, MAX(o.id) AS head, "
    "MAX(CASE WHEN b.state = 'accepted' THEN o.id END) AS held "
    "FROM $rows JOIN measures_importbatch b ON b.id = o.batch_id WHERE $which GROUP BY o.series_id, o.period_id) cell "
    "JOIN measures_period p ON p.id = cell.period_id "
    "LEFT JOIN measures_observation held ON held.id = cell.held WHERE TRUE "
    "ON CONFLICT (series_id, period_id) DO UPDATE SET observation_id = excluded.observation_id, "
    "head_id = excluded.head_id, value = excluded.value, denominator = excluded.denominator, "
    "provisional = excluded.provisional"
)


def add(keys: NDArray[np.int64], given: Any) -> None:
    """Observations just stored, the first of their periods: nothing was held, so each is what is current.

    `given` has a column for each of series, periods, value, denominator and provisional, as `storing.Whole`.
    """
    if not len(keys):
        return
    held, place = np.unique(given.periods, return_inverse=True)
    periods = Period.objects.in_bulk(held.tolist())
    kinds = [periods[pk] for pk in held.tolist()]
    months = np.array([month_index(one.start) if one.kind == Period.Kind.MONTH else 0 for one in kinds], dtype=np.int32)
    rows = {
        "series_id": given.series,
        "period_id": given.periods,
        "month": months[place],
        "observation_id": keys,
        "head_id": keys,
        "value": given.value,
        "denominator": given.denominator,
        "provisional": given.provisional,
    }
    missing = {"month": rows["month"] == 0, "denominator": np.isnan(given.denominator)}
    columns.insert(CurrentValue._meta.db_table, rows, missing)


def rebuild_of_batch(pk: int) -> None:
    """The periods one batch touched, after it was stored or withdrawn."""
    _rebuild(OF_A_BATCH, "mine.batch_id = %s", [pk])


def rebuild_all() -> None:
    """Every period of every series."""
    with transaction.atomic():
        _rebuild(ALL, "TRUE", [])


def _rebuild(rows: str, which: str, parameters: list[int]) -> None:
    month = MONTH[connection.vendor]
    if parameters:
        month = month.replace("%", "%%")
    with connection.cursor() as cursor:
        cursor.execute(REBUILD.substitute(rows=rows, which=which, month=month), parameters or None)
