"""The workbench of a measure: how sure its verdict is, what explains its change, where it is heading."""

import datetime as dt

import pytest

from core.accounts.permissions import Role
from measures import recompute
from measures.disclosure import may_see_exact
from measures.models import Area, DataNote, Measure, Period, Projection
from tests.factories.accounts import UserFactory
from tests.factories.measures import (
    SEPTEMBER,
    AreaFactory,
    BatchFactory,
    MeasureFactory,
    SeriesFactory,
    give,
    give_reading,
    peers_of,
    steady,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    client.force_login(UserFactory(roles=[Role.STAFF]))
    return client


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()


LICENCE = "Licensed under the Open Government Licence v3.0"


def compared(*, own_rate=2, last=SEPTEMBER):
    """A rate of the own force and seven peers: 24 a year against 60, 72 .. 132, of a thousand people each."""
    own = AreaFactory()
    measure = MeasureFactory(
        slug="crime-rate", kind=Measure.Kind.RATE, unit="per 1,000 people", stock_denominator=True, precision=1
    )
    official = BatchFactory(source="Open tables", attribution=LICENCE)
    for number, area in enumerate([own, *peers_of(own)]):
        rate, batch = (own_rate, BatchFactory()) if area == own else (4 + number, official)
        give(SeriesFactory(measure=measure, area=area), [rate] * 36, [1000] * 36, last=last, batch=batch)
    recompute.recompute_all()
    return own, measure


def test_the_verdict_is_shown_under_every_method_with_what_would_change_it(reader):
    compared()
    response = reader.get("/measures/crime-rate/workbench/")
    page, bench = text_of(response), response.context["bench"]
    assert bench.lead == "The symbol says lower than peers. Of eight other ways of judging, seven say the same."
    assert [row[-1] for row in bench.methods] == [
        "Lower than peers",
        "Lower than peers",
        "In line, lower half",
        "Lower than peers",
        "Lower than peers",
        "Lower than peers",
        "Lower than peers",
        "Lower than peers",
        "Lower than peers",
    ]
    assert bench.turning == [
        "It would change to “in line, lower half” if our figure were above 66.0 per 1,000 people, that is 43 cases "
        "more in the twelve months, the others being as they are."
    ]
    assert [row[0] for row in bench.without] == [f"Peer {letter}" for letter in "ABCDEFG"]
    assert bench.without_words.startswith("The verdict hangs on no single force")
    assert "about one in three perfectly ordinary forces lies outside it" in page
    assert "in use from 1 January 2014 (made up): Peer A, Peer B" in page
    assert [one.name for one in response.context["drawings"]] == ["group"]
    assert response.context["drawings"][0].frame.source.endswith(f"Open tables. {LICENCE}")  # the others' figures


def test_ranks_are_of_the_latest_month_that_half_of_the_forces_have(reader):
    own, measure = compared()
    region = Area.objects.create(name="West", slug="west", kind=Area.Kind.REGION)
    for number in range(20):
        area = AreaFactory(name=f"Force {number:02d}", slug=f"force-{number}", is_own=False)
        span = (dt.date(2018, 7, 1), dt.date(2019, 6, 30))
        facts = {"value": 20.0 + number, "denominator": 1000.0}
        give_reading(SeriesFactory(measure=measure, area=area), Period.Kind.YEAR_TO, *span, facts)
        if number < 4:
            Area.objects.filter(pk=area.pk).update(region=region)
    Area.objects.filter(pk=own.pk).update(region=region)
    response = reader.get("/measures/crime-rate/workbench/")
    assert response.context["rank"] == (
        "Over the twelve months to June 2019 our 24.0 per 1,000 people was the 5th lowest of 28 forces whose "
        "figures we hold and the highest of 5 in West."
    )
    assert [one.name for one in response.context["drawings"]] == ["group", "region", "nation"]
    assert "5th lowest of 28 forces" in text_of(reader.get("/measures/crime-rate/"))


def test_a_measure_without_a_verdict_says_why(reader):
    give(SeriesFactory(measure=MeasureFactory(slug="burglary")), steady())
    recompute.recompute_all()
    assert "Not compared with similar forces" in text_of(reader.get("/measures/burglary/workbench/"))


def test_two_measures_are_set_beside_each_other(reader):
    one, other = MeasureFactory(slug="burglary"), MeasureFactory(slug="robbery")
    waves = [100 + (7 * month) % 13 for month in range(60)]
    give(SeriesFactory(measure=one), waves)
    beside = SeriesFactory(measure=other)
    give(beside, [500 - 2 * value for value in waves])
    recompute.recompute_all()
    response = reader.get(f"/measures/burglary/compare/?with={beside.pk}")
    shown = response.context["beside"]
    assert shown.said[0].startswith(
        "Month by month: r = −1.00 over 48 months, p < 0.001; they move closely in opposite"
    )
    assert shown.said[1].startswith("Changes on the year before: r = −1.00 over 48 months")
    assert shown.said[3].startswith(
        "Robbery, each of the twelve months to September 2019 against the same month a year before: "
    )
    assert len(shown.months) == 12
    assert "Neither shows what causes what" in text_of(response)
    assert shown.drawing.name == "overlay"


def test_a_year_is_set_against_the_year_before_month_for_month(reader):
    one, other = MeasureFactory(slug="burglary"), MeasureFactory(slug="robbery", precision=0)
    give(SeriesFactory(measure=one), [*range(100, 112), *range(110, 122)])
    beside = SeriesFactory(measure=other)
    give(beside, [50, 54] * 12)
    recompute.recompute_all()
    said = reader.get(f"/measures/burglary/compare/?with={beside.pk}").context["beside"].said
    against = "each of the twelve months to September 2019 against the same month a year before"
    assert said[2:] == [
        f"{one.short_name}, {against}: 10.0 higher on average; more than chance would show (by chance alone less than once "
        "in 1,000 times).",
        f"{other.short_name}, {against}: no different on average.",
    ]


def test_a_series_too_young_for_a_year_before_says_so(reader):
    give(SeriesFactory(measure=MeasureFactory(slug="burglary")), steady(21))
    beside = SeriesFactory(measure=MeasureFactory(slug="robbery"))
    give(beside, steady(36))
    recompute.recompute_all()
    said = reader.get(f"/measures/burglary/compare/?with={beside.pk}").context["beside"].said
    assert said[2].endswith("a year before: cannot say. 10 pairs of months are needed.")


def test_the_force_is_set_beside_another_place(reader):
    measure = MeasureFactory(slug="burglary")
    give(SeriesFactory(measure=measure), steady(40))
    nation = AreaFactory(name="England and Wales", slug="nation", is_own=False, kind=Area.Kind.NATION)
    beside = SeriesFactory(measure=measure, area=nation)
    give(beside, steady(40))
    recompute.recompute_all()
    response = reader.get(f"/measures/burglary/compare/?with={beside.pk}")
    assert response.context["names"] == ["Testshire Police", "England and Wales"]


def test_a_change_is_explained_by_the_recorded_parts(reader):
    measure = MeasureFactory(slug="burglary")
    give(SeriesFactory(measure=measure), [100] * 24 + [110] * 12)
    give(SeriesFactory(measure=measure, breakdown="North"), [60] * 24 + [68] * 12)
    give(SeriesFactory(measure=measure, breakdown="South"), [40] * 24 + [41] * 12)
    recompute.recompute_all()
    parts = reader.get("/measures/burglary/compare/").context["parts"]
    assert parts.sentence == (
        "North accounts for 80 per cent of the rise of 120 over the twelve months to September 2019."
    )
    assert [(row[0], row[3], row[4]) for row in parts.rows] == [
        ("North", "+96", "80%"),
        ("South", "+12", "10%"),
        ("Everything else", "+12", "10%"),
        ("All", "+120", "100%"),
    ]


def test_parts_may_be_named_where_none_are_recorded(reader):
    give(SeriesFactory(measure=MeasureFactory(slug="crime")), [100] * 24 + [90] * 12)
    part = SeriesFactory(measure=MeasureFactory(slug="burglary"))
    give(part, [50] * 24 + [35] * 12)
    recompute.recompute_all()
    response = reader.get(f"/measures/crime/compare/?part={part.pk}")
    assert response.context["parts"].sentence == (
        "Burglary accounts for more than the fall of 120 over the twelve months to September 2019: others together rose."
    )


def test_a_month_left_out_is_shaded_on_the_projection(reader):
    series = SeriesFactory(measure=MeasureFactory(slug="burglary"))
    give(series, steady(60))
    note = DataNote.objects.create(
        title="Outage", text="Out.", starts=dt.date(2016, 9, 1), ends=dt.date(2016, 9, 30), exclude=True
    )
    note.measures.add(series.measure)
    recompute.recompute_all()
    drawing = reader.get("/measures/burglary/projection/").context["drawing"]
    assert [one.say() for one in drawing.data.notes] == ["Sep 2016 left out: Outage"]
    assert 'class="left-out"' in drawing.svg


def test_the_outlook_of_the_financial_year_is_said_in_round_numbers(reader):
    give(SeriesFactory(measure=MeasureFactory(slug="burglary")), steady(60))
    recompute.recompute_all()
    response = reader.get("/measures/burglary/projection/")
    assert response.context["outlook"].startswith("Between 1,2")
    assert response.context["outlook"].endswith(
        " crimes in the financial year 2019-20, to March 2020, if nothing changes; a projection, not a target."
    )
    assert response.context["basis"] == (
        "612 crimes recorded in April to September 2019; October 2019 to March 2020 projected, and only that part is "
        "uncertain."
    )
    assert "No projection of this measure can be checked yet" in text_of(response)
    assert "Where is it heading?" in text_of(reader.get("/measures/burglary/"))


def test_what_was_projected_is_set_against_what_came(reader):
    series = SeriesFactory(measure=MeasureFactory(slug="burglary"))
    give(series, steady(60))
    recompute.recompute_all()
    give(series, [*steady(2), 400], last=SEPTEMBER + 3)
    recompute.recompute_all()
    response = reader.get("/measures/burglary/projection/")
    (row,) = response.context["outcomes"]
    assert (row.made, row.total_to, row.actual, row.fell) == (
        "September 2019",
        "December 2019, 3 months on",
        "1,524",
        "above",
    )
    assert response.context["coverage"] == (
        "Of 1 projected total of this measure that can be checked by now, 0 fell within the 95 per cent interval and 0 "
        "within the 80."
    )
    assert Projection.objects.count() == 2


def test_a_percentage_is_not_projected(reader):
    measure = MeasureFactory(slug="share", kind=Measure.Kind.RATIO)
    give(SeriesFactory(measure=measure), [50] * 36, [100] * 36)
    recompute.recompute_all()
    assert "Not projected" in text_of(reader.get("/measures/share/projection/"))


@pytest.mark.parametrize("name", ["workbench", "compare", "projection"])
def test_a_measure_without_figures_has_its_pages_too(reader, name):
    MeasureFactory(slug="burglary")
    text_of(reader.get(f"/measures/burglary/{name}/"))


def small_counts():
    """Two of them have months below five, which readers without clearance do not see."""
    series = SeriesFactory(measure=MeasureFactory(slug="stalking"))
    give(series, [2, 9, 12] * 16)
    other = SeriesFactory(measure=MeasureFactory(slug="burglary"))
    give(other, steady(48))
    recompute.recompute_all()
    return series, other


def test_what_is_small_is_in_no_page_of_the_workbench(client):
    series, _ = small_counts()
    administrator = UserFactory(roles=[Role.ADMINISTRATOR])
    assert not may_see_exact(administrator)
    client.force_login(administrator)
    projection = client.get("/measures/stalking/projection/")
    assert "Some of the months behind the projection are counts too small to be shown" in text_of(projection)
    assert "outlook" not in projection.context
    assert client.get("/measures/stalking/").context["outlook"] == ""
    shown = client.get(f"/measures/burglary/compare/?with={series.pk}").context["beside"]
    assert {row[4] for row in shown.months} & {"2", "9", "12"} == {"9", "12"} or {row[4] for row in shown.months} == {
        "–"
    }
    assert "2" not in {row[4] for row in shown.months}


def test_whoever_may_see_small_numbers_sees_them_under_a_marking(client):
    series, _ = small_counts()
    client.force_login(UserFactory(roles=[Role.ANALYST]))
    response = client.get(f"/measures/burglary/compare/?with={series.pk}")
    assert "2" in {row[4] for row in response.context["beside"].months}
    assert response.context["restricted"]
    assert "outlook" in client.get("/measures/stalking/projection/").context


def test_small_numbers_are_withheld_from_projections_in_the_api(reader):
    small_counts()
    rows = {row["measure"]: row for row in reader.get("/api/v1/projections/").json()["results"]}
    assert (rows["stalking"]["fan"], rows["burglary"]["withheld"]) == (None, "")
    assert rows["stalking"]["withheld"] != ""
    assert len(rows["burglary"]["fan"]["central"]) == 12
