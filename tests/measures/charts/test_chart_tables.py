"""The words and tables that go with the charts."""

import pytest

from measures.charts import compare, control, monthly, peers, survey_trend, volume
from measures.charts.months import MonthSeries, all_months, span_words
from measures.charts.notes import MonthNote, NoteKind
from measures.charts.palette import Tone
from measures.charts.ranking import Bar, Ranking, place_words

from .samples import END, RATE, SHARE, frame, ranking, series


def test_monthly_table_tells_a_gap_from_nought_and_from_what_is_not_shown():
    notes = (MonthNote((END - 3,), NoteKind.SUPPRESSED, "fewer than 5"), MonthNote((END,), NoteKind.PROVISIONAL))
    rolling = series(None, None, None, 1250, name="Twelve months")
    table = monthly.table(monthly.MonthlyChart(frame(), series(None, None, 0, 104), rolling, notes))
    assert table.header == ("Month", "Each month", "Twelve months", "Note")
    assert table.rows == (
        ("June 2019", "fewer than 5", "not shown", "Not shown: fewer than 5"),
        ("July 2019", "no data", "no data", ""),
        ("August 2019", "0", "no data", ""),
        ("September 2019", "104", "1,250", "Provisional"),
    )
    assert table.values[-2:] == (("August 2019", 0.0, None, ""), ("September 2019", 104.0, 1250.0, "Provisional"))


def test_monthly_sentence_counts_gaps():
    data = monthly.MonthlyChart(frame(), series(5, None, None, 7), series(None, None, None, 90, name="Twelve months"))
    assert monthly.alt(data) == (
        "Bars and a line, June 2019 to September 2019. Each month: 7 in September 2019; "
        "Twelve months: 90 to September 2019. 2 months have no data."
    )


def test_control_table_holds_each_month_against_its_phase():
    phases = (control.Phase(END - 1, END - 1, 10, 5, 15), control.Phase(END, END, 20))
    signals = (control.Signal((END,), Tone.CONCERN, "above the limits"),)
    table = control.table(control.ControlChart(frame(), series(9, 31), phases, signals))
    assert table.header == ("Month", "Each month", "Mean", "Lower limit", "Upper limit", "Note")
    assert table.rows == (
        ("August 2019", "9", "10", "5", "15", ""),
        ("September 2019", "31", "20", "no data", "no data", "Concern: above the limits"),
    )


def test_control_sentence_tells_the_signal():
    phases = (control.Phase(END - 1, END, 10, 5, 15),)
    signals = (control.Signal((END,), Tone.CONCERN, "above the limits"),)
    assert control.alt(control.ControlChart(frame(), series(9, 31), phases, signals)) == (
        "Control chart, August 2019 to September 2019. Each month: 31 in September 2019, against a mean of 10 "
        "and limits of 5 and 15. Concern: above the limits, Sep 2019."
    )


def test_peers_table_is_in_order_and_ends_with_the_mean():
    table = peers.table(peers.PeersChart(frame(unit=RATE), ranking(), 71.2, 61.0, 81.4, value_words="Rate"))
    assert table.header == ("Place", "Area", "Rate", "Likely from", "to")
    assert table.rows[4:] == (
        ("5", "Our force (own force)", "61.2", "58.0", "64.4"),
        ("6", "Peer D", "58.8", "no data", "no data"),
        ("", "Peer E", "no data", "no data", "no data"),
        ("", "Peer mean", "71.2", "", ""),
        ("", "Lower bound", "61.0", "", ""),
        ("", "Upper bound", "81.4", "", ""),
    )


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ((1, 2, 3), "highest of 4"),
        ((1, 2, 12), "2nd highest of 4"),
        ((1, 12, 13), "2nd lowest of 4"),
        ((11, 12, 13), "lowest of 4"),
        ((10, 10, 10), "highest of 4"),
        ((None, 12), "lowest of 2"),
    ],
)
def test_place_is_told_from_the_nearer_end(others, words):
    bars = tuple(Bar(f"Peer {number}", value) for number, value in enumerate(others))
    assert place_words(Ranking(frame(), (*bars, Bar("Our force", 10, own=True)))) == words


def test_volume_sentence_compares_with_the_same_month_a_year_before():
    values = [7000.0 + number for number in range(13)]
    assert volume.alt(volume.VolumeChart(frame(), series(*values))) == (
        "Bars, September 2018 to September 2019. Each month: 7,012 in September 2019, 7,000 a year before."
    )


def test_index_starts_at_a_hundred_and_nought_cannot_be_indexed():
    assert compare.indexed(series(50, None, 75)).values == (100.0, None, 150.0)
    assert compare.indexed(series(0, 5)).values == (None, None)


def test_survey_trend_every_three_months_has_no_false_gaps():
    quarters = (END - 6, END - 3, END)
    line = survey_trend.SurveyLine(MonthSeries("Informed", quarters, (70.6, 65.2, 64.8), 3), (3.5, 3.4, 3.6))
    data = survey_trend.SurveyTrend(frame(unit=SHARE), (line,))
    assert survey_trend.table(data).rows[-1] == ("September 2019", "64.8%", "3.6%")
    assert len(survey_trend.table(data).rows) == 3
    assert survey_trend.alt(data) == (
        "Survey results over time. Informed: 70.6% in March 2019, 64.8% give or take 3.6% in September 2019."
    )


def test_months_are_named_and_spanned():
    assert span_words((END - 2, END)) == "Jul 2019 to Sep 2019"
    assert span_words((12 * 2020,), full=True) == "January 2020"
    assert all_months(series(1, 2), MonthSeries("later", (END + 2,), (None,))) == [END - 1, END, END + 1, END + 2]


@pytest.mark.parametrize(("months", "values"), [((END, END), (1, 2)), ((END, END - 1), (1, 2)), ((END,), ())])
def test_series_that_do_not_ascend_or_fit_are_refused(months, values):
    with pytest.raises(ValueError, match="Each month"):
        MonthSeries("Each month", months, values)
