"""Periods from a start and an end: what is read, and what is refused with which sentence."""

import pytest

from measures.parsing import csv_file, headings, layout
from measures.parsing.spans import Span

HEADS = "Measure,Kind of period,Start,End,Value\n"


def applied(lines: str) -> layout.Applied:
    table = csv_file.read((HEADS + lines).encode()).table
    return layout.apply(table, headings.propose(table).mapping)


def test_columns_of_periods_are_recognised_by_their_headings():
    table = csv_file.read((HEADS + "Confidence,year-to,2018-07-01,2019-06-30,77.7\n").encode()).table
    assert headings.propose(table).mapping["columns"] == {
        "Measure": "measure",
        "Kind of period": "period",
        "Start": "start",
        "End": "end",
        "Value": "value",
    }


@pytest.mark.parametrize(
    "kind, start, end, span, last",
    [
        ("year-to", "2018-07-01", "2019-06-30", Span("year-to", 12), 12 * 2019 + 5),
        ("", "01/07/2018", "30/06/2019", Span("year-to", 12), 12 * 2019 + 5),
        ("Rolling", "July 2018", "June 2019", Span("year-to", 12), 12 * 2019 + 5),
        ("quarter", "2019-07-01", "2019-09-30", Span("quarter", 3), 12 * 2019 + 8),
        ("", "2019-09-01", "2019-09-30", Span("month", 1), 12 * 2019 + 8),
        ("sample", "2019-08-01", "2019-09-30", Span("sample", 2), 12 * 2019 + 8),
        ("", "2016-02-01", "2016-02-29", Span("month", 1), 12 * 2016 + 1),
    ],
)
def test_a_period_is_its_last_month_with_a_kind_and_a_length(kind, start, end, span, last):
    found = applied(f"Confidence,{kind},{start},{end},77\n")
    assert found.report.held == ()
    [(of, rows)] = found.rows.by_span()
    assert (of, rows.months.tolist(), len(rows)) == (span, [last], 1)


@pytest.mark.parametrize(
    "kind, start, end, code",
    [
        ("year-to", "2019-07-01", "2018-06-30", "period_backwards"),
        ("year-to", "2018-07-02", "2019-06-30", "period_not_whole"),
        ("year-to", "2018-07-01", "2019-06-29", "period_not_whole"),
        ("quarter", "2019-07-01", "2019-10-31", "period_length"),
        ("fortnight", "2019-07-01", "2019-07-31", "period_kind"),
        ("month", "", "2019-07-31", "month_missing"),
        ("month", "2019-02-01", "2019-02-30", "month_impossible"),
    ],
)
def test_a_period_that_cannot_be_is_refused_at_its_row(kind, start, end, code):
    found = applied(f"Confidence,year-to,2018-07-01,2019-06-30,77\nConfidence,{kind},{start},{end},77\n")
    assert [(problem.row, problem.column, problem.code) for problem in found.report.held] == [(3, "End", code)]


def test_rows_are_handed_on_by_kind_and_length():
    found = applied("A,,2019-07,2019-09,1\nB,,2018-10,2019-09,2\nC,,2019-04,2019-06,3\n")
    groups = {span: [rows.measures[i] for i in range(len(rows))] for span, rows in found.rows.by_span()}
    assert groups == {Span("quarter", 3): ["A", "C"], Span("year-to", 12): ["B"]}


def test_a_month_beside_a_start_and_an_end_is_refused():
    table = csv_file.read(b"Measure,Month,Start,End,Value\nA,2019-09,2019-07,2019-09,1\n").table
    columns = {"Measure": "measure", "Month": "month", "Start": "start", "End": "end", "Value": "value"}
    found = layout.apply(table, {"version": 1, "layout": "long", "heading_row": 1, "columns": columns})
    assert [problem.code for problem in found.report.held] == ["mapping"]
