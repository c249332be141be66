"""A force beside its most similar forces."""

import numpy as np
import pytest

from measures.trends.peers import (
    GREATER,
    IN_LINE_ABOVE,
    IN_LINE_BELOW,
    LESS,
    NO_PEER,
    PeerSettings,
    judge_level,
    judge_trend,
    latest_common_month,
    peer_values,
)
from measures.trends.ruleset import CANNOT_SAY, DEFAULT

NAMES = {GREATER: "greater", IN_LINE_ABOVE: "in_line_above", IN_LINE_BELOW: "in_line_below", LESS: "less"}
READINGS = {
    "C_1sd_incl": PeerSettings(),
    "D_1sd_excl": PeerSettings(include_self=False),
    "E_2sd_excl": PeerSettings(include_self=False, k=2),
    "F_pred95_excl": PeerSettings(include_self=False, bound="prediction"),
}


@pytest.mark.parametrize("reading", READINGS)
def test_real_areas_agree(reading, oracle):
    rows = oracle.rows("peers_expected_even_groups.csv")
    own = np.array([1000 * float(row["numerator"]) / float(row["denominator"]) for row in rows])
    np.testing.assert_allclose(own, [float(row["rate_per_1000"]) for row in rows], rtol=1e-10)
    groups = [
        [other for other, beside in enumerate(rows) if beside["group"] == row["group"] and other != position]
        for position, row in enumerate(rows)
    ]
    found = judge_level(own, peer_values(own, groups), READINGS[reading])
    assert [NAMES[level] for level in found.level.tolist()] == [row[reading] for row in rows]
    side = "excl" if "excl" in reading else "incl"
    np.testing.assert_allclose(found.mean, [float(row[f"peer_mean_{side}_self"]) for row in rows], rtol=1e-10)
    np.testing.assert_allclose(found.sd, [float(row[f"peer_sd_{side}_ddof1"]) for row in rows], rtol=1e-9)
    oracle.compared("peers_expected_even_groups.csv", rows=len(rows), values=4 * len(rows))
    assert len(rows) == 152


@pytest.mark.parametrize(
    ("own", "level", "rank"), [(16.0, GREATER, 1), (11.0, IN_LINE_ABOVE, 3), (9.0, IN_LINE_BELOW, 3), (4.0, LESS, 5)]
)
def test_four_levels(own, level, rank):
    found = judge_level([own], [[8.0, 8.0, 12.0, 12.0]])
    assert (found.level.tolist(), found.rank.tolist()) == ([level], [rank])


def test_equal_to_the_mean_counts_as_above_and_on_the_bound_as_in_line():
    settings = PeerSettings(include_self=False)
    peers = [[8.0, 12.0] * 3] * 3
    bound = 10 + np.sqrt(24 / 5)
    found = judge_level([10.0, bound, 20 - bound], peers, settings)
    assert found.level.tolist() == [IN_LINE_ABOVE, IN_LINE_ABOVE, IN_LINE_BELOW]


def test_prediction_interval_is_wider_than_the_spread_it_comes_from():
    peers = [[8.0, 9.0, 10.0, 11.0, 12.0]]
    found = judge_level([10.0], peers, PeerSettings(bound="prediction", include_self=False))
    assert found.upper[0] - 10 == pytest.approx(2.7764451 * np.sqrt(2.5) * np.sqrt(1.2))
    assert found.lower[0] + found.upper[0] == pytest.approx(20)


def test_identical_forces_are_in_line():
    assert judge_level([0.1], [[0.1] * 7]).level.tolist() == [IN_LINE_ABOVE]


def test_fewer_than_four_peers_or_no_own_value_cannot_be_said():
    found = judge_level([9.0, np.nan, 9.0], [[1.0, 2.0, 3.0, np.nan], [1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 3.0, 4.0]])
    assert found.level.tolist() == [CANNOT_SAY, CANNOT_SAY, GREATER]
    assert found.peers.tolist() == [3, 4, 4]
    assert found.rank.tolist() == [0, 0, 1]
    assert np.isnan(found.mean).tolist() == [True, True, False]


def test_groups_need_not_be_mutual_and_may_be_short():
    found = peer_values([10.0, 20.0, 30.0], [[1, 2], [2, NO_PEER]])
    assert found.tolist()[0] == [20.0, 30.0]
    assert found[1, 0] == 30.0
    assert np.isnan(found[1, 1])


def test_latest_month_all_have():
    own = [1.0, 1.0, 1.0, np.nan]
    assert latest_common_month(own, [[1.0, 1.0, np.nan, np.nan], [1.0, 1.0, 1.0, 1.0]]) == 1
    assert latest_common_month(own, [[np.nan, np.nan, np.nan, 1.0]]) == -1


SEASON = 5 * np.sin(2 * np.pi * np.arange(36) / 12) + np.where(np.arange(36) > 28, 8, 0)  # and a national step


def forces(rise, number=7):
    """One force and its peers, sharing a season and a national step; the force alone rises by `rise` in the last year."""
    noise = np.random.Generator(np.random.PCG64(5)).normal(0, 0.5, size=(number + 1, 36))
    table = 60 + SEASON + noise
    table[0] += rise * np.clip((np.arange(36) - 24) / 12, 0, None)
    return table[:1], table[None, 1:]


@pytest.mark.parametrize(("rise", "flag"), [(10, 1), (-10, -1), (0, 0)])
def test_moving_apart_from_peers_is_seen_through_a_shared_season(rise, flag):
    found = judge_trend(*forces(rise), DEFAULT)
    assert (found.flags.tolist(), found.apart.tolist(), found.peers.tolist()) == ([flag], [flag != 0], [7])


def test_a_peer_with_a_gap_is_left_out_and_too_few_cannot_be_said():
    own, peers = forces(10)
    peers[0, 0, 30] = np.nan
    assert judge_trend(own, peers, DEFAULT).peers.tolist() == [6]
    peers[0, :4, 30] = np.nan
    found = judge_trend(own, peers, DEFAULT)
    assert (found.flags.tolist(), found.apart.tolist(), found.peers.tolist()) == ([CANNOT_SAY], [False], [3])


def test_trend_with_peers_needs_twenty_three_months():
    own, peers = forces(10)
    assert judge_trend(own[:, -22:], peers[:, :, -22:], DEFAULT).flags.tolist() == [CANNOT_SAY]
    assert judge_trend(own[:, -23:], peers[:, :, -23:], DEFAULT).flags.tolist() == [1]
    assert judge_trend(own, peers, DEFAULT, as_of=21).flags.tolist() == [CANNOT_SAY]
