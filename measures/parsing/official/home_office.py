"""Open tables of the Home Office on the police workforce and on the use of force, as workbooks and as lists.

Workforce: numbers at a date ("As at: 30 September 2018"), full-time equivalents or heads; changes are set aside. Use of
force: counts of a financial year by region and force. The tables of the use of force that are of the whole country
alone, by tactic and by who was subjected to it, are not of areas and are refused with that reason. Counts are written
as floats there, which changes nothing.
"""

import re
from collections import Counter
from collections.abc import Mapping

from measures.parsing.months import month_name
from measures.parsing.official import grid, periods
from measures.parsing.official.areas import TRANSPORT, named, without_marks
from measures.parsing.official.found import SAMPLE, Found, Line, Question, View
from measures.parsing.official.totals import check_totals
from measures.parsing.problems import Unreadable

WORKFORCE, FORCE_USED = "Home Office police workforce", "Home Office use of force"
FULL_TIME = ("hours", "full-time equivalents")  # a quantity that is not whole; the unit says of what
HEADS_COUNTED = ("count", "people")
INCIDENTS = ("count", "incidents")
_TITLE = re.compile(r"table \d+[:.]\s*(.+?)(?: by (?:type and )?police force\b.*)?$", re.IGNORECASE)
_ASIDE = re.compile(r"\s*\([^)]*\)")  # in a title: the sections of the Act
_FIRST = ("Table_1", "Table_12")  # the first table by force of the workforce and of the use of force
_CONTENTS_OF_FORCE = "Contents"


def prefers(sheets: list[str]) -> str | None:
    """Past the cover and the contents."""
    if sheets[:1] == ["Index"] and _FIRST[0] in sheets:
        return _FIRST[0]
    return _FIRST[1] if _CONTENTS_OF_FORCE in sheets and _FIRST[1] in sheets else None


def recognises(view: View) -> bool:
    title = (view.heads() or [""])[0]
    if view.heads() == ["region", "police force", "total"]:
        return True
    numbered = re.match(r"table \d+[:.] ", title) is not None
    return (numbered and view.sheet.startswith("Table_")) or title.startswith(
        ("police workforce, england and wales", "police use of force statistics")
    )


def read(view: View) -> Found:
    """Raises Unreadable with a sentence for a sheet of which nothing is kept."""
    if grid.find_row(view, "as at") is not None:
        return _workforce(view)
    if (position := _position(view, "police force")) is not None and _position(view, "region") == position:
        return _force_used(view, position)
    if "by police force" in (view.heads() or [""])[0]:
        raise _refusal("It is not laid out as it used to be: no date and no column of forces was found.")
    raise _refusal("It has no rows of areas: it is of the whole country, or a list. Choose a table by police force.")


def _position(view: View, words: str) -> int | None:
    return next((i for i in range(min(12, len(view.rows))) if words in view.heads(i)), None)


def _refusal(why: str) -> Unreadable:
    return Unreadable("nothing_kept", f"This sheet is not imported. {why}")


def _name(view: View) -> str:
    match = _TITLE.match(" ".join(view.rows[0][0].split()))
    return without_marks(_ASIDE.sub("", match[1] if match else view.rows[0][0]))


def _workforce(view: View) -> Found:
    top = grid.find_row(view, "as at") or 0
    position = next((i for i in range(top, min(top + 4, len(view.rows))) if _dates(view, i)), None)
    if position is None:
        raise _refusal("The dates it is as at cannot be read.")
    dates = _dates(view, position)
    kind = HEADS_COUNTED if any("headcount" in view.heads(i) for i in range(top + 1)) else FULL_TIME
    name = f"{_name(view)} ({'headcount' if kind == HEADS_COUNTED else 'full-time equivalents'})"
    aside: Counter[str] = Counter()
    lines, cells = [], dict[str, dict[str, float | None]]()
    for row in grid.area_rows(view, name=0, code=None, after=position):
        area, second = _whole(row)
        filled = [index for index, cell in enumerate(row.cells) if index and cell.strip()]
        aside["Changes since earlier dates, which are worked out"] += sum(index not in dates for index in filled)
        if second:
            aside["A second total, with British Transport Police"] += sum(index in dates for index in filled)
            continue
        at = {month_name(dates[index]): row.cells[index] for index in filled if index in dates}
        lines += [
            Line(row.number, name, area, "", dates[index], dates[index], SAMPLE, row.cells[index])
            for index in filled
            if index in dates
        ]
        if found := named(area):
            cells[found.code] = {when: grid.number(text) for when, text in at.items()}
    return Found(
        format=WORKFORCE,
        title=f"{name} at {', '.join(month_name(month) for month in sorted(dates.values()))}",
        notes=("Kept: the number at each date, as a sample of that month; it is not a figure of the whole month.",),
        lines=lines,
        unit="cells",
        read=len(lines) + sum(aside.values()),
        kept=len(lines),
        aside={reason: many for reason, many in aside.items() if many},
        checks=tuple(check_totals(_without_transport(cells))),
        measures={name: kind},
    )


def _dates(view: View, position: int) -> dict[int, int]:
    """Column -> month of the dates in a row."""
    found = {}
    for index, cell in enumerate(view.rows[position]):
        month = periods.month_of(cell) if index and any(letter.isdigit() for letter in cell) else None
        if month is not None and len(cell.strip()) > 6:
            found[index] = month
    return found


def _whole(row: grid.AreaRow) -> tuple[str, bool]:
    """The area a row is of, and whether it is a total that repeats another with the transport police added."""
    bare = row.text.casefold()
    if bare in ("total 43 forces", "total"):
        return named("England and Wales").name, bare == "total"  # type: ignore[union-attr]
    return (row.area.name if row.area else row.text), False


def _without_transport(cells: Mapping[str, dict[str, float | None]]) -> dict[str, dict[str, float | None]]:
    """The whole of the 43 forces is the sum of the regions and Wales."""
    return {code: row for code, row in cells.items() if code != TRANSPORT.code}


def _force_used(view: View, position: int) -> Found:
    name = _name(view) if view.sheet else "Incidents"
    measure = f"Use of force: {name[0].lower()}{name[1:]}"
    span = _span(view)
    kind = periods.kind_of(*span)
    columns = [c for c in grid.columns(view, position, above=position + 1) if c.position > 1 and c.label]
    whole = columns[0].position if columns else 0
    aside: Counter[str] = Counter()
    lines, cells = [], dict[str, dict[str, float | None]]()
    kept = {column.position for column in columns}
    for row in grid.area_rows(view, name=1, code=None, after=position):
        area = row.area.name if row.area else row.text
        marks = [text for index, text in enumerate(row.cells) if index > 1 and index not in kept and text.strip()]
        aside["Marks of revision"] += len(marks)
        filled = [column for column in columns if row.cells[column.position].strip()]
        lines += [
            Line(
                row.number,
                measure,
                area,
                _cut(column, whole),
                *span,
                kind,
                row.cells[column.position],
            )
            for column in filled
        ]
        if row.area:
            cells[row.area.code] = {column.label: grid.number(row.cells[column.position]) for column in filled}
    return Found(
        format=FORCE_USED,
        title=f"{measure} by force, {month_name(span[0])} to {month_name(span[1])}",
        notes=("Kept: the number of each force, region and nation, as a figure of the period of the table.",),
        lines=lines,
        unit="cells",
        read=len(lines) + sum(aside.values()),
        kept=len(lines),
        aside={reason: many for reason, many in aside.items() if many},
        checks=tuple(check_totals(cells)),
        questions=(_which_year(),) if span == (0, 0) else (),
        measures={measure: INCIDENTS},
    )


def _cut(column: grid.Column, whole: int) -> str:
    return "" if column.position == whole else column.label


def _which_year() -> Question:
    return Question("year", "Which month does the year of these figures end with?", "month", "Such as March 2019.")


def _span(view: View) -> tuple[int, int]:
    """The period in the title, else in the name of the file, else as answered; (0, 0) while nobody knows."""
    answered = periods.month_of(view.answers.get("year", ""))
    if answered is not None:
        return periods.year_to(answered)
    title = view.rows[0][0] if view.sheet else ""
    named_in = periods.between(title) or periods.between(_spaced(view.name))
    return named_in or (0, 0)


def _spaced(name: str) -> str:
    """ "april2018-march2019" as "april 2018-march 2019"."""
    return re.sub(r"([a-z]{3,9})(\d{4})", r"\1 \2", name.casefold())
