"""What is held now for each series and period, rebuilt from the observations. Idempotent, with nobody's name on it.

The last observation whose batch has not been withdrawn is current; within a period the order of primary keys is the
order of superseding. One statement does it inside the database, whatever the number of figures.
"""

from string import Template

from django.db import connection, transaction

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
