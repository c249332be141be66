"""Every figure of the published table, asserted at the precision it was printed at, against the generated months."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest

from desk.demo import grid
from desk.demo.months import monthly, observations
from desk.demo.plan import MEASURE_BY_SLUG
from desk.demo.shares import POPULATION

Q1 = ("2019-04", "2019-06")
Q2 = ("2019-07", "2019-09")
R12_Q1 = ("2018-07", "2019-06")
R12_Q2 = ("2018-10", "2019-09")
R12_YEAR_AGO = ("2017-10", "2018-09")
R12_TWO_YEARS_AGO = ("2016-10", "2017-09")
Q2_YEAR_AGO = ("2018-07", "2018-09")
R12_AUGUST = ("2018-09", "2019-08")
R12_JUNE_YEAR_AGO = ("2017-07", "2018-06")


def months_in(span):
    return slice(grid.index(span[0]), grid.index(span[1]) + 1)


def count(slug, span):
    return int(monthly()[slug][months_in(span)].sum())


def parts(slug, span):
    pair = monthly()[slug]
    return int(pair.numerator[months_in(span)].sum()), int(pair.denominator[months_in(span)].sum())


def printed(value, places):
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def per_cent(slug, span, places):
    numerator, denominator = parts(slug, span)
    return str(printed(Decimal(100 * numerator) / denominator, places))


def mean(slug, span):
    numerator, denominator = parts(slug, span)
    return int(printed(Decimal(numerator) / denominator, 0))


def days_a_person(slug, span):
    pair = monthly()[slug]
    months = months_in(span)
    return pair.numerator[months].sum() / pair.denominator[months].mean()


@pytest.mark.parametrize(
    ("slug", "span", "published"),
    [
        ("crime-volume", Q1, 10_952),
        ("crime-volume", Q2, 11_856),
        ("crime-volume", R12_Q1, 43_523),
        ("crime-volume", R12_Q2, 44_340),
        ("crime-volume", R12_YEAR_AGO, 43_082),
        ("crime-volume", Q2_YEAR_AGO, 11_039),
        ("cyber-flagged", Q1, 668),
        ("cyber-flagged", Q2, 726),
        ("cyber-flagged", R12_Q1, 2_999),
        ("cyber-flagged", R12_Q2, 3_015),
        ("cyber-flagged", R12_YEAR_AGO, 2_385),
        ("cyber-flagged", Q2_YEAR_AGO, 710),
        ("hate-crime", Q1, 163),
        ("hate-crime", Q2, 178),
        ("hate-crime", R12_Q1, 624),
        ("hate-crime", R12_Q2, 619),
        ("hate-crime", R12_YEAR_AGO, 658),
        ("hate-crime", Q2_YEAR_AGO, 183),
        ("asb-volume", Q1, 4_424),
        ("asb-volume", Q2, 4_764),
        ("asb-volume", R12_Q1, 16_848),
        ("asb-volume", R12_Q2, 16_792),
        ("asb-volume", R12_YEAR_AGO, 16_369),
        ("asb-volume", Q2_YEAR_AGO, 4_820),
        ("ksi-collisions", R12_Q1, 273),
        ("specials-hours", Q1, 16_469),
        ("specials-hours", Q2, 15_205),
        ("section-136", Q1, 70),
        ("section-136", Q2, 74),
        ("section-136", R12_Q2, 285),
        ("section-136", R12_YEAR_AGO, 240),
        ("cse-crimes", Q1, 33),
        ("cse-crimes", Q2, 35),
        ("cse-crimes", R12_Q2, 146),
        ("cse-crimes", R12_YEAR_AGO, 151),
        ("domestic-abuse", Q1, 1_594),
        ("domestic-abuse", Q2, 1_735),
        ("domestic-abuse", R12_Q1, 6_516),
        ("domestic-abuse", R12_Q2, 6_610),
        ("domestic-abuse", R12_YEAR_AGO, 5_989),
        ("domestic-abuse", Q2_YEAR_AGO, 1_641),
        ("sexual-offences", Q1, 380),
        ("sexual-offences", Q2, 425),
        ("sexual-offences", R12_Q1, 1_601),
        ("sexual-offences", R12_Q2, 1_599),
        ("sexual-offences", R12_YEAR_AGO, 1_703),
        ("sexual-offences", Q2_YEAR_AGO, 427),
        ("complaints", Q1, 180),
        ("complaints", Q2, 200),
        ("complaints", R12_Q2, 739),
        ("complaints", R12_YEAR_AGO, 529),
        ("outcomes-volume", R12_Q2, 7_296),
        ("outcomes-court", R12_Q2, 5_611),
        ("outcomes-out-of-court", R12_Q2, 1_685),
        ("burglary", R12_TWO_YEARS_AGO, 4_382),
        ("burglary", R12_Q2, 3_026),
        ("trials-ended-witness", ("2018-08", "2019-07"), 86),
        ("incidents-immediate", Q2, 5_029),
        ("incidents-immediate", R12_Q2, 17_918),
        ("incidents-priority", Q2, 9_379),
        ("incidents-priority", R12_Q2, 36_329),
        ("calls-999", Q2, 27_163),
        ("calls-999", R12_Q2, 92_676),
        ("calls-crib", Q2, 40_524),
    ],
)
def test_counts_add_up_to_the_published_total(slug, span, published):
    assert count(slug, span) == published


@pytest.mark.parametrize(
    ("slug", "span", "published"),
    [
        ("outcome-ratio", R12_Q2, (7_296, 44_340)),
        ("conviction-rate", R12_AUGUST, (4_437, 4_993)),
        ("cracked-trials", Q2, (43, 255)),
        ("cracked-trials-all", Q2, (133, 255)),
        ("full-file-errors", Q2, (1, 185)),
        ("complaints-10-days", Q1, (167, 180)),
        ("complaints-10-days", Q2, (180, 200)),
        ("appeals-upheld", Q1, (3, 6)),
        ("appeals-upheld", Q2, (2, 10)),
        ("appeals-upheld", R12_Q2, (6, 26)),
    ],
)
def test_parts_of_a_share_are_the_published_ones(slug, span, published):
    assert parts(slug, span) == published


@pytest.mark.parametrize(
    ("slug", "span", "published"),
    [
        ("outcome-ratio", R12_Q2, "16.5"),
        ("outcome-ratio-sexual", R12_Q2, "9.7"),
        ("conviction-rate", R12_AUGUST, "89"),
        ("cracked-trials", Q1, "21.0"),
        ("cracked-trials", Q2, "16.9"),
        ("abandonment-crib", Q1, "3.4"),
        ("abandonment-crib", Q2, "5.7"),
        ("abandonment-crib", R12_Q2, "4.3"),
        ("full-file-errors", Q1, "2.5"),
        ("full-file-errors", Q2, "0.5"),
        ("complaints-10-days", Q1, "93"),
        ("complaints-10-days", Q2, "90"),
        ("appeals-upheld", Q1, "50"),
        ("appeals-upheld", Q2, "20"),
        ("appeals-upheld", R12_Q2, "23"),
    ],
)
def test_percentages_print_as_published(slug, span, published):
    assert per_cent(slug, span, MEASURE_BY_SLUG[slug].precision) == published


@pytest.mark.parametrize(
    ("slug", "span", "seconds"),
    [
        ("response-immediate", Q1, 626),
        ("response-immediate", Q2, 767),
        ("response-priority", Q1, 3_206),
        ("response-priority", Q2, 3_470),
        ("response-priority", R12_Q2, 3_101),
        ("answer-999", Q1, 4),
        ("answer-999", Q2, 5),
        ("answer-999", R12_Q2, 4),
        ("answer-999", R12_YEAR_AGO, 4),
        ("answer-999", R12_TWO_YEARS_AGO, 5),
        ("answer-crib", Q1, 64),
        ("answer-crib", Q2, 105),
        ("answer-crib", R12_Q2, 80),
        ("answer-crib", R12_YEAR_AGO, 102),
        ("answer-crib", R12_TWO_YEARS_AGO, 229),
        ("answer-101", R12_Q2, 6),
        ("answer-101", R12_YEAR_AGO, 7),
        ("answer-101", R12_TWO_YEARS_AGO, 12),
    ],
)
def test_times_print_as_published(slug, span, seconds):
    assert mean(slug, span) == seconds


@pytest.mark.parametrize(
    ("slug", "end", "value", "margin"),
    [
        ("confidence", date(2019, 6, 30), 77.7, 3.5),
        ("confidence", date(2018, 6, 30), 84.3, 3.1),
        ("not-told-what-next", date(2019, 9, 30), 67.6, 10.52),
    ],
)
def test_surveys_carry_the_published_value_and_margin(slug, end, value, margin):
    held = [o for o in observations() if (o.series_slug, o.end, o.breakdown) == (slug, end, "")]
    assert [(o.value, o.margin) for o in held] == [(value, margin)]


@pytest.mark.parametrize(
    ("slug", "published"),
    [
        ("satisfaction-whole", (77.2, 73.8, 76.9)),
        ("satisfaction-contact", (91.2, 90.1, 94.4)),
        ("satisfaction-arrival", (83.5, 81.1, 84.7)),
        ("satisfaction-actions", (67.8, 66.7, 68.2)),
        ("satisfaction-investigation", (69.6, 61.8, 64.3)),
        ("satisfaction-informed", (70.6, 65.2, 64.8)),
        ("satisfaction-treatment", (90.9, 87.3, 90.4)),
    ],
)
def test_satisfaction_stands_at_the_three_septembers_of_the_table(slug, published):
    held = {o.end: o.value for o in observations() if o.series_slug == slug and not o.breakdown}
    assert tuple(held[date(year, 9, 30)] for year in (2017, 2018, 2019)) == published


@pytest.mark.parametrize(("slug", "value"), [("satisfaction-informed", 64.8), ("satisfaction-treatment", 90.4)])
def test_satisfaction_is_the_same_to_august_as_to_september(slug, value):
    held = {o.end: o.value for o in observations() if o.series_slug == slug and not o.breakdown}
    assert (held[date(2019, 8, 31)], held[date(2019, 9, 30)]) == (value, value)


@pytest.mark.parametrize(("slug", "fall"), [("satisfaction-informed", 10.3), ("satisfaction-investigation", 9.2)])
def test_vehicle_crime_victims_explain_the_fall(slug, fall):
    held = {o.end.year: o.value for o in observations() if o.series_slug == slug and o.breakdown == "Vehicle crime"}
    assert round(held[2017] - held[2019], 1) == fall


@pytest.mark.parametrize(
    ("slug", "published"),
    [
        ("compliance-rate", "88.1 to June, 91.3 to September"),
        ("compliance-partner-referrals", "98.7 to September"),
        ("compliance-sexual", "100.0 to September"),
        ("compliance-domestic", "100.0 to September"),
    ],
)
def test_audit_samples_print_as_published(slug, published):
    held = [o for o in observations() if o.series_slug == slug and o.end > date(2019, 3, 31)]
    said = [f"{printed(Decimal(100 * o.value) / o.denominator, 1)} to {o.end:%B}" for o in held]
    assert ", ".join(said) == published


def test_crime_rate_to_june_is_61_2_per_thousand():
    assert str(printed(1000 * days_a_person("crime-rate", R12_Q1), 1)) == "61.2"
    assert POPULATION[2018] == 711_000


def test_sickness_prints_as_published():
    assert str(printed(days_a_person("days-lost", R12_Q2), 1)) == "14.8"


@pytest.mark.parametrize(("slug", "rise"), [("days-lost-officers", 16), ("days-lost-staff", 21)])
def test_sickness_of_officers_and_staff_rose_as_stated(slug, rise):
    pair = monthly()[slug]
    now, before = (int(pair.numerator[months_in(span)].sum()) for span in (R12_Q2, R12_YEAR_AGO))
    assert int(printed(100 * (now - before) / before, 0)) == rise


def test_average_days_to_record_a_complaint_fell_from_15_to_7():
    assert (mean("complaint-recording-days", ("2019-01", "2019-03")), mean("complaint-recording-days", Q2)) == (15, 7)


@pytest.mark.parametrize(
    ("slug", "change"),
    [
        ("residential-burglary", -27),
        ("vehicle-offences", -26),
        ("theft-from-person", -16),
        ("drug-offences", 21),
        ("weapons-possession", 28),
    ],
)
def test_crime_types_changed_as_stated_in_the_year_to_june(slug, change):
    now, before = count(slug, R12_Q1), count(slug, R12_JUNE_YEAR_AGO)
    assert int(printed(100 * (now - before) / before, 0)) == change


@pytest.mark.parametrize(
    ("slug", "change"),
    [
        ("crime-volume", "2.9"),
        ("cyber-flagged", "26.4"),
        ("hate-crime", "-5.9"),
        ("asb-volume", "2.6"),
        ("section-136", "18.8"),
        ("domestic-abuse", "10.4"),
        ("sexual-offences", "-6.1"),
        ("complaints", "39.7"),
    ],
)
def test_rolling_twelve_changed_on_the_year_before_as_stated(slug, change):
    now, before = count(slug, R12_Q2), count(slug, R12_YEAR_AGO)
    assert str(printed(Decimal(100 * (now - before)) / before, 1)) == change
