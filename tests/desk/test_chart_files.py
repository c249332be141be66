"""Charts of a measure's page as files."""

import csv
import io

import pytest
from PIL import Image

from core.accounts.permissions import Role
from measures import recompute
from measures.models import ImportBatch, Measure
from tests.factories.accounts import UserFactory
from tests.factories.measures import MeasureFactory, SeriesFactory, give, steady

pytestmark = pytest.mark.django_db
PAPER = [{"kind": "volume", "series": ["calls"], "caption": "Calls to {period}", "months": 24}]


@pytest.fixture
def reader(client):
    client.force_login(UserFactory(roles=[Role.STAFF]))
    return client


@pytest.fixture
def burglary():
    series = SeriesFactory(
        measure=MeasureFactory(slug="burglary", source_system="=Records", charts=PAPER), area__name="Testshire Police"
    )
    give(SeriesFactory(measure=MeasureFactory(slug="calls", placed=False, headline=False)), steady(60))
    give(series, [*steady(58), None, 130])
    recompute.recompute_all()
    return series


def get(reader, name, form, **more):
    return reader.get(f"/measures/burglary/charts/{name}.{form}?quarter=2019-20-q2", **more)


@pytest.mark.parametrize(
    ("form", "kind"), [("svg", "image/svg+xml"), ("png", "image/png"), ("csv", "text/csv; charset=utf-8")]
)
@pytest.mark.parametrize(("name", "part"), [("months", "months"), ("control", "control"), ("burglary-1", "1")])
def test_each_chart_is_a_file_with_its_kind_name_and_how_long_it_holds(reader, burglary, form, kind, name, part):
    response = get(reader, name, form)
    assert response["Content-Type"] == kind
    assert response["Content-Disposition"] == f'attachment; filename="burglary-{part}-2019-20-q2.{form}"'
    assert response["Cache-Control"] == "private, no-cache"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_picture_that_is_held_already_is_not_made_again(reader, burglary):
    first = get(reader, "months", "png")
    again = get(reader, "months", "png", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    give(burglary, [131])
    assert get(reader, "months", "png", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_the_picture_is_the_page_s_own_without_the_points_for_a_keyboard(reader, burglary):
    svg = get(reader, "months", "svg").content.decode()
    page = reader.get("/measures/burglary/").context["drawings"]
    assert svg == page[0].still
    assert "data-label" not in svg
    image = Image.open(io.BytesIO(get(reader, "months", "png").content))
    assert (image.format, image.width) == ("PNG", 1440)


def test_the_csv_has_the_table_s_exact_values_its_source_and_gaps_as_gaps(reader, burglary):
    text = get(reader, "months", "csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert list(rows[-1])[-3:] == ["Chart", "Source", "As at"]
    assert (rows[-1]["Source"], rows[-1]["As at"]) == ("'=Records", "4 October 2019")
    lines = text.splitlines()
    assert [line.split(",")[:2] for line in lines[-2:]] == [["August 2019", ""], ["September 2019", "130.0"]]


def test_a_chart_that_there_is_not_is_not_found(reader, burglary):
    assert get(reader, "survey", "svg").status_code == 404
    assert get(reader, "months", "gif").status_code == 404
    assert reader.get("/measures/arson/charts/months.svg").status_code == 404
    MeasureFactory(slug="arson")
    assert reader.get("/measures/arson/charts/months.svg").status_code == 404


def test_charts_are_for_those_who_may_see_measures(client, burglary):
    assert get(client, "months", "csv").status_code == 302
    client.force_login(UserFactory(roles=[Role.PANEL]))
    assert get(client, "months", "csv").status_code == 403


def test_the_page_shows_the_paper_s_charts_too_each_with_its_files(reader, burglary):
    response = reader.get("/measures/burglary/")
    assert [one.name for one in response.context["drawings"]] == ["months", "control", "burglary-1"]
    page = response.content.decode()
    assert page.count('<p class="figure__files') == 4  # and the one by the NHS rules
    assert "Calls to September 2019" in page
    assert '/measures/burglary/charts/burglary-1.png?quarter=2019-20-q2"' in page


def test_a_chart_of_the_paper_that_stands_there_already_is_left_out(reader, burglary):
    same = {"kind": "monthly", "series": ["burglary"], "caption": "Each month, to {period}"}
    Measure.objects.filter(slug="burglary").update(charts=[same, *PAPER])
    names = [one.name for one in reader.get("/measures/burglary/").context["drawings"]]
    assert names == ["months", "control", "burglary-2"]


SAID = "Contains public sector information licensed under the Open Government Licence v3.0."


def test_what_a_publisher_asks_stands_on_the_page_and_in_every_file(reader, burglary):
    ImportBatch.objects.filter(observations__series=burglary).update(source="Open data", attribution=SAID)
    page = reader.get("/measures/burglary/?quarter=2019-20-q2").content.decode()
    assert f'<p class="quiet">Open data. {SAID}</p>' in page
    assert page.count("Open Government Licence v3.0. As at") >= 1  # under the picture
    (first, *_) = csv.DictReader(io.StringIO(get(reader, "months", "csv").content.decode("utf-8-sig")))
    assert first["Source"] == f"'=Records. Open data. {SAID.rstrip('.')}"
    assert "Government" in get(reader, "months", "svg").content.decode()
    assert "Open data" not in get(reader, "burglary-1", "svg").content.decode()  # that one draws the calls
