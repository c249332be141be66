"""Rows against definitions: every problem at once, each with its row, its column and a sentence."""

import numpy as np
import pytest

from measures.parsing import formats, headings, layout
from measures.validation import Definition, Figure, SeriesKey, validate

AS_OF = 12 * 2020 + 2  # March 2020
SEPTEMBER_2019 = 12 * 2019 + 8
DEFINITIONS = [
    Definition("theft", ("Theft", "Theft offences")),
    Definition("arson", ("Arson & fire-raising",)),
    Definition("answered", ("Answered in time",), kind="ratio", unit="%"),
    Definition("wait", ("Average wait",), kind="duration", unit="seconds", maximum=3_600),
    Definition("wait-minutes", ("Longest wait",), kind="duration", unit="minutes"),
    Definition("safe", ("Feels safe",), kind="survey", unit="per cent"),
    Definition("balance", ("Balance",), kind="hours", minimum=-100),
    Definition("crime-rate", ("Crime rate",), kind="rate"),
]


def checked(text, as_of=AS_OF, definitions=DEFINITIONS, **options):
    table = formats.read(text.encode()).table
    applied = layout.apply(table, headings.propose(table).mapping)
    assert applied.report.errors == 0
    return validate(applied.rows, definitions, as_of=as_of, **options)


def problems(validation):
    return [(p.row, p.column, p.code) for p in validation.report.held]


def messages(validation):
    return [p.message for p in validation.report.held]


def stored(validation):
    return [
        (key.slug, month - SEPTEMBER_2019, tuple(figure)[:2]) for key, month, figure, _ in validation.values.records()
    ]


def long(*rows):
    return "Month,Measure,Value\n" + "\n".join(rows)


def fraction(*rows):
    return "Month,Measure,Numerator,Denominator\n" + "\n".join(rows)


def test_names_are_matched_whatever_the_case_the_dashes_and_the_ampersand():
    text = long(
        "2019-09,THEFT,1",
        "2019-10,theft  offences,2",
        "2019-11,theft,3",
        "2019-09,Arson and fire‑raising,4",
        "2019-10,arson,5",
    )
    assert stored(checked(text)) == [
        ("theft", 0, (1, None)),
        ("theft", 1, (2, None)),
        ("theft", 2, (3, None)),
        ("arson", 0, (4, None)),
        ("arson", 1, (5, None)),
    ]


def test_unknown_measures_are_each_listed_once_and_nothing_of_them_is_stored():
    text = long("2019-09,Fraud,1", "2019-09,Theft,2", "2019-10,Fraud ,3", "2019-10,=cmd|' /C calc'!A0,4", "2019-11,,5")
    validation = checked(text)
    assert messages(validation) == [
        "“Fraud” is not a measure in the record (2 rows). Match it to one, or leave it out.",
        "“=cmd|' /C calc'!A0” is not a measure in the record (1 row). Match it to one, or leave it out.",
        "The cell that should name a measure is blank (1 row). Fill it in, or leave the row out.",
    ]
    assert [(u.text, u.rows, u.first_row) for u in validation.unknown_measures] == [
        ("Fraud", 2, 2),
        ("=cmd|' /C calc'!A0", 1, 5),
        ("", 1, 6),
    ]
    assert stored(validation) == [("theft", 0, (2, None))]


def test_a_person_may_say_what_a_name_stands_for():
    validation = checked(long("2019-09,Larceny,1"), measures={"Larceny": "theft"})
    assert (stored(validation), validation.report.total) == ([("theft", 0, (1, None))], 0)


def test_blanks_are_counted_as_missing_and_never_stored_as_zero():
    validation = checked(long("2019-09,Theft,", "2019-10,Theft,..", "2019-11,Theft,n/a", "2019-12,Theft,0"))
    assert (validation.rows, validation.missing, validation.report.total) == (4, 3, 0)
    assert stored(validation) == [("theft", 3, (0, None))]


def test_every_problem_of_a_file_is_told_at_once_in_the_order_of_its_rows():
    text = long(
        "2019-09,Theft,twelve",
        "2019-10,Theft,-3",
        "2019-11,Theft,2.5",
        "2019-12,Theft,5%",
        "2020-01,Fraud,NaN",
        "2020-01,Theft,7",
        "2020-04,Theft,8",
        "2020-01,Theft,9",
    )
    validation = checked(text)
    assert problems(validation) == [
        (2, "Value", "not_a_number"),
        (3, "Value", "negative"),
        (4, "Value", "not_whole"),
        (5, "Value", "percent_sign"),
        (6, "Measure", "measure_unknown"),
        (6, "Value", "not_a_number"),
        (8, "Month", "month_future"),
        (9, "Month", "duplicate_month"),
    ]
    assert messages(validation)[1:4] == [
        "The value of Theft is -3; it cannot be below zero. Check the cell.",
        "The value of Theft is 2.5; it should be a whole number. Check the cell.",
        "Theft is not a percentage but has a % sign. Check the column.",
    ]
    assert messages(validation)[6:] == [
        "April 2020 has not come yet; the latest month is March 2020. Check the year.",
        "Row 7 and row 9 both give Theft for January 2020, with 7 and 9. Keep one of them.",
    ]
    assert stored(validation) == []


def test_the_same_row_twice_is_a_problem_too():
    validation = checked(long("2019-09,Theft,5", "Sep-19,theft,5", "2019-09,Theft,"))
    assert messages(validation) == [
        "Row 2 and row 3 both give Theft for September 2019, with the same figure. Keep one of them."
    ]


def test_a_month_three_times_names_the_first_row_each_time():
    validation = checked(long("2019-09,Theft,5", "2019-10,Theft,6", "2019-09,Theft,7", "2019-09,Theft,x"))
    assert [p.message for p in validation.report.held if p.code == "duplicate_month"] == [
        "Row 2 and row 4 both give Theft for September 2019, with 5 and 7. Keep one of them.",
        "Row 2 and row 5 both give Theft for September 2019, and not both can be read. Keep one of them.",
    ]
    assert stored(validation) == [("theft", 1, (6, None))]


def test_shares_need_a_numerator_and_a_denominator_that_fit():
    text = fraction(
        "2019-09,Answered in time,45,50",
        "2019-10,Answered in time,45,0",
        "2019-11,Answered in time,51,50",
        "2019-12,Answered in time,45,",
        "2020-01,Answered in time,,50",
        "2020-02,Answered in time,,",
        "2020-03,Answered in time,45.5,50",
    )
    validation = checked(text)
    assert problems(validation) == [
        (3, "Denominator", "denominator_zero"),
        (4, "Numerator", "numerator_above_denominator"),
        (5, "Denominator", "denominator_missing"),
        (6, "Numerator", "numerator_missing"),
        (8, "Numerator", "not_whole"),
    ]
    assert messages(validation)[:2] == [
        "The denominator of Answered in time is 0, so there is no figure to work out. "
        "Leave both cells blank if nothing happened that month.",
        "The numerator of Answered in time, 51, is larger than its denominator, 50. Check that the two are not swapped.",
    ]
    assert (stored(validation), validation.missing) == ([("answered", 0, (45, 50))], 1)


def test_a_percentage_alone_is_refused_for_a_share():
    validation = checked(long("2019-09,Answered in time,90%"))
    assert messages(validation) == [
        "Answered in time needs a numerator and a denominator, and the denominator is not there. "
        "A percentage or average alone cannot be added up over months."
    ]


def test_a_printed_value_that_is_not_the_quotient_is_pointed_out_and_the_quotient_used():
    text = "Month,Measure,Value,Numerator,Denominator\n"
    text += "2019-09,Answered in time,33%,3,6\n2019-10,Answered in time,50,3,6\n2019-11,Answered in time,0.5,3,6\n"
    validation = checked(text)
    assert [(p.row, p.severity, p.message) for p in validation.report.held] == [
        (
            2,
            "warning",
            "The value of Answered in time is given as 33 but its numerator and denominator give 50. "
            "The numerator and denominator are used.",
        )
    ]
    assert stored(validation) == [("answered", 0, (3, 6)), ("answered", 1, (3, 6)), ("answered", 2, (3, 6))]


def test_durations_are_stored_in_seconds_in_the_same_file_as_counts():
    text = long(
        "2019-09,Average wait,1 minute 30 seconds",
        "2019-09,Theft,90",
        "2019-09,Longest wait,90",
        "2019-10,Average wait,18 seconds",
        "2019-11,Average wait,12:75",
        "2019-12,Average wait,2 hours",
        "2019-10,Theft,18 seconds",
    )
    validation = checked(text)
    assert problems(validation) == [
        (6, "Value", "duration_impossible"),
        (7, "Value", "above_maximum"),
        (8, "Value", "not_a_number"),
    ]
    assert messages(validation)[1] == "Average wait is 7,200; it cannot be above 3,600. Check it."
    assert stored(validation) == [
        ("wait", 0, (90, None)),
        ("theft", 0, (90, None)),
        ("wait-minutes", 0, (5_400, None)),
        ("wait", 1, (18, None)),
    ]


def test_a_mean_duration_with_its_incidents_is_stored_as_a_total():
    text = "Month,Measure,Value,Denominator\n2019-09,Average wait,1:30,10\n"
    assert stored(checked(text)) == [("wait", 0, (900, 10))]


def test_surveys_have_margins_and_sample_sizes_and_stay_within_a_hundred():
    text = "Month,Measure,Value,Margin,Sample size\n"
    text += "2019-09,Feels safe,71.5%,3.1,402\n2019-10,Feels safe,101,3,402\n2019-11,Feels safe,70,,402.5\n"
    validation = checked(text)
    assert problems(validation) == [(3, "Value", "above_maximum"), (4, "Sample size", "not_whole")]
    assert validation.values.figures() == [Figure(71.5, None, 3.1, 402)]


def test_a_column_of_fractions_is_pointed_out_once():
    validation = checked(long("2019-09,Feels safe,0.71", "2019-10,Feels safe,0.69"))
    assert [(p.row, p.severity, p.message) for p in validation.report.held] == [
        (
            2,
            "warning",
            "Every figure of Feels safe is 1 or less. It is a percentage: 0.19 should be 19. Check the column.",
        )
    ]


def test_below_zero_is_possible_where_the_measure_says_so():
    validation = checked(long("2019-09,Balance,-12.5", "2019-10,Balance,-101"))
    assert messages(validation) == ["Balance is -101; it cannot be below -100. Check it."]
    assert stored(validation) == [("balance", 0, (-12.5, None))]


def test_areas_and_breakdowns_keep_series_apart():
    text = "Month,Measure,Force,Breakdown,Value\n"
    text += "2019-09,Theft,Kent,,1\n2019-09,Theft,KENT police,,2\n2019-09,Theft,Kent,Shops,3\n2019-09,Theft,Mordor,,4\n"
    validation = checked(text, areas={"Kent": "E23000032", "Kent Police": "E23000032", "Essex": "E23000028"})
    assert messages(validation) == [
        "Row 2 and row 3 both give Theft, KENT police for September 2019, with 1 and 2. Keep one of them.",
        "“Mordor” is not an area in the record (1 row). Match it to one, or leave it out.",
    ]
    assert validation.values.series == (SeriesKey("theft", "E23000032", "Shops"),)
    assert [unknown.text for unknown in validation.unknown_areas] == ["Mordor"]
    unmatched = checked(text)
    assert [key.area for key in unmatched.values.series] == ["KENT police", "Kent", "Kent", "Mordor"]


def test_thousands_of_problems_are_all_counted_and_a_thousand_shown():
    rows = [f"{1900 + n // 12}-{n % 12 + 1:02},Theft,{'x' if n % 2 else -1}" for n in range(1_400)]
    report = checked(long(*rows, *["2019-09,Fraud,x"] * 1_600)).report
    assert {entry.code: entry.count for entry in report.summary} == {
        "not_a_number": 700 + 1_600, "negative": 700, "measure_unknown": 1,
    }  # fmt: skip
    assert (report.total, len(report.held), report.held[-1].row) == (3_001, 1_000, 1_001)


def test_a_definition_of_an_unknown_kind_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="kind is 'guess'"):
        Definition("x", ("X",), kind="guess")


def test_values_are_columns_of_equal_length():
    values = checked(fraction("2019-09,Answered in time,45,50", "2019-10,Answered in time,40,50")).values
    assert values.value.tolist() == [45, 40]
    assert values.denominator.tolist() == [50, 50]
    assert np.isnan(values.margin).all()
    assert values.row_numbers.tolist() == [2, 3]
    assert [month for _, month, _, _ in values.records(np.array([1]))] == [SEPTEMBER_2019 + 1]
