"""Whole columns into a table and out of it, with what is missing."""

import numpy as np
import pytest

from measures import columns
from measures.models import Ruleset, TrendSignal
from measures.models.signal import SEASON_DOUBT, STATISTICS
from measures.trends.rules import evaluate_latest
from measures.trends.ruleset import DEFAULT, RULES
from measures.trends.windows import counts
from tests.factories.measures import SeriesFactory

pytestmark = [pytest.mark.django_db, pytest.mark.servers]

TABLE = TrendSignal._meta.db_table


def read(first: int = 24_000) -> np.ndarray:
    kinds = {"as_of": "i4", "r1": "i2", "input_hash": "i8"}
    return np.sort(columns.read(TABLE, kinds, among={"as_of": np.arange(first, 90_000)}, recorded=["r1"]))


def insert(count: int) -> None:
    series = SeriesFactory()
    ruleset = Ruleset.objects.create(name="trial", version=1, parameters={}, chance=0)
    number = np.arange(count)
    whole = {
        "series_id": np.full(count, series.pk, dtype=np.int64),
        "ruleset_id": np.full(count, ruleset.pk, dtype=np.int64),
        "as_of": (24_000 + number).astype(np.int32),
        "no_data": number % 2 == 1,
        "not_enough": number % 3 == 1,
        "numbers": np.stack([number / 3, number * 1e300], axis=1).astype("<f8").view("V16").reshape(count),
        "input_hash": number * -(2**50),
    }
    whole |= {rule: np.full(count, place, dtype=np.int16) for place, rule in enumerate(RULES)}
    missing = {"r1": number % 2 == 0, "r2": number % 4 == 0}
    columns.insert(TABLE, whole, missing)


def test_every_value_and_every_gap_comes_back_as_it_was_given(monkeypatch):
    monkeypatch.setattr(columns, "AT_ONCE", 4)
    insert(11)
    held = TrendSignal.objects.order_by("as_of")
    assert [
        (one.as_of - 24_000, one.r1, one.r2, one.r3, one.no_data, one.not_enough, one.input_hash) for one in held
    ] == [
        (n, None if n % 2 == 0 else 0, None if n % 4 == 0 else 1, 2, n % 2 == 1, n % 3 == 1, n * -(2**50))
        for n in range(11)
    ]
    assert [np.frombuffer(one.numbers, "<f8").tolist() for one in held] == [[n / 3, n * 1e300] for n in range(11)]


def test_no_rows_are_no_rows_both_ways():
    insert(0)
    assert read().shape == (0,)


def test_rows_are_read_as_columns_by_any_number_of_keys(monkeypatch):
    monkeypatch.setattr(columns, "AT_ONCE", 3)
    insert(11)
    assert read()["as_of"].tolist() == [24_000 + n for n in range(1, 11, 2)]
    assert read()["input_hash"].tolist() == [n * -(2**50) for n in range(1, 11, 2)]
    assert read(24_004)["as_of"].tolist() == [24_005, 24_007, 24_009]


def test_rows_are_deleted_by_their_keys():
    insert(7)
    columns.delete(TABLE, np.array(TrendSignal.objects.filter(as_of__gt=24_001).values_list("pk", flat=True)))
    columns.delete(TABLE, np.array([], dtype=np.int64))
    assert sorted(TrendSignal.objects.values_list("as_of", flat=True)) == [24_000, 24_001]


def test_every_statistic_of_the_engine_has_its_place():
    found = evaluate_latest(counts(np.ones((1, 80))), DEFAULT)
    assert {*found.statistics, SEASON_DOUBT} == set(STATISTICS)
    assert len(STATISTICS) == len(set(STATISTICS)) == 36
    assert STATISTICS[:2] == ("value", "r1_mean")  # kept rows are read by this order for ever
    assert STATISTICS[-5:] == (SEASON_DOUBT, "r5c_ar_slope", "r5c_ar_t", "r5c_ar_p", "r5c_ar_correlation")


def test_a_row_kept_before_a_statistic_was_known_says_nothing_of_it():
    assert TrendSignal(numbers=np.array([5.0, np.nan, 2.0], "<f8").tobytes()).statistics == {"value": 5, "r1_sd": 2}
    assert TrendSignal().statistics == {}
