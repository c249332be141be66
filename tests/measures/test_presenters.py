"""Figures in the shapes that pages show."""

import datetime as dt
from xml.etree import ElementTree

import pytest

from measures import recompute
from measures.figures import quarter_figures
from measures.models import DataNote, Measure, Period, PhaseChange, PlanMeasure
from measures.presenters import charts, lead, marks, scorecard, sources, table
from measures.presenters import measure as shapes
from measures.presenters.second_view import second_view
from measures.provenance import provenance
from measures.trends.key import key
from measures.trends.ruleset import DEFAULT, KEY_2019
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
    survey_years,
)

pytestmark = pytest.mark.django_db
UP, DOWN, NEUTRAL = Measure.Polarity.UP, Measure.Polarity.DOWN, Measure.Polarity.NEUTRAL
SURVEY = {"measure__kind": Measure.Kind.SURVEY, "measure__frequency": Measure.Frequency.ROLLING}
SAMPLE = {"measure__kind": Measure.Kind.AUDIT_SAMPLE, "measure__frequency": Measure.Frequency.SAMPLE}


def read(series, end=SEPTEMBER):
    recompute.recompute_all()
    return quarter_figures([series.measure], end)[series.measure_id]


def spike(**settings):
    series = SeriesFactory(**settings)
    give(series, [*steady(35), 130])
    return series


# ---- symbols


@pytest.mark.parametrize(
    ("polarity", "tone", "words"),
    [
        (DOWN, "concern", "Unusually high latest month, a concern"),
        (UP, "improvement", "Unusually high latest month, an improvement"),
        (NEUTRAL, "neutral", "Unusually high latest month"),
    ],
)
def test_which_way_is_better_colours_a_symbol_and_changes_no_rule(polarity, tone, words):
    (one,) = marks.signal_marks(read(spike(measure__polarity=polarity)), DEFAULT)
    assert (one.slug, one.tone, one.words, one.href) == ("spike-up", tone, words, "#key-spike-up")
    assert 'aria-hidden="true"' in one.svg


def test_silence_is_the_only_symbol_of_a_silent_measure():
    series = SeriesFactory()
    give(series, steady(), last=SEPTEMBER - 12)
    give(SeriesFactory(), steady())
    assert [one.slug for one in marks.signal_marks(read(series), DEFAULT)] == ["no-data"]


def test_too_few_months_stand_beside_what_can_be_said():
    series = SeriesFactory()
    give(series, [n * 10 for n in range(12)])
    assert [one.slug for one in marks.signal_marks(read(series), DEFAULT)] == ["trend-up", "not-enough-data"]


@pytest.mark.parametrize(
    ("others", "polarity", "expected"),
    [
        ((4, 5, 6, 7, 8), DOWN, ("peers-in-line-above", "neutral")),
        ((1, 1, 2, 2, 1), DOWN, ("peers-greater", "concern")),
        ((1, 1, 2, 2, 1), UP, ("peers-greater", "improvement")),
        ((20, 21, 22, 23, 24), DOWN, ("peers-less", "improvement")),
        ((20, 21, 22, 23, 24), NEUTRAL, ("peers-less", "neutral")),
    ],
)
def test_standing_among_peers_has_the_tone_of_its_side(others, polarity, expected):
    own = AreaFactory()
    measure = MeasureFactory(kind=Measure.Kind.RATE, stock_denominator=True, polarity=polarity)
    series = SeriesFactory(measure=measure, area=own)
    give(series, [6] * 36, [1000] * 36)
    for peer, value in zip(peers_of(own, count=5), others, strict=True):
        give(SeriesFactory(measure=measure, area=peer), [value] * 36, [1000] * 36)
    (one,) = marks.peer_marks(read(series))
    assert (one.slug, str(one.tone)) == expected


def test_the_key_has_a_picture_a_name_and_its_rule_for_every_symbol():
    items = marks.key_items(DEFAULT)
    assert [one["id"] for one in items] == [f"key-{one.symbol}" for one in key(DEFAULT)]
    assert [one["sentence"] for one in items] == [one.meaning for one in key(DEFAULT)]
    assert marks.ruleset_named("key-2019") is KEY_2019
    assert marks.ruleset_named("made up") is DEFAULT


# ---- the scorecard


def row(series, ruleset=DEFAULT):
    return scorecard.row_of(read(series), ruleset, SEPTEMBER)


def test_a_row_of_a_count():
    found = row(spike())
    cells = [found.quarter, found.change, found.rolling, found.rolling_change]
    assert [one.text for one in cells] == ["334", "+8.4%", "1,250", "+2.1%"]
    assert (found.until, found.is_exception, found.note) == ("", True, "")
    assert ElementTree.fromstring(found.spark).tag.endswith("svg")


def test_a_row_of_a_late_percentage_says_how_far_it_reaches_and_changes_in_points():
    series = SeriesFactory(measure__kind=Measure.Kind.RATIO, measure__lag_months=1, measure__precision=1)
    give(series, [50] * 24 + [60] * 11, [100] * 35, last=SEPTEMBER - 1)
    found = row(series)
    assert (found.until, found.rolling.text, found.rolling_change.text) == ("to August 2019", "59.2%", "+9.2pp")


def test_a_row_of_a_survey_has_its_margin_and_says_why_it_has_no_signal():
    series = SeriesFactory(**SURVEY, measure__precision=1)
    survey_years(series, {(2018, 9): (73.8, 3.0), (2019, 9): (76.9, 2.9)})
    found = row(series)
    assert (found.quarter.text, found.rolling.text, found.rolling_change.text) == ("–", "76.9% ±2.9", "+3.1pp")
    assert (found.note, found.is_exception) == ("Cannot say: a survey, its twelve months overlap", False)


def test_a_row_of_an_audit_is_its_sample():
    series = SeriesFactory(**SAMPLE, measure__precision=1)
    for month, met, examined in ((6, 370, 420), (9, 386, 423)):
        first = dt.date(2019, month, 1)
        give_reading(series, Period.Kind.SAMPLE, first, first.replace(day=28), {"value": met, "denominator": examined})
    found = row(series)
    assert (found.quarter.text, found.change.text, found.until) == ("91.3%", "+3.2pp", "sample of September 2019")


def test_a_missing_month_says_why_there_is_no_figure():
    series = SeriesFactory()
    give(series, [*steady(34), None, 100])
    found = row(series)
    assert (found.quarter.text, found.quarter.why_not) == ("–", "August 2019 is missing.")


def test_a_measure_nobody_gave_a_figure_for_has_a_row_all_the_same():
    give(SeriesFactory(), steady())
    recompute.recompute_all()
    measure = MeasureFactory()
    held = quarter_figures([measure], SEPTEMBER)[measure.pk]
    assert scorecard.row_of(held, DEFAULT, SEPTEMBER).note == "No figures yet"


def test_exceptions_are_what_stands_out_and_empty_priorities_go():
    quiet = SeriesFactory()
    give(quiet, steady())
    loud = spike()
    held = quarter_figures([quiet.measure, loud.measure], SEPTEMBER) if recompute.recompute_all() else {}
    rows = {pk: scorecard.row_of(one, DEFAULT, SEPTEMBER) for pk, one in held.items()}
    places = list(PlanMeasure.objects.select_related("priority", "measure").order_by("position"))
    everything = scorecard.grouped(places, rows)
    assert [one.measure for group in everything for one in group.rows] == [quiet.measure, loud.measure]
    loud_only = {pk: row for pk, row in rows.items() if row.is_exception}
    assert [one.measure for group in scorecard.grouped(places, loud_only) for one in group.rows] == [loud.measure]
    assert scorecard.grouped(places[:1], loud_only) == []


def test_the_answer_counts_signals_and_what_chance_would_do_among_the_measures_judged():
    series = [spike(), spike(), *(SeriesFactory() for _ in range(11))]
    for one in series[2:]:
        give(one, steady())
    survey = SeriesFactory(**SURVEY)
    survey_years(survey, {(2019, 9): (70, 3)})
    recompute.recompute_all()
    held = quarter_figures([one.measure for one in [*series, survey]], SEPTEMBER)
    assert scorecard.headline(held.values(), DEFAULT) == (
        "2 of 14 measures show a signal; about 2 would by chance alone. "  # 15.1 per cent of the 13 judged
        "The rules cannot judge 1 of them: surveys, samples, or too few months."
    )
    assert scorecard.headline(list(held.values())[:-1], KEY_2019) == (
        "2 of 13 measures show a signal; about 8 would by chance alone."  # 64.5 per cent
    )
    assert scorecard.headline([held[survey.measure_id]], DEFAULT) == "No measure can be judged for this quarter yet."


def test_a_spreadsheet_gets_numbers_and_no_formula():
    series = spike(measure__name="=1+1")
    place = PlanMeasure.objects.select_related("priority", "measure").get()
    line = [table.safe(cell) for cell in table.scorecard_line(place, read(series), DEFAULT)]
    found = dict(zip(table.HEADINGS, line, strict=True))
    assert (found["Measure"], found["Quarter"], found["Figures to"]) == ("'=1+1", 334.0, "September 2019")
    assert (found["Signals"], found["Ruleset"]) == ("Unusually high latest month, a concern", "default v2")
    assert found["Quarter, change in per cent"] == pytest.approx(100 * 26 / 308)


# ---- the page of a measure


def test_the_lead_of_a_count():
    assert lead.lead(read(spike()), DEFAULT) == (
        "334 crimes in July to September 2019, 8.4 per cent more than the same quarter a year before. "
        "The latest month is unusually high."
    )


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([100] * 36, "the same as a year before. That is within its usual range."),
        ([100] * 24 + [50] * 12, "50.0 per cent fewer than the same quarter a year before."),
        ([0] * 24 + [5] * 12, "up from none in the same quarter a year before."),
    ],
)
def test_how_a_quarter_compares(values, words):
    series = SeriesFactory()
    give(series, values)
    assert words in lead.lead(read(series), DEFAULT)


def test_the_lead_of_a_time_and_of_a_percentage():
    time = SeriesFactory(measure__kind=Measure.Kind.DURATION, measure__unit="seconds")
    give(time, [6000] * 33 + [6300, 6000, 6300], [10] * 36)
    assert lead.lead(read(time), DEFAULT).startswith(
        "10 minutes and 20 seconds in July to September 2019, 3.3 per cent longer than"
    )
    share = SeriesFactory(measure__kind=Measure.Kind.RATIO, measure__precision=1)
    give(share, [50] * 24 + [60] * 12, [100] * 36)
    assert lead.lead(read(share), DEFAULT).startswith(
        "60.0 per cent (180 of 300) in July to September 2019, 10.0 percentage points higher than the same quarter a year before."
    )


def test_the_lead_of_what_comes_late_says_how_far_it_reaches():
    series = SeriesFactory(measure__lag_months=3)
    give(series, [100] * 36, last=SEPTEMBER - 3)
    assert lead.lead(read(series), DEFAULT) == (
        "300 crimes in April to June 2019, the same as a year before. That is within its usual range. "
        "Its figures come late: they reach June 2019."
    )


def test_symbols_that_point_both_ways_are_said_against_each_other():
    series = spike()
    held = read(series)
    signal = held.signals[DEFAULT.name]
    signal.r1, signal.r4, signal.r5c, signal.r5c_ar = 0, -1, 1, 1
    assert lead.state_words(held, DEFAULT) == (
        "Over twelve months it is rising, though month by month it has been falling."
    )


@pytest.mark.parametrize(
    ("now", "words"),
    [(70.0, "That is more than chance"), (76.0, "That is no more than chance"), (77.7, "the same as a year before")],
)
def test_the_lead_of_a_survey_weighs_its_change_against_both_margins(now, words):
    series = SeriesFactory(**SURVEY, measure__precision=1)
    survey_years(series, {(2018, 9): (77.7, 3.0), (2019, 9): (now, 4.0)})  # together 5.0
    said = lead.lead(read(series), DEFAULT)
    assert said.startswith(f"{now} per cent (give or take 4.0) in the twelve months to September 2019")
    assert words in said


def test_the_lead_of_an_audit_and_of_nothing():
    series = SeriesFactory(**SAMPLE, measure__precision=1)
    first = dt.date(2019, 9, 1)
    give_reading(series, Period.Kind.SAMPLE, first, first.replace(day=28), {"value": 386, "denominator": 423})
    assert lead.lead(read(series), DEFAULT) == (
        "91.3 per cent (386 of 423) met the standard in the sample of September 2019."
    )
    assert lead.lead(read(SeriesFactory()), DEFAULT) == "No figures have been recorded yet."


def test_each_signal_says_its_numbers_and_since_when():
    series = SeriesFactory()
    give(series, [*steady(33), 130, 130, 130])
    held = read(series)
    said = {one.mark.rule: one.sentence for one in shapes.signals_said(held, DEFAULT, {"r2": SEPTEMBER - 1})}
    assert said["r2"].startswith("Each of the three months July to September 2019 is above ")
    assert said["r2"].endswith("It has shown for two months in a row, since August 2019.")
    assert len(shapes.unlit_said(held, DEFAULT)) == 5 - len(said)


def test_a_trend_that_may_be_the_season_says_so():
    series = SeriesFactory()
    give(series, [100 + 5 * (month % 12) for month in range(48)], last=SEPTEMBER)
    signal = read(series).signals["default"]
    assert (signal.r4, signal.statistics["season_doubt"]) == (1, True)
    assert "though that may be the time of year" in lead.lead(read(series), DEFAULT)


def test_the_header_has_the_figures_with_their_change_and_tone():
    found = shapes.stats(read(spike()))
    assert [(one.label, one.value, one.change, one.tone) for one in found[:2]] == [
        ("Quarter", "334", "+8.4% on a year before", "concern"),
        ("Twelve months", "1,250", "+2.1% on a year before", "concern"),
    ]
    share = SeriesFactory(measure__kind=Measure.Kind.RATIO, measure__polarity=UP)
    give(share, [50] * 12, [100] * 12)
    assert shapes.stats(read(share))[0].note == "Quarter two 2019-20; 150 of 300"


def test_where_the_printed_trend_test_differs_the_page_says_so():
    series = SeriesFactory()
    give(series, [100 + (7 * n) % 5 + n % 2 for n in range(36)])
    held = read(series)
    signal = held.signals["default"]
    assert (signal.r5c_ar, bool(shapes.disagreement(held)[0])) == (None, signal.r5 != signal.r5c)
    signal.r5, signal.r5c = 1, 0
    said, (printed, holds) = shapes.disagreement(held)
    assert said.startswith("The rolling trend as the key prints it says rising")
    assert (printed.by, printed.mark.slug) == ("As the key prints it (key-2019 v1)", "rolling-up")
    assert (holds.by, holds.mark) == ("By the test that holds (default v2)", None)
    assert "rising over the year to September 2019" in printed.sentence
    assert holds.sentence.startswith("The rolling twelve-month figure shows no rise or fall")
    signal.r5c = 1
    assert shapes.disagreement(held) == ("", [])


# ---- charts and provenance


def test_a_measures_charts_are_drawn_with_their_tables_wide_and_narrow():
    series = spike()
    note = DataNote.objects.create(title="Outage", text="Out.", starts=dt.date(2019, 8, 1), ends=dt.date(2019, 8, 31))
    held = read(series)
    made = charts.drawings(held, [note], DEFAULT, "4 October 2019")
    assert [one.name for one in made] == ["months", "control"]
    ids = [
        part.get("id") for one in made for svg in (one.svg, one.narrow) for part in ElementTree.fromstring(svg).iter()
    ]
    named = [one for one in ids if one]
    assert len(named) == len(set(named))  # two drawings of one chart stand on the same page
    assert made[0].rows[-1][:2] == ("September 2019", "130")
    assert 'width="320"' in made[0].narrow


def test_a_month_left_out_or_provisional_is_marked_on_the_charts():
    series = SeriesFactory()
    give(series, steady(), provisional=[SEPTEMBER])
    out = DataNote.objects.create(title="Outage", text="Out.", starts=dt.date(2019, 8, 1), exclude=True)
    told = DataNote.objects.create(title="A new form", text="New.", starts=dt.date(2019, 1, 1))
    found = charts.month_notes(read(series), [out, told])
    assert [one.say() for one in found] == ["Aug 2019 to Sep 2019 left out: Outage", "Sep 2019 provisional"]


def test_a_figure_names_its_import_and_what_it_was_before():
    series = SeriesFactory()
    clerk = UserFactory(name="A Clerk")
    accepted = dt.datetime(2019, 10, 7, 9, tzinfo=dt.UTC)
    give(series, [41, 42], batch=BatchFactory(file_name="first.csv", accepted_by=clerk, accepted_at=accepted))
    by_hand = BatchFactory(file_name="", reason="Paper records keyed", accepted_by=clerk, accepted_at=accepted)
    give(series, [43], batch=by_hand)
    latest, older = sources.source_rows(series.measure, provenance(series, SEPTEMBER, 15), lambda one: "")
    assert (latest.period, latest.value, latest.origin) == (
        "September 2019",
        "43",
        "Entered by hand: Paper records keyed",
    )
    assert latest.earlier == ["was 42 in first.csv, row 3, as at 4 October 2019"]
    assert (older.value, older.origin, older.earlier) == ("41", "first.csv, row 2", [])
    assert older.who_and_when == "Accepted by A Clerk, 7 October 2019; figures as at 4 October 2019"


def test_the_parts_of_a_percentage_stand_beside_it():
    series = SeriesFactory(measure__kind=Measure.Kind.RATIO, measure__precision=1)
    give(series, [1234], [5000])
    (one,) = sources.source_rows(series.measure, provenance(series, SEPTEMBER, 15), lambda one: "")
    assert one.value == "24.7% (1,234 of 5,000)"


# ---- the second view


def second_of(series, notes=(), phases=()):
    return second_view(read(series), list(notes), list(phases), "4 October 2019")


def test_the_second_view_says_what_the_nhs_rules_make_of_the_latest_month():
    found = second_of(spike())
    assert found.said == "September 2019 is special cause by the NHS rules: above the upper limit."
    assert found.drawing.rows[-1][-1] == "Concern: Above the upper limit"
    ordinary = SeriesFactory()
    give(ordinary, [100, 104] * 6)
    assert second_of(ordinary).said == (
        "September 2019 is common cause by the NHS rules: nothing marks it out. Fewer than 13 months set these limits: "
        "take them as a first guess."
    )


@pytest.mark.parametrize(
    ("target", "said"), [(90, "consistently failing"), (50, "hit and miss"), (10, "consistently passing")]
)
def test_the_second_view_says_how_sure_a_target_is(target, said):
    series = SeriesFactory(
        measure__kind=Measure.Kind.RATIO, measure__polarity=UP, measure__target_value=target, measure__target_text="Aim"
    )
    give(series, [48, 52] * 12, [100] * 24)
    assert second_of(series).assured.startswith(f"Aim: {said}.")


def test_the_second_view_leaves_out_what_a_note_leaves_out_and_starts_afresh_with_a_phase():
    series = SeriesFactory()
    give(series, [*[100, 104] * 12, *[300, 304] * 6])
    note = DataNote(title="Outage", text="Out.", starts=dt.date(2019, 9, 1), ends=dt.date(2019, 9, 30), exclude=True)
    assert second_of(series, [note]).said == (
        "It cannot be said whether September 2019 is special cause by the NHS rules: its figure is missing or left out."
    )
    phase = PhaseChange(measure=series.measure, month=dt.date(2018, 10, 1), reason="New rules")
    assert second_of(series, phases=[phase]).said.startswith("September 2019 is common cause")
    assert second_of(series).said.startswith("September 2019 is special cause")


def test_there_is_no_second_view_of_a_survey_or_of_lone_months():
    survey = SeriesFactory(**SURVEY)
    survey_years(survey, {(2019, 9): (76.9, 2.9)})
    lone = SeriesFactory()
    give(lone, [100])
    assert [second_of(survey), second_of(lone)] == [None, None]
