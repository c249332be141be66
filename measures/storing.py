"""Figures into the record: one batch, all or nothing, superseding what has changed and storing nothing else.

Whatever brings figures in ends here: a file, a value entered by hand, the loading of an office's first years.
The caller holds a transaction.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from core import jobs
from core.audit import digest_parts, log_batch
from measures import columns, current
from measures.models import CurrentValue, ImportBatch, Observation, Series
from measures.validation import Figure

DIGESTED_AT_ONCE = 5_000  # rows
IN_ONE_QUERY = 500  # keys named in one query: SQLite limits the parameters of a statement
TABLE = Observation._meta.db_table
HELD = f"{CurrentValue._meta.db_table} c LEFT JOIN {TABLE} o ON o.id = c.observation_id"
HELD_COLUMNS = {
    "c.series_id": "i8",
    "c.period_id": "i8",
    "c.head_id": "i8",
    "c.provisional": "?",
    **dict.fromkeys(("c.value", "c.denominator", "o.margin", "o.sample_size"), "f8"),
}
FIGURE = ("value", "denominator", "margin", "sample_size")

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

    def whole(self) -> "Whole":
        parts = [np.array([figure[place] for figure in self.figures], dtype=np.float64) for place in range(4)]
        cells = np.array(self.cells, dtype=np.int64).reshape(-1, 2)
        return Whole(
            cells[:, 0],
            cells[:, 1],
            *parts,
            np.array([figure.provisional for figure in self.figures], dtype=bool),
            np.array([row or 0 for row in self.rows], dtype=np.int32),
            None if self.heads is None else np.array(self.heads, dtype=np.int64),
        )


@dataclass(frozen=True)
class Whole:
    """The same as columns: `series`, `periods` int64[n], each part of a figure float64[n] with NaN for none,
    `provisional` bool[n], `rows` int32[n] with 0 for none, `heads` int64[n]."""

    series: NDArray[np.int64]
    periods: NDArray[np.int64]
    value: NDArray[np.float64]
    denominator: NDArray[np.float64]
    margin: NDArray[np.float64]
    sample_size: NDArray[np.float64]
    provisional: NDArray[np.bool_]
    rows: NDArray[np.int32]
    heads: NDArray[np.int64] | None = None

    def __len__(self) -> int:
        return len(self.series)

    def taken(self, which: NDArray[np.bool_]) -> "Whole":
        """The figures of a mask bool[n] alone."""
        held = {field.name: getattr(self, field.name) for field in fields(self)}
        return Whole(**{name: None if column is None else column[which] for name, column in held.items()})


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


def store(batch: ImportBatch, given: Given | Whole) -> Stored:
    """Add what is new or changed, say what is current, log it as one event and ask for the signals anew.

    Raises RecordMoved where the record is not as `given` was told.
    """
    whole = given.whole() if isinstance(given, Given) else given
    lock_series(np.unique(whole.series).tolist())
    heads, known, same = _beside_the_record(whole)
    if whole.heads is not None and (whole.heads != heads).any():
        raise RecordMoved
    kept = whole.taken(~same)
    heads = heads[~same]
    rows, missing = _rows(batch, kept, heads)
    with ThreadPoolExecutor(1) as aside:  # the digest is made while the database is writing
        digest = aside.submit(digest_parts, _parts(rows, missing))
        columns.insert(TABLE, rows, missing)
        first = heads == 0
        current.add(rows["id"][first], kept.taken(first))
        if not first.all():
            current.rebuild_of_batch(batch.pk)
        event = log_batch(Observation, digest=digest.result(), batch=batch)
    batch.rows_digest, batch.rows_count = event.new_full["sha256"], event.new_full["count"]
    batch.save(update_fields=["rows_digest", "rows_count"])
    touched = tuple(np.unique(kept.series).tolist())
    ask_for_signals(touched)
    unchanged = int(same.sum())
    changed = int(known.sum()) - unchanged
    return Stored(len(whole) - changed - unchanged, changed, unchanged, touched)


def ask_for_signals(series: Iterable[int]) -> None:
    pks = sorted(set(series))
    if pks:
        jobs.enqueue("measures.recompute", pks, dedupe=True)


def _beside_the_record(whole: Whole) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.bool_]]:
    """For each cell the end of its chain (0: none), whether a figure is current, and whether it is the very figure."""
    series, of_series = np.unique(whole.series, return_inverse=True)
    periods, of_period = np.unique(whole.periods, return_inverse=True)
    heads, none = np.zeros(len(whole), dtype=np.int64), np.zeros(len(whole), dtype=bool)
    held = columns.read(HELD, HELD_COLUMNS, among={"c.series_id": series, "c.period_id": periods})
    if not len(held):
        return heads, none, none
    keys = np.searchsorted(series, held["c.series_id"]) * len(periods) + np.searchsorted(periods, held["c.period_id"])
    order = np.argsort(keys)
    wanted = of_series * len(periods) + of_period
    place = order[np.minimum(np.searchsorted(keys, wanted, sorter=order), len(order) - 1)]
    found = keys[place] == wanted
    before = held[place]
    known = found & ~np.isnan(before["c.value"])
    same = known & (whole.provisional | ~before["c.provisional"])  # as validation.is_same has it
    for name in FIGURE:
        one, other = getattr(whole, name), before[f"{'c' if name in FIGURE[:2] else 'o'}.{name}"]
        same &= (one == other) | (np.isnan(one) & np.isnan(other))
    return np.where(found, before["c.head_id"], 0), known, same


def _rows(
    batch: ImportBatch, whole: Whole, heads: NDArray[np.int64]
) -> tuple[dict[str, NDArray], dict[str, NDArray[np.bool_]]]:
    """Every column of the rows to add, and where those that may be empty are; new primary keys in the order given."""
    size = whole.sample_size
    rows: dict[str, NDArray] = {
        "id": columns.reserve(TABLE, len(whole)),
        "series_id": whole.series,
        "period_id": whole.periods,
        "value": whole.value,
        "denominator": whole.denominator,
        "margin": whole.margin,
        "sample_size": np.nan_to_num(size).astype(np.int32),
        "provisional": whole.provisional,
        "batch_id": np.full(len(size), batch.pk, dtype=np.int64),
        "row": whole.rows,
        "supersedes_id": heads,
    }
    missing = {name: np.isnan(rows[name]) for name in ("denominator", "margin")}
    missing |= {name: rows[name] == 0 for name in ("row", "supersedes_id")} | {"sample_size": np.isnan(size)}
    return rows, missing


def _parts(rows: columns.Columns, missing: Mapping[str, NDArray[np.bool_]]) -> Iterator[dict[str, list]]:
    """The rows as the database will give them back, some thousand at a time."""
    count = len(rows["id"])
    for start in range(0, count, DIGESTED_AT_ONCE):
        part = slice(start, start + DIGESTED_AT_ONCE)
        yield {name: columns.as_list(values[part], missing.get(name), part) for name, values in rows.items()}


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
