"""The page that sets the two rulesets side by side, and the place from which analysts reach the data."""

import pytest

from core.accounts.permissions import Role
from measures import recompute
from measures.models import Measure, TrendSignal
from measures.trends.ruleset import DEFAULT, KEY_2019, VERSIONS
from tests.factories.accounts import UserFactory
from tests.factories.measures import MeasureFactory, SeriesFactory, give, steady, survey_years

pytestmark = pytest.mark.django_db
EVERY_REQUEST = 2  # session, user


@pytest.fixture
def reader(client):
    client.force_login(UserFactory(roles=[Role.ANALYST]))
    return client


def test_each_headline_measure_stands_under_both_and_says_why_they_differ(reader):
    series = SeriesFactory(measure=MeasureFactory(slug="arson"))
    give(series, steady(60))
    give(SeriesFactory(measure=MeasureFactory(slug="calls")), [*steady(59), 130])
    MeasureFactory(slug="behind-the-headlines", headline=False)
    survey = MeasureFactory(slug="trust", kind=Measure.Kind.SURVEY, frequency=Measure.Frequency.ROLLING)
    survey_years(SeriesFactory(measure=survey), {(2019, 9): (77.7, 3.5)})
    recompute.recompute_all()
    TrendSignal.objects.filter(series=series).update(r5=1)
    response = reader.get("/rules/?quarter=2019-20-q2")
    arson, calls, trust = response.context["rows"]
    assert ([one.slug for one in arson.literal], arson.safe) == (["rolling-up"], [])
    assert arson.why == (
        "The rolling trend as the key prints it says rising; the test that allows for the months the totals share "
        "says no trend."
    )
    assert ([one.slug for one in calls.literal], calls.differs, calls.why) == (["spike-up"], False, "")
    assert trust.unjudged.startswith("Cannot say. The rules judge single months;")
    assert response.context["answer"] == "1 of 2 measures differs between the key as printed and the office’s rules."


def test_the_chance_of_a_false_symbol_is_that_of_the_ruleset_s_own_simulation(reader):
    shown = dict(reader.get("/rules/").context["rulesets"])
    assert list(shown) == [KEY_2019.identity, DEFAULT.identity]
    assert [words.split(" of 100")[0] for words in shown.values()] == [
        f"{100 * one.chance.any_symbol:.1f}" for one in (KEY_2019, DEFAULT)
    ]


def test_what_each_is_made_of_is_in_words_and_what_differs_is_marked(reader):
    settings = {
        label: (printed, office)
        for label, printed, office, differs in reader.get("/rules/").context["settings"]
        if differs
    }
    assert list(settings) == ["The rolling trend is tested by"]
    assert settings["The rolling trend is tested by"][0].startswith("a straight line through the twelve totals")


def test_every_version_ever_published_says_what_it_changed(reader):
    history = reader.get("/rules/").context["history"]
    assert [identity for identity, *_ in history] == [one.identity for one in VERSIONS]
    assert [changes.partition(":")[0] for _, changes, *_ in history] == [
        "The first version.", "The first version.", "The rolling trend is tested by",
    ]  # fmt: skip
    assert [in_use for *_, in_use in history] == [True, False, True]


@pytest.mark.parametrize("count", [1, 28])
def test_the_page_costs_the_same_for_any_number_of_measures(reader, count, django_assert_num_queries):
    for number in range(count):
        give(SeriesFactory(measure=MeasureFactory(slug=f"measure-{number}")), steady(36))
    recompute.recompute_all()
    reader.get("/rules/")
    with django_assert_num_queries(EVERY_REQUEST + 9):  # as the scorecard, without commentary
        assert len(reader.get("/rules/").context["rows"]) == count


def test_before_there_is_anything_the_page_says_so(reader):
    assert "once its first figures have been imported" in reader.get("/rules/").content.decode()


def test_analysts_reach_everything_about_data_from_one_place(reader, client):
    page = reader.get("/data/").content.decode()
    assert [path in page for path in ("/imports/", "/series/", "/data-notes/", "/rules/")] == [True] * 4
    client.force_login(UserFactory(roles=[Role.STAFF]))
    assert client.get("/data/").status_code == 403
    assert 'href="/data/"' not in client.get("/scorecard/").content.decode()
