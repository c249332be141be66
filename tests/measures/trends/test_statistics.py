"""The registry of statistics: the figures a panel paper prints, worked out from months."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from measures.trends.figures import UNITS, change, monthly_data, over, share
from measures.trends.formatting import figure_text
from measures.trends.periods import month_index, quarter_span
from measures.trends.statistics import STATISTICS, available, compute, compute_all

SEPTEMBER = month_index(2019, 9)
MONTHS = range(SEPTEMBER - 23, SEPTEMBER + 1)


def spread(total, months):
    """A total as whole months that add up to it."""
    each, left = divmod(total, months)
    return [each + (position < left) for position in range(months)]


# Crime volume as published: rolling twelve 43,082 and 44,340; quarters two 11,039 and 11,856; quarter one 10,952.
CRIME = (
    spread(43_082 - 11_039, 9)
    + spread(11_039, 3)
    + spread(44_340 - 11_856 - 10_952, 6)
    + spread(10_952, 3)
    + spread(11_856, 3)
)


def crime(values=CRIME, **more):
    return monthly_data("count", MONTHS, values, **more)


@pytest.mark.parametrize(
    ("name", "text", "period"),
    [
        ("quarter", "11,856", "quarter two 2019-20"),
        ("previous_quarter", "10,952", "quarter one 2019-20"),
        ("quarter_year_ago", "11,039", "quarter two 2018-19"),
        ("rolling12", "44,340", "the twelve months to September 2019"),
        ("rolling12_year_ago", "43,082", "the twelve months to September 2018"),
        ("rolling12_quarter_ago", "43,523", "the twelve months to June 2019"),
        ("year_to_date", "22,808", "April to September 2019"),
        ("month", "3,952", "September 2019"),
        ("mean_per_month", "3,695", "the twelve months to September 2019"),
        (
            "rolling12_on_year_change",
            "1,258",
            "the twelve months to September 2019 against the twelve months to September 2018",
        ),
        (
            "rolling12_on_year_percentage",
            "2.9 per cent",
            "the twelve months to September 2019 against the twelve months to September 2018",
        ),
        ("quarter_on_previous_percentage", "8.3 per cent", "quarter two 2019-20 against quarter one 2019-20"),
    ],
)
def test_published_crime_figures(name, text, period):
    figure = compute(name, crime(), SEPTEMBER)
    assert (figure_text(figure), figure.period) == (text, period)


@pytest.mark.parametrize(
    ("later", "earlier", "text"),
    [
        (619, 658, "−5.9 per cent"),
        (16_792, 16_369, "2.6 per cent"),
        (285, 240, "18.8 per cent"),
        (6_610, 5_989, "10.4 per cent"),
        (1_599, 1_703, "−6.1 per cent"),
        (739, 529, "39.7 per cent"),
    ],
)
def test_published_percentage_changes(later, earlier, text):
    data = monthly_data("count", MONTHS, spread(earlier, 12) + spread(later, 12))
    assert figure_text(compute("rolling12_on_year_percentage", data, SEPTEMBER)) == text


def test_ratio_is_sum_over_sum_and_change_is_in_points():
    top, bottom = [1] * 12 + [1] * 11 + [90], [10] * 12 + [10] * 11 + [100]
    data = monthly_data("ratio", MONTHS, top, bottom)
    figure = compute("rolling12", data, SEPTEMBER)
    assert (figure.value, figure.parts) == (Fraction(10100, 210), (101, 210))
    moved = compute("rolling12_on_year_change", data, SEPTEMBER)
    assert (moved.unit, figure_text(moved)) == ("percentage_points", "38.1 percentage points")


def test_published_outcome_ratio():
    data = monthly_data("ratio", MONTHS, spread(5_000, 12) + spread(7_296, 12), CRIME)
    assert figure_text(compute("rolling12", data, SEPTEMBER)) == "16.5 per cent"


def test_duration_is_total_seconds_over_incidents():
    data = monthly_data(
        "duration", MONTHS, [0] * 21 + [767 * 2_000, 767 * 2_000, 767 * 1_029], [1] * 21 + [2_000, 2_000, 1_029]
    )
    figure = compute("quarter", data, SEPTEMBER)
    assert (figure_text(figure), figure_text(figure, "table")) == ("12 minutes and 47 seconds", "12:47")


def test_stock_denominator_is_averaged_not_added():
    data = monthly_data("days_per_person", MONTHS, [100.0] * 24, [1000.0] * 12 + [900.0] * 6 + [1100.0] * 6)
    assert compute("rolling12", data, SEPTEMBER).value == Fraction(12 * 100, 1000)
    flow = monthly_data("days_per_person", MONTHS, [100.0] * 24, [1000.0] * 24, stock=False)
    assert compute("rolling12", flow, SEPTEMBER).value == Fraction(1, 10)


def test_rates_per_thousand():
    rate = monthly_data("rate", MONTHS, CRIME, [711_000] * 24)
    assert figure_text(compute("rolling12", rate, SEPTEMBER)) == "62.4"
    assert figure_text(compute("rate_per_1000", crime(population=711_000), SEPTEMBER)) == "62.4"
    unknown = compute("rate_per_1000", crime(), SEPTEMBER)
    assert (unknown.value, unknown.why_not) == (None, "No population is recorded for the area.")


def test_survey_reading_covers_its_own_twelve_months():
    data = monthly_data("survey", [month_index(2018, 6), month_index(2019, 6)], [84.3, 77.7])
    june = month_index(2019, 6)
    figure = compute("rolling12", data, june)
    assert (figure_text(figure), figure.period, figure.months) == (
        "77.7 per cent",
        "the twelve months to June 2019",
        (june,),
    )
    assert figure_text(compute("rolling12_on_year_change", data, june), "table") == "−6.6pp"
    assert [name for name in available("survey") if "rolling12" not in name] == []


@pytest.mark.parametrize("missing", [None, float("nan"), Decimal("NaN"), np.nan])
def test_a_missing_month_makes_no_partial_sum(missing):
    values = [*CRIME[:-2], missing, CRIME[-1]]
    figure = compute("quarter", crime(values), SEPTEMBER)
    assert (figure.value, figure.why_not) == (None, "August 2019 is missing.")
    assert compute("rolling12_on_year_change", crime(values), SEPTEMBER).value is None
    assert compute("quarter_year_ago", crime(values), SEPTEMBER).value == 11_039
    assert figure_text(figure) == "cannot be said"


def test_many_missing_months_are_counted():
    figure = compute("rolling12_year_ago", monthly_data("count", MONTHS[5:], CRIME[5:]), SEPTEMBER)
    assert figure.why_not == "5 months are missing, the first of them October 2017."


def test_missing_denominator_or_nothing_to_divide_by():
    data = monthly_data("ratio", MONTHS, [0] * 24, [None] + [0] * 23)
    assert compute("rolling12", data, SEPTEMBER).why_not == "There was nothing to divide by in the period."
    assert compute("rolling12_year_ago", data, SEPTEMBER).why_not == "October 2017 is missing."


def test_percentage_of_zero_cannot_be_said_but_the_change_can():
    data = monthly_data("count", MONTHS, [0] * 12 + [1] * 12)
    assert compute("rolling12_on_year_percentage", data, SEPTEMBER).value is None
    assert compute("rolling12_on_year_change", data, SEPTEMBER).value == 12


def test_quarter_of_a_lagged_measure_is_the_last_one_over():
    assert compute("quarter", crime(), SEPTEMBER - 1).period == "quarter one 2019-20"


def test_figure_names_the_months_and_formula_it_used():
    figure = compute("quarter_on_year_change", crime(), SEPTEMBER)
    assert figure.months == (*range(SEPTEMBER - 14, SEPTEMBER - 11), *range(SEPTEMBER - 2, SEPTEMBER + 1))
    assert (figure.formula, figure.parts) == ("the later less the earlier", (11_856, 11_039))
    ratio = compute("quarter", monthly_data("rate", MONTHS, CRIME, CRIME), SEPTEMBER)
    assert ratio.formula == (
        "the sum of the 3 months' numerators divided by the mean of the 3 months' denominators, times 1,000"
    )


def test_the_parts_of_a_quotient_are_figures_too():
    data = monthly_data("ratio", MONTHS, spread(4_000, 12) + spread(4_437, 12), spread(5_000, 12) + spread(4_993, 12))
    above, below = (compute(f"rolling12_{part}", data, SEPTEMBER) for part in ("numerator", "denominator"))
    assert (figure_text(above), figure_text(below)) == ("4,437", "4,993")
    nothing = monthly_data("ratio", MONTHS, [0] * 24, [0] * 24)
    assert compute("quarter_denominator", nothing, SEPTEMBER).value == 0
    missing = compute("quarter_numerator", monthly_data("ratio", MONTHS[:-1], [1] * 23, [2] * 23), SEPTEMBER)
    assert (missing.value, missing.why_not) == (None, "September 2019 is missing.")
    time = monthly_data("duration", MONTHS, [120] * 24, [2] * 24)
    assert figure_text(compute("quarter_numerator", time, SEPTEMBER)) == "6 minutes"
    people = monthly_data("rate", MONTHS, [1] * 24, [500] * 24)
    mean = compute("rolling12_denominator", people, SEPTEMBER)
    assert (mean.value, mean.formula) == (500, "the mean of the months' denominators")


def test_share_of_a_total():
    court = over(monthly_data("count", MONTHS, [5] * 24), quarter_span(SEPTEMBER), "court", "court outcomes")
    total = over(monthly_data("count", MONTHS, [20] * 24), quarter_span(SEPTEMBER), "all", "all outcomes")
    assert (share(court, total).value, share(court, total).title) == (25, "share of all outcomes")
    with pytest.raises(ValueError, match="same unit and period"):
        share(court, over(crime(), quarter_span(SEPTEMBER - 3), "all", "all"))


def test_figures_of_different_units_are_not_compared():
    with pytest.raises(ValueError, match="cannot be compared"):
        change(
            compute("month", crime(), SEPTEMBER), compute("rolling12", monthly_data("survey", MONTHS, CRIME), SEPTEMBER)
        )


@pytest.mark.parametrize("kind", UNITS)
def test_every_statistic_of_a_kind_works_and_no_other(kind):
    data = monthly_data(kind, MONTHS, CRIME, CRIME, population=1)
    figures = compute_all(data, SEPTEMBER)
    assert tuple(figures) == available(kind)
    assert {name for name, figure in figures.items() if figure.name != name} == set()
    for name in set(STATISTICS) - set(figures):
        with pytest.raises(ValueError, match="makes no sense"):
            compute(name, data, SEPTEMBER)


def test_input_that_contradicts_itself_is_refused():
    with pytest.raises(ValueError, match="given twice"):
        monthly_data("count", [1, 1], [2, 3])
    with pytest.raises(ValueError, match="needs denominators"):
        monthly_data("ratio", [1], [2])
    with pytest.raises(ValueError):
        monthly_data("count", [1, 2], [2])


def test_arrays_of_numpy_are_read_exactly():
    data = monthly_data("hours", np.array([SEPTEMBER]), np.array([0.1]))
    assert compute("month", data, SEPTEMBER).value == Fraction(1, 10)
