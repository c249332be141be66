"""Likely ranges and badges on figures, and parts of a survey that too few answered."""

import datetime as dt

import pytest

from measures import disclosure, recompute
from measures.figures import quarter_figures
from measures.models import Measure, Period
from measures.presenters import certainty, scorecard
from measures.presenters.charts import drawings
from measures.presenters.making import making
from measures.presenters.measure import stats
from measures.presenters.second_view import second_view
from measures.trends.ruleset import DEFAULT
from tests.factories.measures import SEPTEMBER, MeasureFactory, SeriesFactory, give, give_reading, survey_years

pytestmark = pytest.mark.django_db


def held_of(series, **more):
    return quarter_figures([series.measure], SEPTEMBER, **more)[series.measure_id]


def share(above, below, **fields):
    series = SeriesFactory(measure__kind=Measure.Kind.RATIO, measure__precision=1, **fields)
    give(series, above, below)
    return series


def test_a_share_has_its_likely_range():
    quarter, year, *_ = stats(held_of(share([50.0] * 24, [100.0] * 24)))
    assert (quarter.value, quarter.interval, quarter.badge) == ("50.0%", "Likely range 44.4% to 55.6%", "")
    assert year.interval == "Likely range 47.2% to 52.8%"


def test_a_share_of_few_is_marked_and_not_compared():
    series = share([0.0] * 23 + [2.0], [1.0] * 23 + [10.0], measure__suppress_small=False)
    _, year, month, _ = stats(held_of(series))
    assert (month.value, month.interval, month.badge, month.change) == (
        "20.0%", "Likely range 5.7% to 51.0%", "small number: read with care", "",
    )  # fmt: skip
    assert (year.badge, year.change) == ("small number: read with care", "")


def test_a_rate_has_the_range_of_its_cases():
    series = SeriesFactory(measure__kind=Measure.Kind.RATE, measure__precision=1)
    give(series, [100.0] * 12, [10_000.0] * 12)
    year = stats(held_of(series))[1]
    assert (year.value, year.interval) == ("120.0", "Likely range 113.3 to 127.0")


def test_a_survey_has_its_own_margin_and_a_count_has_no_range():
    survey = SeriesFactory(measure__kind=Measure.Kind.SURVEY, measure__frequency="rolling", measure__precision=1)
    survey_years(survey, {(2019, 9): (77.7, 3.5)})
    assert stats(held_of(survey))[0].interval == "Likely range 74.2% to 81.2%"
    count = SeriesFactory()
    give(count, [30.0] * 24)
    assert {one.interval for one in stats(held_of(count))} == {""}


def test_the_scorecard_does_not_compare_a_share_of_few():
    series = share([5.0] * 24, [9.0] * 24, measure__suppress_small=False)
    recompute.recompute_all()
    row = scorecard.row_of(held_of(series), DEFAULT, SEPTEMBER)
    assert (row.change.text, row.change.why_not) == ("6.0pp", "") or row.change.text == "0.0pp"
    few = share([1.0] * 24, [6.0] * 24, measure__suppress_small=False)
    row = scorecard.row_of(held_of(few), DEFAULT, SEPTEMBER)
    assert (row.change.text, row.change.why_not) == ("–", "Of too few to be compared.")


def test_a_part_of_a_survey_that_too_few_answered_is_not_shown():
    measure = MeasureFactory(kind=Measure.Kind.SURVEY, frequency="rolling", fewest_answers=50)
    part, whole = SeriesFactory(measure=measure, breakdown="vehicle crime"), SeriesFactory(measure=measure)
    facts = {"value": 65.2, "margin": 10.5, "sample_size": 49}
    span = (Period.Kind.YEAR_TO, dt.date(2018, 10, 1), dt.date(2019, 9, 30))
    for one in (part, whole):
        give_reading(one, *span, facts)
    covers = disclosure.covers([part, whole])
    assert {pk: dict(cover.hidden) for pk, cover in covers.items()} == {
        part.pk: {SEPTEMBER: "too few surveys to break down (49)"}
    }
    assert disclosure.words_of_reading(part, covers[part.pk], part.current_values.get().period) == (
        "too few surveys to break down (49)"
    )


def test_small_numbers_are_hidden_unless_asked_for_by_name():
    series = SeriesFactory()
    give(series, [30.0] * 21 + [3.0, 20.0, 25.0])
    assert (held_of(series).text("month"), held_of(series).signals, held_of(series).is_restricted) == (
        "not shown",
        {},
        False,
    )
    exact = held_of(series, exact=True)
    assert (exact.text("month"), exact.is_restricted) == ("25", True)
    assert certainty.interval_words(exact, exact.figure("month")) == ""


def test_the_table_of_a_chart_gives_the_range_of_each_month_and_marks_those_of_few():
    series = share([30.0] * 22 + [2.0, 0.0], [60.0] * 22 + [10.0, 60.0], measure__suppress_small=False)
    held = held_of(series)
    for drawn in drawings(held, [], DEFAULT, "4 October 2019"):
        assert drawn.table.header[2:5] == ("Likely from", "to", "Small number")
        assert [row[:5] for row in drawn.table.rows[-3:]] == [
            ("July 2019", "50.0%", "37.7%", "62.3%", ""),
            ("August 2019", "20.0%", "5.7%", "51.0%", "small number: read with care"),
            ("September 2019", "0.0%", "0.0%", "6.0%", ""),
        ]
        july = drawn.table.values[-3]
        assert (round(july[2], 2), round(july[3], 2)) == (37.74, 62.26)
        assert [one["numeric"] for one in drawn.columns[:5]] == [False, True, True, True, False]
        assert "37.73" in drawn.as_csv() and "small number: read with care" in drawn.as_csv()
    lines, limits = drawings(held, [], DEFAULT, "4 October 2019")[:2]
    assert lines.data.likely()[SEPTEMBER] == pytest.approx((0, 6.0), abs=0.1)
    assert "Jul 2019: 50.0%, likely 37.7% to 62.3%" in lines.svg and "Likely range: where chance alone" in lines.svg
    assert lines.kind.alt(lines.data).endswith("Likely range of the latest: 0.0% to 6.0%.")
    assert "likely" not in limits.svg.lower()  # of two kinds of limits on one picture, one would be mistaken
    assert "not shown" not in str(drawings(held, [], DEFAULT, "")[0].table.rows)


def test_the_table_of_the_second_view_gives_the_range_of_each_month():
    table = second_view(held_of(share([30.0] * 23 + [20.0], [60.0] * 24)), [], [], "").drawing.table
    assert table.header[:4] == ("Month", "Month", "Likely from", "to")
    assert [row[1:4] for row in table.rows[-2:]] == [("50.0%", "37.7%", "62.3%"), ("33.3%", "22.7%", "45.9%")]


def test_a_hidden_month_has_no_range_and_a_count_has_no_such_columns():
    hidden = held_of(share([30.0] * 23 + [2.0], [60.0] * 23 + [10.0]))
    assert drawings(hidden, [], DEFAULT, "")[0].table.rows[-1][1:4] == ("<5", "", "")
    count = SeriesFactory()
    give(count, [30.0] * 24)
    assert drawings(held_of(count), [], DEFAULT, "")[0].table.header == ("Month", "Month", "Twelve months")


def test_the_making_of_a_share_says_its_range_and_badge():
    held = held_of(share([0.0] * 23 + [2.0], [1.0] * 23 + [10.0], measure__suppress_small=False))
    made = making(held, "month", [], lambda one: "")
    assert (made.interval, made.badge) == ("5.7% to 51.0%", "small number: read with care")
