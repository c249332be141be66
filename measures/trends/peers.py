"""A force beside its most similar forces: the four level symbols, and "does not trend with peers".

The band is mean +- k standard deviations *between the forces*. It is a ranking aid, not a test: with k = 1 about a
third of perfectly ordinary forces lie outside it. It cannot be the sampling error of the force's own rate, since the
panel report calls a gap of twelve standard errors "in line". The mean is of rates, unweighted, the force included, as
the inspectorate publishes it. A group is the force's own list and need not be mutual.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtrit

from measures.trends.rules import evaluate_latest
from measures.trends.ruleset import CANNOT_SAY, ROLLING_HISTORY, Ruleset
from measures.trends.windows import Bools, Floats, counts

GREATER = 2
IN_LINE_ABOVE = 1  # the mean itself counts as above: it must be one of two
IN_LINE_BELOW = -1
LESS = -2
TOLERANCE = 1e-9  # relative, as for the rules

NO_PEER = -1  # pads a group shorter than the longest


@dataclass(frozen=True)
class PeerSettings:
    """How peers are read; printed beside the chart.

    bound   "sd": mean +- k SD between forces; "prediction": the interval a further force would fall in, 1 - alpha of
            the time (Student's t, the force left out)
    """

    bound: Literal["sd", "prediction"] = "sd"
    k: float = 1.0
    alpha: float = 0.05
    include_self: bool = True
    ddof: int = 1
    fewest_peers: int = 4  # besides the force itself


DEFAULT_PEERS = PeerSettings()


@dataclass(frozen=True)
class PeerVerdicts:
    """Answers for F forces, each (F,). `level` int8: GREATER, IN_LINE_ABOVE, IN_LINE_BELOW, LESS or CANNOT_SAY.

    mean, sd, upper, lower are NaN where it cannot be said; peers = how many other forces had a value; rank = 1 for the
    highest value of the group, ties sharing the better place, 0 where it cannot be said.
    """

    level: NDArray[np.int8]
    mean: Floats
    sd: Floats
    upper: Floats
    lower: Floats
    peers: NDArray[np.int64]
    rank: NDArray[np.int64]


def peer_values(values: ArrayLike, groups: ArrayLike) -> Floats:
    """Values of each force's peers. `values` (A,) or (A, M) by area; `groups` (F, P) area numbers, NO_PEER for none."""
    table, members = np.asarray(values, dtype=np.float64), np.asarray(groups)
    found = table[np.maximum(members, 0)].copy()
    found[members == NO_PEER] = np.nan
    return found


def judge_level(own: ArrayLike, peers: ArrayLike, settings: PeerSettings = DEFAULT_PEERS) -> PeerVerdicts:
    """Where each force stands. `own` (F,) rates of one period; `peers` (F, P) of the same period, NaN where missing."""
    mine, others = np.asarray(own, dtype=np.float64), np.asarray(peers, dtype=np.float64)
    there = ~np.isnan(others)
    number = there.sum(axis=1)
    sayable = ~np.isnan(mine) & (number >= settings.fewest_peers)
    group = np.concatenate([others, mine[:, None]], axis=1) if settings.include_self else others
    mean, sd, size = _mean_and_sd(group, settings.ddof)
    half = settings.k * sd
    if settings.bound == "prediction":
        freedom = np.maximum(size - 1, 1)
        half = stdtrit(freedom, 1 - settings.alpha / 2) * sd * np.sqrt(1 + 1 / np.maximum(size, 1))
    mean, sd, half = (np.where(sayable, found, np.nan) for found in (mean, sd, half))
    upper, lower = mean + half, mean - half
    largest = np.fmax.reduce(np.abs(np.concatenate([others, mine[:, None]], axis=1)), axis=1)
    tolerance = TOLERANCE * np.fmax(1.0, largest)
    level = np.where(mine >= mean - tolerance, IN_LINE_ABOVE, IN_LINE_BELOW)
    level = np.where(mine > upper + tolerance, GREATER, level)
    level = np.where(mine < lower - tolerance, LESS, level)
    rank = np.where(sayable, 1 + (others > (mine + tolerance)[:, None]).sum(axis=1), 0)
    return PeerVerdicts(np.where(sayable, level, CANNOT_SAY).astype(np.int8), mean, sd, upper, lower, number, rank)


def _mean_and_sd(table: Floats, ddof: int) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Row by row, missing values left out; NaN where there are too few."""
    there = ~np.isnan(table)
    size = there.sum(axis=1)
    total = np.where(there, table, 0.0).sum(axis=1)
    mean = np.divide(total, size, out=np.full(total.shape, np.nan), where=size > 0)
    squares = (np.where(there, table - mean[:, None], 0.0) ** 2).sum(axis=1)
    variance = np.divide(squares, size - ddof, out=np.full(total.shape, np.nan), where=size > ddof)
    return mean, np.sqrt(variance), size


def latest_common_month(own: ArrayLike, peers: ArrayLike) -> int:
    """Last column in which a force (M,) and all its peers (P, M) have a value, so that like meets like; -1: none."""
    table = np.vstack([np.asarray(own, dtype=np.float64), np.asarray(peers, dtype=np.float64)])
    columns = np.flatnonzero(~np.isnan(table).any(axis=0))
    return int(columns[-1]) if columns.size else -1


@dataclass(frozen=True)
class PeerTrends:
    """Whether each force moves apart from its peers, each (F,).

    flags   int8: 1 rising against them, -1 falling against them, 0 moving with them, CANNOT_SAY
    slope   of the gap's twelve rolling totals, a month; p two-sided; peers = how many had all the months needed
    """

    flags: NDArray[np.int8]
    slope: Floats
    p: Floats
    peers: NDArray[np.int64]

    @property
    def apart(self) -> Bools:
        """The symbol: does not trend with peers."""
        return (self.flags == 1) | (self.flags == -1)


def judge_trend(
    own: ArrayLike, peers: ArrayLike, ruleset: Ruleset, as_of: int | None = None, settings: PeerSettings = DEFAULT_PEERS
) -> PeerTrends:
    """Our definition, for the key gives none: r5c on the monthly gap between the force and the mean of its peers.

    `own` (F, M) and `peers` (F, P, M) are monthly rates. The force is left out of its peers' mean. Season and national
    changes of recording are in both and cancel. Only peers with all the 23 months count: a changing set would move the
    mean by itself.
    """
    mine, others = np.asarray(own, dtype=np.float64), np.asarray(peers, dtype=np.float64)
    last = mine.shape[1] - 1 if as_of is None else as_of
    if last + 1 < ROLLING_HISTORY:
        mine, others = (np.full((*table.shape[:-1], ROLLING_HISTORY), np.nan) for table in (mine, others))
    else:
        window = slice(last + 1 - ROLLING_HISTORY, last + 1)
        mine, others = mine[:, window], others[:, :, window]
    whole = np.asarray(~np.isnan(others).any(axis=2))
    number = whole.sum(axis=1)
    total = np.where(whole[:, :, None], others, 0.0).sum(axis=1)
    enough = np.asarray(number >= settings.fewest_peers)[:, None]
    gap = np.where(enough, mine - total / np.maximum(number, 1)[:, None], np.nan)
    found = evaluate_latest(counts(gap), ruleset)
    return PeerTrends(found.flags["r5c"], found.statistics["r5c_slope"], found.statistics["r5c_p"], number)
