"""How each printed figure is made, down to the row of the file it came from."""

import datetime as dt

import pytest
from django.urls import reverse

from core.accounts.permissions import Role
from measures import recompute
from measures.models import Measure, Period
from tests.factories.accounts import UserFactory
from tests.factories.measures import (
    BatchFactory,
    MeasureFactory,
    SeriesFactory,
    give,
    give_reading,
    steady,
    survey_years,
)

pytestmark = pytest.mark.django_db
EVERY_REQUEST = 2  # session, user


@pytest.fixture
def reader(client):
    client.force_login(UserFactory(roles=[Role.ANALYST]))
    return client


def made(reader, slug, name):
    return reader.get(f"/measures/{slug}/figures/{name}/?quarter=2019-20-q2").context["made"]


def test_a_quarter_says_its_formula_and_the_row_of_each_month(reader):
    batch = BatchFactory(accepted_by=UserFactory(name="Ann Alyst"))
    give(SeriesFactory(measure=MeasureFactory(slug="burglary")), [*steady(59), 130], batch=batch)
    recompute.recompute_all()
    one = made(reader, "burglary", "quarter")
    assert (one.title, one.value, one.unit) == ("Quarter", "334", "crimes")
    assert (one.formula, one.absent, one.put_in) == ("the sum of the 3 months", [], [])
    assert [(row.period, row.value, row.origin) for row in one.rows] == [
        ("July 2019", "104", "figures.csv, row 59"),
        ("August 2019", "100", "figures.csv, row 60"),
        ("September 2019", "130", "figures.csv, row 61"),
    ]
    assert one.rows[0].who_and_when.startswith("Accepted by Ann Alyst, ")
    page = reader.get("/measures/burglary/figures/quarter/").content.decode()
    assert f'href="{reverse("import-detail", args=[batch.pk])}">figures.csv, row 61</a>' in page


def test_a_change_names_the_two_figures_it_compares(reader):
    give(SeriesFactory(measure=MeasureFactory(slug="burglary")), [*steady(59), 130])
    one = made(reader, "burglary", "quarter_on_year_percentage")
    assert one.value == "8.4 per cent"
    assert [text for _, text in one.put_in] == ["334", "308"]
    assert [label.partition(",")[0] for label, _ in one.put_in] == ["Quarter", "Same quarter last year"]
    assert len(one.rows) == 6


def test_a_percentage_says_what_was_divided_by_what(reader):
    ratio = MeasureFactory(slug="solved", kind=Measure.Kind.RATIO, precision=1)
    give(SeriesFactory(measure=ratio), [20] * 36, [80] * 36)
    one = made(reader, "solved", "rolling12")
    assert (one.value, one.unit) == ("25.0 per cent", "per cent")
    assert one.put_in == [("Divided", "240"), ("By", "960")]


def test_a_missing_month_is_named_and_no_part_of_a_sum_is_shown(reader):
    give(SeriesFactory(measure=MeasureFactory(slug="burglary")), [*steady(58), None, 130])
    one = made(reader, "burglary", "quarter")
    assert (one.why_not, one.absent, len(one.rows)) == ("August 2019 is missing.", ["August 2019"], 2)


def test_surveys_and_samples_name_their_own_readings(reader):
    give(SeriesFactory(), steady())
    survey = MeasureFactory(slug="trust", kind=Measure.Kind.SURVEY, frequency=Measure.Frequency.ROLLING, precision=1)
    survey_years(SeriesFactory(measure=survey), {(2018, 9): (80.1, 3.0), (2019, 9): (77.7, 3.5)})
    sample = MeasureFactory(slug="audit", kind=Measure.Kind.AUDIT_SAMPLE, frequency=Measure.Frequency.SAMPLE)
    series, day = SeriesFactory(measure=sample), dt.date(2019, 9, 1)
    give_reading(series, Period.Kind.SAMPLE, day, dt.date(2019, 9, 30), {"value": 91, "denominator": 100})
    assert [row.period for row in made(reader, "trust", "rolling12").rows] == ["twelve months to September 2019"]
    assert [row.value for row in made(reader, "audit", "sample").rows] == ["91% (91 of 100)"]


@pytest.mark.parametrize("kind", Measure.Kind.values)
def test_every_figure_of_every_kind_has_its_page(reader, kind):
    measure = MeasureFactory(slug="burglary", kind=kind, precision=1)
    give(SeriesFactory(measure=measure), [20] * 60, None if kind in ("count", "hours") else [80] * 60)
    figures = reader.get("/measures/burglary/figures/").context["figures"]
    pages = [reader.get(f"/measures/burglary/figures/{name}/") for name, _, _ in figures]
    assert [page.status_code for page in pages] == [200] * len(figures)
    assert len(figures) >= 3


def test_what_there_is_not_is_not_found(reader):
    assert reader.get("/measures/burglary/figures/").status_code == 404
    give(SeriesFactory(measure=MeasureFactory(slug="burglary")), steady())
    MeasureFactory(slug="empty")
    assert reader.get("/measures/empty/figures/").status_code == 404
    assert reader.get("/measures/burglary/figures/nonsense/").status_code == 404


@pytest.mark.parametrize("months", [24, 60])
def test_the_page_costs_the_same_for_any_series(reader, months, django_assert_num_queries):
    give(SeriesFactory(measure=MeasureFactory(slug="burglary")), steady(months))
    reader.get("/measures/burglary/figures/rolling12/")
    with django_assert_num_queries(EVERY_REQUEST + 10):  # as the scorecard, without commentary; observations
        reader.get("/measures/burglary/figures/rolling12/")
