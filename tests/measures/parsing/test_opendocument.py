"""OpenDocument workbooks pass the same guard as Excel ones, in the same limited process."""

import pytest

from measures.parsing import formats
from tests.measures.parsing import opendocuments
from tests.measures.parsing.opendocuments import cell, opendocument, parts, row
from tests.measures.parsing.workbooks import zipped

FIGURES = [["Month", "Measure", "Value"], ["2019-08", "Burglary", 310], ["2019-09", "Burglary", 320.5]]


def refused(data: bytes) -> str:
    reading = formats.read(data)
    (problem,) = reading.report.held
    assert reading.table is None
    assert problem.message.endswith(".")
    return problem.code


def test_a_sheet_is_read_as_it_is_shown():
    reading = formats.read(opendocument(Figures=FIGURES, Notes=[["a"]]))
    assert (reading.report.total, [sheet.name for sheet in reading.sheets]) == (0, ["Figures", "Notes"])
    assert reading.table.head(3) == [
        ["Month", "Measure", "Value"],
        ["2019-08", "Burglary", "310"],
        ["2019-09", "Burglary", "320.5"],
    ]
    assert formats.read(opendocument(Figures=FIGURES, Notes=[["a"]]), sheet="Notes").table.head(1) == [["a"]]


def test_percentages_are_read_as_they_are_shown():
    reading = formats.read(opendocument(Sheet=[["a", "b"], [None, "12.5%"], [0.125, "7%"]]))
    assert [reading.table.cells(position) for position in (1, 2)] == [["", "12.5%"], ["0.125", "7%"]]


def test_blank_cells_repeated_to_the_end_of_the_sheet_take_no_room():
    rest = cell(None, number_columns_repeated=16_381)
    rows = [row("a", "b", rest), row(1, 2, rest), row(rest, number_rows_repeated=1_048_574)]
    assert formats.read(zipped(parts({"Sheet": rows}))).table.head(9) == [["a", "b"], ["1", "2"]]


@pytest.mark.parametrize(
    "rows",
    [
        [row("a"), row(None, number_rows_repeated=1_048_000), row("far")],
        [row(cell(None, number_columns_repeated=16_000), "far")],
        [row("a", number_rows_repeated=1_048_576)],
        [row(cell("a", number_columns_repeated=16_384))],
    ],
    ids=["a far row", "a far column", "a filled row repeated", "a filled cell repeated"],
)
def test_a_far_cell_is_refused_before_room_is_made_for_it(rows):
    assert refused(zipped(parts({"Sheet": rows}))) == "sheet_too_large"


def test_formulas_and_errors_are_named():
    formula = cell(3, formula="of:=[.A1]+1")
    wrong = '<table:table-cell office:value-type="string" calcext:value-type="error" xmlns:calcext="urn:x"/>'
    report = formats.read(zipped(parts({"Sheet": [row("a", "b"), row(formula, wrong)]}))).report
    assert [(one.row, one.column, one.code) for one in report.held] == [
        (2, "A", "formula"),
        (2, "B", "spreadsheet_error"),
    ]


def test_hidden_rows_are_read_and_said():
    reading = formats.read(zipped(parts({"Sheet": [row("a"), row("b", visibility="filter"), row("c")]})))
    assert (len(reading.table), [one.code for one in reading.report.held]) == (3, ["hidden_rows"])


HOSTILE = {
    "a text document": (lambda made: made | {"mimetype": "application/vnd.oasis.opendocument.text"}, "not_a_workbook"),
    "macros": (lambda made: made | {"Basic/Standard/script-lb.xml": "<x/>"}, "macros"),
    "a password": (lambda made: made | {"META-INF/manifest.xml": "<manifest:encryption-data/>"}, "encrypted"),
    "a bomb": (lambda made: made | {"styles.xml": " " * 12_000_000}, "unpacks_too_large"),
    "entities": (lambda made: made | {"content.xml": "<!DOCTYPE x>" + made["content.xml"]}, "dtd"),
    "XML that does not end": (lambda made: made | {"content.xml": made["content.xml"][:-30]}, "damaged"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_and_mistaken_files_are_refused_with_a_sentence(name):
    spoil, code = HOSTILE[name]
    assert refused(zipped(spoil(opendocuments.parts({"Sheet": [row("a", "b"), row(1, 2)]})))) == code
