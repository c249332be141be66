"""Every figure of a quarter."""

import datetime as dt

import pytest

from measures import recompute
from measures.figures import lit_since, quarter_figures
from measures.models import Measure, Observation, Period
from measures.trends.ruleset import DEFAULT
from tests.factories.measures import (
    SEPTEMBER,
    AreaFactory,
    MeasureFactory,
    SeriesFactory,
    give,
    give_reading,
    peers_of,
    people,
    steady,
    survey_years,
)
from tests.factories.plans import QuarterPeriodFactory

pytestmark = pytest.mark.django_db


def read(measure, end=SEPTEMBER):
    return quarter_figures([measure], end)[measure.pk]


def counted(**settings):
    """Two years of 10 a month, then a year of 12; the quarter to September 2019 is 36 against 30."""
    series = SeriesFactory(**settings)
    give(series, [10] * 24 + [12] * 12, last=SEPTEMBER)
    return series


def test_quarter_rolling_twelve_and_changes():
    held = read(counted().measure)
    wanted = ("quarter", "quarter_year_ago", "quarter_on_year_percentage", "rolling12", "rolling12_on_year_change")
    assert [held.text(name) for name in wanted] == ["36", "30", "+20.0%", "144", "24"]
    assert (held.as_of, held.figure("quarter").period) == (SEPTEMBER, "quarter two 2019-20")


def test_a_period_says_the_same_as_its_last_month():
    series = counted()
    held = quarter_figures([series.measure], QuarterPeriodFactory())[series.measure_id]
    assert held.figure("quarter") == read(series.measure).figure("quarter")


def test_no_month_after_the_quarter_is_used():
    series = counted()
    give(series, [900], last=SEPTEMBER + 1)
    assert read(series.measure).last_month == SEPTEMBER
    assert read(series.measure, SEPTEMBER - 3).text("month") == "12"


def test_a_late_measure_is_read_at_its_own_last_month_though_later_ones_are_held():
    series = counted(measure__lag_months=3)
    held = read(series.measure)
    assert (held.as_of, held.last_month) == (SEPTEMBER - 3, SEPTEMBER - 3)
    assert held.figure("quarter").period == "quarter one 2019-20"


def test_a_missing_month_makes_the_figure_unsayable_and_says_which():
    series = SeriesFactory()
    give(series, [10] * 20 + [None, 10])
    figure = read(series.measure).figure("quarter")
    assert (figure.value, figure.why_not) == (None, "August 2019 is missing.")


def test_every_month_names_the_observation_behind_it_and_whether_it_is_provisional():
    series = SeriesFactory()
    give(series, [10, 11], provisional=[SEPTEMBER])
    give(series, [12])
    held = read(series.measure)
    latest = Observation.objects.order_by("-pk").first()
    assert (held.observations[SEPTEMBER], latest.value, held.text("month")) == (latest.pk, 12, "12")
    assert held.provisional == frozenset()
    give(series, [13], provisional=[SEPTEMBER])
    assert read(series.measure).provisional == {SEPTEMBER}


def test_a_rate_uses_the_population_that_was_out_by_then():
    series = counted()
    people(series.area, {2017: 1000, 2018: 2000, 2019: 4000})
    assert read(series.measure).text("rate_per_1000") == "72.0"
    assert read(series.measure, SEPTEMBER - 6).figure("rate_per_1000").parts[1] == 1000


def test_what_is_behind_a_percentage_is_counted_in_whole_numbers():
    series = SeriesFactory(measure__kind=Measure.Kind.RATIO, measure__unit="trials", measure__precision=1)
    give(series, [14, 15, 14], [85] * 3)
    wanted = ("quarter", "quarter_numerator", "quarter_denominator")
    assert [read(series.measure).text(name) for name in wanted] == ["16.9%", "43", "255"]


def test_a_survey_is_its_latest_twelve_months_with_margin():
    kind = {"measure__kind": Measure.Kind.SURVEY, "measure__frequency": Measure.Frequency.ROLLING}
    series = SeriesFactory(**kind, measure__lag_months=3, measure__precision=1)
    survey_years(series, {(2018, 6): (84.3, 3.1), (2019, 6): (77.7, 3.5), (2019, 9): (70, 3.5)})
    held = read(series.measure)
    assert (held.text("rolling12"), held.text("rolling12_on_year_change")) == ("77.7%", "−6.6pp")
    assert [(one.value, one.margin, one.sample_size) for one in held.readings] == [(84.3, 3.1, 540), (77.7, 3.5, 540)]
    assert "quarter" not in held.names


def test_an_audit_sample_is_what_met_the_standard_of_what_was_examined():
    kind = {"measure__kind": Measure.Kind.AUDIT_SAMPLE, "measure__frequency": Measure.Frequency.SAMPLE}
    series = SeriesFactory(**kind, measure__precision=1)
    for month, met, examined in ((6, 370, 420), (9, 386, 423), (12, 1, 2)):
        first = dt.date(2019, month, 1)
        give_reading(series, Period.Kind.SAMPLE, first, first.replace(day=28), {"value": met, "denominator": examined})
    held = read(series.measure)
    assert [held.text(name) for name in held.names] == ["91.3%", "88.1%", "+3.2pp"]
    assert held.figure("sample").parts == (386, 423)
    with pytest.raises(ValueError, match="An audit sample has no rolling12"):
        held.figure("rolling12")


def test_an_audit_with_one_sample_has_no_change():
    series = SeriesFactory(
        measure__kind=Measure.Kind.AUDIT_SAMPLE, measure__frequency=Measure.Frequency.SAMPLE, measure__precision=1
    )
    held = read(series.measure)
    assert held.figure("sample").why_not == "No sample is held up to September 2019."
    assert held.text("sample_change") == "–"


def test_signals_and_standing_come_with_the_figures_and_a_count_takes_those_of_its_rate():
    own = AreaFactory()
    header = {"symbols": [{"series": "crime-rate", "families": ["peers", "apart"]}]}
    count = SeriesFactory(area=own, measure__header=header)
    rate = MeasureFactory(slug="crime-rate", kind=Measure.Kind.RATE, stock_denominator=True, placed=False)
    give(count, [*steady(35), 130])
    for number, area in enumerate([own, *peers_of(own)]):
        give(SeriesFactory(measure=rate, area=area), [5 + number] * 36, [1000] * 36)
    recompute.recompute_all()
    held = read(count.measure)
    assert (held.signals["default"].r1, held.signals["key-2019"].r1) == (1, 1)
    assert (held.peer.state, held.peer_measure) == ("below", rate)
    assert lit_since(held, DEFAULT) == {"r1": SEPTEMBER}


def test_a_measure_without_figures_has_all_its_statistics_unsaid():
    held = read(MeasureFactory())
    assert (held.series, held.figure("quarter").value, held.text("quarter"), held.peer) == (None, None, "–", None)


@pytest.mark.parametrize("measures", [1, 3, 28])
def test_a_quarter_costs_the_same_for_any_number_of_measures(measures, django_assert_num_queries):
    series = [counted() for _ in range(measures)]
    survey = {"measure__kind": Measure.Kind.SURVEY, "measure__frequency": Measure.Frequency.ROLLING}
    series.append(SeriesFactory(**survey))
    recompute.recompute_all()
    with django_assert_num_queries(6):  # series with their people, months, readings, signals, verdicts; relatives
        found = quarter_figures([one.measure for one in series], SEPTEMBER)
    assert sum(one.text("quarter") == "36" for one in found.values() if "quarter" in one.names) == measures
