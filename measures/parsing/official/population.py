"""Mid-year population estimates, in the layouts in which they are passed on: a row an area and year, a row an area, or
a row a year and a column a force.

Totals of regions and nations stand among the forces and are areas of their own. Households, and groups of forces that
have no code, are set aside. Rounded and unrounded editions differ by up to fifty people an area: the source says which.
"""

import re
from collections import Counter
from collections.abc import Callable

from measures.parsing.official import grid
from measures.parsing.official.areas import BY_CODE, FORCE, named, written
from measures.parsing.official.found import Check, Found, People, View
from measures.parsing.official.totals import check_totals

FORMAT = "Population estimates of police force areas"
LONG_HEADS = ["mid_year", "area_code", "area_name", "area_level", "measure", "value"]
CODED_HEADS = ["code", "name"]
METROPOLITAN = "E23000001"
MANY_PEOPLE = 5_000_000  # fewer than ever lived in the Metropolitan Police area; more than any count of offences there
FORCES = 30  # columns that name a force, of a table with a column a force
ROUNDED_PARTS = 700  # people: up to nine parts and a total, each rounded to 100
_YEAR = re.compile(r"mye ?(\d{4})|mid[- ](\d{4})|(\d{4})")


def is_wide(view: View) -> bool:
    """A row a year and a column a force, whatever it counts."""
    heads = view.heads()
    return heads[:1] == ["year"] and sum(_is_force(cell) for cell in heads[1:]) >= FORCES


def _is_force(text: str) -> bool:
    found = named(text)
    return found is not None and found.kind == FORCE


def recognises(view: View) -> bool:
    heads = view.heads()
    if heads[: len(LONG_HEADS)] == LONG_HEADS:
        return True
    if heads[:2] == CODED_HEADS and any(cell.startswith("mye") for cell in heads):
        return True
    return is_wide(view) and _people_in_london(view) > MANY_PEOPLE


def _people_in_london(view: View) -> float:
    column = next((i for i, cell in enumerate(view.rows[0]) if (f := named(cell)) and f.code == METROPOLITAN), None)
    return (grid.number(view.rows[1][column]) or 0) if column is not None and len(view.rows) > 1 else 0


def read(view: View) -> Found:
    heads = view.heads()
    reads: Callable[[View, Counter[str]], list[People]] = _wide
    if heads[: len(LONG_HEADS)] == LONG_HEADS:
        reads = _long
    elif heads[:2] == CODED_HEADS:
        reads = _coded
    aside: Counter[str] = Counter()
    people = reads(view, aside)
    cells: dict[str, dict[str, float | None]] = {}
    for one in people:
        if found := named(one.area):
            cells.setdefault(found.code, {})[f"mid-{one.year}"] = one.value
    years = sorted({one.year for one in people})
    return Found(
        format=FORMAT,
        title=f"Populations of police force areas, mid-{years[0]} to mid-{years[-1]}" if years else "Populations",
        notes=("Kept: how many people lived in each area in the middle of each year, as the file has it.",),
        people=people,
        unit="rows" if reads is _long else "cells",
        read=len(people) + sum(aside.values()),
        kept=len(people),
        aside=aside,
        checks=tuple(_checks(cells)),
    )


def _checks(cells: dict[str, dict[str, float | None]]) -> list[Check]:
    return check_totals(cells, tolerance=ROUNDED_PARTS)


def _long(view: View, aside: Counter[str]) -> list[People]:
    without = _totals_without_a_force(view)
    found: dict[People, None] = {}
    said: set[tuple[str, int, int]] = set()
    for number, row in zip(view.numbers[1:], view.rows[1:], strict=True):
        value, year = grid.number(row[5]), _year(row[0])
        if row[4].strip() != "population":
            aside["Households, for which the record has no place"] += 1
        elif value is None or year is None:
            aside["Rows without a year or a number"] += 1
        elif (*row[6:7], row[0], row[1]) in without:
            aside["Totals of an edition that leaves a force out"] += 1
        else:
            one = People(number, written(row[2], row[1], region=row[3] == "region"), year, round(value))
            aside["Rows that say the same number again"] += one[1:] in said
            found |= {} if one[1:] in said else {one: None}
            said.add(one[1:])
    return list(found)


def _totals_without_a_force(view: View) -> set[tuple[str, ...]]:
    """(source, year, code) of the totals that one edition prints without one of the forces in them: it gives no number
    for the force, and its region and nation are then too small."""
    short = set()
    for row in view.rows[1:]:
        area = BY_CODE.get(row[1].strip())
        if row[4].strip() == "population" and grid.number(row[5]) is None and area:
            while area.within:
                area = BY_CODE[area.within]
                short.add((*row[6:7], row[0], area.code))
    return short


def _coded(view: View, aside: Counter[str]) -> list[People]:
    years = {index: year for index, cell in enumerate(view.heads()) if (year := _year(cell)) and cell.startswith("mye")}
    people = []
    for number, row in zip(view.numbers[1:], view.rows[1:], strict=True):
        for index, cell in enumerate(row[2:], 2):
            value = grid.number(cell)
            if index not in years:
                aside["Households, for which the record has no place"] += bool(cell.strip())
            elif not row[0].strip():
                aside["A group of forces without a code of its own"] += 1
            elif value is None:
                aside["Cells without a number"] += 1
            else:
                people.append(People(number, written(row[1], row[0]), years[index], round(value)))
    return people


def _wide(view: View, aside: Counter[str]) -> list[People]:
    people = []
    for number, row in zip(view.numbers[1:], view.rows[1:], strict=True):
        year = _year(row[0])
        for heading, cell in zip(view.rows[0][1:], row[1:], strict=False):
            value = grid.number(cell)
            if year is None or value is None:
                aside["Cells without a year or a number"] += 1
            else:
                people.append(People(number, written(heading), year, round(value)))
    return people


def _year(text: str) -> int | None:
    match = _YEAR.fullmatch(text.strip().casefold())
    return int(next(filter(None, match.groups()))) if match else None
