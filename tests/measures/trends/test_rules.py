"""The signal engine: against a plain second reading of the rules, and against what must hold of any such rules."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.trends.rules import evaluate_history, evaluate_latest, lit_since
from measures.trends.ruleset import CANNOT_SAY, DEFAULT, KEY_2019, RULES, Ruleset
from measures.trends.windows import counts, ratios
from tests.measures.trends import reference

READINGS = [
    DEFAULT,
    KEY_2019,
    Ruleset(name="inclusive", version=1, spike_base="to_latest", ddof=0, alpha=0.1),
    Ruleset(name="before", version=1, run_base="before", spike_sd=1.5, trend_needs=8),
    Ruleset(name="before-run", version=1, run_base="before_run", long_run=7, season_years=3, baseline_needs=20),
]
FLAT = [10.0, 12.0] * 12

missing = st.just(float("nan"))
smooth = st.integers(-40, 400).map(lambda n: n / 4)
few = st.integers(0, 3).map(float)


@st.composite
def tables(draw, least=1, most=90):
    """Some series, with or without gaps, of many or few different values."""
    width = draw(st.integers(least, most))
    cell = draw(st.sampled_from([smooth, few, st.one_of(*[smooth] * 12, missing), st.one_of(*[smooth] * 5, missing)]))
    body = [draw(st.lists(cell, min_size=width, max_size=width)) for _ in range(draw(st.integers(1, 4)))]
    return np.array(body)


def phases(shape):
    """Phases of some series, each with none, one or two beginnings of a new one; the first need not be numbered 0."""
    rows, months = shape
    begins = st.lists(st.integers(0, months), max_size=2)
    one = begins.map(lambda starts: [sum(month >= start for start in starts) for month in range(months)])
    return st.lists(one, min_size=rows, max_size=rows).map(np.array)


def said(evaluation, row, column=None):
    place = row if column is None else (row, column)
    return {rule: None if flags[place] == CANNOT_SAY else int(flags[place]) for rule, flags in evaluation.flags.items()}


def assert_same_numbers(statistics, row, numbers):
    for name, wanted in numbers.items():
        if wanted is None:
            assert np.isnan(statistics[name][row]), name
        else:
            assert statistics[name][row] == pytest.approx(wanted, rel=1e-7, abs=1e-9), name


@settings(max_examples=100)
@given(table=tables(), rules=st.sampled_from(READINGS))
def test_engine_agrees_with_the_plain_reading(table, rules):
    found = evaluate_latest(counts(table), rules, chunk=3)
    for row, series in enumerate(table.tolist()):
        flags, numbers = reference.judge(series, len(series) - 1, rules)
        assert said(found, row) == flags
        assert_same_numbers(found.statistics, row, numbers)
        assert bool(found.no_data[row]) == reference.silent(series, len(series) - 1, rules)


@settings(max_examples=100)
@given(table=tables(least=12), rules=st.sampled_from(READINGS), data=st.data())
def test_engine_agrees_with_the_plain_reading_of_phases(table, rules, data):
    phase = data.draw(phases(table.shape))
    found = evaluate_latest(counts(table, phase), rules, chunk=3)
    for row, series in enumerate(table.tolist()):
        flags, _ = reference.judge(series, len(series) - 1, rules, phases=phase[row].tolist())
        assert said(found, row) == flags
        assert bool(found.no_data[row]) == reference.silent(series, len(series) - 1, rules)


@settings(max_examples=60)
@given(table=tables(least=23), data=st.data())
def test_engine_agrees_with_the_plain_reading_of_ratios(table, data):
    bottom = np.array(
        data.draw(st.lists(st.integers(0, 9), min_size=table.size, max_size=table.size)), dtype=float
    ).reshape(table.shape)
    factor = data.draw(st.sampled_from([1.0, 12.0]))
    found = evaluate_latest(ratios(table, bottom, stock=factor == 12.0), KEY_2019)
    for row in range(len(table)):
        pairs = list(zip(table[row].tolist(), bottom[row].tolist(), strict=True))
        values = [None if below == 0 or np.isnan(above) else above / below for above, below in pairs]
        flags, numbers = reference.judge(values, len(values) - 1, KEY_2019, pairs, factor)
        assert said(found, row) == flags
        assert_same_numbers(found.statistics, row, numbers)


def every_month(series):
    """Each series once for each of its months, and the months: one call then answers what a history answers."""
    rows, months = series.shape
    parts = {one.name: getattr(series, one.name) for one in dataclasses.fields(series)}
    repeated = {name: None if part is None else np.repeat(part, months, axis=0) for name, part in parts.items()}
    return dataclasses.replace(series, **repeated), np.tile(np.arange(months), rows)


def assert_same_answers(history, latest, place):
    """`place`: where in the history the answers of the latest month are."""
    for rule, flags in latest.flags.items():
        assert history.flags[rule][place].ravel().tolist() == flags.tolist(), rule
    assert history.no_data[place].ravel().tolist() == latest.no_data.tolist()
    assert history.not_enough_data[place].ravel().tolist() == latest.not_enough_data.tolist()
    for name in history.statistics:
        np.testing.assert_allclose(
            history.statistics[name][place].ravel(), latest.statistics[name], rtol=1e-9, atol=1e-9, err_msg=name
        )


@settings(max_examples=80)
@given(table=tables(most=60), rules=st.sampled_from(READINGS))
def test_history_is_the_latest_month_of_every_month(table, rules):
    series = counts(table)
    history = evaluate_history(series, rules, explain=True, chunk=2)
    repeated, columns = every_month(series)
    assert_same_answers(history, evaluate_latest(repeated, rules, columns), ...)
    for column in {0, table.shape[1] // 2, table.shape[1] - 1}:  # the same month of all, which is read another way
        assert_same_answers(history, evaluate_latest(series, rules, column), (slice(None), column))


@settings(max_examples=150)
@given(table=tables(most=90), rules=st.sampled_from(READINGS), data=st.data())
def test_flags_of_every_month_are_those_of_each_month(table, rules, data):
    """The windows built from halves against the rules written out, ratios and phases among them."""
    series = counts(table)
    if data.draw(st.booleans()):
        below = data.draw(st.lists(st.integers(0, 9), min_size=table.size, max_size=table.size))
        series = ratios(table, np.array(below, dtype=float).reshape(table.shape), smallest_year=30)
    elif data.draw(st.booleans()):
        series = counts(table, data.draw(phases(table.shape)))
    history = evaluate_history(series, rules, chunk=2)
    repeated, columns = every_month(series)
    assert_same_answers(history, evaluate_latest(repeated, rules, columns, explain=False), ...)
    last = table.shape[1] - 1
    assert_same_answers(history, evaluate_latest(series, rules, explain=False), (slice(None), last))


@pytest.mark.parametrize("value", [5.0, 5.5])  # whole numbers are read another way
def test_one_month_of_two_series_is_too_little_for_any_rule(value):
    history = evaluate_history(counts(np.full((2, 1), value)), DEFAULT)
    assert {rule: set(history.flags[rule].ravel()) for rule in ("r1", "r2", "r3", "r4")} == dict.fromkeys(
        ("r1", "r2", "r3", "r4"), {CANNOT_SAY}
    )


def test_months_of_whole_numbers_are_judged_as_the_same_months_a_quarter_higher():
    """Whole numbers are added up, others joined by means: flags do not depend on where zero is."""
    generator = np.random.default_rng(7)
    table = generator.poisson(40, (60, 110)) + np.arange(110) * generator.integers(-1, 2, (60, 1))
    table = np.concatenate([table, generator.poisson(90_000, (20, 110)), np.full((1, 110), 7.0)])
    table[::3][generator.random(table[::3].shape) < 0.05] = np.nan
    whole, higher = (evaluate_history(counts(months), DEFAULT, chunk=16) for months in (table, table + 0.25))
    for rule, flags in whole.flags.items():
        assert flags.tolist() == higher.flags[rule].tolist(), rule
        assert {-1, 0, 1, CANNOT_SAY} == set(flags.ravel().tolist()), rule


@pytest.mark.parametrize("months", [1, 2, 11])
def test_several_series_of_very_few_months_cannot_be_said(months):
    found = evaluate_history(counts([[5.0] * months] * 2), DEFAULT)
    assert {flag for flags in found.flags.values() for flag in flags[:, :9].ravel().tolist()} == {CANNOT_SAY}
    assert not found.no_data.any()


def test_only_the_rules_wanted_are_worked_out():
    table = counts([[float(n) + n % 3 for n in range(80)]])
    some = evaluate_history(table, DEFAULT, only=("r4", "r5c"))
    every = evaluate_history(table, DEFAULT)
    assert some.flags["r4"].tolist() == every.flags["r4"].tolist()
    assert some.flags["r5c"].tolist() == every.flags["r5c"].tolist()
    assert set(some.flags["r1"][0].tolist()) == {CANNOT_SAY}


@settings(max_examples=60)
@given(table=tables(), rules=st.sampled_from(READINGS))
def test_upside_down_series_show_the_mirror_symbols(table, rules):
    upright, mirrored = evaluate_latest(counts(table), rules), evaluate_latest(counts(-table), rules)
    for rule, flags in upright.flags.items():
        expected = np.where(flags == CANNOT_SAY, CANNOT_SAY, -flags.astype(int))
        assert mirrored.flags[rule].tolist() == expected.tolist(), rule


@settings(max_examples=60)
@given(table=tables(), scale=st.sampled_from([2.0, 0.5, 64.0]), shift=st.sampled_from([0.0, 16.0, 1024.0]))
def test_symbols_do_not_depend_on_unit_or_origin(table, scale, shift):
    plain, moved = evaluate_latest(counts(table), DEFAULT), evaluate_latest(counts(table * scale + shift), DEFAULT)
    for rule, flags in plain.flags.items():
        assert moved.flags[rule].tolist() == flags.tolist(), rule


@settings(max_examples=60)
@given(table=tables(), older=st.integers(1, 30), as_of=st.integers(0, 89))
def test_months_outside_the_window_change_nothing(table, older, as_of):
    as_of = min(as_of, table.shape[1] - 1)
    window = table[:, max(0, as_of + 1 - DEFAULT.reach) : as_of + 1]
    noise = (
        np.full((len(table), older), 1e6) if window.shape[1] == DEFAULT.reach else np.full((len(table), older), np.nan)
    )
    longer = np.concatenate([noise, window, np.full((len(table), 2), -1e6)], axis=1)
    alone = evaluate_latest(counts(window), DEFAULT)
    within = evaluate_latest(counts(longer), DEFAULT, older + window.shape[1] - 1)
    for rule, flags in alone.flags.items():
        assert within.flags[rule].tolist() == flags.tolist(), rule


def test_each_series_has_its_own_last_month():
    table = np.array([FLAT + [99.0, 12.0], FLAT + [99.0, 12.0], [np.nan] * 26])
    found = evaluate_latest(counts(table), DEFAULT, [24, 25, -1])
    assert found.flags["r1"].tolist() == [1, 0, CANNOT_SAY]
    assert found.no_data.tolist() == [False, False, True]
    assert found.not_enough_data.tolist() == [False, False, False]


@pytest.mark.parametrize("as_of", [-2, 3, 1.5])
def test_a_month_that_is_not_there_is_refused(as_of):
    with pytest.raises(ValueError, match="[Aa]s-of month"):
        evaluate_latest(counts([[1.0, 2.0, 3.0]]), DEFAULT, as_of)


def flag_of(rule, months, rules=DEFAULT):
    return int(evaluate_latest(counts([months]), rules).flags[rule][0])


@pytest.mark.parametrize(("gaps", "answer"), [(6, 1), (7, CANNOT_SAY)])
def test_spike_needs_eighteen_months_of_its_baseline(gaps, answer):
    assert flag_of("r1", [np.nan] * gaps + FLAT[gaps:] + [40.0]) == answer


def test_latest_month_missing_means_no_spike_can_be_said():
    assert flag_of("r1", [*FLAT, np.nan]) == CANNOT_SAY


@pytest.mark.parametrize(
    ("rule", "months"), [("r2", FLAT + [40.0, np.nan, 40.0]), ("r3", FLAT + [40.0] * 4 + [np.nan] + [40.0] * 4)]
)
def test_runs_do_not_bridge_a_missing_month(rule, months):
    assert flag_of(rule, months) == CANNOT_SAY


@pytest.mark.parametrize(("gaps", "answer"), [(2, 1), (3, CANNOT_SAY)])
def test_trend_needs_ten_of_twelve_months(gaps, answer):
    months = [float(n) + n % 2 for n in range(12)]
    for gap in range(gaps):
        months[3 + gap] = np.nan
    assert flag_of("r4", months) == answer


@pytest.mark.parametrize("rule", ["r5", "r5c"])
def test_rolling_trend_needs_all_twenty_three_months(rule):
    months = [float(n * n) for n in range(23)]
    assert flag_of(rule, months) == 1
    assert flag_of(rule, months[1:]) == CANNOT_SAY
    for gap in range(23):
        assert flag_of(rule, [*months[:gap], np.nan, *months[gap + 1 :]]) == CANNOT_SAY, gap


def test_zero_is_data_and_missing_is_not_zero():
    found = evaluate_latest(counts([FLAT + [0.0] * 12, FLAT + [np.nan] * 12]), DEFAULT)
    assert found.no_data.tolist() == [False, True]
    assert found.flags["r3"].tolist() == [-1, CANNOT_SAY]


def test_short_history_is_not_enough_data():
    found = evaluate_latest(counts([[10.0] * 13, [np.nan] * 13]), DEFAULT)
    assert said(found, 0) == {
        "r1": None,
        "r2": None,
        "r3": None,
        "r4": 0,
        **dict.fromkeys(("r5", "r5c", "r5c_ar", "r4s")),
    }
    assert found.not_enough_data.tolist() == [True, False]


def test_ratio_with_empty_denominators_is_recorded_but_cannot_be_judged():
    found = evaluate_latest(ratios([[0.0] * 30], [[0.0] * 30]), DEFAULT)
    assert set(said(found, 0).values()) == {None}
    assert (found.no_data.tolist(), found.not_enough_data.tolist()) == ([False], [True])


def test_months_of_few_cases_are_not_judged_month_by_month():
    top, bottom = [[1.0] * 35 + [9.0]] * 2, [[20.0] * 35 + [10.0], [20.0] * 36]
    assert evaluate_latest(ratios(top, bottom), DEFAULT).flags["r1"].tolist() == [1, 1]
    of_twenty = evaluate_latest(ratios(top, bottom, smallest_denominator=20), DEFAULT)
    assert of_twenty.flags["r1"].tolist() == [CANNOT_SAY, 1]


@pytest.mark.parametrize(("smallest", "answer"), [(0, 1), (240, 1), (241, CANNOT_SAY)])
def test_rolling_figure_of_few_cases_is_not_judged(smallest, answer):
    rising = ratios([[float(n + n % 3) for n in range(36)]], [[20.0] * 36], smallest_year=smallest)
    found = evaluate_latest(rising, DEFAULT)
    assert (found.flags["r5"].tolist(), found.flags["r5c"].tolist()) == ([answer], [answer])
    assert found.flags["r4"].tolist() == [1]
    assert evaluate_history(rising, DEFAULT).flags["r5"][0, -1] == answer


def noisy(months):
    return [50.0 + (7 * n) % 5 + (3 * n) % 4 for n in range(months)]


@pytest.mark.parametrize(("months", "answer"), [(58, CANNOT_SAY), (59, 1), (90, 1)])
def test_corrected_rolling_trend_needs_fifty_nine_months(months, answer):
    rising = [*noisy(months - 12), *(60.0 + 4 * n for n in range(12))]
    assert flag_of("r5c_ar", rising) == answer
    found = evaluate_latest(counts([rising]), DEFAULT)
    assert (found.flags["r5c"].tolist(), found.rolling.tolist()) == ([1], [1])


@pytest.mark.parametrize(("gaps", "answer"), [(6, 1), (7, CANNOT_SAY)])
def test_corrected_rolling_trend_needs_thirty_six_of_forty_eight_differences(gaps, answer):
    months = [*noisy(78), *(60.0 + 4 * n for n in range(12))]
    for gap in range(gaps):  # each takes two of the past differences with it
        months[40 + 2 * gap] = np.nan
    assert flag_of("r5c_ar", months) == answer


def test_a_past_without_variation_cannot_say_how_unusual_a_change_is():
    change, step = [5.0] * 59 + [5.0, 6.0], [5.0] * 59 + [9.0] * 11
    found = evaluate_latest(counts([change, [*change[:-1], 5.0]]), DEFAULT)
    assert found.flags["r5c_ar"].tolist() == [CANNOT_SAY, 0]
    assert found.rolling.tolist() == found.flags["r5c"].tolist() == [0, 0]
    assert (flag_of("r5c_ar", step), flag_of("r5c", step)) == (1, 1)


def test_months_that_follow_one_another_widen_the_corrected_test():
    generator = np.random.Generator(np.random.PCG64(3))
    noise = generator.standard_normal((2, 71))
    for column in range(1, 71):
        noise[1, column] += 0.8 * noise[1, column - 1]
    found = evaluate_latest(counts(noise), DEFAULT)
    follows = found.statistics["r5c_ar_correlation"]
    assert follows[0] < 0.3 < 0.5 < follows[1]
    assert evaluate_latest(counts(noise[:, :58]), DEFAULT).statistics["r5c_ar_correlation"].tolist() == pytest.approx(
        [np.nan] * 2, nan_ok=True
    )


def test_rolling_value_of_a_ratio_is_sum_over_sum_or_over_mean():
    top, bottom = [[float(n) for n in range(1, 24)]], [[100.0 + n for n in range(23)]]
    flow = evaluate_latest(ratios(top, bottom, per=1000.0), DEFAULT).statistics
    stock = evaluate_latest(ratios(top, bottom, per=1000.0, stock=True), DEFAULT).statistics
    above, below = sum(range(12, 24)), sum(range(111, 123))
    assert flow["r5_latest"][0] == pytest.approx(1000 * above / below)
    assert stock["r5_latest"][0] == pytest.approx(1000 * above / (below / 12))


def test_constant_baseline_flags_any_change_and_says_there_was_no_variation():
    found = evaluate_latest(counts([[0.1] * 24 + [0.2], [0.1] * 25]), DEFAULT)
    assert found.flags["r1"].tolist() == [1, 0]
    assert found.statistics["r1_sd"].tolist() == [0.0, 0.0]


@pytest.mark.parametrize("months", [25, 36, 60])
@pytest.mark.parametrize("level", [0.0, 0.1, 0.3, 1 / 3, 2.7, 1e6 / 7])
def test_a_constant_shows_nothing_whatever_its_binary_fraction(level, months):
    found = evaluate_latest(counts([[level] * months]), DEFAULT)
    assert {int(flags[0]) for rule, flags in found.flags.items() if rule not in ("r4s", "r5c_ar")} == {0}
    assert int(found.flags["r5c_ar"][0]) == (0 if months >= 59 else CANNOT_SAY)
    assert (found.statistics["r4_p"][0], found.statistics["r5c_p"][0]) == (1.0, 1.0)


@pytest.mark.parametrize("step", [0.1, 1 / 3, -7.7])
def test_an_exact_line_is_certain(step):
    found = evaluate_latest(counts([[step * month for month in range(60)]]), DEFAULT)
    direction = int(np.sign(step))
    certain = ("r4", "r4s", "r5", "r5c", "r5c_ar")
    for rule in certain:
        assert found.flags[rule].tolist() == [direction], rule
    assert [found.statistics[f"{rule}_p"][0] for rule in certain] == [0.0] * 5


def test_on_the_limit_is_not_beyond_it():
    limit = 11 + 2 * np.sqrt(24 / 23)
    table = [FLAT + [value] for value in (limit, limit + 1e-6, 22 - limit, 22 - limit - 1e-6)]
    assert evaluate_latest(counts(table), DEFAULT).flags["r1"].tolist() == [0, 1, 0, -1]


def test_a_month_equal_to_the_mean_breaks_a_run():
    above = [0.0, 1.0] * 8 + [2.0] * 8
    equal = [0.0, 1.0] * 7 + [1.0, 1.0, 2.0, 2.0, 2.0, 1.0, 2.0, 2.0, 2.0, 2.0]
    assert (np.mean(above), np.mean(equal)) == (1.0, 1.0)
    assert evaluate_latest(counts([above, equal]), DEFAULT).flags["r3"].tolist() == [1, 0]


def test_limits_that_explain_a_spike():
    found = evaluate_latest(counts([FLAT + [14.0]]), DEFAULT).statistics
    sd = np.sqrt(24 / 23)
    explained = {name: float(found[f"r1_{name}"][0]) for name in ("mean", "sd", "months", "upper", "lower")}
    assert explained == pytest.approx({"mean": 11, "sd": sd, "months": 24, "upper": 11 + 2 * sd, "lower": 11 - 2 * sd})


def test_phases_are_never_compared():
    table = np.array([[1000.0] * 20 + FLAT + [14.0]])
    phase = np.array([[0] * 20 + [1] * 25])
    assert evaluate_latest(counts(table, phase), DEFAULT).flags["r1"].tolist() == [1]
    assert evaluate_latest(counts(table, phase), DEFAULT, 30).flags["r1"].tolist() == [CANNOT_SAY]
    history = evaluate_history(counts(table, phase), DEFAULT)
    assert history.flags["r1"][0].tolist() == [CANNOT_SAY] * 18 + [0] * 2 + [CANNOT_SAY] * 18 + [0] * 6 + [1]
    assert not history.no_data.any()


def test_a_new_phase_shows_no_symbol_before_its_twelfth_month():
    table = np.array([[50.0] * 30 + [100.0 + 5 * month for month in range(14)]])
    phase = np.array([[0] * 30 + [1] * 14])
    history = evaluate_history(counts(table, phase), DEFAULT)
    assert history.flags["r4"][0, 30:].tolist() == [CANNOT_SAY] * 11 + [1] * 3
    latest = [evaluate_latest(counts(table, phase), DEFAULT, column) for column in range(30, 44)]
    assert [one.flags["r4"][0] for one in latest] == history.flags["r4"][0, 30:].tolist()
    alone = evaluate_history(counts(table[:, 30:]), DEFAULT)  # a series that begins is no new phase: ten months will do
    assert alone.flags["r4"][0].tolist() == [CANNOT_SAY] * 9 + [1] * 5
    silent = np.where(phase == 0, np.nan, table)  # nor is one of which nothing was recorded before, beside older series
    both = evaluate_history(counts(np.concatenate([silent, table]), np.repeat(phase, 2, axis=0)), DEFAULT)
    assert both.flags["r4"][0, 30:].tolist() == alone.flags["r4"][0].tolist()
    assert both.flags["r4"][1].tolist() == history.flags["r4"][0].tolist()


def test_season_alone_raises_a_doubt_about_the_trend():
    season = [0.0, 3.0, 8.0, 12.0, 17.0, 21.0, 24.0, 28.0, 33.0, 37.0, 40.0, 46.0]
    jitter = [0.0, 1.0, -1.0, 0.5, 0.0, -0.5, 1.0]
    months = [season[n % 12] + jitter[n % 7] for n in range(36)]
    found = evaluate_latest(counts([months, list(range(36))]), DEFAULT)
    assert found.flags["r4"].tolist() == [1, 1]
    assert found.season_doubt.tolist() == [True, False]


def test_lit_since_is_the_start_of_the_unbroken_run():
    flags = np.array([[0, 1, 1, 1], [1, 1, -1, -1], [1, 1, 1, 0], [1, CANNOT_SAY, 1, 1], [1, 1, 1, 1]], dtype=np.int8)
    assert lit_since(flags).tolist() == [1, 2, -1, 2, 0]
    assert lit_since(flags, [1, 1, 1, 1, 2]).tolist() == [1, 0, 0, -1, 0]


def test_a_ruleset_shows_its_own_rolling_rule():
    found = evaluate_latest(counts([FLAT * 2]), KEY_2019)
    assert list(found.shown) == ["r1", "r2", "r3", "rolling", "r4"]
    assert found.shown["rolling"] is found.flags["r5"]
    assert set(found.flags) == {*RULES, "r4s"}


def test_no_series_is_no_answer_and_no_error():
    found = evaluate_latest(counts(np.empty((0, 30))), DEFAULT)
    assert {flags.shape for flags in found.flags.values()} == {(0,)}


@pytest.mark.parametrize("bad", [[[np.inf, 1.0]], [[1e16]], [1.0, 2.0], np.empty((2, 0))])
def test_tables_that_make_no_sense_are_refused(bad):
    with pytest.raises(ValueError, match="The values"):
        counts(bad)


@pytest.mark.parametrize(
    "change", [{"trend_needs": 2}, {"baseline_needs": 25}, {"alpha": 0}, {"long_run": 0}, {"season_years": 1}]
)
def test_settings_that_mean_nothing_are_refused(change):
    with pytest.raises(ValueError, match=r"\."):
        dataclasses.replace(DEFAULT, **change)


def test_ratio_beyond_all_reason_is_refused():
    with pytest.raises(ValueError, match="The ratios hold a number beyond"):
        ratios([[1.0]], [[1e-300]])
    with pytest.raises(ValueError, match="same series and months"):
        ratios([[1.0]], [[1.0, 2.0]])
    with pytest.raises(ValueError, match="shape of the values"):
        counts([[1.0, 2.0]], [[0]])
