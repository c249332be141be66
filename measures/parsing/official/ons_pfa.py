"""The Police Force Area data tables of the Office for National Statistics: one workbook a quarter, one table a sheet.

Counts of offences and incidents are kept, as figures of twelve months to a date; percentages, rates and changes are
worked out from counts and are set aside. Which table a sheet holds is told by its title, because its number differs by
edition. Titles, names of areas and headings carry footnote digits, which differ by edition too; see `periods`, `areas`
and `grid`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from measures.parsing.months import month_name
from measures.parsing.official import grid, periods
from measures.parsing.official.areas import WHOLE
from measures.parsing.official.found import SAMPLE, YEAR_TO, Check, Found, Line, People, View
from measures.parsing.official.totals import check_parts, check_totals
from measures.parsing.problems import Unreadable

FORMAT = "ONS Police Force Area tables"
RECORDED = "Police recorded crime"
KNIFE = "Knife or sharp instrument offences"
BEHAVIOUR = "Anti-social behaviour incidents"
EXPERIENCED = "Anti-social behaviour experienced or witnessed"
ALL_CRIME = "Total recorded crime (excluding fraud)"
ONE_NAME = {  # of headings that differ by sheet or edition
    "All other theft offences": "Other theft offences",
    "Miscellaneous crimes": "Miscellaneous crimes against society",
}
GROUPS = (
    *("Violence against the person", "Sexual offences", "Robbery", "Theft offences", "Criminal damage and arson"),
    *("Drug offences", "Possession of weapons offences", "Public order offences"),
    "Miscellaneous crimes against society",
)
FIRST_SHEET = "Table P1"


class Table(NamedTuple):
    """The rows of areas of a sheet, and where its names and figures stand."""

    columns: list[grid.Column]
    rows: list[grid.AreaRow]
    name: int


def prefers(sheets: list[str]) -> str | None:
    """The sheet to open first: the table of offences, past the notes and corrections that stand before it."""
    return next((sheet for sheet in sheets if sheet.strip() == FIRST_SHEET), None)


def recognises(view: View) -> bool:
    title = _title(view)
    return title.startswith("table p") or "pfa tables" in title


def _title(view: View) -> str:
    return (view.heads() or [""])[0]


def read(view: View) -> Found:
    """Raises Unreadable with a sentence for a sheet of which nothing is kept."""
    title = _title(view)
    if "rate of offences" in title:
        return _populations_of_rates(view)
    if "percentage change" in title and "knife" not in title:
        raise _refusal("It holds percentage changes, which are worked out from the numbers of table P1. Open that.")
    if "police recorded crime" in title:
        return _offences(view)
    if "knife" in title:
        return _by_period(view, KNIFE, "offences") if _has_periods(view) else _knife(view)
    if "experiences of anti-social" in title:
        return _experiences(view)
    if "by category of incident" in title:
        raise _refusal("It holds shares of a total that is not beside them. The numbers are in the table of incidents.")
    if "anti-social behaviour incidents" in title:
        return _by_period(view, BEHAVIOUR, "incidents")
    if "mid-year population" in title:
        return _populations(view)
    if "household" in title:
        raise _refusal("It holds numbers of households, for which the record has no place. Open the populations.")
    raise _refusal("It holds notes and no table of areas. Choose another sheet.")


def _refusal(why: str) -> Unreadable:
    return Unreadable("nothing_kept", f"This sheet of the Police Force Area tables is not imported. {why}")


def _table(view: View, *, above: int = 1) -> Table:
    names = grid.find_row(view, "area name")
    codes = grid.find_row(view, "area code")
    if names is None or codes is None:
        raise _refusal("It has no column of area codes and names, so it is not laid out as it used to be.")
    name, code = grid.find_column(view, names, "area name"), grid.find_column(view, codes, "area code")
    last = max(names, codes)
    rows = list(grid.area_rows(view, name=name or 0, code=code, after=last))
    return Table(grid.columns(view, last, above=above), rows, max(name or 0, code or 0))


def _last_month(view: View) -> int:
    """The last month of the year in the title. Raises Unreadable."""
    last = periods.year_ending(view.rows[0][0])
    if last is None:
        raise _refusal("Its title does not say which year it is of.")
    return last


def _cells(table: Table, columns: list[grid.Column]) -> Iterator[tuple[grid.AreaRow, grid.Column, str]]:
    """The cells of these columns that hold something."""
    for row in table.rows:
        for column in columns:
            text = row.cells[column.position].strip() if column.position < len(row.cells) else ""
            if text:
                yield row, column, text


def _split(table: Table, keeps: Mapping[int, str]) -> tuple[list[grid.Column], int, int]:
    """Columns kept, cells read, cells set aside: of every cell right of the names that holds something."""
    right = [column for column in table.columns if column.position > table.name]
    kept = [column for column in right if column.position in keeps]
    read = sum(1 for _ in _cells(table, right))
    return kept, read, read - sum(1 for _ in _cells(table, kept))


def _area(row: grid.AreaRow) -> str:
    return row.area.name if row.area else row.text


def _by_code(table: Table, labels: Mapping[int, str]) -> dict[str, dict[str, float | None]]:
    return {
        row.area.code: {label: grid.number(row.cells[index]) for index, label in labels.items()}
        for row in table.rows
        if row.area
    }


def _offences(view: View) -> Found:
    table, last = _table(view), _last_month(view)
    labels = _offence_labels(table)
    kept, read, _ = _split(table, labels)
    cells = _by_code(table, labels)
    parts = check_parts("The offence groups add to total recorded crime", cells, ALL_CRIME, GROUPS)
    first, last = periods.year_to(last)
    lines = [
        Line(row.number, RECORDED, _area(row), _breakdown(labels[column.position]), first, last, YEAR_TO, text)
        for row, column, text in _cells(table, kept)
    ]
    return Found(
        format=FORMAT,
        title=f"Police recorded crime in the year to {month_name(last)}, by area and offence",
        notes=("Kept: the number of offences of every area, as figures of twelve months. They never become months.",),
        lines=lines,
        unit="cells",
        read=read,
        kept=len(lines),
        aside=_aside({"Cells outside the columns of offences": read - len(lines)}),
        checks=(*check_totals(cells), *([parts] if parts else [])),
        measures={RECORDED: ("count", "offences")},
    )


def _offence_labels(table: Table) -> dict[int, str]:
    """The offence over each column. The total has its heading in the row of the groups, which reaches over a spacer."""
    found: dict[int, str] = {}
    for column in table.columns:
        label = column.label or (column.group if column.group.startswith("Total") else "")
        label = ONE_NAME.get(label, label)
        if column.position > table.name and label and label not in found.values():
            found[column.position] = label
    return found


def _breakdown(label: str) -> str:
    return "" if label == ALL_CRIME else label


def _aside(found: Mapping[str, int]) -> dict[str, int]:
    return {reason: many for reason, many in found.items() if many}


def _knife(view: View) -> Found:
    """Offences that involved a knife; the percentage beside each is of offences that are not printed."""
    table, last = _table(view), _last_month(view)
    labels = {c.position: c.group for c in table.columns if c.position > table.name and c.label.startswith("Number")}
    kept, read, aside = _split(table, labels)
    whole = labels[min(labels)] if labels else ""
    first, last = periods.year_to(last)
    lines = [
        Line(r.number, KNIFE, _area(r), "" if c.group == whole else c.group, first, last, YEAR_TO, text)
        for r, c, text in _cells(table, kept)
    ]
    return Found(
        format=FORMAT,
        title=f"Offences involving a knife or sharp instrument in the year to {month_name(last)}",
        notes=("Kept: the number of offences, as figures of twelve months.",),
        lines=lines,
        unit="cells",
        read=read,
        kept=len(lines),
        aside=_aside({"Percentages and changes: their base is not printed beside them": aside}),
        checks=tuple(check_totals(_by_code(table, labels))),
        measures={KNIFE: ("count", "offences")},
    )


def _has_periods(view: View) -> bool:
    position = grid.find_row(view, "area name") or 0
    return any(periods.between(cell) for cell in view.rows[max(0, position - 1)])


def _by_period(view: View, measure: str, unit: str) -> Found:
    """A pair of columns a year: the number, and a rate or percentage that is set aside."""
    table = _table(view)
    spans = _spans(view, table)
    kept, read, aside = _split(table, spans)
    doubled = [row for row in table.rows if _is_second_whole(row)]
    lines = [
        Line(r.number, measure, _area(r), "", *_ends(spans[c.position]), _kind(spans[c.position]), text)
        for r, c, text in _cells(table, kept)
        if r not in doubled
    ]
    second = read - aside - len(lines)
    last = max((line.last for line in lines), default=0)
    return Found(
        format=FORMAT,
        title=f"{measure} by area, up to the year to {month_name(last)}",
        notes=(f"Kept: the number of {unit}, each with the period over its column.",),
        lines=lines,
        unit="cells",
        read=read,
        kept=len(lines),
        aside=_aside(
            {
                "Rates, percentages and changes, which are worked out from the numbers": aside,
                "A second total of England and Wales, without British Transport Police": second,
            }
        ),
        checks=tuple(_period_totals(table, spans, doubled)),
        measures={measure: ("count", unit)},
    )


def _spans(view: View, table: Table) -> dict[int, str]:
    """The period over each column of numbers."""
    return {
        column.position: column.group
        for column in table.columns
        if column.position > table.name and column.label.startswith("Number") and periods.between(column.group)
    }


def _ends(group: str) -> tuple[int, int]:
    return periods.between(group) or (0, 0)


def _kind(group: str) -> str:
    return periods.kind_of(*_ends(group))


def _is_second_whole(row: grid.AreaRow) -> bool:
    return bool(row.area and row.area.code == WHOLE and "exc" in row.text.casefold())


def _period_totals(table: Table, spans: Mapping[int, str], doubled: list[grid.AreaRow]) -> list[Check]:
    rows = [row for row in table.rows if row not in doubled]
    return check_totals(_by_code(table._replace(rows=rows), spans))


def _experiences(view: View) -> Found:
    """A survey: the percentage of adults, and how many were asked in each area."""
    table, last = _table(view), _last_month(view)
    first, last = periods.year_to(last)
    asked = next((c.position for c in table.columns if c.group.startswith("Unweighted")), None)
    labels = {c.position: c.group for c in table.columns if c.label.startswith("Percentage")}
    kept, read, _ = _split(table, labels)
    whole = labels[min(labels)] if labels else ""
    codes = Counter(row.area.code for row in table.rows if row.area)
    shared = [row for row in table.rows if row.area and codes[row.area.code] > 1 and "/" in row.text]
    lines = [
        Line(
            *(r.number, EXPERIENCED, _area(r), "" if c.group == whole else c.group, first, last, SAMPLE, text),
            r.cells[asked] if asked is not None else "",
        )
        for r, c, text in _cells(table, kept)
        if r not in shared
    ]
    together = sum(1 for row, _, _ in _cells(table, kept) if row in shared)
    bases = sum(bool(row.cells[asked].strip()) for row in table.rows) if asked is not None else 0
    return Found(
        format=FORMAT,
        title=f"Adults who experienced or witnessed anti-social behaviour, year to {month_name(last)}",
        notes=("Kept: the percentages, each with the number of adults asked.",),
        lines=lines,
        unit="cells",
        read=read,
        kept=len(lines),
        aside=_aside(
            {"Numbers of adults asked: kept beside each percentage": bases}
            | {"Two forces together under the code of their region": together}
            | {"Marks of statistical significance": read - len(lines) - bases - together}
        ),
        measures={EXPERIENCED: ("survey", "per cent")},
    )


def _populations(view: View) -> Found:
    table = _table(view)
    years = {c.position: int(c.label) for c in table.columns if c.label.isdigit() and len(c.label) == 4}
    return _people(table, years, view, "Mid-year population estimates", "Cells outside the years")


def _populations_of_rates(view: View) -> Found:
    """The rates are worked out from counts; the populations beside them are data."""
    table = _table(view)
    years = {}
    for column in table.columns:
        if column.label.startswith("Population") and "mid-" in column.label:
            years[column.position] = int(column.label.partition("mid-")[2][:4])
    return _people(table, years, view, "Populations printed beside rates of offences", "Rates and households")


def _people(table: Table, years: Mapping[int, int], view: View, title: str, other: str) -> Found:
    kept, read, aside = _split(table, {index: str(year) for index, year in years.items()})
    found = [(row, column, grid.number(text)) for row, column, text in _cells(table, kept)]
    people = [
        People(row.number, _area(row), years[column.position], round(value)) for row, column, value in found if value
    ]
    return Found(
        format=FORMAT,
        title=title,
        notes=("Kept: how many people lived in each area in the middle of each year, as published (rounded to 100).",),
        people=people,
        unit="cells",
        read=read,
        kept=len(people),
        aside=_aside({other: aside, "Cells without a figure": len(found) - len(people)}),
        checks=tuple(check_totals(_by_code(table, {i: str(y) for i, y in years.items()}), tolerance=ROUNDED_PARTS)),
    )


ROUNDED_PARTS = 700  # people: up to nine parts and a total, each rounded to 100
