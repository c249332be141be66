"""Checks of rows against each other and against the record: the same month twice, and what is far outside its
history."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from measures.parsing.mapping import BREAKDOWN, MONTH, NUMERATOR, VALUE
from measures.parsing.months import month_name
from measures.parsing.problems import WARNING, quote
from measures.parsing.table import TextColumn
from measures.validation.checked import Checked, number
from measures.validation.comparison import Current
from measures.validation.definitions import Figure, SeriesKey
from measures.validation.figure_checks import SCALE, Combined
from measures.validation.outliers import far_outside

BREAKDOWN_LENGTH = 120  # characters; what the record has room for


@dataclass(frozen=True)
class SeriesRows:
    """Which series each of n rows belongs to: `codes` int64[n] into `keys`, -1 for none."""

    codes: np.ndarray
    keys: tuple[SeriesKey, ...]


def series_of(checked: Checked, areas: np.ndarray, area_keys: Sequence[str]) -> SeriesRows:
    """Put measure, area (int[n] into area_keys, below 0 for none) and breakdown together."""
    breakdown_codes, breakdowns = _plain(checked.rows.breakdowns, len(checked.rows))
    placed = (checked.codes >= 0) & (areas >= 0)
    joined = (checked.codes.astype(np.int64) * max(1, len(area_keys)) + areas) * len(breakdowns) + breakdown_codes
    numbers, inverse = np.unique(joined[placed], return_inverse=True)
    codes = np.full(len(checked.rows), -1, dtype=np.int64)
    codes[placed] = inverse
    keys = []
    for joined_code in numbers.tolist():
        rest, breakdown = divmod(joined_code, len(breakdowns))
        measure, area = divmod(rest, max(1, len(area_keys)))
        keys.append(SeriesKey(checked.definitions[measure].slug, area_keys[area], breakdowns[breakdown]))
    return SeriesRows(codes, tuple(keys))


def _plain(column: TextColumn | None, rows: int) -> tuple[np.ndarray, list[str]]:
    """Codes int64[n] and the different texts, blanks at their ends aside; one text, "", where there is no column."""
    if column is None:
        return np.zeros(rows, dtype=np.int64), [""]
    found: dict[str, int] = {}
    by_text = np.array([found.setdefault(" ".join(text.split()), len(found)) for text in column.texts], dtype=np.int64)
    return by_text[column.codes], list(found)


def check_breakdowns(checked: Checked, series: SeriesRows) -> None:
    """A breakdown is a short name; a long one is usually a column of remarks."""
    long = np.array([len(key.breakdown) > BREAKDOWN_LENGTH for key in series.keys] + [False], dtype=bool)
    checked.find(
        "breakdown_too_long",
        long[series.codes],
        lambda i: (
            f"The breakdown has more than {BREAKDOWN_LENGTH} characters: "
            f"{quote(series.keys[series.codes[i]].breakdown)}. Check that the column is the right one."
        ),
        role=BREAKDOWN,
    )


def check_duplicates(checked: Checked, series: SeriesRows, combined: Combined) -> None:
    """The same series and month in two rows: the later row has the problem, neither is kept."""
    rows, months = checked.rows, checked.rows.months
    at = np.flatnonzero((series.codes >= 0) & (months >= 0) & ~combined.missing)
    at = at[
        np.lexsort((months[at], series.codes[at]))
    ]  # a stable sort: rows of the same month stay in the file's order
    if len(at) < 2:
        return
    again = np.r_[False, (series.codes[at][1:] == series.codes[at][:-1]) & (months[at][1:] == months[at][:-1])]
    leader = at[np.maximum.accumulate(np.where(again, 0, np.arange(len(at))))]
    first = np.full(len(rows), -1, dtype=np.int64)
    first[at[again]] = leader[again]
    checked.find(
        "duplicate_month",
        first >= 0,
        lambda i: _twice(checked, combined, int(first[i]), i),
        role=MONTH,
    )
    checked.sound[first[first >= 0]] = False


def _twice(checked: Checked, combined: Combined, first: int, again: int) -> str:
    rows = checked.rows
    what = f"{checked.name(again)} for {month_name(int(rows.months[again]))}"
    one, other = combined.printed[first], combined.printed[again]
    figures = "with the same figure" if one == other else f"with {number(one)} and {number(other)}"
    if np.isnan(one) or np.isnan(other):
        figures = "and not both can be read"
    where = f"Row {rows.row_numbers[first]:,} and row {rows.row_numbers[again]:,}"
    return f"{where} both give {what}, {figures}. Keep one of them."


def check_history(checked: Checked, series: SeriesRows, combined: Combined, current: Current) -> None:
    """Warn of figures far outside the history of their series; those the record already holds are not news."""
    at = np.flatnonzero(checked.sound & (series.codes >= 0) & ~np.isnan(combined.printed))
    held = _held(checked, series, at, current)
    counts = checked.of(lambda definition: definition.kind == "count")
    count_by_series = np.zeros(len(series.keys), dtype=bool)
    count_by_series[series.codes[at]] = counts[at]
    codes = np.r_[series.codes[at], held[0]]
    found, usual = far_outside(
        codes, np.r_[checked.rows.months[at], held[1]], np.r_[combined.printed[at], held[2]], count_by_series[codes]
    )
    around = np.full(len(checked.rows), np.nan)
    for position, median in zip(found.tolist(), usual.tolist(), strict=True):
        if position < len(at) and not _is_held(checked, series, combined, int(at[position]), current):
            around[at[position]] = median
    checked.find(
        "far_outside",
        ~np.isnan(around),
        lambda i: (
            f"{checked.name(i)} for {month_name(int(checked.rows.months[i]))} is "
            f"{number(combined.printed[i])}; the months around it are near {number(around[i])}. "
            "Check for a slip, and accept it if it is right."
        ),
        role=VALUE if VALUE in checked.columns else NUMERATOR,
        severity=WARNING,
    )


def _held(
    checked: Checked, series: SeriesRows, at: np.ndarray, current: Current
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Series codes, months and printed figures of what the record holds of these series and the file does not."""
    in_file: set[tuple[int, int]] = set()
    if current:
        in_file = set(zip(series.codes[at].tolist(), checked.rows.months[at].tolist(), strict=True))
    kinds = {definition.slug: definition.kind for definition in checked.definitions}
    found = [
        (code, month, _printed(figure, kinds[key.slug]))
        for code, key in enumerate(series.keys)
        for month, figure in current.get(key, {}).items()
        if (code, month) not in in_file
    ]
    codes, months, printed = zip(*found, strict=True) if found else ((), (), ())
    return np.array(codes, dtype=np.int64), np.array(months, dtype=np.int32), np.array(printed, dtype=np.float64)


def _printed(figure: Figure, kind: str) -> float:
    return figure.value / figure.denominator * SCALE.get(kind, 1) if figure.denominator else figure.value


def _is_held(checked: Checked, series: SeriesRows, combined: Combined, position: int, current: Current) -> bool:
    figure = current.get(series.keys[series.codes[position]], {}).get(int(checked.rows.months[position]))
    if figure is None:
        return False
    denominator = combined.denominator[position]
    return figure.value == combined.value[position] and (figure.denominator or 0) == np.nan_to_num(denominator)
