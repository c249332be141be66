"""Whatever finite values and words come, every chart is well-formed XML inside its view box."""

from hypothesis import given, settings
from hypothesis import strategies as st

from measures.charts import (
    compare,
    control,
    level,
    monthly,
    national,
    peers,
    projection,
    sparkline,
    survey,
    survey_trend,
    volume,
    zscore,
)
from measures.charts.frame import Frame
from measures.charts.months import MonthSeries
from measures.charts.notes import MonthNote, NoteKind
from measures.charts.palette import Tone
from measures.charts.ranking import Bar
from measures.charts.units import Kind, Unit

from .reading import leaves, parse

finite = st.floats(allow_nan=False, allow_infinity=False)
value = st.none() | finite | st.floats(0, 100) | st.integers(0, 50_000)
words = st.text(max_size=80)
units = st.builds(Unit, st.sampled_from(Kind), st.integers(0, 3), words)
frames = st.builds(Frame, st.just("any"), words, words, units, words, words, st.booleans(), st.floats(320, 1200))


@st.composite
def month_series(draw) -> MonthSeries:
    months = sorted(draw(st.sets(st.integers(12 * 1990, 12 * 2030), max_size=30)))
    values = draw(st.lists(value, min_size=len(months), max_size=len(months)))
    return MonthSeries(draw(words), tuple(months), tuple(values))


series = month_series()
month_numbers = st.integers(12 * 1990, 12 * 2030)
some_months = st.lists(month_numbers, min_size=1, max_size=3, unique=True).map(lambda found: tuple(sorted(found)))
notes = st.lists(st.builds(MonthNote, some_months, st.sampled_from(NoteKind), words), max_size=3).map(tuple)
phases = st.lists(st.builds(control.Phase, month_numbers, month_numbers, value, value, value, words), max_size=3).map(
    tuple
)
signals = st.lists(st.builds(control.Signal, some_months, st.sampled_from(Tone), words), max_size=3).map(tuple)
bars = st.lists(st.builds(Bar, words, value, st.booleans(), value, value), max_size=9).map(tuple)


@st.composite
def fans(draw) -> projection.Fan:
    months = tuple(range(12 * 2031, 12 * 2031 + draw(st.integers(0, 12))))
    five = [tuple(draw(st.lists(finite, min_size=len(months), max_size=len(months)))) for _ in range(5)]
    return projection.Fan(months, *five)


def ranked(kind):
    return st.builds(kind, frames, bars, value, value, value, words, words, words)


CHARTS = [
    (monthly, st.builds(monthly.MonthlyChart, frames, series, series, notes)),
    (control, st.builds(control.ControlChart, frames, series, phases, signals, notes)),
    (
        level,
        st.builds(
            level.LevelChart, frames, series, st.none() | st.builds(level.Target, finite, words), value, words, notes
        ),
    ),
    (volume, st.builds(volume.VolumeChart, frames, series, series, notes)),
    (compare, st.builds(compare.CompareChart, frames, series, st.lists(series, max_size=3).map(tuple), notes)),
    (zscore, st.builds(zscore.ZScoreChart, frames, series, series, words, notes)),
    (
        survey_trend,
        st.builds(
            survey_trend.SurveyTrend,
            frames,
            st.lists(st.builds(survey_trend.SurveyLine, series), max_size=3).map(tuple),
            notes,
        ),
    ),
    (projection, st.builds(projection.ProjectionChart, frames, series, fans(), series)),
    (peers, ranked(peers.PeersChart)),
    (national, ranked(national.NationalChart)),
    (survey, ranked(survey.SurveyChart)),
    (
        sparkline,
        st.builds(sparkline.Sparkline, st.just("any"), words, series, units, st.none() | st.sampled_from(Tone)),
    ),
]
any_chart = st.one_of([st.tuples(st.just(module), data) for module, data in CHARTS])


@settings(max_examples=300)
@given(any_chart)
def test_any_values_make_a_chart_that_parses_and_stays_in_its_box(given_chart):
    module, data = given_chart
    assert leaves(parse(module.draw(data))) == []
    table = module.table(data)
    assert {len(row) for row in (*table.rows, *table.values)} <= {len(table.header)}
    assert module.alt(data)
