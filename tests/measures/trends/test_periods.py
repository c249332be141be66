"""Months, quarters and financial years, and their names."""

import pytest

from measures.trends.periods import (
    Span,
    financial_year_words,
    last_quarter_end,
    month_index,
    month_parts,
    month_span,
    month_words,
    quarter_number,
    quarter_span,
    rolling_span,
    year_to_date_span,
)

SEPTEMBER_2019 = month_index(2019, 9)


def test_months_are_consecutive_numbers():
    assert month_index(2020, 1) - month_index(2019, 12) == 1
    assert month_parts(SEPTEMBER_2019) == (2019, 9)
    assert month_words(SEPTEMBER_2019) == "September 2019"


def test_there_is_no_thirteenth_month():
    with pytest.raises(ValueError, match="no month 13"):
        month_index(2019, 13)


@pytest.mark.parametrize(
    ("year", "month", "quarter", "financial_year"),
    [
        (2019, 4, 1, "2019-20"),
        (2019, 9, 2, "2019-20"),
        (2019, 12, 3, "2019-20"),
        (2020, 3, 4, "2019-20"),
        (2000, 3, 4, "1999-00"),
    ],
)
def test_financial_quarter_of_a_month(year, month, quarter, financial_year):
    index = month_index(year, month)
    assert (quarter_number(index), financial_year_words(index)) == (quarter, financial_year)


@pytest.mark.parametrize(("month", "ended"), [(6, (2019, 6)), (7, (2019, 6)), (8, (2019, 6)), (9, (2019, 9))])
def test_last_quarter_that_is_over(month, ended):
    assert month_parts(last_quarter_end(month_index(2019, month))) == ended


@pytest.mark.parametrize(
    ("span", "words", "months"),
    [
        (month_span(SEPTEMBER_2019), "September 2019", 1),
        (quarter_span(SEPTEMBER_2019), "quarter two 2019-20", 3),
        (quarter_span(SEPTEMBER_2019).moved(-12), "quarter two 2018-19", 3),
        (quarter_span(SEPTEMBER_2019).moved(6), "quarter four 2019-20", 3),
        (rolling_span(SEPTEMBER_2019), "the twelve months to September 2019", 12),
        (year_to_date_span(SEPTEMBER_2019), "April to September 2019", 6),
        (year_to_date_span(month_index(2020, 2)), "April 2019 to February 2020", 11),
        (year_to_date_span(month_index(2019, 4)), "April 2019", 1),
    ],
)
def test_periods_in_words(span, words, months):
    assert (span.words, len(span.months)) == (words, months)


def test_a_period_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match="before it begins"):
        Span("month", 2, 1)
