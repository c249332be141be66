"""Figures into the record: one batch, all or nothing, superseding what has changed and storing nothing else.

Whatever brings figures in ends here: a file, a value entered by hand, the loading of an office's first years.
The caller holds a transaction.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import connection

from core import jobs
from core.audit import log_batch
from measures import current
from measures.models import CurrentValue, ImportBatch, Observation, Series
from measures.validation import Figure, is_same

IN_ONE_QUERY = 500  # keys named in one query: SQLite limits the parameters of a statement
AT_ONCE = 10_000  # rows handed to the database driver at a time
COLUMNS = (
    *("series_id", "period_id", "value", "denominator", "margin", "sample_size", "provisional"),
    *("batch_id", "row", "supersedes_id"),
)
INSERT = (
    "INSERT INTO measures_observation (series_id, period_id, value, denominator, margin, sample_size, provisional, "
    'batch_id, "row", supersedes_id) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)'
)

Cell = tuple[int, int]  # primary keys of a series and a period


@dataclass(frozen=True)
class Held:
    """The end of one period's chain: the last observation, and the figure that is current (None: all withdrawn)."""

    head: int
    figure: Figure | None


@dataclass(frozen=True)
class Given:
    """n figures to store: no cell twice. `rows` are row numbers in the file, None for a value that has none.

    `heads`, where a person has seen a preview: the end of each cell's chain at that time, 0 for none.
    """

    cells: Sequence[Cell]
    figures: Sequence[Figure]
    rows: Sequence[int | None]
    heads: Sequence[int] | None = None


class RecordMoved(Exception):
    """Somebody has stored other figures for the same periods since the preview was made; nothing has been written."""


@dataclass(frozen=True)
class Stored:
    new: int
    changed: int
    unchanged: int
    series: tuple[int, ...]  # primary keys of those with a new or changed figure

    @property
    def rows(self) -> int:
        return self.new + self.changed


def lock_series(pks: Iterable[int]) -> None:
    """One writer at a time for each series; always in one order, so that two batches cannot wait for each other.

    SQLite has one writer at a time anyway and ignores this.
    """
    if connection.vendor != "sqlite":
        for some in in_batches(sorted(set(pks))):
            list(Series.objects.select_for_update().filter(pk__in=some).order_by("pk").values_list("pk"))


def read_held(cells: Iterable[Cell]) -> dict[Cell, Held]:
    """What the record holds of the series named; where few periods are named, of those alone."""
    cells = list(cells)
    series, periods = {one for one, _ in cells}, {period for _, period in cells}
    found = CurrentValue.objects.all()
    if len(periods) <= IN_ONE_QUERY:
        found = found.filter(period_id__in=periods)
    columns = ("value", "denominator", "margin", "sample_size", "provisional")
    wanted = ("series_id", "period_id", "head_id", *(f"observation__{column}" for column in columns))
    held = {}
    for some in in_batches(sorted(series)):
        for one, period, head, *parts in found.filter(series_id__in=some).values_list(*wanted):
            held[one, period] = Held(head, None if parts[0] is None else Figure(*parts))
    return held


def store(batch: ImportBatch, given: Given) -> Stored:
    """Add what is new or changed, say what is current, log it as one event and ask for the signals anew.

    Raises RecordMoved where the record is not as `given` was told.
    """
    lock_series(series for series, _ in given.cells)
    held = read_held(given.cells)
    if given.heads is not None:
        now = [held[cell].head if cell in held else 0 for cell in given.cells]
        if now != list(given.heads):
            raise RecordMoved
    stored = _insert(batch, given, held)
    current.rebuild_of_batch(batch.pk)
    event = log_batch(Observation, batch=batch)
    batch.rows_digest, batch.rows_count = event.new_full["sha256"], event.new_full["count"]
    batch.save(update_fields=["rows_digest", "rows_count"])
    ask_for_signals(stored.series)
    return stored


def ask_for_signals(series: Iterable[int]) -> None:
    pks = sorted(set(series))
    if pks:
        jobs.enqueue("measures.recompute", pks, dedupe=True)


def _insert(batch: ImportBatch, given: Given, held: dict[Cell, Held]) -> Stored:
    counts = {"new": 0, "changed": 0}
    touched: set[int] = set()

    def rows() -> Iterator[tuple]:
        for cell, figure, row in zip(given.cells, given.figures, given.rows, strict=True):
            before = held.get(cell)
            known = before.figure if before else None
            if known is None:
                counts["new"] += 1
            elif is_same(known, figure):
                continue
            else:
                counts["changed"] += 1
            touched.add(cell[0])
            yield (*cell, *figure, batch.pk, row, before.head if before else None)

    with connection.cursor() as cursor:
        for some in in_batches(rows(), AT_ONCE):
            cursor.executemany(INSERT, some)
    unchanged = len(given.cells) - counts["new"] - counts["changed"]
    return Stored(counts["new"], counts["changed"], unchanged, tuple(sorted(touched)))


def withdraw(batch: ImportBatch) -> None:
    """Make current again what the batch superseded. Its state must have been saved as withdrawn."""
    touched = sorted(batch.observations.values_list("series_id", flat=True).distinct())
    lock_series(touched)
    current.rebuild_of_batch(batch.pk)
    ask_for_signals(touched)


def in_batches(items: Iterable, size: int = IN_ONE_QUERY) -> Iterator[list]:
    batch: list = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
