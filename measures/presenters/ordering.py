"""The scorecard in another order than the plan's: by any column, what has no value always last."""

from collections.abc import Callable, Iterable

from measures.presenters.scorecard import Row

PEER_ORDER = ("peers-less", "peers-in-line-below", "peers-in-line-above", "peers-greater")
COMMENTARY_ORDER = ("", "draft", "review", "approved")
Key = float | int | str | None


def _peers(row: Row) -> Key:
    places = [PEER_ORDER.index(one.slug) for one in row.peers if one.slug in PEER_ORDER]
    return places[0] if places else None


ORDERS: dict[str, Callable[[Row], Key]] = {
    "measure": lambda row: row.measure.short_name.casefold(),
    "quarter": lambda row: row.values.get("quarter"),
    "change": lambda row: row.values.get("change"),
    "rolling": lambda row: row.values.get("rolling"),
    "rolling_change": lambda row: row.values.get("rolling_change"),
    "usual": lambda row: row.values.get("usual"),
    "peers": _peers,
    "signals": lambda row: row.signal_count or None,
    "commentary": lambda row: COMMENTARY_ORDER.index(row.commentary),
}


def in_order(rows: Iterable[Row], column: str, *, falling: bool) -> list[Row]:
    """Rows by one column; equal ones keep the order they came in, those without a value stand last either way."""
    key = ORDERS[column]
    known, unknown = [], []
    for row in rows:
        (unknown if key(row) is None else known).append(row)
    return [*sorted(known, key=key, reverse=falling), *unknown]
