"""How a file's columns are to be read: a plain dictionary that a person confirms and JSON can hold.

    {"version": 1,
     "layout": "long" | "months_across" | "measures_across",
     "heading_row": 1,                       the row number of the headings
     "columns": {heading: role, ...},        roles below, or "ignore"
     "measure": "Burglary",                  optional: the measure, where no column names it
     "day_first": true,                      optional: 01/09/2019 is September (the default)
     "only": {heading: [text, ...]},         optional: rows with these texts alone; the rest are counted as left out
     "last_row": 120,                        optional: notes below this row are left out
     "measures": {text: slug or null},       optional: what a name in the file stands for, null to leave it out
     "areas": {text: slug or null}}          optional: the same for areas

long: a row a measure and month, or a measure and period with its start and end (see `spans`). months_across: a row a
measure; every heading without a role is a month. measures_across: a row a month; every heading without a role is a
measure. A column without a heading goes by its letter, "column A".

It is kept with its source and used again next month; `headings.propose` makes the first one, `layout.apply` uses it.
"""

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from measures.parsing.problems import Unreadable, column_letter, quote
from measures.parsing.table import Table, TextColumn

VERSION = 1
LONG, MONTHS_ACROSS, MEASURES_ACROSS = LAYOUTS = ("long", "months_across", "measures_across")
MONTH, MEASURE, AREA, BREAKDOWN, IGNORE = "month", "measure", "area", "breakdown", "ignore"
START, END, PERIOD = "start", "end", "period"  # of periods that are not months: first and last day, and the kind
VALUE, NUMERATOR, DENOMINATOR, MARGIN, SAMPLE_SIZE = FIGURES = (
    "value",
    "numerator",
    "denominator",
    "margin",
    "sample_size",
)
ROLES = (MONTH, START, END, PERIOD, MEASURE, AREA, BREAKDOWN, *FIGURES, IGNORE)


def headings(table: Table, position: int) -> list[str]:
    """A name a column: the text of its heading, or "column A" where that is blank. Blanks inside are made single."""
    cells = table.cells(position) if len(table) else []
    return [" ".join(cell.split()) or f"column {column_letter(i)}" for i, cell in enumerate(cells)]


def is_letter(name: str) -> bool:
    """Whether a name is that of a column without a heading."""
    return re.fullmatch(r"column [A-Z]{1,3}", name) is not None


def heading_position(table: Table, mapping: Mapping[str, Any]) -> int:
    if mapping.get("version") != VERSION or mapping.get("layout") not in LAYOUTS:
        raise Unreadable("mapping", "The saved column choices are from another version. Choose the columns again.")
    found = np.flatnonzero(table.row_numbers == mapping["heading_row"])
    if not len(found):
        row = mapping["heading_row"]
        raise Unreadable(
            "mapping", f"Row {row} should hold the headings but is blank or beyond the end. Choose the row again."
        )
    return int(found[0])


def checked_columns(table: Table, position: int, mapping: Mapping[str, Any]) -> dict[str, TextColumn]:
    """Heading -> column, after checking that the mapping and the file fit each other."""
    names = headings(table, position)
    row = int(table.row_numbers[position])
    for index, name in enumerate(names):
        if name in names[:index]:
            letters = f"{column_letter(names.index(name))} and {column_letter(index)}"
            message = f"Columns {letters} are both called {quote(name)}. Give each column its own heading."
            raise Unreadable("duplicate_heading", message, row, name)
    asked = {**mapping["columns"], **mapping.get("only", {})}
    absent = [quote(name) for name in asked if name not in names]
    if absent:
        there = ", ".join(map(quote, names[:20]))
        message = f"The file has no column called {' or '.join(absent[:5])}. Its columns are {there}."
        raise Unreadable("wrong_columns", f"{message} Choose the columns again.", row)
    check_roles(mapping)
    return dict(zip(names, table.columns, strict=True))


def check_roles(mapping: Mapping[str, Any]) -> None:
    """Raise Unreadable, with a sentence for whoever chose them, where the columns cannot make rows of figures."""
    roles = list(mapping["columns"].values())
    unknown = [role for role in roles if role not in ROLES]
    twice = [role for role in roles if role != IGNORE and roles.count(role) > 1]
    if unknown or twice:
        raise Unreadable("mapping", f"Choose one column, and one only, for {(unknown or twice)[0]}.")
    layout = mapping["layout"]
    spans = layout == LONG and {START, END} <= set(roles)
    if spans and MONTH in roles:
        raise Unreadable("mapping", "Choose either the month or the start and end of a period, not both.")
    if layout != MONTHS_ACROSS and MONTH not in roles and not spans:
        raise Unreadable("wrong_columns", "No column holds the month. Choose the one that does.")
    if layout != MEASURES_ACROSS and MEASURE not in roles and not mapping.get("measure"):
        raise Unreadable(
            "wrong_columns", "No column says which measure a row is for. Choose the column or the measure."
        )
    if layout == LONG and VALUE not in roles and not {NUMERATOR, DENOMINATOR} <= set(roles):
        raise Unreadable(
            "wrong_columns", "No column holds the figures. Choose the value, or the numerator and the denominator."
        )


def dropped(mapping: Mapping[str, Any], which: str = "measures") -> set[str]:
    """Names of measures (or "areas") a person chose to leave out."""
    return {text.strip() for text, slug in mapping.get(which, {}).items() if slug is None}


def unassigned(columns: Mapping[str, TextColumn], mapping: Mapping[str, Any]) -> list[str]:
    """The headings nobody gave a role, which an across layout turns into rows."""
    return [name for name in columns if name not in mapping["columns"] and not is_letter(name)]


def headings_by_role(mapping: Mapping[str, Any]) -> dict[str, str]:
    return {role: name for name, role in mapping["columns"].items() if role != IGNORE}
