"""Defining measures, areas and plans, by action and from a sheet."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from measures import actions
from measures.definition_sheet import SheetProblems
from measures.models import CurrentValue, Measure, Observation, Plan, PlanMeasure
from tests.factories.measures import AreaFactory, MeasureFactory, SeriesFactory

pytestmark = pytest.mark.django_db
YEARS = {"starts": dt.date(2017, 4, 1), "ends": dt.date(2021, 3, 31)}


def test_a_measure_with_a_kind_nobody_knows_is_refused():
    with pytest.raises(ValidationError):
        actions.create_measure(slug="x", name="X", short_name="X", kind="guess", unit="crimes", by=None)
    assert Measure.objects.count() == 0


def test_a_series_is_kept_once_and_a_long_breakdown_refused():
    measure, area = MeasureFactory(slug="burglary"), AreaFactory()
    first = actions.create_series(measure=measure, area=area, breakdown="Homes", by=None)
    assert actions.create_series(measure=measure, area=area, breakdown="Homes", by=None) == first
    with pytest.raises(ValidationError):
        actions.create_series(measure=measure, area=area, breakdown="x" * 121, by=None)


def test_a_plan_can_be_written_again_in_another_order():
    for slug in ("a", "b", "c"):
        MeasureFactory(slug=slug, placed=False)

    def write(*slugs: str) -> Plan:
        priorities = [{"number": 1, "title": "Prevent crime", "measures": list(slugs)}]
        return actions.set_plan(title="Plan", slug="2017-21", priorities=priorities, by=None, **YEARS)

    plan = write("a", "b")
    assert write("c", "a") == plan
    placed = PlanMeasure.objects.filter(priority__plan=plan).values_list("measure__slug", "position")
    assert list(placed) == [("c", 1), ("a", 2)]
    with pytest.raises(LookupError, match="not defined: d"):
        write("a", "d")


def test_measures_are_defined_from_a_sheet_and_redefined_by_their_slug():
    sheet = "slug,name,kind,unit,headline,target value\nburglary,Burglary,count,crimes,yes,\nanswer,Time to answer,duration,seconds,no,10\n"
    actions.load_measures(data=sheet.encode(), by=None)
    found = Measure.objects.values_list("slug", "name", "kind", "headline", "target_value", "version").order_by("pk")
    assert list(found) == [
        ("burglary", "Burglary", "count", True, None, 1),
        ("answer", "Time to answer", "duration", False, 10, 1),
    ]
    actions.load_measures(data=sheet.replace("Burglary", "Burglary of homes").encode(), by=None)
    assert Measure.objects.values_list("name", "version").get(slug="burglary") == ("Burglary of homes", 2)


def test_a_bad_sheet_says_everything_that_is_wrong_and_defines_nothing():
    sheet = "slug,name,kind,unit,headline\nburglary,Burglary,guess,crimes,perhaps\nburglary,Again,count,crimes,no\n"
    with pytest.raises(SheetProblems) as refused:
        actions.load_measures(data=sheet.encode(), by=None)
    assert len(refused.value.sentences) == 3
    assert refused.value.sentences[0] == "Row 2: “perhaps” cannot be the headline."
    assert Measure.objects.count() == 0


def test_a_sheet_without_its_columns_is_refused():
    with pytest.raises(SheetProblems, match="has no column “kind”"):
        actions.load_measures(data=b"slug,name,unit,colour\na,b,c,d\n", by=None)


def row(**changes) -> SimpleNamespace:
    facts = {"series_slug": "burglary", "area": "Testshire Police", "breakdown": "", "period_kind": "month"}
    facts |= {"start": dt.date(2019, 9, 1), "end": dt.date(2019, 9, 30), "value": 320, "denominator": None}
    return SimpleNamespace(**{**facts, "margin": None, "sample_size": None, "provisional": False, **changes})


def test_figures_of_any_period_are_loaded_in_one_batch():
    SeriesFactory(measure__slug="burglary")
    year = row(period_kind="year-to", start=dt.date(2018, 10, 1), value=3_900, provisional=True)
    batch = actions.load_observations(rows=[row(), year], source="First years", as_at=dt.date(2019, 10, 1), by=None)
    assert batch.rows_count == 2
    assert sorted(CurrentValue.objects.values_list("value", "provisional")) == [(320, False), (3_900, True)]
    again = actions.load_observations(rows=[row(value=321)], source="Revised", as_at=dt.date(2019, 11, 1), by=None)
    assert again.observations.get().supersedes.value == 320


def test_loading_into_a_series_that_is_not_kept_is_refused():
    SeriesFactory(measure__slug="burglary")
    with pytest.raises(LookupError, match="no series for burglary; Testshire Police; Homes"):
        actions.load_observations(rows=[row(), row(breakdown="Homes")], source="x", as_at=dt.date(2019, 10, 1), by=None)
    assert Observation.objects.count() == 0
