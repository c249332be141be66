"""The figures the panel report states, worked out by the registry of statistics and printed in house style."""

from fractions import Fraction

import pytest

from measures.trends.figures import change, monthly_data, over, share
from measures.trends.formatting import round_half_up
from measures.trends.periods import rolling_span
from measures.trends.statistics import compute

LAST = 12 * 2019 + 8  # September 2019
YEAR = range(LAST - 11, LAST + 1)
TWO_YEARS = range(LAST - 23, LAST + 1)


def spread(total):
    """A total over twelve months."""
    each, left = divmod(total, 12)
    return [each + (position < left) for position in range(12)]


def on_year(before, now, statistic):
    return compute(
        f"rolling12_on_year_{statistic}", monthly_data("count", TWO_YEARS, spread(before) + spread(now)), LAST
    )


def per_cent(above, below):
    return compute("rolling12", monthly_data("ratio", YEAR, spread(above), spread(below)), LAST)


def year(total):
    return over(monthly_data("count", YEAR, spread(total)), rolling_span(LAST), "rolling12", "rolling twelve months")


# Of each figure of the file: how the record would work it out, from the counts that the report gives.
WORKED_OUT = {
    "crime volume increase on previous 12m (n)": lambda: on_year(43_082, 44_340, "change"),
    "crime volume % change": lambda: on_year(43_082, 44_340, "percentage"),
    "positive outcome ratio %": lambda: per_cent(7_296, 44_340),
    "court + out of court": lambda: year(5_611 + 1_685),
    "hate crime change n": lambda: on_year(658, 619, "change"),
    "hate crime % change": lambda: on_year(658, 619, "percentage"),
    "ASB % change": lambda: on_year(16_369, 16_792, "percentage"),
    "S136 % change": lambda: on_year(240, 285, "percentage"),
    "DA crimes change n": lambda: on_year(5_989, 6_610, "change"),
    "DA crimes % change": lambda: on_year(5_989, 6_610, "percentage"),
    "sexual offences % change": lambda: on_year(1_703, 1_599, "percentage"),
    "KSI monthly mean": lambda: compute("mean_per_month", monthly_data("count", YEAR, spread(273)), LAST),
    "conviction rate %": lambda: per_cent(4_437, 4_993),
    "complaints % change": lambda: on_year(529, 739, "percentage"),
    "appeals upheld 12m %": lambda: share(year(6), year(26)),
    "appeals upheld of complaints 12m %": lambda: share(year(6), year(739)),
    "appeals upheld Q2 % (2 of 10)": lambda: share(year(2), year(10)),
    "appeals upheld Q1 % (3 of 6) STATED 33": lambda: share(year(3), year(6)),
    "burglary fall % 4382->3026": lambda: on_year(4_382, 3_026, "percentage"),
}


def places(stated):
    return len(str(stated).partition(".")[2])


def test_what_the_report_states_is_what_the_record_works_out(oracle):
    cases = oracle.json("seed_arithmetic_checks.json")
    for case in oracle.watched("seed_arithmetic_checks.json", cases):
        figure = WORKED_OUT[case["measure"]]()
        value = -figure.value if "fall" in case["measure"] else figure.value
        assert float(value) == pytest.approx(case["computed"], rel=1e-12), case["measure"]
        printed = round_half_up(value, places(case["stated"]))
        assert (float(printed) == case["stated"]) is case["agrees"], case["measure"]
    assert [case["measure"] for case in cases if not case["agrees"]] == ["appeals upheld Q1 % (3 of 6) STATED 33"]
    oracle.compared("seed_arithmetic_checks.json", rows=len(cases), values=2 * len(cases))
    assert len(cases) == len(WORKED_OUT) == 19


def test_three_of_six_is_half_and_no_rounding_makes_it_a_third():
    figure = per_cent(3, 6)
    assert (figure.value, change(figure, per_cent(2, 6)).value) == (50, Fraction(50, 3))
