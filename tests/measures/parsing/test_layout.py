"""A confirmed mapping turns the rows of a sheet into rows of the record."""

import json

import pytest

from measures.parsing import formats, headings, layout
from measures.parsing.months import month_text


def mapped(**changes):
    columns = {"Month": "month", "Measure": "measure", "Value": "value"}
    return {"version": 1, "layout": "long", "heading_row": 1, "columns": columns} | changes


def applied(text, mapping=None):
    table = formats.read(text.encode()).table
    return layout.apply(table, headings.propose(table).mapping if mapping is None else mapping)


def shown(rows):
    parsed = [rows.parsed(i) for i in range(len(rows))]
    return [(p.row, p.column, p.measure, month_text(p.month) if p.month else None, p.texts["value"]) for p in parsed]


def problems(result):
    return [(problem.row, problem.column, problem.code) for problem in result.report.held]


def refusal(result):
    assert result.rows is None
    (problem,) = result.report.held
    return problem.code, problem.message


def test_a_long_table():
    result = applied("Month,Measure,Value\n2019-09,Theft,5\n\n2019-10,Theft,..\n")
    assert shown(result.rows) == [
        (2, "Value", "Theft", "2019-09", "5"),
        (4, "Value", "Theft", "2019-10", ".."),
    ]
    assert (result.report.total, result.rows.blank_rows) == (0, 1)


def test_months_across_become_rows_that_remember_their_heading():
    result = applied("Measure,Sep-19,Oct-19\nTheft,5,6\nArson,7,\n")
    assert shown(result.rows) == [
        (2, "Sep-19", "Theft", "2019-09", "5"),
        (2, "Oct-19", "Theft", "2019-10", "6"),
        (3, "Sep-19", "Arson", "2019-09", "7"),
        (3, "Oct-19", "Arson", "2019-10", ""),
    ]


def test_measures_across_become_rows_that_remember_their_heading():
    result = applied("Month,Theft,Arson\n2019-09,5,6\n2019-10,7,8\n")
    assert shown(result.rows) == [
        (2, "Theft", "Theft", "2019-09", "5"),
        (2, "Arson", "Arson", "2019-09", "6"),
        (3, "Theft", "Theft", "2019-10", "7"),
        (3, "Arson", "Arson", "2019-10", "8"),
    ]


def test_the_three_layouts_of_the_same_figures_agree():
    wide = applied("Measure,2019-09,2019-10\nTheft,5,7\nArson,6,8\n").rows
    tall = applied("Month,Theft,Arson\n2019-09,5,6\n2019-10,7,8\n").rows
    long = applied("Month,Measure,Value\n2019-09,Theft,5\n2019-10,Theft,7\n2019-09,Arson,6\n2019-10,Arson,8\n").rows
    facts = [{entry[2:] for entry in shown(rows)} for rows in (wide, tall, long)]
    assert facts[0] == facts[1] == facts[2]


def test_a_mapping_survives_json_and_is_used_again_on_next_months_file():
    table = formats.read(b"Measure,2019-09\nTheft,5\n").table
    mapping = {"version": 1, "layout": "months_across", "heading_row": 1, "columns": {"Measure": "measure"}}
    kept = json.loads(json.dumps(mapping))
    assert len(layout.apply(table, kept).rows) == 1
    assert len(applied("Measure,2019-09,2019-10\nTheft,5,6\n", kept).rows) == 2


def test_every_row_with_a_bad_month_is_reported_and_kept_for_the_other_checks():
    result = applied("Month,Measure,Value\n2019-13,Theft,5\n2019-09,Theft,6\nTotal,Theft,11\n2019-13,Arson,5\n")
    assert problems(result) == [
        (2, "Month", "month_impossible"),
        (4, "Month", "month_unreadable"),
        (5, "Month", "month_impossible"),
    ]
    assert [month for _, _, _, month, _ in shown(result.rows)] == [None, "2019-09", None, None]


def test_a_heading_that_is_no_month_has_to_be_left_out_by_a_person():
    mapping = {"version": 1, "layout": "months_across", "heading_row": 1, "columns": {"Measure": "measure"}}
    text = "Measure,2019-09,Total\nTheft,5,5\n"
    assert problems(applied(text, mapping)) == [(1, "Total", "month_unreadable")]
    left_out = applied(text, mapping | {"columns": {"Measure": "measure", "Total": "ignore"}})
    assert (problems(left_out), left_out.rows.ignored) == ([], ("Total",))


def test_two_headings_of_the_same_month():
    result = applied("Measure,2019-09,Sep-19\nTheft,5,5\n")
    assert problems(result) == [(1, "Sep-19", "duplicate_month")]
    assert len(result.rows) == 1


def test_rows_left_out_on_purpose_are_counted():
    text = (
        "Month,Measure,Value,Force\n2019-09,Theft,5,kent\n2019-09,Theft,6,essex\nTotal,Theft,11,kent\nx,Notes,1,kent\n"
    )
    mapping = mapped(
        columns={"Month": "month", "Measure": "measure", "Value": "value", "Force": "ignore"},
        only={"Force": ["kent"]},
        last_row=3,
        measures={"Notes": None},
    )
    result = applied(text, mapping)
    assert shown(result.rows) == [(2, "Value", "Theft", "2019-09", "5")]
    assert (result.rows.left_out, result.report.total) == (3, 0)
    tall = applied("Month,Theft,Arson\n2019-09,5,6\n", mapped(layout="measures_across", columns={"Month": "month"}, measures={"Arson": None}))  # fmt: skip
    assert [entry[2] for entry in shown(tall.rows)] == ["Theft"]


def test_the_measure_can_be_named_for_the_whole_file():
    result = applied("Month,Value\n2019-09,5\n", mapped(columns={"Month": "month", "Value": "value"}, measure="Theft"))
    assert shown(result.rows) == [(2, "Value", "Theft", "2019-09", "5")]


def test_a_column_without_a_heading_is_not_dropped_in_silence():
    result = applied("Month,Measure,Value\n2019-09,Theft,5\n2019-10,Theft,1,234\n", mapped())
    (problem,) = result.report.held
    assert (problem.row, problem.column, problem.message) == (
        3,
        "column D",
        "Row 3 has something in column D, which has no heading. Give it one, "
        "or put figures with a thousands separator in quotation marks.",
    )


def test_a_new_column_is_pointed_out():
    result = applied("Month,Measure,Value,Status\n2019-09,Theft,5,final\n", mapped())
    assert [(p.severity, p.message) for p in result.report.held] == [
        ("warning", "The file has columns nobody has placed yet: “Status”.")
    ]


def test_dates_in_the_american_order_are_pointed_out_and_read_when_told():
    text = "Month,Measure,Value\n01/01/2019,Theft,5\n02/01/2019,Theft,6\n03/01/2019,Theft,7\n"
    assert problems(applied(text)) == [(None, "Month", "month_first")]
    told = applied(text, mapped(day_first=False))
    assert [entry[3] for entry in shown(told.rows)] == ["2019-01", "2019-02", "2019-03"]
    assert told.report.total == 0


@pytest.mark.parametrize(
    ("text", "mapping", "code", "message"),
    [
        (
            "Month,Measure,Count\n2019-09,Theft,5\n", mapped(), "wrong_columns",
            "The file has no column called “Value”. Its columns are “Month”, “Measure”, “Count”. Choose the columns again.",
        ),
        (
            "Month,Measure,Value,Value\n2019-09,Theft,5,6\n", mapped(), "duplicate_heading",
            "Columns C and D are both called “Value”. Give each column its own heading.",
        ),
        (
            "Month,Measure,Value\n2019-09,Theft,5\n", mapped(version=9), "mapping",
            "The saved column choices are from another version. Choose the columns again.",
        ),
        (
            "Month,Measure,Value\n\n2019-09,Theft,5\n", mapped(heading_row=2), "mapping",
            "Row 2 should hold the headings but is blank or beyond the end. Choose the row again.",
        ),
        (
            "Month,Measure,Value\n2019-09,Theft,5\n", mapped(columns={"Month": "month", "Value": "month"}), "mapping",
            "Choose one column, and one only, for month.",
        ),
        (
            "Month,Measure,Value\n2019-09,Theft,5\n", mapped(columns={"Measure": "measure", "Value": "value"}), "wrong_columns",
            "No column holds the month. Choose the one that does.",
        ),
        (
            "Month,Measure,Value\n2019-09,Theft,5\n", mapped(columns={"Month": "month", "Value": "value"}), "wrong_columns",
            "No column says which measure a row is for. Choose the column or the measure.",
        ),
        (
            "Month,Measure,Value\n2019-09,Theft,5\n",
            mapped(columns={"Month": "month", "Measure": "measure", "Value": "numerator"}), "wrong_columns",
            "No column holds the figures. Choose the value, or the numerator and the denominator.",
        ),
    ],
)  # fmt: skip
def test_a_mapping_that_does_not_fit_the_file_is_refused_with_a_sentence(text, mapping, code, message):
    assert refusal(applied(text, mapping)) == (code, message)


def test_a_heading_and_nothing_below_it():
    result = applied("Month,Measure,Value\n", mapped())
    assert problems(result) == [(None, None, "no_rows")]
