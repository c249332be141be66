"""The list of series and the page of one, as an analyst reads them."""

import csv
import datetime as dt
import io

import pytest

from core.accounts.permissions import Role
from measures import recompute
from measures.models import ImportBatch, Measure
from tests.factories.accounts import UserFactory
from tests.factories.measures import (
    SEPTEMBER,
    AreaFactory,
    BatchFactory,
    MeasureFactory,
    SeriesFactory,
    give,
    steady,
    survey_years,
)

pytestmark = pytest.mark.django_db
EVERY_REQUEST = 2  # session, user
# Office, choices of measure and area, count, page, months, notes, phases, readings, ruleset, signals, frontier, and one
# for what is hidden, one for embargoes.
LIST = 14


@pytest.fixture
def reader(client):
    client.force_login(UserFactory(roles=[Role.ANALYST]))
    return client


@pytest.fixture
def held():
    """A spike, a broken run, one that is behind in another area, a part, and a survey."""
    other = AreaFactory(name="Elsewhere", slug="elsewhere", is_own=False)
    burglary = MeasureFactory(slug="burglary")
    made = {
        "spike": SeriesFactory(measure=MeasureFactory(slug="arson")),
        "broken": SeriesFactory(measure=burglary),
        "behind": SeriesFactory(measure=burglary, area=other),
        "part": SeriesFactory(measure=burglary, breakdown="Dwellings"),
    }
    give(made["spike"], [*steady(59), 130])
    give(made["broken"], [*steady(30), None, None, *steady(28)])
    give(made["behind"], steady(40), last=SEPTEMBER - 4)
    give(made["part"], steady(36))
    survey = MeasureFactory(slug="trust", kind=Measure.Kind.SURVEY, frequency=Measure.Frequency.ROLLING)
    made["survey"] = SeriesFactory(measure=survey)
    survey_years(made["survey"], {(2018, 9): (80.1, 3.0), (2019, 9): (77.7, 3.5)})
    recompute.recompute_all()
    return {made[name].pk: name for name in made}


def found(reader, held, asked):
    rows = reader.get(f"/series/?{asked}").context["rows"]
    return [held[int(row.href.split("/")[-2])] for row in rows]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("", ["spike", "behind", "broken", "part", "survey"]),
        ("words=else+burg", ["behind"]),
        ("words=dwell", ["part"]),
        ("measure=burglary", ["behind", "broken", "part"]),
        ("area=elsewhere", ["behind"]),
        ("breakdown=part", ["part"]),
        ("breakdown=whole&measure=burglary", ["behind", "broken"]),
        ("kind=survey", ["survey"]),
        ("reaches=current", ["spike", "broken", "part"]),
        ("reaches=behind", ["behind", "survey"]),
        ("signal=yes", ["spike"]),
        ("signal=no&kind=count", ["behind", "broken", "part"]),
        ("gaps=yes", ["broken"]),
        ("gaps=no&measure=burglary", ["behind", "part"]),
        ("measure=nonsense&kind=nonsense", ["spike", "behind", "broken", "part", "survey"]),
        ("words=nothing+like+it", []),
    ],
)
def test_series_are_narrowed_to_what_the_address_asks(reader, held, asked, names):
    assert found(reader, held, asked) == names


def test_a_row_says_how_far_a_series_reaches_how_long_it_is_and_what_is_missing(reader, held):
    rows = {held[int(row.href.split("/")[-2])]: row for row in reader.get("/series/").context["rows"]}
    broken, behind, survey = rows["broken"], rows["behind"], rows["survey"]
    assert (broken.last, broken.length, broken.gaps, broken.behind) == ("September 2019", "58 months", 2, False)
    assert (behind.last, behind.area, behind.behind) == ("May 2019", "Elsewhere", True)
    assert (survey.last, survey.length, survey.spark) == ("September 2019", "2 other periods", "")
    assert [one.slug for one in rows["spike"].marks] == ["spike-up"]
    assert rows["part"].spark.startswith("<svg")


@pytest.mark.parametrize("count", [1, 60])
@pytest.mark.parametrize("asked", ["", "gaps=no&reaches=current&signal=no"])
def test_a_page_costs_the_same_for_any_number_of_series(reader, count, asked, django_assert_num_queries):
    for number in range(count):
        give(SeriesFactory(measure=MeasureFactory(slug=f"measure-{number}", placed=False)), steady(3))
    recompute.recompute_all()
    reader.get("/series/")
    more = 2 if asked else 0  # the frontier and the ruleset, to narrow by
    with django_assert_num_queries(EVERY_REQUEST + LIST + more):
        response = reader.get(f"/series/?{asked}")
    assert len(response.context["rows"]) == min(count, 50)
    assert response.context["page"].paginator.count == count


def test_the_second_page_goes_on_where_the_first_stopped(reader):
    for number in range(52):
        SeriesFactory(measure=MeasureFactory(slug=f"measure-{number:02}", placed=False))
    rows = reader.get("/series/?page=2&kind=count").context["rows"]
    assert [row.name for row in rows] == ["Measure 50", "Measure 51"]
    assert "?page=1&amp;kind=count" in reader.get("/series/?page=2&kind=count").content.decode()


def one(reader, held, name, tail=""):
    pk = next(pk for pk, other in held.items() if other == name)
    return reader.get(f"/series/{pk}/{tail}")


def test_the_page_of_a_series_shows_gaps_as_gaps_and_every_figure_s_story(reader, held):
    response = one(reader, held, "broken")
    periods = response.context["periods"]
    assert len(periods) == 60
    missing = [period.period for period in periods if period.source is None]
    assert missing == ["May 2017", "April 2017"]
    assert response.content.decode().count("No figure is held") == 2
    assert "2 months without a figure" in response.content.decode()
    assert "No data: Apr 2017 to May 2017" in response.context["chart"].svg


def test_a_figure_that_was_superseded_or_withdrawn_is_told(reader, held):
    pk = next(pk for pk, name in held.items() if name == "spike")
    series = SeriesFactory._meta.model.objects.get(pk=pk)
    withdrawn = BatchFactory(
        file_name="wrong.csv",
        state=ImportBatch.State.WITHDRAWN,
        withdrawn_at=dt.datetime(2019, 10, 20, 9, tzinfo=dt.UTC),
        withdrawn_why="Counted twice.",
    )
    give(series, [260], batch=withdrawn)
    give(series, [131], batch=BatchFactory(file_name="right.csv", as_at=dt.date(2019, 11, 1)))
    latest = one(reader, held, "spike").context["periods"][0].source
    assert (latest.value, latest.origin) == ("131", "right.csv, row 2")
    assert latest.earlier == [
        "260, withdrawn on 20 October 2019: Counted twice.",
        "was 130 in figures.csv, row 61, as at 4 October 2019",
    ]


def test_the_csv_has_a_row_for_every_month_and_is_safe(reader, held):
    Measure.objects.filter(slug="burglary").update(short_name="=burglary")
    response = one(reader, held, "broken", "figures.csv")
    assert response["Content-Disposition"].endswith('-burglary-testshire.csv"')
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == 60
    assert [(row["Period"], row["Figure"], row["File"]) for row in rows[27:30]] == [
        ("June 2017", "100.0", "figures.csv"),
        ("May 2017", "", ""),
        ("April 2017", "", ""),
    ]
    assert {row["Measure"] for row in rows} == {"'=burglary"}


def test_series_are_for_those_who_may_see_measures(client, held):
    client.force_login(UserFactory(roles=[Role.PANEL]))
    assert [client.get(path).status_code for path in ("/series/", f"/series/{next(iter(held))}/")] == [403, 403]
    client.force_login(UserFactory(roles=[Role.STAFF]))
    assert client.get("/series/999999/").status_code == 404


def test_a_share_has_its_likely_range_on_the_page_of_its_series(reader):
    share = SeriesFactory(measure__kind=Measure.Kind.RATIO, measure__precision=1)
    give(share, [30.0] * 24, [60.0] * 24)
    drawn = reader.get(f"/series/{share.pk}/").context["chart"]
    assert drawn.data.likely()[SEPTEMBER] == pytest.approx((37.7, 62.3), abs=0.1)
    assert "Sep 2019: 50.0%, likely 37.7% to 62.3%" in drawn.svg
    assert drawn.rows[-1][1:4] == ("50.0%", "37.7%", "62.3%")
