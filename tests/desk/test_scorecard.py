"""The scorecard as people see it."""

import csv
import io

import pytest

from core.accounts.permissions import Role
from governance.papers.models import Commentary
from measures import recompute
from measures.models import Measure
from tests.factories.accounts import UserFactory
from tests.factories.measures import SEPTEMBER, MeasureFactory, SeriesFactory, give, steady, survey_years
from tests.factories.papers import CommentaryFactory, QuarterFactory

pytestmark = pytest.mark.django_db
EVERY_REQUEST = 2  # session, user
# office, embargoes, frontier, places, series, months, signals, verdicts, relatives, commentary
SCORECARD = 10


@pytest.fixture
def reader(client):
    client.force_login(UserFactory(roles=[Role.STAFF]))
    return client


def spike(slug="burglary", **settings):
    series = SeriesFactory(measure=MeasureFactory(slug=slug, **settings))
    give(series, [*steady(59), 130])
    return series


def rows(response):
    return [row for group in response.context["groups"] for row in group.rows]


def test_the_scorecard_is_for_those_who_may_see_measures(client):
    assert client.get("/scorecard/").status_code == 302
    client.force_login(UserFactory(roles=[Role.PANEL]))
    assert client.get("/scorecard/").status_code == 403
    assert client.get("/scorecard/table.csv").status_code == 403


def test_before_there_is_anything_the_page_says_how_it_comes(reader):
    page = reader.get("/scorecard/").content.decode()
    assert "Every measure of the police and crime plan will be here" in page


def test_the_answer_comes_first_and_the_rules_last(reader):
    spike()
    quiet = SeriesFactory()
    give(quiet, steady())
    recompute.recompute_all()
    page = reader.get("/scorecard/").content.decode()
    answer = "1 of 2 measures shows a signal; about 0 would by chance alone."
    assert page.index(answer) < page.index("2. Protect the most vulnerable people") < page.index('id="key-spike-up"')
    assert "Symbols are worked out under the ruleset default v2" in page
    assert page.count('class="key__item"') == 17
    assert '<span class="govuk-visually-hidden">Unusually high latest month, a concern</span>' in page


def test_an_earlier_quarter_shows_what_was_so_then(reader):
    series = spike()
    recompute.recompute_all()
    (now,) = rows(reader.get("/scorecard/?quarter=2019-20-q2"))
    (then,) = rows(reader.get("/scorecard/?quarter=2019-20-q1"))
    assert ([one.slug for one in now.signals], [one.slug for one in then.signals]) == (["spike-up"], [])
    assert (now.quarter.text, then.quarter.text) == ("334", "304")
    assert series.measure == then.measure


def test_a_quarter_without_figures_shows_the_latest_and_says_so(reader):
    spike()
    recompute.recompute_all()
    response = reader.get("/scorecard/?quarter=2031-32-q4")
    assert response.context["quarter"].value == "2019-20-q2"
    assert "There are no figures for the quarter you chose" in response.content.decode()
    assert "There are no figures" not in reader.get("/scorecard/").content.decode()


def test_only_what_stands_out_can_be_shown(reader):
    loud = spike()
    give(SeriesFactory(), steady())
    recompute.recompute_all()
    assert len(rows(reader.get("/scorecard/"))) == 2
    assert [one.measure for one in rows(reader.get("/scorecard/?show=exceptions"))] == [loud.measure]
    give(loud, [102])
    recompute.recompute_series([loud.pk])
    assert "No measure shows a signal this quarter" in reader.get("/scorecard/?show=exceptions").content.decode()


def test_the_key_as_printed_can_be_asked_for(reader):
    spike()
    recompute.recompute_all()
    response = reader.get("/scorecard/?rules=key-2019")
    assert response.context["ruleset"].identity == "key-2019 v1"
    assert "about 1 would by chance alone" in response.content.decode()


def test_commentary_shows_how_far_it_is_once_a_quarter_is_open(reader):
    series = spike()
    recompute.recompute_all()
    assert ">Commentary<" not in reader.get("/scorecard/").content.decode()
    CommentaryFactory(measure=series.measure, quarter=QuarterFactory(), state=Commentary.State.REVIEW)
    (row,) = rows(reader.get("/scorecard/"))
    assert row.commentary == "review"
    assert "In review" in reader.get("/scorecard/").content.decode()


@pytest.mark.parametrize("measures", [1, 3, 28])
def test_the_page_costs_the_same_for_any_number_of_measures(reader, measures, django_assert_num_queries):
    for number in range(measures):
        spike(f"measure-{number}")
    recompute.recompute_all()
    reader.get("/scorecard/")  # the first page after signing in also notes that somebody is there
    with django_assert_num_queries(EVERY_REQUEST + SCORECARD):
        assert len(rows(reader.get("/scorecard/"))) == measures


def test_a_retired_measure_is_gone(reader):
    spike("burglary")
    spike("old", retired_on="2019-06-30")
    recompute.recompute_all()
    assert [one.measure.slug for one in rows(reader.get("/scorecard/"))] == ["burglary"]


def test_the_spreadsheet_has_the_same_measures_with_exact_values(reader):
    spike("burglary")
    survey = MeasureFactory(kind=Measure.Kind.SURVEY, frequency=Measure.Frequency.ROLLING, name="@confidence")
    survey_years(SeriesFactory(measure=survey), {(2019, 9): (77.7, 3.5)})
    recompute.recompute_all()
    response = reader.get("/scorecard/table.csv?quarter=2019-20-q2")
    assert response["Content-Disposition"] == 'attachment; filename="scorecard-2019-20-q2.csv"'
    lines = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [(one["Measure"], one["Quarter"], one["Twelve months"], one["Margin"]) for one in lines] == [
        ("Burglary", "334.0", "1250.0", ""),
        ("'@confidence", "", "77.7", "3.5"),
    ]


def test_no_later_month_is_shown(reader):
    series = spike()
    give(series, [999], last=SEPTEMBER + 1)
    recompute.recompute_all()
    (row,) = rows(reader.get("/scorecard/"))
    assert (row.quarter.text, row.rolling.text) == ("334", "1,250")
