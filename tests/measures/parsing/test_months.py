"""Months as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.parsing.months import (
    NO_MONTH,
    NotAMonth,
    looks_month_first,
    month_name,
    month_text,
    parse_month,
    parse_months,
)

SEPTEMBER_2019 = 12 * 2019 + 8


@pytest.mark.parametrize(
    "text",
    [
        "2019-09", "2019-09-30", "2019-09-30 00:00:00", "2019-09-01T00:00:00Z", "2019/09/01", "2019.09", "201909", "20190930",
        "2019M09", "2019 M9", "Sep-19", "Sep-2019", "sep 2019", "Sept 2019", "Sept. 2019", "SEPTEMBER 2019", "Sep '19", "2019 Sep",
        "2019-September", "30 Sep 2019", "1st September 2019", "01-Sep-19", "September 30, 2019", "01/09/2019", "30/09/19",
        "1.9.2019", "09/2019", "43709", "43738.0", "  2019-09  ", "Sep\u00a02019",
    ],
)  # fmt: skip
def test_every_form_of_september_2019_is_the_same_month(text):
    assert parse_month(text) == SEPTEMBER_2019


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("1995 Jan", "1995-01"),
        ("Dec-69", "2069-12"),
        ("Jan-70", "1970-01"),
        ("29/02/2020", "2020-02"),
        ("20000", "1954-10"),
    ],
)
def test_other_years(text, month):
    assert month_text(parse_month(text)) == month


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("2019-13", "month_impossible", "“2019-13” would be month 13 of 2019."),
        ("31/09/2019", "month_impossible", "“31/09/2019” is not a date: September 2019 has 30 days."),
        ("2019-02-29", "month_impossible", "“2019-02-29” is not a date: February 2019 has 28 days."),
        ("09/30/2019", "month_impossible", "“09/30/2019” would be month 30 of 2019."),
        ("00/01/2019", "month_impossible", "“00/01/2019” is not a date: January 2019 has 31 days."),
        ("1234-01", "month_impossible", "“1234-01” is in the year 1234. Check the year."),
        ("2019", "month_unclear", "“2019” is a year, not a month."),
        ("2019/20", "month_unclear", "“2019/20” could be a month or a financial year."),
        ("2011/12", "month_unclear", "“2011/12” could be a month or a financial year."),
        ("Q3 2019", "month_unclear", "“Q3 2019” is a period of several months, not one month."),
        ("Jul to Sep 2019", "month_unclear", "“Jul to Sep 2019” is a period of several months, not one month."),
        ("19-Sep", "month_unclear", "“19-Sep” does not say which year."),
        ("2018-09-30T23:00:00Z", "month_unreadable", "“2018-09-30T23:00:00Z” is not a month."),
        ("Total", "month_unreadable", "“Total” is not a month."),
        ("Smarch 2019", "month_unreadable", "“Smarch 2019” is not a month."),
        ("99999", "month_unreadable", "“99999” is not a month."),
        ("٢٠١٩-٠٩", "month_unreadable", "“٢٠١٩-٠٩” is not a month."),
        ("", "month_missing", "The month is missing."),
        ("x" * 500, "month_unreadable", "“" + "x" * 59 + "…” is not a month."),
    ],
)  # fmt: skip
def test_what_is_not_one_month_is_refused_with_a_sentence(text, code, message):
    with pytest.raises(NotAMonth) as refusal:
        parse_month(text)
    how = "" if "Check the year" in message else " Write the month as 2019-09 or September 2019."
    assert (refusal.value.code, str(refusal.value)) == (code, message + how)


def test_dates_are_month_first_when_told_so():
    assert month_text(parse_month("09/01/2019", day_first=False)) == "2019-09"
    assert month_text(parse_month("09/01/2019")) == "2019-01"


@pytest.mark.parametrize(
    ("texts", "looks"),
    [
        (["01/01/2019", "02/01/2019", "03/01/2019"], True),
        (["01/01/2019", "01/02/2019", "01/03/2019"], False),
        (["30/01/2019", "28/01/2019", "31/01/2019"], False),
        (["01/01/2019", "01/01/2020"], False),
    ],
)
def test_a_column_of_dates_in_the_american_order_is_noticed(texts, looks):
    assert looks_month_first(texts) is looks


def test_a_column_is_read_text_by_text():
    read = parse_months(["2019-09", "oops", "Oct-19"])
    assert read.months.tolist() == [SEPTEMBER_2019, NO_MONTH, SEPTEMBER_2019 + 1]
    assert {position: problem.code for position, problem in read.problems.items()} == {1: "month_unreadable"}


@given(st.integers(12 * 1900, 12 * 2101 - 1))
def test_a_month_written_either_way_is_read_back(month):
    assert parse_month(month_text(month)) == parse_month(month_name(month)) == month


@given(st.text())
def test_any_text_is_a_month_or_a_sentence(text):
    try:
        assert 12 * 1900 <= parse_month(text) < 12 * 2101
    except NotAMonth as refusal:
        assert str(refusal).endswith(".")
