"""What each column of a table seems to be: a proposal for a person to confirm.

Headings are matched with ALIASES first; where they say nothing the cells decide (mostly months, mostly numbers). A
proposal is a mapping in the form `layout` applies, so confirming it changes nothing but a person's name beside it.
Every column is in it: what is not used is listed as left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from measures.parsing.mapping import (
    AREA,
    BREAKDOWN,
    DENOMINATOR,
    END,
    IGNORE,
    LONG,
    MARGIN,
    MEASURE,
    MEASURES_ACROSS,
    MONTH,
    MONTHS_ACROSS,
    NUMERATOR,
    PERIOD,
    SAMPLE_SIZE,
    START,
    VALUE,
    VERSION,
    headings,
    is_letter,
)
from measures.parsing.months import NotAMonth, parse_month
from measures.parsing.numbers import NotANumber, parse_number
from measures.parsing.table import Table, TextColumn

# The better the alias, the earlier it stands.
ALIASES: Mapping[str, tuple[str, ...]] = {
    MONTH: ("month", "month ending", "period", "date", "month year", "reporting month", "reporting period", "mmm yy"),
    START: ("start", "period start", "start date", "from", "first day"),
    END: ("end", "period end", "end date", "to", "last day"),
    PERIOD: ("period kind", "kind of period", "period type", "period"),
    MEASURE: ("measure", "measure name", "indicator", "series", "metric", "measure title", "offence", "offence group")
    + ("crime type", "offence type", "offence category", "type", "category", "name"),
    VALUE: ("value", "count", "figure", "number", "total", "offences", "incidents", "observation", "n"),
    NUMERATOR: ("numerator", "num"),
    DENOMINATOR: ("denominator", "denom", "base", "out of"),
    MARGIN: ("margin", "margin of error", "confidence interval"),
    SAMPLE_SIZE: ("sample size", "sample", "respondents", "n"),
    AREA: ("area", "force", "police force", "force id", "force name", "area name", "area code", "pfa", "district")
    + ("org code", "reported by"),
    BREAKDOWN: ("breakdown", "subgroup", "sub group", "group", "type", "category"),
}
LONGER_PERIODS = ("year", "quarter", "rolling", "12 month", "twelve month")  # words of a heading that is not monthly

HEADING_ROWS = 30  # rows from the top among which the heading is looked for
SAMPLE_TEXTS = 200  # different texts of a column looked at


@dataclass(frozen=True)
class Proposal:
    """`mapping` for `layout.apply`; `headings` in the order of the file; `ignored` those it leaves out; `notes`
    sentences
    about what a person should look at; `needs_measure`: no column says which measure this is, so the person must."""

    mapping: dict[str, Any]
    headings: tuple[str, ...]
    ignored: tuple[str, ...]
    notes: tuple[str, ...]
    needs_measure: bool


def propose(table: Table, heading: int | None = None) -> Proposal:
    """Guess heading row, layout and roles. Always gives a mapping; `apply` says what is wrong with it.

    heading: the row number of the headings, where a person has said so.
    """
    said = np.flatnonzero(table.row_numbers == heading)
    heading_row = int(said[0]) if len(said) else _heading_row(table)
    names = headings(table, heading_row)
    body = [column.taken(np.arange(len(table)) > heading_row) for column in table.columns]
    across = [name for name in names if is_month(name)]
    if len(across) >= 2:
        layout, roles = MONTHS_ACROSS, _months_across(names, body, set(across))
    else:
        layout, roles = _months_down(names, body)
    columns = {name: roles.get(name, IGNORE) for name in names if name not in across or layout != MONTHS_ACROSS}
    if layout == MEASURES_ACROSS:
        columns = {name: role for name, role in columns.items() if role != VALUE}
    for name in names:
        if is_letter(name) and columns.get(name) == IGNORE:  # never left out by default: `apply` says what is in it
            del columns[name]
    mapping = {
        "version": VERSION,
        "layout": layout,
        "heading_row": int(table.row_numbers[heading_row]) if len(table) else 1,
        "columns": columns,
    }
    ignored = tuple(name for name, role in columns.items() if role == IGNORE)
    needs_measure = layout != MEASURES_ACROSS and MEASURE not in columns.values()
    return Proposal(mapping, tuple(names), ignored, tuple(_notes(columns, names)), needs_measure)


def _heading_row(table: Table) -> int:
    """The first row that is about as wide as the table and holds no figures; 0 when there is none."""
    rows = table.head(HEADING_ROWS)
    widths = [sum(bool(cell.strip()) for cell in row) for row in rows]
    usual = int(np.median(widths)) if widths else 0
    for position, (row, width) in enumerate(zip(rows, widths, strict=True)):
        if width >= max(2, usual - 1) and not any(_is_number(cell) and not is_month(cell) for cell in row):
            return position
    return 0


def _months_across(names: Sequence[str], body: Sequence[TextColumn], across: set[str]) -> dict[str, str]:
    others = [name for name in names if name not in across]
    roles = _by_alias(others, (MEASURE, AREA, BREAKDOWN))
    if MEASURE not in roles.values():
        texts = [name for name in others if name not in roles and _share(body[names.index(name)], _is_words) > 0.5]
        roles |= dict.fromkeys(texts[:1], MEASURE)
    return roles


def _months_down(names: Sequence[str], body: Sequence[TextColumn]) -> tuple[str, dict[str, str]]:
    spans = _by_alias(names, (START, END, PERIOD))
    if {START, END} <= set(spans.values()):
        others = (VALUE, NUMERATOR, DENOMINATOR, MEASURE, MARGIN, SAMPLE_SIZE, AREA, BREAKDOWN)
        return LONG, spans | _by_alias([name for name in names if name not in spans], others)
    roles = _by_alias(names, (MONTH, VALUE, NUMERATOR, DENOMINATOR, MEASURE, MARGIN, SAMPLE_SIZE, AREA, BREAKDOWN))
    if MONTH not in roles.values():
        candidates = [name for name in names if name not in roles and not _is_longer(name)]
        months = [name for name in candidates if _share(body[names.index(name)], is_month) > 0.5]
        roles |= dict.fromkeys(months[:1], MONTH)
    numeric = [name for name in names if name not in roles and _share(body[names.index(name)], _is_number) > 0.5]
    if not {VALUE, NUMERATOR} & set(roles.values()):
        if len(numeric) != 1:
            down = {name: BREAKDOWN if role == MEASURE else role for name, role in roles.items()}
            return MEASURES_ACROSS, down | dict.fromkeys(numeric, VALUE)
        roles[numeric[0]] = VALUE
    if MEASURE not in roles.values():
        roles = {name: MEASURE if role == BREAKDOWN else role for name, role in roles.items()}
    words = [name for name in names if name not in roles and _share(body[names.index(name)], _is_words) > 0.5]
    if MEASURE not in roles.values() and len(words) == 1:
        roles[words[0]] = MEASURE
    return LONG, roles


def _by_alias(names: Sequence[str], roles: Sequence[str]) -> dict[str, str]:
    """Heading -> role: each role to the heading with its best alias, each heading to one role."""
    plain = {name: " ".join(name.casefold().replace("_", " ").replace("-", " ").split()) for name in names}
    found: dict[str, str] = {}
    for role in roles:
        ranked = sorted(
            (ALIASES[role].index(plain[name]), position, name)
            for position, name in enumerate(names)
            if name not in found and plain[name] in ALIASES[role]
        )
        if ranked:
            found[ranked[0][2]] = role
    return found


def _notes(columns: Mapping[str, str], names: Sequence[str]) -> list[str]:
    notes = []
    longer = [name for name in names if _is_longer(name)]
    if longer and not {START, END} <= set(columns.values()):
        notes.append(
            f"“{longer[0]}” sounds like a period longer than a month. Single months cannot be recovered from rolling "
            "or yearly totals; to import those as they are, give each row the start and the end of its period."
        )
    ignored = [name for name, role in columns.items() if role == IGNORE]
    if ignored:
        notes.append("Left out unless you say otherwise: " + ", ".join(f"“{name}”" for name in ignored) + ".")
    return notes


def _is_longer(name: str) -> bool:
    plain = name.casefold().replace("_", " ")
    return any(word in plain for word in LONGER_PERIODS) and "month year" not in plain


def _share(column: TextColumn, test: Any) -> float:
    """The share of the first different texts, blanks aside, that pass the test."""
    used = [column.texts[code] for code in np.flatnonzero(column.counts())[:SAMPLE_TEXTS]]
    texts = [text for text in used if text.strip()]
    return sum(map(test, texts)) / len(texts) if texts else 0.0


def is_month(text: str) -> bool:
    try:
        parse_month(text)
    except NotAMonth:
        return False
    return True


def _is_number(text: str) -> bool:
    try:
        return parse_number(text) is not None
    except NotANumber:
        return False


def _is_words(text: str) -> bool:
    return not _is_number(text) and not is_month(text)
