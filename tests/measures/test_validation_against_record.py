"""Rows against what the record holds: figures far outside their history, and what accepting a file would change."""

import pytest

from measures.parsing import formats, headings, layout
from measures.validation import Definition, Figure, SeriesKey, compare, validate

AS_OF = 12 * 2020 + 2  # March 2020
SEPTEMBER_2019 = 12 * 2019 + 8
DEFINITIONS = [
    Definition("theft", ("Theft",)),
    Definition("arson", ("Arson",)),
    Definition("answered", ("Answered in time",), kind="ratio", unit="%"),
    Definition("crime-rate", ("Crime rate",), kind="rate"),
]


def checked(text, **options):
    table = formats.read(text.encode()).table
    applied = layout.apply(table, headings.propose(table).mapping)
    assert applied.report.errors == 0
    return validate(applied.rows, DEFINITIONS, as_of=AS_OF, **options)


def long(*rows):
    return "Month,Measure,Value\n" + "\n".join(rows)


def codes(validation):
    return [(p.row, p.code) for p in validation.report.held]


def history(values, start=12 * 2018):
    return [f"{month // 12}-{month % 12 + 1:02},Theft,{value}" for month, value in enumerate(values, start)]


def test_a_digit_too_many_is_pointed_out_and_not_refused():
    validation = checked(long(*history([100, 104, 98, 101, 97, 103, 99, 1_010, 102, 100, 96, 105, 101, 99])))
    (problem,) = validation.report.held
    assert (problem.row, problem.column, problem.code, problem.severity) == (9, "Value", "far_outside", "warning")
    assert problem.message == (
        "Theft for August 2018 is 1,010; the months around it are near 101. "
        "Check for a slip, and accept it if it is right."
    )
    assert (validation.report.is_clean, len(validation.values)) == (True, 14)


@pytest.mark.parametrize(
    "values",
    [
        [100, 104, 98, 101, 97, 103, 99, 1_010, 102, 100, 96, 105],  # too short to say
        [0, 1, 0, 2, 0, 0, 1, 4, 0, 1, 0, 0, 2, 0],  # small counts jump about
        [100, 10, 200, 50, 300, 20, 90, 400, 15, 250, 80, 30, 500, 60],  # so does this series
        [100] * 10 + [180] * 10,  # less than double
    ],
)
def test_what_is_not_far_outside(values):
    assert checked(long(*history(values))).report.total == 0


def test_the_record_is_part_of_the_history_and_what_it_holds_is_not_news():
    record = {SeriesKey("theft"): {12 * 2018 + n: Figure(100.0 + n % 3) for n in range(14)}}
    february_2019 = 12 * 2019 + 2
    assert codes(checked(long("2019-03,Theft,1010"), current=record)) == [(2, "far_outside")]
    assert codes(checked(long("2019-03,Theft,1010"))) == []
    record[SeriesKey("theft")][february_2019] = Figure(1_010.0)
    assert codes(checked(long("2019-03,Theft,1010"), current=record)) == []


def test_a_comparison_sets_old_beside_new():
    current = {
        SeriesKey("theft"): {SEPTEMBER_2019: Figure(5), SEPTEMBER_2019 + 1: Figure(6), SEPTEMBER_2019 + 9: Figure(1)},
        SeriesKey("answered"): {SEPTEMBER_2019: Figure(45, 50)},
    }
    text = "Month,Measure,Value,Numerator,Denominator\n"
    text += "2019-09,Theft,5.0,,\n2019-10,Theft,7,,\n2019-11,Theft,8,,\n2019-09,Answered in time,,45,51\n"
    text += "2019-09,Crime rate,6.25,,\n"
    comparison = compare(checked(text).values, current)
    shown = {
        which: [(c.series.slug, c.row, c.old, c.new) for c in comparison.changes(which)]
        for which in ("new", "changed", "unchanged")
    }
    assert shown == {
        "new": [("theft", 4, None, Figure(8)), ("crime-rate", 6, None, Figure(6.25))],
        "changed": [("theft", 3, Figure(6), Figure(7)), ("answered", 5, Figure(45, 50), Figure(45, 51))],
        "unchanged": [("theft", 2, Figure(5), Figure(5))],
    }
    assert (comparison.absent, comparison.new_series) == (1, (SeriesKey("crime-rate"),))
    assert [change.row for change in comparison.changes("new", 1, 2)] == [6]


def test_accepting_a_file_twice_changes_nothing():
    values = checked(long("2019-09,Theft,5", "2019-10,Theft,6", "2019-09,Arson,1.0")).values
    current = {}
    for series, month, figure, _ in values.records():
        current.setdefault(series, {})[month] = figure
    comparison = compare(values, current)
    assert (len(comparison.new), len(comparison.changed), comparison.unchanged.tolist()) == (0, 0, [0, 1, 2])
    assert compare(checked(long("2019-09,Theft,x")).values, current).absent == 0
