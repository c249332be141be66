"""The months as a whole: how many, always the same, sound between parts and wholes, true to the story told of them."""

import csv
import io
from collections import Counter
from datetime import date

import numpy as np
import pytest

from desk.demo import counts, grid, months, shares
from desk.demo.definitions import Kind, PeriodKind
from desk.demo.months import as_csv, monthly, observations, periods_as_csv, revisions, series_without_figures
from desk.demo.notes import CALL_AND_RESPONSE
from desk.demo.plan import HEADLINE, MEASURE_BY_SLUG
from desk.demo.shares import Pair

NOT_MONTHLY = {Kind.SURVEY, Kind.AUDIT_SAMPLE}


def share(slug):
    pair = monthly()[slug]
    return pair.numerator / pair.denominator


def test_every_measure_of_the_plan_has_figures():
    assert series_without_figures() == ()


def test_every_monthly_headline_measure_has_72_months_or_more_ending_at_its_lag():
    held = Counter(o.series_slug for o in observations() if o.period_kind is PeriodKind.MONTH)
    expected = {m.slug: grid.MONTHS - m.lag_months for m in HEADLINE if m.kind not in NOT_MONTHLY}
    assert {slug: held[slug] for slug in expected} == expected
    assert min(expected.values()) == 75


def test_months_of_a_series_are_consecutive():
    starts = [o.start for o in observations() if o.series_slug == "crime-volume"]
    assert starts == [grid.first_day(position) for position in range(grid.MONTHS)]
    assert (starts[0], starts[-1]) == (date(2013, 4, 1), date(2019, 9, 1))


def test_a_survey_or_a_sample_is_never_a_month():
    kinds = {o.period_kind for o in observations() if MEASURE_BY_SLUG[o.series_slug].kind in NOT_MONTHLY}
    assert kinds == {PeriodKind.YEAR_TO, PeriodKind.SAMPLE}


def test_the_same_figures_come_out_every_time():
    first = observations()
    for remembered in (months.monthly, counts.count_months, shares.share_months):
        remembered.cache_clear()
    assert observations() == first


def test_pairs_have_a_denominator_in_every_month_and_shares_do_not_exceed_it():
    proportions = [s for s, p in monthly().items() if isinstance(p, Pair) and MEASURE_BY_SLUG[s].kind is Kind.RATIO]
    empty = [s for s, p in monthly().items() if isinstance(p, Pair) and (p.denominator < 1).any()]
    over = [slug for slug in proportions if (share(slug) > 1).any()]
    assert (empty, over, len(proportions)) == ([], [], 12)


def test_outcomes_are_those_in_court_and_out_of_court_and_rise_each_year():
    held = monthly()
    assert (held["outcomes-court"] + held["outcomes-out-of-court"] == held["outcomes-volume"]).all()
    years = [int(held["outcomes-volume"][grid.index(f"{year - 1}-10") :][:12].sum()) for year in (2017, 2018, 2019)]
    assert years == sorted(years)


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (
            ("burglary", "vehicle-offences", "violence-against-person", "sexual-offences", "robbery", "drug-offences"),
            "crime-volume",
        ),
        (("residential-burglary",), "burglary"),
        (("cyber-stalking-harassment", "cyber-sexual-offences", "cyber-public-order"), "cyber-flagged"),
        (("domestic-abuse",), "crime-volume"),
    ],
)
def test_parts_never_exceed_their_whole(parts, whole):
    held = monthly()
    assert (sum(held[part] for part in parts) < held[whole]).all()


def test_volumes_are_the_denominators_of_their_times():
    held = monthly()
    pairs = {
        "incidents-immediate": "response-immediate",
        "incidents-priority": "response-priority",
        "calls-999": "answer-999",
        "calls-crib": "answer-crib",
        "calls-101": "answer-101",
        "complaints": "complaints-10-days",
    }
    assert all((held[volume] == held[timed].denominator).all() for volume, timed in pairs.items())
    assert (held["calls-crib"] == held["abandonment-crib"].denominator).all()


def test_days_lost_and_people_are_officers_and_staff_together():
    held = monthly()
    both = [held["days-lost-officers"], held["days-lost-staff"]]
    assert (sum(p.numerator for p in both) == held["days-lost"].numerator).all()
    assert (sum(p.denominator for p in both) == held["days-lost"].denominator).all()


def test_calls_abandoned_stood_above_ten_per_cent_from_april_2016_to_october_2017_only():
    above = [grid.name(i) for i in np.flatnonzero(share("abandonment-crib") > 0.10)]
    assert above == [grid.name(i) for i in range(grid.index("2016-04"), grid.index("2017-10") + 1)]
    assert len(above) == 19


@pytest.mark.parametrize("slug", CALL_AND_RESPONSE)
def test_the_outage_lifts_september_2019_above_every_month_of_the_year(slug):
    values = share(slug)
    assert values[-1] > 1.1 * values[-13:-1].max()
    assert [o.end for o in observations() if o.series_slug == slug and o.provisional] == [date(2019, 9, 30)]


def test_anti_social_behaviour_was_lowest_in_january_to_march_2018():
    winters = {year: int(monthly()["asb-volume"][grid.index(f"{year}-01") :][:3].sum()) for year in range(2014, 2020)}
    assert min(winters, key=winters.get) == 2018
    assert winters[2018] < 0.85 * winters[2019]


def test_complaints_peak_where_the_backlog_was_cleared():
    assert grid.name(int(monthly()["complaints"].argmax())) == "2019-03"


def test_crime_fell_in_the_year_to_june_2019():
    crimes = monthly()["crime-volume"]
    assert crimes[grid.index("2017-07") :][:12].sum() == 43_655


def test_lost_trials_were_highest_in_january_to_march_2019_and_lower_in_2017_18():
    pair = monthly()["cracked-trials"]
    quarters = [round(pair.numerator[i : i + 3].sum() / pair.denominator[i : i + 3].sum(), 3) for i in range(0, 78, 3)]
    assert quarters.index(max(quarters)) == grid.index("2019-01") // 3
    year = slice(grid.index("2017-04"), grid.index("2018-03") + 1)
    assert np.mean(share("cracked-trials")[year]) < 43 / 255


def test_crime_groups_weigh_up_to_the_force_s_figure():
    held = [o for o in observations() if o.series_slug.startswith("satisfaction-") and o.end.month == 9]
    whole = {(o.series_slug, o.end): o.value for o in held if not o.breakdown}
    groups = {(o.series_slug, o.end) for o in held if o.breakdown}
    assert len(groups) == 12
    for key in groups:
        cut = [o for o in held if o.breakdown and (o.series_slug, o.end) == key]
        assert round(sum(o.value * o.sample_size for o in cut) / sum(o.sample_size for o in cut), 1) == whole[key]


def test_no_month_jumps_where_two_published_totals_meet():
    """The ratio of a month to the one before is no wilder at an edge than elsewhere."""
    crimes = monthly()["crime-volume"].astype(float)
    change = np.abs(np.diff(np.log(crimes)))
    edges = [grid.index(month) - 1 for month in ("2017-10", "2018-07", "2018-10", "2019-04", "2019-07")]
    assert change[edges].max() < np.quantile(change, 0.95) * 1.25


def test_revisions_bring_the_five_measures_back_towards_august():
    assert sorted(o.series_slug for o in revisions()) == sorted(CALL_AND_RESPONSE)
    for revised in revisions():
        published, august = share(revised.series_slug)[-1], share(revised.series_slug)[-2]
        assert august * 0.95 < revised.value / revised.denominator < published


def test_csv_holds_every_month_once():
    rows = list(csv.DictReader(io.StringIO(as_csv())))
    assert len(rows) == len({(row["series"], row["month"]) for row in rows}) == sum(map(_length, monthly().values()))
    assert rows[0] == {
        "series": "crime-volume",
        "month": "2013-04",
        "value": "2988",
        "numerator": "",
        "denominator": "",
    }


def test_csv_gives_pairs_as_numerator_and_denominator():
    rows = {(r["series"], r["month"]): r for r in csv.DictReader(io.StringIO(as_csv()))}
    september = rows["abandonment-crib", "2019-09"]
    pair = monthly()["abandonment-crib"]
    assert (september["value"], september["numerator"], september["denominator"]) == (
        "",
        str(pair.numerator[-1]),
        str(pair.denominator[-1]),
    )


def test_periods_csv_holds_what_is_not_monthly():
    rows = list(csv.DictReader(io.StringIO(periods_as_csv())))
    assert len(rows) == sum(o.period_kind is not PeriodKind.MONTH for o in observations())
    assert [r["value"] for r in rows if r["series"] == "confidence"][-1] == "77.7"


def _length(item):
    return len(item.numerator) if isinstance(item, Pair) else len(item)
