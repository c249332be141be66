"""The key and the sentences a councillor reads."""

import dataclasses
import re

import numpy as np
import pytest

from measures.trends.formatting import duration_text, number_text
from measures.trends.key import key, peer_symbol, symbol_of
from measures.trends.peers import GREATER, IN_LINE_ABOVE, IN_LINE_BELOW, LESS, PeerSettings
from measures.trends.periods import month_index
from measures.trends.rules import evaluate_history, evaluate_latest, lit_since
from measures.trends.ruleset import CANNOT_SAY, DEFAULT, KEY_2019, RULES
from measures.trends.windows import counts
from measures.trends.words import (
    Seen,
    chance_of,
    chance_sentence,
    no_data_sentence,
    not_enough_data_sentence,
    peer_sentence,
    peer_trend_sentence,
    rolling_disagreement,
    signal_sentence,
)

SEPTEMBER = month_index(2019, 9)
FLAT = [10.0, 12.0] * 12


def say(value):
    return number_text(value, 1)


def sentence(rule, months, ruleset=DEFAULT, **more):
    series = counts([months])
    found = evaluate_latest(series, ruleset)
    since = lit_since(evaluate_history(series, ruleset).flags[rule])[0]
    numbers = {name: float(values[0]) for name, values in found.statistics.items()}
    started = None if since == -1 else int(SEPTEMBER - len(months) + 1 + since)
    seen = Seen(rule, int(found.flags[rule][0]), SEPTEMBER, numbers, since=started, **more)
    return signal_sentence(seen, ruleset, say)


def test_spike():
    assert sentence("r1", FLAT + [14.0]) == (
        "The figure for September 2019, 14.0, is unusually high: above 13.0, which is the average of September 2017 to "
        "August 2019 (11.0) plus two standard deviations. It is new this month."
    )
    assert sentence("r1", FLAT + [8.0]).startswith(
        "The figure for September 2019, 8.0, is unusually low: below 9.0, which is the average of September 2017 to "
        "August 2019 (11.0) less two standard deviations."
    )


def test_spike_over_a_baseline_without_variation():
    assert sentence("r1", [10.0] * 24 + [11.0]) == (
        "The figure for September 2019, 11.0, is unusually high: every month of September 2017 to August 2019 was 10.0, "
        "without variation. It is new this month."
    )


def test_runs_and_since_when():
    assert sentence("r2", FLAT * 2 + [20.0] * 4) == (
        "Each of the three months July to September 2019 is above 16.1, which is the average of October 2017 to "
        "September 2019 plus one standard deviation. It has shown for two months in a row, since August 2019."
    )
    assert sentence("r3", FLAT + [5.0] * 8) == (
        "Each of the eight months February to September 2019 is below 9.0, the average of October 2017 to September "
        "2019. It is new this month."
    )


def test_trends():
    rising = FLAT + [10.0 + n + n % 2 for n in range(12)]
    assert sentence("r4", rising).startswith(
        "Over the twelve months to September 2019 the monthly figure has been rising by about 1.0 a month. If nothing "
        "were changing, a line this steep, up or down, would be seen less than once in 1,000 times."
    )
    assert "it may be the time of year" in sentence("r4", rising, season_doubt=True)
    assert sentence("r5c", rising).startswith(
        "The rolling twelve-month figure has been rising over the year to September 2019, from 132.0 to 192.0. If "
        "nothing were changing, a slope this steep would be seen less than once in 1,000 times."
    )
    assert "six of ten unchanging measures" in sentence("r5", rising, KEY_2019)


def test_a_trend_whose_monthly_step_rounds_to_nothing_is_told_over_the_period():
    nine_seconds = [9.0 + n * 0.3 + (n % 2) * 0.1 for n in range(12)]
    in_seconds = [FLAT[n] for n in range(24)] + nine_seconds
    found = evaluate_latest(counts([in_seconds]), DEFAULT)
    numbers = {name: float(values[0]) for name, values in found.statistics.items()}
    told = signal_sentence(Seen("r4", 1, SEPTEMBER, numbers), DEFAULT, duration_text)
    assert told.startswith(
        "Over the twelve months to September 2019 the monthly figure has been rising slowly, by about 3 seconds from "
        "the first month to the last. If nothing were changing"
    )
    slower = numbers | {"r4_slope": -0.03}
    told = signal_sentence(Seen("r4", -1, SEPTEMBER, slower), DEFAULT, duration_text)
    assert "has been falling by less than the measure is rounded to. If nothing" in told


def test_a_rolling_trend_and_a_spike_that_round_to_nothing_do_not_go_from_a_figure_to_itself():
    numbers = {"r5_first": 9.1, "r5_latest": 9.4, "r5c_p": 0.012}
    assert signal_sentence(Seen("r5c", 1, SEPTEMBER, numbers), DEFAULT, duration_text).startswith(
        "The rolling twelve-month figure has been rising over the year to September 2019, by less than the measure is "
        "rounded to: it began and ended at 9 seconds. If nothing"
    )
    spike = {"value": 9.4, "r1_mean": 8.6, "r1_sd": 0.3, "r1_upper": 9.2}
    assert signal_sentence(Seen("r1", 1, SEPTEMBER, spike), DEFAULT, duration_text).startswith(
        "The figure for September 2019, 9 seconds, is unusually high: just above 9 seconds, which is"
    )


def test_rolling_trend_whose_ends_go_the_other_way_says_so():
    numbers = {"r5_first": 500.0, "r5_latest": 490.0, "r5c_p": 0.012}
    assert signal_sentence(Seen("r5c", 1, SEPTEMBER, numbers), DEFAULT, say) == (
        "The rolling twelve-month figure has been rising over the year to September 2019, as the line through its twelve "
        "values goes, though it went from 500.0 to 490.0. If nothing were changing, a slope this steep would be seen "
        "about twelve times in 1,000."
    )


def test_nothing_seen_and_cannot_say_are_different_answers():
    assert sentence("r1", FLAT + [11.0]) == (
        "The latest month is within its usual range, over the period that ends with September 2019."
    )
    assert sentence("r1", [11.0] * 5) == (
        "It cannot be said whether the latest month is unusual: that needs the latest month, and 18 of the 24 months it "
        "is compared with."
    )
    assert sentence("r5c", [11.0] * 5) == (
        "It cannot be said whether the rolling twelve-month figure is rising or falling: that needs every one of the "
        "past 23 months."
    )


@pytest.mark.parametrize("rule", ["r1", "r2", "r3", "r4", "r5", "r5c"])
@pytest.mark.parametrize("flag", [1, -1, 0, CANNOT_SAY])
def test_every_answer_has_a_plain_sentence(rule, flag):
    numbers = dict.fromkeys(evaluate_latest(counts([FLAT * 2]), DEFAULT).statistics, 1.5)
    text = signal_sentence(Seen(rule, flag, SEPTEMBER, numbers, since=SEPTEMBER - 9), DEFAULT, say)
    assert re.fullmatch(r"[A-Z].*\.", text)
    assert re.findall(r"nan|None|\{|\}|  |\br[1-5]", text) == []
    assert ("since December 2018" in text) == (flag in (1, -1))


def test_up_and_down_are_told_apart():
    numbers = dict.fromkeys(evaluate_latest(counts([FLAT * 2]), DEFAULT).statistics, 1.5)
    for rule in ("r1", "r2", "r3", "r4", "r5", "r5c"):
        up, down = (signal_sentence(Seen(rule, flag, SEPTEMBER, numbers), DEFAULT, say) for flag in (1, -1))
        assert up != down


def test_the_key_has_seventeen_different_entries_and_every_symbol_that_can_show():
    symbols = [entry.symbol for entry in key(DEFAULT)]
    assert (len(symbols), len(set(symbols)), len({entry.meaning for entry in key(DEFAULT)})) == (17, 17, 17)
    can_show = {symbol_of(rule, flag) for rule in RULES for flag in (1, -1)}
    can_show |= {peer_symbol(level) for level in (GREATER, IN_LINE_ABOVE, IN_LINE_BELOW, LESS)}
    assert set(symbols) == can_show | {"peers-apart", "no-data", "not-enough-data"}
    assert (symbol_of("r1", 0), symbol_of("r4", CANNOT_SAY), peer_symbol(CANNOT_SAY)) == (None, None, None)


def test_the_key_says_what_the_ruleset_does():
    meanings = {entry.symbol: entry.meaning for entry in key(DEFAULT)}
    assert meanings["spike-up"] == (
        "The latest month is above the average of the 24 months before the latest plus two standard deviations."
    )
    other = dataclasses.replace(DEFAULT, spike_sd=1.5, long_run=7, run_base="before_run", rolling_test="literal")
    changed = {entry.symbol: entry.meaning for entry in key(other, PeerSettings(k=2, include_self=False))}
    assert changed["spike-down"].endswith("less 1.5 standard deviations.")
    assert changed["long-run-up"].startswith(
        "Each of the latest seven months is above the average of the 24 months before them."
    )
    assert changed["peers-greater"] == (
        "Higher than the average of the most similar forces by more than two standard deviations between forces."
    )
    assert "as the printed key implies" in changed["rolling-up"]


@pytest.mark.parametrize(
    ("p", "text"),
    [
        (0.0, "less than once in 1,000 times"),
        (0.001, "about once in 1,000"),
        (0.012, "about twelve times in 1,000"),
        (0.0449, "about 45 times in 1,000"),
        (0.3, "about 30 times in 100"),
    ],
)
def test_chance_in_words(p, text):
    assert chance_of(p) == text


def test_sentences_of_the_scorecard():
    assert chance_sentence(DEFAULT, 28) == (
        "Symbols are worked out under the ruleset default v2. If nothing at all had changed, about 4 of 28 measures "
        "would still show at least one of them by chance, not counting peers."
    )
    assert no_data_sentence(DEFAULT, SEPTEMBER) == "Nothing has been recorded in the twelve months to September 2019."
    assert not_enough_data_sentence(4, DEFAULT) == (
        "Not enough months are held to work out four of the five symbols. Their absence does not mean that nothing has "
        "changed."
    )


def test_disagreement_of_the_rolling_tests_is_said():
    assert rolling_disagreement(1, 0) == (
        "The rolling trend as the key prints it says rising; the test that allows for the months the totals share says "
        "no trend."
    )
    assert [rolling_disagreement(1, 1), rolling_disagreement(CANNOT_SAY, 1)] == ["", ""]


def test_peer_sentences():
    assert peer_sentence(LESS, 61.2, 73.0, 7, say) == (
        "At 61.2 the force is lower than most of its peers: outside their usual range. The average of the group is 73.0; "
        "seven others are in it."
    )
    said = [peer_sentence(level, 1, 2, 7, say) for level in (GREATER, IN_LINE_ABOVE, IN_LINE_BELOW, LESS, CANNOT_SAY)]
    assert len(set(said)) == 5
    assert "cannot be said" in peer_sentence(CANNOT_SAY, np.nan, np.nan, 2, say)
    assert len({peer_trend_sentence(flag) for flag in (1, -1, 0, CANNOT_SAY)}) == 4
