"""Tables with a row an area under one or two rows of headings, as statistical bulletins print them.

Rows of areas are told by their code or, where there is none, by a name of an official area with figures beside it;
what stands above is a heading and what stands below a note. Headings of merged cells reach to the next one.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from measures.parsing.numbers import NotANumber, parse_number
from measures.parsing.official.areas import InOrder, OfficialArea, named, without_marks
from measures.parsing.official.found import View

LONGEST_NAME = 60  # characters
_CODE = re.compile(r"[EWKNS]\d{8}")
_NOTE_MARKS = re.compile(r"(?<=[A-Za-z)])\s?\d{1,2}(?:\s?,\s?\d{1,2})*(?=\)|$)")


class Column(NamedTuple):
    """`label` is the lowest heading over a column, `group` the one above it that reaches over it."""

    position: int
    label: str
    group: str


class AreaRow(NamedTuple):
    number: int
    text: str
    area: OfficialArea | None
    cells: Sequence[str]


def label_text(text: str) -> str:
    """A heading without line breaks and footnote marks: "Stalking and harassment", "Total (excluding fraud)"."""
    return _NOTE_MARKS.sub("", " ".join(text.split())).strip()


def find_row(view: View, words: str) -> int | None:
    """The first row with a cell that begins with these words, blanks and case aside."""
    positions = range(len(view.rows))
    return next((one for one in positions if any(cell.startswith(words) for cell in view.heads(one))), None)


def find_column(view: View, position: int, words: str) -> int | None:
    heads = view.heads(position)
    return next((index for index, cell in enumerate(heads) if cell.startswith(words)), None)


def columns(view: View, position: int, *, above: int = 1) -> list[Column]:
    """The columns under the headings at `position`, with the group from the row `above` rows higher."""
    labels, groups = view.rows[position], view.rows[position - above] if position >= above else ()
    found, group = [], ""
    for index in range(max(len(labels), len(groups))):
        group = label_text(_at(groups, index)) or group
        found.append(Column(index, label_text(_at(labels, index)), group))
    return found


def _at(row: Sequence[str], index: int) -> str:
    return row[index] if index < len(row) else ""


def area_rows(view: View, *, name: int, code: int | None, after: int) -> list[AreaRow]:
    """The rows of areas below row `after`. Long text with figures in it is a note, not a name."""
    found = []
    for position in range(after + 1, len(view.rows)):
        cells = view.rows[position]
        text, said = _at(cells, name).strip(), _at(cells, code).strip() if code is not None else ""
        if text and (_CODE.fullmatch(said) or _is_of_area(text, cells[name + 1 :])):
            found.append((view.numbers[position], text, said, cells))
    places = InOrder(text for _, text, _, _ in found)
    return [
        AreaRow(number, without_marks(text), places.named(text, said), cells) for number, text, said, cells in found
    ]


def _is_of_area(text: str, cells: Sequence[str]) -> bool:
    """Whether a row without a code is of an area: one that is known, even if it has marks alone for figures, or one
    that has figures."""
    if len(text) > LONGEST_NAME or not any(map(str.strip, cells)):
        return False
    return named(text) is not None or any(number(cell) is not None for cell in cells)


def number(text: str) -> float | None:
    """The figure in a cell, None where it holds none."""
    try:
        found = parse_number(text)
    except NotANumber:
        return None
    return None if found is None else float(found)
