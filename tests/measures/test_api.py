"""The read API of measures."""

import pytest

from core.accounts.permissions import Role
from measures import recompute
from measures.models import Measure, Observation
from tests.factories.accounts import UserFactory
from tests.factories.measures import SEPTEMBER, BatchFactory, MeasureFactory, SeriesFactory, give, steady, survey_years

pytestmark = pytest.mark.django_db
EVERY_REQUEST = 5  # session, user; the session kept alive in a savepoint
LISTS = ["plans", "measures", "observations", "signals"]


def get(client, address, **query):
    return client.get(f"/api/v1/{address}/", query)


@pytest.fixture
def reader(client):
    client.force_login(UserFactory(roles=[Role.AUDITOR]))
    return client


@pytest.mark.parametrize("address", LISTS)
def test_lists_are_for_those_who_may_see_measures(client, address):
    assert get(client, address).status_code == 403
    client.force_login(UserFactory(roles=[Role.PANEL]))
    assert get(client, address).status_code == 403
    client.force_login(UserFactory(roles=[Role.STAFF]))
    assert get(client, address).status_code == 200


@pytest.mark.parametrize("address", LISTS)
def test_nothing_can_be_written(reader, address):
    assert reader.post(f"/api/v1/{address}/", {}).status_code == 405


@pytest.mark.parametrize("measures", [1, 3])
@pytest.mark.parametrize(("address", "queries"), [("plans", 4), ("measures", 2), ("observations", 4), ("signals", 4)])
def test_a_list_costs_the_same_however_long(reader, django_assert_num_queries, measures, address, queries):
    for _ in range(measures):
        give(SeriesFactory(), steady(24))
    recompute.recompute_all()
    with django_assert_num_queries(
        EVERY_REQUEST + queries
    ):  # count, rows; a plan's priorities, their measures; embargoes, relatives
        found = get(reader, address).json()
    assert found["count"] == {"plans": 1, "measures": measures, "observations": 24 * measures}.get(
        address, 16 * measures
    )


def test_a_plan_has_its_measures_in_order_under_its_priorities(reader):
    for slug in ("burglary", "arson"):
        MeasureFactory(slug=slug)
    (plan,) = get(reader, "plans").json()["results"]
    assert plan["slug"] == "2017-21"
    assert [(one["number"], one["measures"]) for one in plan["priorities"]] == [(2, ["burglary", "arson"])]


def test_a_measure_is_found_by_its_slug(reader):
    MeasureFactory(slug="burglary", lag_months=3)
    found = get(reader, "measures/burglary").json()
    assert (found["name"], found["kind"], found["lag_months"]) == ("Burglary", "count", 3)
    assert get(reader, "measures/arson").status_code == 404


def test_an_observation_is_the_latest_held_and_says_where_it_came_from(reader):
    series = SeriesFactory(measure__slug="burglary")
    give(series, [41], batch=BatchFactory(file_name="first.csv"))
    clerk = UserFactory(name="A Clerk")
    give(series, [43], batch=BatchFactory(file_name="second.csv", accepted_by=clerk), provisional=[SEPTEMBER])
    first, second = Observation.objects.order_by("pk")
    (found,) = get(reader, "observations", measure="burglary").json()["results"]
    assert (found["id"], found["value"], found["provisional"]) == (second.pk, 43, True)
    assert found["period"] == {"kind": "month", "start": "2019-09-01", "end": "2019-09-30"}
    came = found["provenance"]
    assert (came["file"], came["row"], came["accepted_by"], came["supersedes"]) == (
        "second.csv",
        2,
        "A Clerk",
        first.pk,
    )
    assert get(reader, f"observations/{second.pk}").json() == found
    assert get(reader, f"observations/{first.pk}").status_code == 404


def test_observations_are_chosen_by_measure_and_months(reader):
    give(SeriesFactory(measure__slug="burglary"), [11, 12, 13, 14])
    give(SeriesFactory(measure__slug="arson"), [9])
    chosen = get(reader, "observations", measure="burglary", since="2019-07", until="2019-08").json()
    assert [(one["period"]["start"], one["value"]) for one in chosen["results"]] == [
        ("2019-07-01", 12),
        ("2019-08-01", 13),
    ]
    assert get(reader, "observations", since="last summer").status_code == 400


def test_a_survey_has_its_margin(reader):
    series = SeriesFactory(measure__kind=Measure.Kind.SURVEY, measure__frequency=Measure.Frequency.ROLLING)
    survey_years(series, {(2019, 6): (77.7, 3.5)})
    (found,) = get(reader, "observations", kind="year-to").json()["results"]
    assert (found["value"], found["margin"], found["sample_size"]) == (77.7, 3.5, 540)
    assert found["period"] == {"kind": "year-to", "start": "2018-07-01", "end": "2019-06-30"}


def test_pages_follow_one_another_and_miss_nothing(reader):
    give(SeriesFactory(), steady(5))
    first = get(reader, "observations", page_size=3).json()
    second = get(reader, "observations", page_size=3, page=2).json()
    assert [len(one["results"]) for one in (first, second)] == [3, 2]
    ids = [row["id"] for page in (first, second) for row in page["results"]]
    assert ids == list(Observation.objects.order_by("period__end").values_list("pk", flat=True))
    assert get(reader, "observations", page=9).status_code == 404


def test_a_signal_gives_each_rules_answer_and_the_numbers_behind_it(reader):
    give(SeriesFactory(measure__slug="burglary"), [*steady(35), 130])
    recompute.recompute_all()
    chosen = get(reader, "signals", measure="burglary", ruleset="default", month="2019-09").json()
    (found,) = chosen["results"]
    assert (found["as_of"], found["r1"], found["r2"], found["ruleset_version"]) == ("2019-09-30", 1, 0, 2)
    assert (found["statistics"]["value"], found["statistics"]["r1_mean"]) == (130, 102)
