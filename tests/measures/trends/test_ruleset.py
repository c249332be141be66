"""Rulesets are data: stored, read back, and each with its honest chance of a false symbol."""

import json
from pathlib import Path

import pytest

from measures.trends.chance import expected_by_chance, simulate
from measures.trends.ruleset import DEFAULT, DEFAULT_1, KEY_2019, VERSIONS, Ruleset, from_parameters


@pytest.mark.parametrize("ruleset", VERSIONS, ids=lambda one: one.identity)
def test_ruleset_survives_storage(ruleset):
    assert from_parameters(json.loads(json.dumps(ruleset.parameters()))) == ruleset


def test_what_version_one_stored_is_read_as_it_was_meant():
    stored = {
        "name": "default",
        "version": 1,
        "baseline_months": 24,
        "baseline_needs": 18,
        "spike_base": "before",
        "spike_sd": 2.0,
        "run_base": "to_latest",
        "short_run": 3,
        "short_run_sd": 1.0,
        "long_run": 8,
        "ddof": 1,
        "alpha": 0.05,
        "trend_months": 12,
        "trend_needs": 10,
        "rolling_test": "contrast",
        "season_years": 2,
        "no_data_months": 12,
        "tolerance": 1e-9,
        "chance": {"any_symbol": 0.15119, "symbols": 0.16684, "series": 100_000, "seed": 20190930},
    }
    assert from_parameters(stored) == DEFAULT_1
    assert DEFAULT_1.rolling_rules == ("r5c",)


@pytest.mark.parametrize(
    ("answers", "shown"),
    [({"r5": 1, "r5c": 0, "r5c_ar": 1}, "r5c_ar"), ({"r5": 1, "r5c": 0, "r5c_ar": None}, "r5c")],
)
def test_the_rolling_trend_shown_is_the_best_that_can_be_said(answers, shown):
    assert DEFAULT.shown_for(answers) == ("r1", "r2", "r3", shown, "r4")
    assert KEY_2019.shown_for(answers) == ("r1", "r2", "r3", "r5", "r4")


def test_unknown_setting_is_refused_not_guessed():
    with pytest.raises(TypeError):
        from_parameters(DEFAULT.parameters() | {"guess": 1})


def test_the_two_rulesets_differ_only_in_the_rolling_test():
    first, second = KEY_2019.parameters(), DEFAULT.parameters()
    assert {name for name in first if first[name] != second[name]} == {"name", "version", "rolling_test", "chance"}
    assert (KEY_2019.identity, DEFAULT.identity) == ("key-2019 v1", "default v2")


@pytest.mark.parametrize(
    ("changed", "depth"),
    [({}, 36), ({"season_years": 3}, 48), ({"baseline_months": 48, "run_base": "before_run"}, 56)],
)
def test_depth_is_the_farthest_month_any_rule_looks_at(changed, depth):
    assert Ruleset(name="any", version=1, **changed).depth == depth


@pytest.mark.parametrize("ruleset", VERSIONS, ids=lambda one: one.identity)
def test_stored_chance_of_a_false_symbol_is_found_again(ruleset):
    found = simulate(ruleset, series=20_000, seed=7)
    # Four standard errors of 20,000 and 100,000 draws together.
    assert found.any_symbol == pytest.approx(ruleset.chance.any_symbol, abs=4 * (0.25 / 20_000 + 0.25 / 100_000) ** 0.5)
    assert found.symbols == pytest.approx(ruleset.chance.symbols, abs=0.03)


def test_same_seed_same_chance():
    assert simulate(DEFAULT, 500, 3) == simulate(DEFAULT, 500, 3)


def test_stable_measures_expected_to_show_something():
    assert expected_by_chance(DEFAULT, 28) == pytest.approx(3.86568)
    with pytest.raises(ValueError, match="no simulated chance"):
        expected_by_chance(Ruleset(name="new", version=1), 28)


def test_the_method_page_prints_the_stored_chances():
    page = (Path(__file__).resolve().parents[3] / "docs" / "method.md").read_text()
    rows = [line.split(" | ")[:3] for line in page.splitlines() if line.startswith(("| `default`", "| `key-2019`"))]
    assert rows == [
        [
            f"| `{ruleset.name}` v{ruleset.version}",
            f"{ruleset.chance.any_symbol * 100:.1f} times in 100",
            f"{ruleset.chance.symbols:.2f}",
        ]
        for ruleset in (DEFAULT, DEFAULT_1, KEY_2019)
    ]
