"""The charts of a paper: how sure a share is stands in the table beside it, and a month left out is shaded."""

import datetime as dt

import pytest

from governance.papers.book import Book
from governance.papers.drawing import draw_charts
from measures.models import DataNote, Measure, Period
from tests.factories.measures import MeasureFactory, SeriesFactory, give, peers_of, survey_years

pytestmark = pytest.mark.django_db


def paper_chart(series, kind, notes=(), **more):
    measure = series.measure
    measure.charts = [{"kind": kind, "series": [measure.slug], "caption": "A chart", **more}]
    quarter = Period.objects.get_or_create(kind="quarter", start=dt.date(2019, 7, 1), end=dt.date(2019, 9, 30))[0]
    made, problems = draw_charts(Book(quarter), measure, {measure.pk: list(notes)})
    assert problems == []
    return made[0]


def share():
    series = SeriesFactory(measure__kind=Measure.Kind.RATIO, measure__precision=1, measure__suppress_small=False)
    give(series, [30.0] * 23 + [2.0], [60.0] * 23 + [10.0])
    return series


def test_a_share_has_its_likely_range_beside_it_in_the_paper():
    chart = paper_chart(share(), "level")
    assert chart.header[2:5] == ("Likely from", "to", "Small number")
    assert [row[1:5] for row in chart.rows[-2:]] == [
        ("50.0%", "37.7%", "62.3%", ""),
        ("20.0%", "5.7%", "51.0%", "small number: read with care"),
    ]


def test_the_range_of_twelve_months_is_of_twelve_months():
    chart = paper_chart(share(), "level", drawn="rolling12")
    assert chart.rows[-2][1:4] == ("50.0%", "46.4%", "53.6%")  # 360 of 720


@pytest.mark.parametrize("kind", ["peers", "national"])
def test_each_bar_has_the_likely_range_of_its_cases(kind):
    rate = MeasureFactory(kind=Measure.Kind.RATE, precision=1, stock_denominator=True, suppress_small=False)
    own = SeriesFactory(measure=rate)
    groups = [own, *(SeriesFactory(measure=own.measure, area=area) for area in peers_of(own.area))]
    for number, series in enumerate(groups, start=4):
        give(series, [number] * 24, [1000] * 24)
    chart = paper_chart(own, kind, areas="all")
    assert chart.header == ("Place", "Area", "Value", "Likely from", "to")
    assert chart.rows[7][1:] == (f"{own.area.name} (own force)", "48.0", "35.4", "63.6")  # 48 cases of 1,000 people
    assert chart.rows[8][1:] == ("Peer mean" if kind == "peers" else "National mean", "90.0", "", "")
    assert "likely 35.4 to 63.6" in chart.svg and "likely 35.4 to 63.6" in chart.alt
    assert "Thin lines: likely range" in chart.svg and 'class="intervals"' in chart.svg
    for series in groups:
        give(series, [9_000] * 24, [1_000_000] * 24)
    assert ("too narrow to be drawn" in paper_chart(own, kind, areas="all").svg) == (kind == "national")


def test_a_month_left_out_is_shaded_behind_a_projection_and_a_survey():
    note = DataNote(title="Outage", text="Out.", starts=dt.date(2019, 2, 1), ends=dt.date(2019, 2, 28), exclude=True)
    counts = SeriesFactory()
    give(counts, [50.0 + month % 7 for month in range(60)])
    survey = SeriesFactory(measure__kind=Measure.Kind.SURVEY, measure__frequency="rolling")
    survey_years(survey, {(2018, 9): (70.0, 3.5), (2019, 9): (71.0, 3.5)})
    for series, kind in ((counts, "projection"), (survey, "survey_trend")):
        assert "Feb 2019 left out: Outage" in paper_chart(series, kind, [note]).svg
        assert "left-out" not in paper_chart(series, kind).svg
