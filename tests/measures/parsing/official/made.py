"""Small made-up files in the formats of the publishers. Counties and numbers are invented, official areas are not used for
figures that anybody published."""

from measures.parsing import formats
from measures.parsing.official.found import Found, Line
from tests.measures.parsing.workbooks import workbook


def found(data: bytes, **options) -> Found:
    reading = formats.read(data, **options)
    assert reading.found is not None, reading.report.held
    return reading.found


def refusal(data: bytes, **options) -> str:
    reading = formats.read(data, **options)
    (problem,) = reading.report.held
    assert (reading.table, reading.found) == (None, None)
    return problem.message


def figures(lines: list[Line]) -> dict[tuple[str, str, str], str]:
    return {(line.measure, line.area, line.breakdown): line.value for line in lines}


def csv_of(*rows: str, ends: str = "\n") -> bytes:
    return (ends.join(rows) + ends).encode()


STREET = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context"  # noqa: E501


def incident(kind: str, *, crime: str = "", month: str = "2018-10", force: str = "Northshire Police") -> str:
    return f'{crime},{month},{force},{force},-1.1,51.1,"On or near Mill Lane, north",,,{kind},,'


def pfa_sheet(
    title: str, groups: list[str], heads: list[str], rows: list[list[object]], notes: list[str]
) -> list[list[object]]:
    """A sheet laid out as the Police Force Area tables are: a title, two rows of headings, areas, notes."""
    return [
        [title],
        [],
        ["England and Wales"],
        groups,
        heads,
        ["", "", "Numbers"],
        *rows,
        ["Source: an invention"],
        *([note] for note in notes),
    ]


def pfa(**sheets: list[list[object]]) -> bytes:
    return workbook(**sheets)
