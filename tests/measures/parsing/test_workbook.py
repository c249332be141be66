"""Excel workbooks: what is read from honest ones, and how hostile ones are refused. Each is read in its own process."""

import datetime as dt
import json
import os
import subprocess
import sys
import zipfile

import openpyxl
import pytest

from measures.parsing import formats, workbook
from tests.measures.parsing import workbooks
from tests.measures.parsing.workbooks import parts, zipped

CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'
RESAVE = "Open it in your spreadsheet program, save a fresh copy as .xlsx or .ods and upload that."


def refusal(reading):
    assert reading.table is None
    (problem,) = reading.report.held
    return problem


def test_cells_of_every_kind_are_read_as_a_person_would_type_them():
    row = [
        dt.date(2019, 9, 1),
        dt.datetime.combine(dt.date(2019, 9, 1), dt.time(10, 5)),
        44340,
        12.5,
        0.1 + 0.2,
        dt.time(0, 1, 20),
    ]
    row += [dt.timedelta(hours=30, minutes=5), True, "=not a formula", None, "last"]
    book = openpyxl.Workbook()
    book.active.append(row)
    book.active["H1"].data_type = "b"
    book.active["I1"].data_type = "s"
    assert formats.read(workbooks.saved(book)).table.head(1) == [
        [
            "2019-09-01",
            "2019-09-01 10:05:00",
            "44340",
            "12.5",
            "0.3",
            "00:01:20",
            "30:05:00",
            "TRUE",
            "=not a formula",
            "",
            "last",
        ]
    ]


def test_a_percentage_is_read_as_it_is_shown():
    book = openpyxl.Workbook()
    book.active.append([0.125, 0.125, 0.07, 0.33, "x"])
    for cell, shown in (("A1", "0.0%"), ("C1", "0%"), ("D1", "0.00%")):
        book.active[cell].number_format = shown
    assert formats.read(workbooks.saved(book)).table.cells(0) == ["12.5%", "0.125", "7%", "33%", "x"]


def test_a_table_that_starts_lower_and_further_right_keeps_its_rows_and_columns():
    book = openpyxl.Workbook()
    book.active["C5"], book.active["D7"] = "Month", 3
    table = formats.read(workbooks.saved(book)).table
    assert table.head(9) == [["", "", "Month", ""], ["", "", "", "3"]]
    assert table.row_numbers.tolist() == [5, 7]
    assert table.blank_rows == 5


def test_all_sheets_are_offered_and_the_first_that_is_not_hidden_is_read():
    book = openpyxl.Workbook()
    book.active.title = "Notes "
    book.active.sheet_state = "hidden"
    book.create_sheet("Table P1 & more")["A1"] = "here"
    data = workbooks.saved(book)
    reading = formats.read(data)
    assert [(sheet.name, sheet.hidden) for sheet in reading.sheets] == [("Notes ", True), ("Table P1 & more", False)]
    assert reading.details == {"sheet": "Table P1 & more"}
    assert workbook.list_sheets(data).sheets == reading.sheets


def test_a_sheet_is_chosen_by_name():
    data = workbooks.workbook(First=[["a"]], Second=[["b"]])
    assert formats.read(data, sheet="Second").table.head(1) == [["b"]]
    problem = refusal(formats.read(data, sheet="Third"))
    assert problem.message == "The workbook has no sheet called “Third”. It has “First”, “Second”."


def test_formulas_are_named_cell_by_cell_and_their_last_results_not_trusted():
    data = workbooks.workbook(
        Sheet=[["Month", "Value"], ["2019-09", 5], ["2019-10", "=B2*2"], ["Total", "=SUM(B2:B3)"]]
    )
    report = formats.read(data).report
    assert [(problem.row, problem.column, problem.code, problem.message) for problem in report.held] == [
        (3, "B", "formula", "B3 holds a formula; save the file as values."),
        (4, "B", "formula", "B4 holds a formula; save the file as values."),
    ]


def test_a_formula_in_a_prefixed_or_unnumbered_cell_is_found():
    sheet = parts("<row><c><v>1</v></c><c><f>A1*2</f><v>2</v></c></row>")
    assert [problem.message for problem in formats.read(zipped(sheet)).report.held] == [
        "B1 holds a formula; save the file as values."
    ]


def test_more_formulas_than_are_listed_are_counted():
    rows = "".join(f'<row r="{r}"><c r="A{r}"><f>1+1</f><v>2</v></c></row>' for r in range(1, 1_502))
    report = formats.read(zipped(parts(rows))).report
    assert report.held[0].message == "501 more cells hold formulas or errors; save the file as values."
    assert (report.count("formula"), len(report.held)) == (1_001, 1_000)


def test_a_cell_that_shows_an_error_is_named_and_not_read_as_blank():
    sheet = parts('<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="e"><v>#DIV/0!</v></c></row>')
    (problem,) = formats.read(zipped(sheet)).report.held
    assert problem.message == "B1 shows a spreadsheet error; correct it at its source."


def test_hidden_rows_are_read_and_said_to_be_there():
    sheet = parts('<row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"><v>2</v></c></row>')
    reading = formats.read(zipped(sheet))
    assert reading.table.head(9) == [["1"], ["2"]]
    (problem,) = reading.report.held
    assert (problem.severity, problem.message) == (
        "warning",
        "1 row of the sheet is hidden or filtered out of view; it was read as well.",
    )


@pytest.mark.parametrize(
    ("cell", "row"), [("XFD1048576", 1_048_576), ("A200001", 200_001), ("ALM1", 1), ("ZZ200000", 200_000)]
)
def test_a_far_cell_is_refused_before_room_is_made_for_it(cell, row):
    sheet = parts(f'{CELL}<row r="{row}"><c r="{cell}"><v>1</v></c></row>')
    problem = refusal(formats.read(zipped(sheet)))
    assert problem.code == "sheet_too_large"
    assert problem.message == (
        f"The sheet reaches cell {cell}; at most 200,000 rows, 1,000 columns and 2,000,000 cells are read. "
        "Delete what is not part of the table, or save the table as CSV."
    )


def test_a_bomb_is_refused_by_its_ratio():
    data = zipped(parts(CELL) | {"xl/media/zeros.bin": bytes(9 * 1024 * 1024)})
    problem = refusal(formats.read(data))
    assert problem.code == "unpacks_too_large"
    assert problem.message == (
        "The workbook unpacks to more than 100 MB or to more than 100 times its size. "
        "Keep only the sheet with the figures, save a fresh copy and upload that."
    )


def test_a_bomb_that_lies_about_its_size_is_refused():
    data = bytearray(zipped(parts(CELL) | {"xl/media/zeros.bin": bytes(9 * 1024 * 1024)}))
    size = (9 * 1024 * 1024).to_bytes(4, "little")
    assert data.count(size) == 2
    assert refusal(formats.read(bytes(data.replace(size, (1024).to_bytes(4, "little"))))).code == "damaged"


def test_a_thousand_entries_are_the_most():
    extra = {f"xl/media/{n}.bin": b"" for n in range(1_001)}
    problem = refusal(formats.read(zipped(parts(CELL) | extra)))
    assert (problem.code, problem.message) == (
        "too_many_entries",
        f"The workbook holds 1,006 parts; a workbook of figures has far fewer than 1,000. {RESAVE}",
    )


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "docProps/other.xml"])
def test_a_dtd_anywhere_is_refused(part):
    entries = parts(CELL)
    dtd = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    problem = refusal(
        formats.read(zipped(entries | {part: f"<!--{os.urandom(200_000).hex()}-->" + dtd + entries.get(part, "<x/>")}))
    )
    assert (problem.code, problem.message) == (
        "dtd",
        f"The workbook defines XML entities, which no spreadsheet program does. {RESAVE}",
    )


def with_name_twice():
    with pytest.warns(UserWarning, match="Duplicate name"):
        stream = workbooks.io.BytesIO(zipped(parts(CELL)))
        with zipfile.ZipFile(stream, "a") as container:
            container.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")
    return stream.getvalue()


HOSTILE = {
    "two parts of one name": (with_name_twice, "damaged"),
    "a path that climbs": (lambda: zipped(parts(CELL) | {"../../etc/passwd": "x"}), "damaged"),
    "something after the end": (lambda: zipped(parts(CELL)) + b"trailing", "damaged"),
    "cut short": (lambda: zipped(parts(CELL))[:-40], "damaged"),
    "an unusual packing": (lambda: zipped(parts(CELL), zipfile.ZIP_BZIP2), "damaged"),
    "UTF-16 inside": (lambda: zipped(parts() | {"xl/workbook.xml": "<x/>".encode("utf-16")}), "damaged"),
    "XML that does not end": (
        lambda: zipped(parts() | {"xl/worksheets/sheet1.xml": "<worksheet><sheetData>"}),
        "damaged",
    ),
    "a sheet that is not there": (lambda: zipped({k: v for k, v in parts().items() if "sheet1" not in k}), "damaged"),
    "a reference that is none": (lambda: zipped(parts('<row r="1"><c r="AAAA1"><v>1</v></c></row>')), "damaged"),
    "a negative row": (lambda: zipped(parts('<row r="-5"><c r="A-5"><v>1</v></c></row>')), "damaged"),
    "any other zip": (lambda: zipped({"a.txt": "x"}), "not_a_workbook"),
    "a zip of nothing": (lambda: zipped({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "damaged"),
    "macros": (lambda: zipped(parts(CELL) | {"xl/vbaProject.bin": "x"}), "macros"),
    "another OpenDocument": (lambda: zipped({"mimetype": "x", "content.xml": "x"}), "not_a_workbook"),
    "an .xlsb": (lambda: zipped({"xl/workbook.bin": "x"}), "other_workbook"),
    "an old .xls": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_workbook"),
    "only the first bytes of a zip": (lambda: b"PK\x03\x04", "damaged"),
    "no cell at all": (lambda: zipped(parts("")), "empty"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_and_mistaken_files_are_refused_with_a_sentence(name):
    make, code = HOSTILE[name]
    problem = refusal(formats.read(make()))
    assert problem.code == code
    assert problem.message.endswith(".")
    assert "Traceback" not in problem.message


def test_an_encrypted_entry_is_refused():
    data = bytearray(zipped(parts(CELL)))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    assert refusal(formats.read(bytes(data))).code == "encrypted"


def test_ten_megabytes_is_the_most(tmp_path):
    path = tmp_path / "large.xlsx"
    with path.open("wb") as stream:
        stream.write(b"PK\x03\x04")
        stream.truncate(10 * 1024 * 1024 + 1)
    assert refusal(formats.read(path)).message.startswith(
        "The file is 10.0 MB; the largest of its kind that can be read is 10 MB."
    )


def test_a_workbook_that_needs_too_much_memory_ends_its_process_and_nothing_else():
    strings = (
        f'<sst xmlns="{workbooks.MAIN}">'
        + "".join(f"<si><t>{n % 10}</t></si>" for n in os.urandom(50_000)) * 100
        + "</sst>"
    )
    relations = (
        f'<Relationship Id="rId2" Type="{workbooks.OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    )
    entries = parts(CELL)
    entries["xl/_rels/workbook.xml.rels"] = entries["xl/_rels/workbook.xml.rels"].replace("</Relationships>", relations)
    data = zipped(entries | {"xl/sharedStrings.xml": strings})
    problem = refusal(formats.read(data))
    assert problem.code == "too_hard"
    assert problem.message == (
        "Reading the workbook took more memory or time than is allowed, so it was stopped; nothing was imported. "
        "Keep only the sheet with the figures, or save it as CSV."
    )


def test_the_limited_process_answers_in_json():
    done = subprocess.run(
        [sys.executable, "-m", "measures.parsing.limited"],
        input=b'{"task": "list"}\n' + zipped(parts(CELL)),
        capture_output=True,
        cwd=workbook.PROJECT,
        check=True,
    )
    assert json.loads(done.stdout) == {"sheets": [{"name": "Figures", "hidden": False}]}
    assert done.stderr == b""
