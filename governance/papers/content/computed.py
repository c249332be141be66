"""Cells of a table that are worked out from the figures above them: total, average, change. Pure.

Such a cell refers to no measure but to its own column: `<data data-figure="table.total">`. It is worked out from what
is printed above it, so that a reader who adds up gets the same; a figure that may not be shown leaves it unshown, and
one that is marked OFFICIAL-SENSITIVE marks it. What was typed into it is never kept.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from html import escape

from core.documents import richtext
from core.documents.blocks import Cell, Table, to_html, without_notes
from governance.papers.content.glossary import plain
from governance.papers.content.tables import CLOCK, NUMBER, PER_CENT, SECONDS, number_of, seconds_of
from measures.trends import formatting

KINDS = {
    "total": "the total of the figures above",
    "average": "their average",
    "change": "the last of them less the first",
    "percentage": "that change in per cent of the first",
}
PREFIX = "table."
CODE = re.compile(r"(<t[dh]\b[^>]*>)\{\s*(total|average|change|percentage)(?: change)?\s*\}(?=</t[dh]>)")
TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
REFERENCE = re.compile(rf'<data data-figure="{re.escape(PREFIX)}([a-z]+)">.*?</data>', re.DOTALL)
ASIDE = re.compile(r"\([^)]*\)")  # "(provisional)" behind a figure
HIDDEN = re.compile(r"not shown|fewer than \d+", re.IGNORECASE)
NOT_AVAILABLE, NOT_SHOWN = "not available", "not shown"
SHARES = (PER_CENT, SECONDS)


class CannotWorkOut(ValueError):
    """Why a cell cannot be worked out, as a sentence for the author."""


@dataclass(frozen=True)
class _Read:
    """One printed figure: its value, what it is in (nothing, per cent, seconds), and how many decimals it has."""

    value: Fraction
    unit: str
    places: int


def is_computed(reference: str) -> bool:
    return reference.startswith(PREFIX)


def coded(html: str) -> str:
    """With `{total}` and the like, where they are all that stands in a cell, as references."""
    return CODE.sub(rf'\1<data data-figure="{PREFIX}\2">\2</data>', html)


def worked_out(html: str, problems: list[str], *, keep: bool) -> str:
    """The text with such cells worked out; `keep` leaves the reference around each, for whoever goes on writing."""
    if f'data-figure="{PREFIX}' not in html:
        return html

    def put(found: re.Match[str]) -> str:
        made = [_table(one, problems, keep) if isinstance(one, Table) else one for one in richtext.parse(found[0])]
        return to_html(made)

    done = TABLE.sub(put, html)
    return done if keep else REFERENCE.sub(NOT_AVAILABLE, done)


def _table(table: Table, problems: list[str], keep: bool) -> Table:
    above: list[tuple[Cell, ...]] = []
    body = []
    for row in table.body:
        if not any(REFERENCE.search(cell.html) for cell in row):
            above.append(row)
            body.append(row)
            continue
        body.append(tuple(_cell(cell, place, above, problems, keep) for place, cell in enumerate(row)))
    return replace(table, body=tuple(body))


def _cell(cell: Cell, place: int, above: Sequence[tuple[Cell, ...]], problems: list[str], keep: bool) -> Cell:
    found = REFERENCE.search(cell.html)
    if found is None:
        return cell
    sources: list[Cell] = []
    try:
        sources = _above(place, above)
        text = _said(found[1], [plain(without_notes(one.html)) for one in sources])
    except CannotWorkOut as problem:
        problems.append(str(problem))
        text = NOT_AVAILABLE
    said = escape(text, quote=False)
    said = f'<data data-figure="{PREFIX}{found[1]}">{said}</data>' if keep else said
    return replace(cell, html=f"<mark>{said}</mark>" if any("<mark>" in one.html for one in sources) else said)


def _above(place: int, rows: Sequence[tuple[Cell, ...]]) -> list[Cell]:
    if any(cell.colspan > 1 or cell.rowspan > 1 for row in rows for cell in row):
        raise CannotWorkOut("A row is not worked out in a table with joined cells: take them apart.")
    return [row[place] for row in rows if place < len(row)]


def _said(kind: str, words: Sequence[str]) -> str:
    if kind not in KINDS:
        raise CannotWorkOut(f"A cell of a table is to be “{kind}”, which is none of {', '.join(KINDS)}.")
    if any(HIDDEN.search(one) for one in words):
        return NOT_SHOWN
    read = [_read(one) for one in words]
    if len(read) < 2:
        raise CannotWorkOut("A row of a table is worked out from two rows above it or more.")
    units = {one.unit for one in read}
    if len(units) > 1:
        raise CannotWorkOut("The figures above a worked-out cell of a table are not all in the same unit.")
    return WAYS[kind](read, units.pop())


def _read(words: str) -> _Read:
    said = " ".join(ASIDE.sub("", words).split()).replace(" per cent", "%")
    if found := NUMBER.fullmatch(said.replace("+", "", 1) if said.startswith("+") else said):
        value, unit = number_of(found)
        return _Read(Fraction(value), unit, -int(value.as_tuple().exponent) if isinstance(value, Decimal) else 0)
    if found := CLOCK.fullmatch(said):
        value, unit = seconds_of(found)
        return _Read(Fraction(value), unit, 0)
    raise CannotWorkOut(f"“{said or 'An empty cell'}” above a worked-out cell of a table is no figure.")


def _total(read: Sequence[_Read], unit: str) -> str:
    return _written(sum((one.value for one in read), Fraction()), unit, _places(read))


def _average(read: Sequence[_Read], unit: str) -> str:
    if unit in SHARES:
        raise CannotWorkOut(
            "An average of percentages or of average times is not that of the whole: take the figure of the whole."
        )
    return _written(sum((one.value for one in read), Fraction()) / len(read), unit, max(1, _places(read)))


def _change(read: Sequence[_Read], unit: str) -> str:
    difference = read[-1].value - read[0].value
    if unit == PER_CENT:
        return formatting.points_text(difference, _places(read), "table", signed=True)
    return _written(difference, unit, _places(read), signed=True)


def _percentage(read: Sequence[_Read], unit: str) -> str:
    if unit == PER_CENT:
        raise CannotWorkOut("The change of a percentage is said in percentage points: use “change”.")
    if not read[0].value:
        raise CannotWorkOut("The first figure of a column is nought, so a change from it has no percentage.")
    return formatting.per_cent_text(100 * (read[-1].value / read[0].value - 1), 1, "table", signed=True)


def _places(read: Sequence[_Read]) -> int:
    return max(one.places for one in read)


def _written(value: Fraction, unit: str, places: int, *, signed: bool = False) -> str:
    if unit == SECONDS:
        return formatting.duration_text(value, "table", signed=signed)
    return formatting.number_text(value, places, signed=signed) + ("%" if unit == PER_CENT else "")


WAYS: dict[str, Callable[[Sequence[_Read], str], str]] = {
    "total": _total,
    "average": _average,
    "change": _change,
    "percentage": _percentage,
}
