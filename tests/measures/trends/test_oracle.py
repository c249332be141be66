"""The engine against cases made elsewhere. They are not in the repository: without them these tests say NOT RUN."""

import csv

import numpy as np
import pytest

from measures.trends.mann_kendall import mann_kendall
from measures.trends.rules import evaluate_latest
from measures.trends.ruleset import CANNOT_SAY, DEFAULT, Ruleset
from measures.trends.windows import counts
from measures.trends.year_on_year import paired
from tests.measures.trends.reference import newey_west


def answers(evaluation, row=0):
    flags = {rule: int(found[row]) for rule, found in evaluation.flags.items()}
    return {rule: None if flag == CANNOT_SAY else flag for rule, flag in flags.items()}


def test_edge_cases_agree(oracle):
    cases = oracle.json("seed_rules_edge_cases.json")
    inclusive = Ruleset(name="inclusive", version=1, spike_base="to_latest")
    compared = 0
    for case in cases:
        series = counts([[np.nan if value is None else value for value in case["y"]]])
        found = evaluate_latest(series, DEFAULT)
        said = answers(found) | {
            "r1_incl": answers(evaluate_latest(series, inclusive))["r1"],
            "no_data_12m": bool(found.no_data[0]),
        }
        for wanted in (case["expected"], case["computed_canonical"] or {}):
            assert {rule: said[rule] for rule in wanted} == wanted, case["name"]
            compared += len(wanted)
    oracle.compared("seed_rules_edge_cases.json", rows=len(cases), values=compared)
    assert (len(cases), compared) == (15, 101)


READINGS = {
    "": {},
    "_ddof0": {"ddof": 0},
    "_incl": {"spike_base": "to_latest"},
    "_excl_T": {"run_base": "before"},
    "_prerun": {"run_base": "before_run"},
}
FLAG_COLUMNS = {
    "": {"r1": "r1", "r2": "r2", "r3": "r3", "r4": "r4", "r5": "r5", "r5_contrast": "r5c"},
    "_ddof0": {"r1_ddof0": "r1", "r2_ddof0": "r2"},
    "_incl": {"r1_incl": "r1"},
    "_excl_T": {"r2_excl_T": "r2", "r3_excl_T": "r3"},
    "_prerun": {"r2_prerun": "r2", "r3_prerun": "r3"},
}
NUMBER_COLUMNS = {
    "": {
        "y_T": "value",
        "mean24_excl": "r1_mean",
        "sd24_excl_ddof1": "r1_sd",
        "mean24_incl": "r2_mean",
        "sd24_incl_ddof1": "r2_sd",
        "r4_slope": "r4_slope",
        "r4_p": "r4_p",
        "roll12_T": "r5_latest",
        "r5_slope": "r5_slope",
        "r5_p": "r5_p",
        "r5_contrast_t": "r5c_t",
        "r5_contrast_p": "r5c_p",
    },
    "_ddof0": {"sd24_excl_ddof0": "r1_sd", "sd24_incl_ddof0": "r2_sd"},
}


def nsw(oracle):
    with oracle.path("series_nsw_offences.csv").open() as file:
        head, *body = list(csv.reader(file))
    expected = oracle.rows("seed_rules_expected_nsw.csv")
    row_of = {row[0]: position for position, row in enumerate(body)}
    values = np.array([[float(cell) for cell in body[row_of[row["series"]]][1:]] for row in expected])
    as_of = np.array([head[1:].index(row["asof"]) for row in expected])
    oracle.compared("series_nsw_offences.csv", rows=len(body), values=0)  # read, as what the answers are of
    return expected, counts(values), as_of


def numbers(rows, column):
    return np.array([float(row[column]) for row in rows])


@pytest.mark.parametrize("reading", READINGS)
def test_real_series_agree(reading, oracle):
    expected, series, as_of = nsw(oracle)
    found = evaluate_latest(series, Ruleset(name="reading", version=1, **READINGS[reading]), as_of)
    for column, rule in FLAG_COLUMNS[reading].items():
        assert found.flags[rule].tolist() == [int(row[column]) for row in expected], column
    for column, name in NUMBER_COLUMNS.get(reading, {}).items():
        wanted = numbers(expected, column)
        np.testing.assert_allclose(found.statistics[name], wanted, rtol=1e-8, atol=1e-12, err_msg=column)
    columns = len(FLAG_COLUMNS[reading]) + len(NUMBER_COLUMNS.get(reading, {}))
    oracle.compared("seed_rules_expected_nsw.csv", rows=len(expected), values=columns * len(expected))
    assert len(expected) == 126


def test_rolling_totals_of_real_series_agree(oracle):
    """The total a year before, and two tests of the twelve totals that no symbol uses: Mann-Kendall, Newey-West."""
    expected, series, as_of = nsw(oracle)
    totals = np.cumsum(np.pad(series.values, ((0, 0), (1, 0))), axis=1)
    totals = totals[:, 12:] - totals[:, :-12]  # of the twelve months to column 11 and on
    windows = np.array([row[last - 22 : last - 10] for row, last in zip(totals, as_of, strict=True)])
    a_year_ago = [row[last - 23] for row, last in zip(totals, as_of, strict=True)]
    assert a_year_ago == [float(row["roll12_T_minus_12m"]) for row in expected]
    found = mann_kendall(windows)
    np.testing.assert_allclose(found.p, numbers(expected, "r5_mk_p"), rtol=1e-8, atol=1e-12)
    assert found.flags(0.05, 12, CANNOT_SAY).tolist() == [int(row["r5_mk"]) for row in expected]
    repaired = newey_west(windows, lags=3, corrected=True)
    np.testing.assert_allclose(repaired, numbers(expected, "r5_hac3_p"), rtol=1e-8, atol=1e-300)
    oracle.compared("seed_rules_expected_nsw.csv", rows=len(expected), values=4 * len(expected))


def test_a_year_against_the_year_before_agrees(oracle):
    expected, series, as_of = nsw(oracle)
    later, earlier = (
        np.array([row[last + 1 - back : last + 13 - back] for row, last in zip(series.values, as_of, strict=True)])
        for back in (12, 24)
    )
    found = paired(later, earlier)
    np.testing.assert_allclose(found.p(), numbers(expected, "yoy_paired_p"), rtol=1e-8, atol=1e-12)
    assert found.flags(0.05).tolist() == numbers(expected, "yoy_paired").tolist()
    oracle.compared("seed_rules_expected_nsw.csv", rows=len(expected), values=2 * len(expected))
