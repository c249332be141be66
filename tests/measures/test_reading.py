"""The figures as arrays."""

import datetime as dt

import numpy as np
import pytest

from measures import reading
from measures.models import DataNote, Measure, Series
from tests.factories.measures import SEPTEMBER, AreaFactory, SeriesFactory, give, people, steady

pytestmark = pytest.mark.django_db


def test_months_are_columns_and_a_missing_month_is_a_gap():
    first, second = SeriesFactory(), SeriesFactory(measure__kind=Measure.Kind.RATIO)
    give(first, [5, None, 7])
    give(second, [1, 2], [10, 20], last=SEPTEMBER - 1)
    table = reading.load([second, first], until=SEPTEMBER + 1)
    assert (table.first, table.last, table.column(SEPTEMBER), table.column(SEPTEMBER + 9)) == (
        SEPTEMBER - 2,
        SEPTEMBER + 1,
        2,
        3,
    )
    gap = np.nan
    np.testing.assert_array_equal(table.values, [[1, 2, gap, gap], [5, gap, 7, gap]])
    np.testing.assert_array_equal(table.denominators, [[10, 20, gap, gap], [gap, gap, gap, gap]])
    assert (table.last_month(0), table.last_month(1)) == (SEPTEMBER - 1, SEPTEMBER)


def test_a_series_without_figures_is_a_row_of_gaps():
    table = reading.load([SeriesFactory()], until=SEPTEMBER)
    assert (table.months, table.last, table.last_month(0)) == (1, SEPTEMBER, None)


def test_a_note_marks_its_months_of_its_measures_alone():
    noted, other = SeriesFactory(), SeriesFactory()
    for one in (noted, other):
        give(one, steady(6))
    note = DataNote.objects.create(
        title="Outage", text="Out.", starts=dt.date(2019, 6, 1), ends=dt.date(2019, 7, 31), exclude=True
    )
    note.measures.add(noted.measure)
    table = reading.load([noted, other])
    assert table.left_out.tolist() == [[False, False, True, True, False, False], [False] * 6]


def test_reading_costs_the_same_for_one_series_and_for_many(django_assert_num_queries):
    series = [SeriesFactory() for _ in range(5)]
    for one in series:
        give(one, steady(24))
    for few in (series[:1], series):
        with django_assert_num_queries(3):  # figures, notes, phases
            assert reading.load(few).values.shape == (len(few), 24)


def test_a_long_list_of_series_is_read_in_pieces_in_the_same_order(monkeypatch):
    monkeypatch.setattr(reading, "IN_ONE_QUERY", 2)
    series = [SeriesFactory() for _ in range(5)]
    for number, one in enumerate(series):
        give(one, [number])
    assert reading.load(series[::-1]).values.tolist() == [[4], [3], [2], [1], [0]]


@pytest.mark.parametrize(
    ("last", "newest"), [(SEPTEMBER, SEPTEMBER), (SEPTEMBER + 1, SEPTEMBER), (SEPTEMBER - 1, SEPTEMBER - 3)]
)
def test_a_quarter_counts_once_its_last_month_is_in(last, newest):
    assert reading.quarter_ends(last, 3) == [newest, newest - 3, newest - 6]


def test_the_frontier_is_the_latest_month_of_the_own_force():
    own, late = SeriesFactory(), SeriesFactory(measure__lag_months=3)
    other = SeriesFactory(area=AreaFactory(slug="other", name="Other", is_own=False))
    assert (reading.frontier(), reading.quarters(8)) == (None, [])
    give(other, [1], last=SEPTEMBER + 12)
    give(late, [1], last=SEPTEMBER - 3)
    assert reading.frontier() == SEPTEMBER  # every measure comes late: June is what September's report has
    give(own, [1], last=SEPTEMBER - 1)
    give(late, [1], last=SEPTEMBER)
    assert reading.frontier() == SEPTEMBER


def test_a_quarter_has_an_address_a_label_and_words():
    give(SeriesFactory(), [1])
    assert [(one.value, one.label, one.words) for one in reading.quarters(2)] == [
        ("2019-20-q2", "Quarter two 2019-20", "July to September 2019"),
        ("2019-20-q1", "Quarter one 2019-20", "April to June 2019"),
    ]


def test_population_is_the_latest_by_the_year_asked_for():
    held = AreaFactory()
    young, empty = (AreaFactory(slug=name, name=name, is_own=False) for name in ("young", "empty"))
    people(held, {2016: 100, 2017: 110, 2019: 130})
    people(young, {2019: 50})
    for area in (held, young, empty):
        SeriesFactory(area=area)
    found = reading.with_people(Series.objects.all(), 2018)
    assert {one.area_id: one.people for one in found} == {held.pk: 110, young.pk: 50, empty.pk: None}


@pytest.mark.parametrize(
    ("kind", "stock", "expected"),
    [
        (Measure.Kind.COUNT, False, 78),
        (Measure.Kind.RATIO, False, 100 * 78 / 1200),
        (Measure.Kind.RATE, True, 1000 * 78 / 100),
        (Measure.Kind.DURATION, False, 78 / 1200),
        (Measure.Kind.DAYS_PER_PERSON, True, 78 / 100),
    ],
)
def test_rolling_twelve_is_a_quotient_of_sums_or_over_the_mean_of_a_stock(kind, stock, expected):
    series = SeriesFactory(measure__kind=kind, measure__stock_denominator=stock)
    give(series, list(range(1, 13)), [100] * 12)
    rolled = reading.rolling_twelve(reading.load([series]))
    assert np.isnan(rolled[0, :11]).all()
    assert rolled[0, 11] == pytest.approx(expected)


def test_never_judged_names_monthly_series_only():
    monthly = SeriesFactory()
    SeriesFactory(measure__frequency=Measure.Frequency.ROLLING)
    assert reading.never_judged() == {monthly.pk}
