"""Rulesets are data: stored, read back, and each with its honest chance of a false symbol."""

import json
from pathlib import Path

import pytest

from measures.trends.chance import expected_by_chance, simulate
from measures.trends.ruleset import DEFAULT, KEY_2019, RULESETS, Ruleset, from_parameters


@pytest.mark.parametrize("ruleset", RULESETS.values(), ids=RULESETS)
def test_ruleset_survives_storage(ruleset):
    assert from_parameters(json.loads(json.dumps(ruleset.parameters()))) == ruleset


def test_unknown_setting_is_refused_not_guessed():
    with pytest.raises(TypeError):
        from_parameters(DEFAULT.parameters() | {"guess": 1})


def test_the_two_rulesets_differ_only_in_the_rolling_test():
    first, second = KEY_2019.parameters(), DEFAULT.parameters()
    assert {name for name in first if first[name] != second[name]} == {"name", "rolling_test", "chance"}
    assert (KEY_2019.identity, DEFAULT.identity) == ("key-2019 v1", "default v1")


@pytest.mark.parametrize(
    ("changed", "depth"),
    [({}, 36), ({"season_years": 3}, 48), ({"baseline_months": 48, "run_base": "before_run"}, 56)],
)
def test_depth_is_the_farthest_month_any_rule_looks_at(changed, depth):
    assert Ruleset(name="any", version=1, **changed).depth == depth


@pytest.mark.parametrize("ruleset", RULESETS.values(), ids=RULESETS)
def test_stored_chance_of_a_false_symbol_is_found_again(ruleset):
    found = simulate(ruleset, series=20_000, seed=7)
    # Four standard errors of 20,000 and 100,000 draws together.
    assert found.any_symbol == pytest.approx(ruleset.chance.any_symbol, abs=4 * (0.25 / 20_000 + 0.25 / 100_000) ** 0.5)
    assert found.symbols == pytest.approx(ruleset.chance.symbols, abs=0.03)


def test_same_seed_same_chance():
    assert simulate(DEFAULT, 500, 3) == simulate(DEFAULT, 500, 3)


def test_stable_measures_expected_to_show_something():
    assert expected_by_chance(DEFAULT, 28) == pytest.approx(4.23332)
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
        for ruleset in (DEFAULT, KEY_2019)
    ]
