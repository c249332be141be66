"""Figures as people write them."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.parsing.numbers import NotANumber, parse_duration, parse_durations, parse_number, parse_numbers


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("15", "15"), ("1,234", "1234"), ("1,234,567.8", "1234567.8"), (" 44 340 ", "44340"), ("44\u00a0340", "44340"), ("0", "0"),
        ("12.5%", "12.5"), ("12.5 %", "12.5"), ("£1,200", "1200"), ("-5", "-5"), ("−5", "-5"), ("+7", "7"), (".5", "0.5"), ("5.", "5"),
        ("1e5", "100000"), ("2.5E-3", "0.0025"), ("0.18822003075828975", "0.18822003075828975"),
    ],
)  # fmt: skip
def test_a_number_is_read_exactly(text, number):
    assert parse_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text", ["", "  ", "-", "–", "..", "...", "n/a", "N/A", "NA", "null", ":", "[x]", "not available"]
)
def test_no_figure_is_missing_and_never_zero(text):
    assert parse_number(text) is None
    assert parse_duration(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("abc", "not_a_number"), ("NaN", "not_a_number"), ("inf", "not_a_number"), ("-Infinity", "not_a_number"), ("12p", "not_a_number"),
        ("1_000", "not_a_number"), ("0x10", "not_a_number"), ("(5)", "not_a_number"), ("1 2", "not_a_number"), ("٣", "not_a_number"),
        ("nil", "not_a_number"), ("1e999999999", "not_a_number"), ("=cmd|'/c calc'!A1", "not_a_number"), ("9" * 5000, "not_a_number"),
        ("9" * 16, "number_too_large"), ("1e15", "number_too_large"), ("1,23", "number_unclear"), ("1.234,5", "number_unclear"),
        ("12,34,567", "number_unclear"), ("<5", "suppressed"), ("*", "suppressed"), ("[c]", "suppressed"),
        ("fewer than 5", "suppressed"), ("#DIV/0!", "spreadsheet_error"), ("#N/A", "spreadsheet_error"), ("#####", "spreadsheet_error"),
    ],
)  # fmt: skip
def test_what_is_not_a_figure_is_refused_by_its_kind(text, code):
    with pytest.raises(NotANumber) as refusal:
        parse_number(text)
    assert refusal.value.code == code


def test_the_sentence_quotes_the_text_and_says_what_to_do():
    with pytest.raises(NotANumber) as refusal:
        parse_number("about\n40")
    assert str(refusal.value) == "“about 40” is not a number. Put a figure there, or leave it blank if there is none."


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1 minute 30 seconds", "90"), ("18 seconds", "18"), ("2 mins", "120"), ("1h 5m", "3900"), ("1m30s", "90"), ("1.5 minutes", "90"),
        ("1 hour, 2 minutes and 3 seconds", "3723"), ("2 days", "172800"), ("12:47", "767"), ("75:10", "4510"), ("00:01:20", "80"),
        ("30:05:00", "108300"), ("0:09.5", "9.5"), ("90", "90"), ("1,200", "1200"),
    ],
)  # fmt: skip
def test_a_duration_is_read_in_seconds(text, seconds):
    assert parse_duration(text) == Decimal(seconds)


def test_a_plain_number_is_counted_in_the_unit_of_the_measure():
    assert parse_duration("1.5", unit="minutes") == 90
    assert parse_duration("1 minute 30 seconds", unit="hours") == 90


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("12:75", "duration_impossible"), ("1:61:00", "duration_impossible"), ("30 seconds 1 minute", "duration_impossible"),
        ("10s 10s", "duration_impossible"), ("1 min 30", "not_a_duration"), ("soon", "not_a_duration"), ("5%", "not_a_duration"),
        ("<5", "suppressed"),
    ],
)  # fmt: skip
def test_what_is_not_a_duration_is_refused_by_its_kind(text, code):
    with pytest.raises(NotANumber) as refusal:
        parse_duration(text)
    assert refusal.value.code == code


def test_a_column_is_read_text_by_text():
    read = parse_numbers(["1,234", "..", "x", "12.5%"])
    assert np.array_equal(read.floats, [1234, np.nan, np.nan, 12.5], equal_nan=True)
    assert {position: problem.code for position, problem in read.problems.items()} == {2: "not_a_number"}
    assert read.percents == {3}
    assert parse_durations(["2", "3:00"], unit="minutes").floats.tolist() == [120, 180]


@given(st.decimals(min_value=-(10**14), max_value=10**14, places=3))
def test_a_number_with_thousands_separators_is_read_back(number):
    assert parse_number(f"{number:,}") == parse_number(str(number)) == number


@given(st.text(max_size=200))
def test_any_text_is_a_number_or_missing_or_a_sentence(text):
    for parse in (parse_number, parse_duration):
        try:
            number = parse(text)
        except NotANumber as refusal:
            assert str(refusal)
        else:
            assert number is None or number.is_finite()
