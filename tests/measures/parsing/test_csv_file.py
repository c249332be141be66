"""Text files: encodings, delimiters, quotation marks, rows and their numbers."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.parsing import csv_file, formats
from measures.parsing.coding import ColumnBuilder
from measures.parsing.table import Options, Table

PLAIN = "Month,Measure,Value\n2019-09,Café thefts,12\n"
ROWS = [["Month", "Measure", "Value"], ["2019-09", "Café thefts", "12"]]


def read(data, **options):
    return formats.read(data if isinstance(data, bytes) else data.encode(), **options)


def refusal(reading):
    assert reading.table is None
    (problem,) = reading.report.held
    return problem


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (PLAIN.encode(), "UTF-8"),
        (codecs.BOM_UTF8 + PLAIN.encode(), "UTF-8"),
        (PLAIN.encode("utf-16"), "UTF-16"),
        (codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-be"), "UTF-16"),
    ],
)
def test_encodings_that_say_what_they_are_need_no_choice(data, name):
    reading = read(data)
    assert reading.table.head(5) == ROWS
    assert reading.details == {"encoding": name, "delimiter": "comma"}
    assert reading.report.total == 0


def test_windows_1252_is_read_only_when_declared():
    data = PLAIN.encode("cp1252")
    problem = refusal(read(data))
    assert (problem.code, problem.row) == ("encoding", 2)
    assert problem.message == (
        "Row 2 holds a character that is not UTF-8. Save the file as CSV UTF-8, "
        "or, if it comes from an older Windows program, say that it is in Windows-1252."
    )
    assert read(data, encoding="cp1252").table.head(5) == ROWS


def test_an_encoding_nobody_offered_is_refused():
    assert refusal(read(PLAIN, encoding="rot13")).code == "encoding"
    assert refusal(read(PLAIN, encoding="utf-16")).code == "encoding"


@pytest.mark.parametrize(("delimiter", "name"), [(",", "comma"), (";", "semicolon"), ("\t", "tab")])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends_are_recognised(delimiter, name, line_end):
    reading = read(PLAIN.replace(",", delimiter).replace("\n", line_end))
    assert reading.table.head(5) == ROWS
    assert reading.details["delimiter"] == name


def test_a_semicolon_file_with_commas_in_its_figures():
    reading = read('Month;Measure;Value\n2019-09;"Robbery, all";1,234\n2019-10;Theft;2,345\n')
    assert reading.table.head(5)[1:] == [["2019-09", "Robbery, all", "1,234"], ["2019-10", "Theft", "2,345"]]


def test_the_line_that_names_the_separator_counts_as_a_row_and_is_not_data():
    reading = read("sep=;\nMonth;Value\n2019-09;5\n")
    assert reading.table.head(5) == [["Month", "Value"], ["2019-09", "5"]]
    assert reading.table.row_numbers.tolist() == [2, 3]


def test_nested_quotation_marks_commas_and_line_ends_inside_a_cell():
    reading = read('Month,Measure,Value\n2019-09,"Calls ""101"", all\nhours",5\n2019-10,Other,6\n')
    assert reading.table.head(5)[1:] == [["2019-09", 'Calls "101", all\nhours', "5"], ["2019-10", "Other", "6"]]
    assert reading.table.row_numbers.tolist() == [1, 2, 3]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('Month,Value\n2019-09,"5\n2019-10,6\n', 2),
        ('Month,Value\n2019-09,5\n"2019"-10,6\n', 3),
        ('Month,"Va"lue"\n', 1),
    ],
)
def test_a_stray_quotation_mark_is_refused_with_its_row(text, row):
    problem = refusal(read(text))
    assert (problem.code, problem.row) == ("quotation", row)


def test_an_open_quotation_mark_does_not_swallow_a_long_file():
    problem = refusal(read('Month,Value\n2019-09,"5\n' + "2019-10,6\n" * 20_000))
    assert (problem.code, problem.row) == ("cell_too_long", 2)


def test_row_numbers_are_those_a_spreadsheet_shows_and_blank_rows_are_counted():
    table = read("Month,Value\n\n2019-09,5\n,\n   \n2019-10,6\n").table
    assert table.head(9) == [["Month", "Value"], ["2019-09", "5"], ["2019-10", "6"]]
    assert table.row_numbers.tolist() == [1, 3, 6]
    assert table.blank_rows == 3


def test_short_and_long_rows_are_filled_to_the_widest():
    table = read("Month,Value\n2019-09\n2019-10,6,note\n").table
    assert table.head(9) == [["Month", "Value", ""], ["2019-09", "", ""], ["2019-10", "6", "note"]]


def test_rows_beyond_the_first_chunk_keep_their_numbers_when_a_late_row_is_wider():
    lines = ["Month,Value"] + ["2019-09,5"] * 12_000 + ["2019-10,6,late"]
    table = read("\n".join(lines)).table
    assert (len(table), table.row_numbers[-1], table.cells(12_001)) == (12_002, 12_002, ["2019-10", "6", "late"])
    assert table.cells(1) == ["2019-09", "5", ""]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\n \r\n", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not_text"),
        ("Month,Value\n".encode("utf-16-le"), "not_text"),
        (b"Month,Value\n" + b"2019-09,5\n" * 9_000 + b"2019\x0009,5\n", "not_text"),
        (b"Month," + b"x," * 1_000 + b"\n", "too_many_columns"),
    ],
)  # fmt: skip
def test_what_is_not_a_table_of_text_is_refused(data, code):
    assert refusal(read(data)).code == code


def test_fifty_megabytes_is_refused_without_being_read(tmp_path):
    path = tmp_path / "large.csv"
    with path.open("wb") as stream:
        stream.truncate(50 * 1024 * 1024 + 1)
    problem = refusal(formats.read(path))
    assert problem.code == "too_large"
    assert problem.message == (
        "The file is 50.0 MB; the largest of its kind that can be read is 50 MB. Split it, or leave out what is not needed."
    )


def test_a_path_and_a_file_object_are_read_like_bytes(tmp_path):
    path = tmp_path / "figures.csv"
    path.write_text(PLAIN, encoding="utf-8")
    with path.open("rb") as stream:
        stream.read(3)
        assert formats.read(stream).table.head(5) == formats.read(path).table.head(5) == ROWS


@given(st.binary(max_size=400))
def test_any_bytes_make_a_table_or_one_sentence(data):
    reading = csv_file.read(data, Options())
    assert (reading.table is None) == (reading.report.errors == 1)


CELLS = st.sampled_from(["", " ", "5", "2019-09", "Café", "a b", "x\r", "\r", "\x0c", "\x85", '"', '"q"', "1;2"])
LINES = st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=12)


@settings(max_examples=400)
@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans(), st.sampled_from([1, 7, 40, 1 << 21]))
def test_the_quick_way_reads_what_the_exact_way_reads_or_leaves_it_alone(lines, ending, closed, piece):
    text = ending.join(",".join(cells) for cells in lines) + (ending if closed else "")
    builder = ColumnBuilder()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_file, "PIECE", piece)
        quick = csv_file._add_plain(text, ",", builder)
    if quick and text:
        table, exact = Table.built("", builder), csv_file._table_row_by_row(text, ",", 0)
        assert table.head(99) == exact.head(99)
        assert [(one.codes.tolist(), list(one.texts)) for one in table.columns] == [
            (one.codes.tolist(), list(one.texts)) for one in exact.columns
        ]
        assert table.row_numbers.tolist() == exact.row_numbers.tolist()
        assert table.blank_rows == exact.blank_rows


@pytest.mark.parametrize("piece", range(1, 40))
def test_a_blank_line_counts_wherever_a_piece_ends(monkeypatch, piece):
    monkeypatch.setattr(csv_file, "PIECE", piece)
    for text in ("Month,Value\n\n2019-09,5\n2019-10,6\n", "Month,Value\n2019-09,5\n\n2019-10,6\n\n"):
        exact, table = csv_file._table_row_by_row(text, ",", 0), csv_file._table(text, ",", 0)
        assert (table.row_numbers.tolist(), table.blank_rows) == (exact.row_numbers.tolist(), exact.blank_rows)


def test_a_plain_file_goes_the_quick_way_and_another_does_not():
    plain = "Month,Value\r\n" + "2019-09,5\r\n" * 3
    assert [csv_file._add_plain(text, ",", ColumnBuilder()) for text in (plain, plain + ",\r\n", plain + '"a",1')] == [
        True,
        False,
        False,
    ]
