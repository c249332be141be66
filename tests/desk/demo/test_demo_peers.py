"""Other forces: invented, but standing where the report says they stand beside the force."""

from datetime import date

import numpy as np
import pytest

from desk.demo import grid
from desk.demo.definitions import PeriodKind
from desk.demo.months import monthly
from desk.demo.nation import ALL_AREAS, lines, nation_observations
from desk.demo.peers import PEERS, SYNTHETIC, peer_months, peer_observations, populations, rolling_twelve
from desk.demo.plan import FORCE, MEASURE_BY_SLUG, NATION, REGION

RATE, RATIO = 1000, 100


def stand(values):
    """Where the force stands against the mean of all eight and one standard deviation, as the key says it."""
    mean, spread = np.mean(list(values.values())), np.std(list(values.values()), ddof=1)
    own = values[FORCE]
    if abs(own - mean) > spread:
        return "greater" if own > mean else "less"
    return "in line, above" if own >= mean else "in line, below"


@pytest.mark.parametrize(
    ("slug", "last", "scale", "mean", "position"),
    [
        ("crime-rate", "2019-06", RATE, "73.0", "less"),
        ("violence-rate", "2019-09", RATE, "22.7", "in line, below"),
        ("sexual-offences-rate", "2019-09", RATE, "2.8", "less"),
        ("outcome-ratio", "2019-09", RATIO, "14.4", "in line, above"),
        ("outcome-ratio-sexual", "2019-09", RATIO, "7.8", "greater"),
        ("outcome-ratio-robbery", "2019-09", RATIO, "19.3", "in line, above"),
        ("outcome-ratio-vehicle", "2019-09", RATIO, "5.2", "less"),
        ("outcome-ratio-residential-burglary", "2019-09", RATIO, "7.1", "less"),
    ],
)
def test_the_force_stands_among_its_peers_as_the_report_says(slug, last, scale, mean, position):
    values = rolling_twelve(slug, last, scale)
    assert (len(values), f"{np.mean(list(values.values())):.1f}", stand(values)) == (8, mean, position)


def test_crime_and_sexual_outcomes_stand_well_outside_the_band():
    for slug, last, scale in (("crime-rate", "2019-06", RATE), ("outcome-ratio-sexual", "2019-09", RATIO)):
        values = rolling_twelve(slug, last, scale)
        spread = np.std(list(values.values()), ddof=1)
        assert abs(values[FORCE] - np.mean(list(values.values()))) > 2 * spread


def test_confidence_is_in_line_and_above_average():
    held = {
        o.area: o.value for o in peer_observations() if o.series_slug == "confidence" and o.end == date(2019, 6, 30)
    }
    assert stand({FORCE: 77.7, **held}) == "in line, above"


def test_every_peer_has_every_month_of_every_compared_measure():
    lengths = {len(pair.numerator) for held in peer_months().values() for pair in held.values()}
    assert (list(peer_months()), lengths, {len(held) for held in peer_months().values()}) == (
        list(PEERS),
        {grid.MONTHS},
        {8},
    )


def test_peers_ratios_are_shares():
    for held in peer_months().values():
        assert all((held[slug].numerator <= held[slug].denominator).all() for slug in held)


def test_months_of_other_forces_after_june_are_provisional():
    kinds = {
        (o.start > date(2019, 6, 30), o.provisional) for o in peer_observations() if o.period_kind is PeriodKind.MONTH
    }
    assert kinds == {(True, True), (False, False)}


def test_other_populations_say_they_are_invented():
    assert {p.source for p in populations() if p.area != FORCE} == {SYNTHETIC}
    assert {p.area for p in populations()} == {FORCE, *PEERS}


@pytest.mark.parametrize(
    ("area", "slug", "rise"),
    [
        (NATION, "crime-volume", 6),
        (REGION, "crime-volume", 1),
        (NATION, "weapons-possession", 16),
        (NATION, "hate-crime", 10),
    ],
)
def test_nation_and_region_changed_as_stated(area, slug, rise):
    (months,) = [months for where, what, months in lines() if (where, what) == (area, slug)]
    now, before = int(months[-12:].sum()), int(months[-24:-12].sum())
    assert round(100 * (now - before) / before) == rise


@pytest.mark.parametrize(("slug", "place"), [("crime-rate", 4), ("violence-rate", 6), ("sexual-offences-rate", 5)])
def test_the_force_has_the_stated_place_from_the_lowest_of_43(slug, place):
    others = {
        o.area: 1000 * o.value / o.denominator
        for o in nation_observations()
        if (o.series_slug, o.end) == (slug, date(2019, 6, 30))
    }
    everyone = others | rolling_twelve(slug, "2019-06", RATE)
    assert (len(everyone), sorted(everyone, key=everyone.get).index(FORCE) + 1) == (43, place)


def test_knife_crime_is_fourteenth_lowest():
    counts = [o.value for o in nation_observations() if o.series_slug == "knife-crime"]
    own = int(monthly()["knife-crime"][grid.index("2018-07") : grid.index("2019-06") + 1].sum())
    assert (len(counts), sorted([*counts, own]).index(own) + 1) == (42, 14)


def test_five_forces_recorded_less_crime_than_the_year_before():
    held = {(o.area, o.end.year): o.value for o in nation_observations() if o.series_slug == "crime-rate"}
    fell = {area for area, year in held if held[area, 2019] < held[area, 2018]}
    year, before = (
        slice(grid.index("2018-07"), grid.index("2019-06") + 1),
        slice(grid.index("2017-07"), grid.index("2018-06") + 1),
    )
    months = {FORCE: monthly()["crime-rate"], **{p: held["crime-rate"] for p, held in peer_months().items()}}
    fell |= {area for area, pair in months.items() if pair.numerator[year].sum() < pair.numerator[before].sum()}
    assert (len(fell), FORCE in fell) == (5, True)


@pytest.mark.parametrize("slug", ["days-lost-officers", "days-lost-staff"])
def test_sickness_is_no_outlier_in_the_nation(slug):
    values = [o.value / o.denominator for o in nation_observations() if o.series_slug == slug]
    pair = monthly()[slug]
    year = slice(grid.index("2018-04"), grid.index("2019-03") + 1)
    own = pair.numerator[year].sum() / pair.denominator[year].mean()
    assert len(values) == 42
    assert abs(own - np.mean(values)) < np.std(values, ddof=1)


def test_figures_of_others_name_measures_and_areas_of_the_demo():
    everything = [*peer_observations(), *nation_observations()]
    assert {o.series_slug for o in everything} <= set(MEASURE_BY_SLUG)
    assert {o.area for o in everything} == {area.name for area in ALL_AREAS} - {FORCE}
    assert len(ALL_AREAS) == 45


def test_no_figure_of_another_area_is_given_twice():
    keys = [(o.series_slug, o.area, o.period_kind, o.end) for o in (*peer_observations(), *nation_observations())]
    assert len(keys) == len(set(keys))
