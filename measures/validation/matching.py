"""Names in a file against names in the record. Nothing is guessed: a name that is not known is listed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from measures.parsing.problems import quote
from measures.parsing.report import Collector
from measures.parsing.table import TextColumn
from measures.validation.definitions import Definition, plain_name

UNKNOWN = -1


@dataclass(frozen=True)
class Unplaced:
    """A name in the file that stands for nothing in the record: how many rows have it, and the first of them."""

    text: str
    rows: int
    first_row: int


@dataclass(frozen=True)
class Matches:
    """`codes` int32[n]: which of the known names each row has, or UNKNOWN."""

    codes: np.ndarray
    unknown: tuple[Unplaced, ...]


def measure_names(definitions: Sequence[Definition]) -> dict[str, int]:
    """Plain name -> position of the definition. A printed name or slug goes before another measure's alias."""
    aliases = {plain_name(name): i for i, definition in enumerate(definitions) for name in definition.names[1:]}
    printed = {plain_name(definition.name): i for i, definition in enumerate(definitions)}
    slugs = {plain_name(definition.slug): i for i, definition in enumerate(definitions)}
    return aliases | slugs | printed


def match(column: TextColumn, rows: np.ndarray, known: Mapping[str, int], decided: Mapping[str, int]) -> Matches:
    """Place each row of the column. `known`: plain name -> code. `decided`: text -> code, by a person; goes first."""
    chosen = {text.strip(): code for text, code in decided.items()}
    by_text = np.fromiter(
        (chosen.get(text.strip(), known.get(plain_name(text), UNKNOWN)) for text in column.texts),
        dtype=np.int32,
        count=len(column.texts),
    )
    codes = by_text[column.codes] if len(by_text) else np.empty(0, dtype=np.int32)
    return Matches(codes, _unplaced(column, rows, by_text == UNKNOWN))


def report_unknown(
    noun: str, code: str, unknown: Iterable[Unplaced], heading: str | None, collector: Collector
) -> None:
    """A problem a name, at its first row; a blank name is a problem of its own."""
    for entry in unknown:
        rows = "1 row" if entry.rows == 1 else f"{entry.rows:,} rows"
        message = (
            f"{quote(entry.text)} is not {noun} in the record ({rows}). Match it to one, or leave it out."
            if entry.text.strip()
            else f"The cell that should name {noun} is blank ({rows}). Fill it in, or leave the row out."
        )
        collector.add(code, message, row=entry.first_row, column=heading)


def _unplaced(column: TextColumn, rows: np.ndarray, chosen: np.ndarray) -> tuple[Unplaced, ...]:
    """The chosen texts that rows use, put together where they differ by blanks alone, in the order of the file."""
    if not chosen.any():
        return ()
    counts = column.counts()
    first = np.full(len(column.texts), np.iinfo(np.int32).max)
    np.minimum.at(first, column.codes, rows)
    found: dict[str, Unplaced] = {}
    for position in np.flatnonzero(chosen & (counts > 0)).tolist():
        text = column.texts[position].strip()
        before = found.get(text, Unplaced(text, 0, int(first[position])))
        found[text] = Unplaced(text, before.rows + int(counts[position]), min(before.first_row, int(first[position])))
    return tuple(sorted(found.values(), key=lambda entry: entry.first_row))
