"""Header rows and charts: complete, in order, and made of references rather than figures."""

import json
import re
from collections import Counter

import pytest

from desk.demo.charts import ALL_CHARTS, CHARTS, ChartKind, charts_of
from desk.demo.headers import FAMILIES, HEADERS, Layout, Part, header_of, name_of, rows_under
from desk.demo.months import monthly, observations
from desk.demo.plan import HEADLINE, MEASURE_BY_SLUG
from measures.trends.statistics import STATISTICS, available

SAMPLE_STATISTICS = {"sample", "previous_sample"}


def references():
    return [ref for row in HEADERS for line in row.lines for ref in line.figures]


def test_twenty_seven_rows_show_the_twenty_eight_measures_in_order():
    assert len(HEADERS) == 27
    assert [slug for row in HEADERS for slug in row.measures] == [measure.slug for measure in HEADLINE]
    assert [len(rows_under(number)) for number in (1, 2, 3, 4)] == [9, 4, 5, 9]


def test_the_two_response_times_share_a_row_and_a_name():
    row = HEADERS[18]
    assert (row.measures, name_of(row), len(row.lines)) == (
        ("response-immediate", "response-priority"),
        "Response time (average)",
        4,
    )
    assert header_of("response-priority") == header_of("response-immediate")


def test_no_figure_is_typed():
    typed = [
        line
        for row in HEADERS
        for line in row.lines
        if re.search(r"\d", re.sub(r"\{\d\}|12 months", "", line.template))
    ]
    assert typed == []


def test_every_place_of_a_template_has_its_figure():
    for row in HEADERS:
        for line in row.lines:
            assert sorted(set(re.findall(r"\{(\d)\}", line.template))) == [str(n) for n in range(len(line.figures))]


def test_every_reference_is_in_the_registry_for_that_kind_of_measure():
    for ref in references():
        kind = MEASURE_BY_SLUG[ref.series].kind.value
        if kind == "audit_sample":
            assert ref.statistic in SAMPLE_STATISTICS
        else:
            assert ref.statistic in STATISTICS
            assert ref.statistic in available(kind)


def test_layouts_are_those_of_the_paper():
    assert Counter(row.layout for row in HEADERS) == {
        Layout.QUARTERS_AND_ROLLING: 6,
        Layout.QUARTERS: 11,
        Layout.QUARTERS_WITH_PARTS: 1,
        Layout.ROLLING: 4,
        Layout.SURVEY: 4,
        Layout.SAMPLES: 1,
    }


def test_margins_stand_beside_surveys_only_and_parts_beside_appeals_only():
    assert {r.series for r in references() if r.part is Part.MARGIN} == {m.slug for m in HEADLINE if m.kind == "survey"}
    assert {r.series for r in references() if r.part in (Part.NUMERATOR, Part.DENOMINATOR)} == {"appeals-upheld"}


def test_trend_cells_hold_words_for_two_measures_and_symbols_for_the_rest():
    worded = [row.measures[0] for row in HEADERS if row.words]
    assert worded == ["satisfaction-informed", "satisfaction-treatment"]
    assert [row.measures[0] for row in HEADERS if bool(row.words) == bool(row.symbols)] == []
    assert {family for row in HEADERS for cell in row.symbols for family in cell.families} == set(FAMILIES)
    assert max(len(row.symbols) for row in HEADERS) == 3


def test_headers_and_charts_are_plain_data():
    for measure in HEADLINE:
        json.dumps([header_of(measure.slug), charts_of(measure.slug)])


def test_a_supporting_measure_has_no_header():
    with pytest.raises(KeyError):
        header_of("burglary")


def test_the_paper_has_more_than_forty_charts_of_all_kinds():
    assert len(ALL_CHARTS) == 55
    assert {chart.kind for chart in ALL_CHARTS} == set(ChartKind)
    assert set(CHARTS) == {measure.slug for measure in HEADLINE}


def test_no_two_charts_share_a_caption_and_every_caption_names_its_period():
    captions = Counter(chart.caption for chart in ALL_CHARTS)
    assert [caption for caption, times in captions.items() if times > 1] == []
    assert [caption for caption in captions if "{period}" not in caption] == []


def test_charts_draw_series_of_the_plan_over_months_that_exist():
    held = monthly()
    surveys = {o.series_slug for o in observations()} - set(held)
    for chart in ALL_CHARTS:
        for slug in chart.series:
            first_needed = chart.months + (11 if chart.drawn == "rolling12" else 0) + chart.ends
            assert slug in surveys or first_needed <= 75


def test_charts_with_other_forces_say_they_are_invented():
    assert [c.caption for c in ALL_CHARTS if (c.areas != "own") != ("SYNTHETIC" in c.caption)] == []
