"""Making months that add up to published totals without leaving a mark where the totals meet.

An indicator (level, season, noise) says what the months look like; published totals say what they must sum to. The
proportional first-difference method of Denton finds the months whose ratio to the indicator changes as little as
possible from one month to the next while every total is met exactly, so no step appears at the edge of a quarter.
Source of the method: F. T. Denton, Journal of the American Statistical Association 66 (1971), in the form given in
the IMF Quarterly National Accounts Manual, chapter 6. Whole numbers then follow by largest remainders within a block.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from zlib import crc32

import numpy as np

from desk.demo import grid

Block = tuple[str, str, float]  # first month, last month, total
NOISE_LIMIT = 2.0  # standard deviations: the demo holds no wild month that nobody put there

FLAT = (1.0,) * 12
#                Jan   Feb   Mar   Apr   May   Jun   Jul   Aug   Sep   Oct   Nov   Dec
SUMMER_MILD = (0.96, 0.90, 0.99, 0.98, 1.03, 1.03, 1.07, 1.05, 1.01, 1.03, 0.99, 0.96)
SUMMER_STRONG = (0.82, 0.80, 0.93, 1.00, 1.10, 1.14, 1.24, 1.20, 1.05, 1.02, 0.90, 0.80)
AUTUMN = (0.97, 0.92, 0.98, 0.95, 0.98, 0.99, 1.01, 0.99, 1.02, 1.10, 1.08, 1.01)
WINTER = (1.12, 1.06, 1.06, 0.98, 0.95, 0.92, 0.91, 0.91, 0.96, 1.04, 1.07, 1.02)
COURT = (1.06, 0.98, 1.06, 0.97, 1.00, 1.00, 1.03, 0.90, 1.00, 1.06, 1.05, 0.89)


@dataclass(frozen=True)
class Recipe:
    """How one run of months is made.

    `level` is a line through (month, monthly level) knots; `season` twelve factors from January; `spread` the relative
    noise beyond what chance alone gives a count; `events` factors for single months; `blocks` disjoint totals.
    """

    slug: str
    level: tuple[tuple[str, float], ...]
    blocks: tuple[Block, ...] = ()
    season: tuple[float, ...] = FLAT
    spread: float = 0.02
    events: Mapping[str, float] = field(default_factory=dict)
    last: str = grid.LAST


def random_numbers(slug: str) -> np.random.Generator:
    """A generator whose seed is fixed by the name of the series, so that one series never disturbs another."""
    return np.random.default_rng(crc32(slug.encode()))


def curve(knots: Sequence[tuple[str, float]], length: int = grid.MONTHS) -> np.ndarray:
    """The straight-line curve through (month, level) knots, flat outside them; shape (length,)."""
    places = [grid.index(month) for month, _ in knots]
    return np.interp(np.arange(length), places, [level for _, level in knots])


def seasonal(factors: Sequence[float], length: int = grid.MONTHS) -> np.ndarray:
    """Twelve factors from January laid along the grid and scaled to a mean of one; shape (length,)."""
    laid = np.array([factors[(grid.FIRST_MONTH - 1 + i) % 12] for i in range(length)])
    return laid / np.mean(factors)


def wobble(slug: str, mean: np.ndarray, spread: float) -> np.ndarray:
    """Multiplicative noise: that of a count with this mean, plus `spread`, cut at two standard deviations."""
    draws = np.clip(random_numbers(slug).standard_normal(grid.MONTHS)[: len(mean)], -NOISE_LIMIT, NOISE_LIMIT)
    return np.exp(np.sqrt(1 / np.maximum(mean, 1) + spread**2) * draws)


def benchmark(indicator: np.ndarray, blocks: Sequence[Block]) -> np.ndarray:
    """Months nearest in shape to `indicator` that meet every block total; shape as the indicator.

    Solves: minimise the sum of (y[t]/p[t] - y[t-1]/p[t-1])^2 subject to the totals. Raises ValueError when blocks overlap.
    """
    if not blocks:
        return indicator
    length = len(indicator)
    sums = np.zeros((len(blocks), length))
    for row, (first, last, _) in enumerate(blocks):
        sums[row, grid.index(first) : grid.index(last) + 1] = 1
    if (sums.sum(axis=0) > 1).any():
        raise ValueError("Two totals claim the same month.")
    totals = np.array([total for _, _, total in blocks], dtype=float)
    scale = totals.mean()
    steps = np.diff(np.eye(length), axis=0)
    weighted = sums * indicator  # the unknown is the ratio y/p
    corner = np.zeros((len(blocks), len(blocks)))
    left = np.block([[steps.T @ steps, weighted.T / scale], [weighted / scale, corner]])
    right = np.concatenate([np.zeros(length), totals / scale])
    return np.linalg.solve(left, right)[:length] * indicator


def whole_numbers(months: np.ndarray, blocks: Sequence[Block]) -> np.ndarray:
    """Round to whole numbers so that each block keeps its exact total (largest remainders); other months by nearest."""
    rounded = np.rint(months).astype(int)
    for first, last, total in blocks:
        part = slice(grid.index(first), grid.index(last) + 1)
        floor = np.floor(months[part] + 1e-9).astype(int)
        short = int(total) - int(floor.sum())
        order = np.argsort(-(months[part] - floor), kind="stable")
        floor[order[:short]] += 1
        rounded[part] = floor
    return rounded


def indicator(recipe: Recipe) -> np.ndarray:
    """Level x season x noise x events, before any total is met; shape (months to recipe.last,)."""
    length = grid.index(recipe.last) + 1
    mean = curve(recipe.level, length) * seasonal(recipe.season, length)
    shaped = mean * wobble(recipe.slug, mean, recipe.spread)
    for month, factor in recipe.events.items():
        shaped[grid.index(month)] *= factor
    return shaped


def months_of(recipe: Recipe) -> np.ndarray:
    """The whole-number months of a recipe; every block total is met exactly; shape (months to recipe.last,)."""
    made = whole_numbers(benchmark(indicator(recipe), recipe.blocks), recipe.blocks)
    if (made < 0).any():
        raise ValueError(f"The totals of {recipe.slug} ask for a month below nought.")
    return made


def parts_of(
    slug: str,
    whole: np.ndarray,
    share: Sequence[tuple[str, float]],
    blocks: Sequence[Block] = (),
    spread: float = 0.03,
    events: Mapping[str, float] | None = None,
) -> np.ndarray:
    """Months of a numerator (or of total seconds): a share curve times its denominator, meeting the blocks exactly.

    `whole` is the denominator's months; a share above one is a mean such as seconds a call, and carries `spread` alone,
    where a proportion also carries the noise of chance at its own size.
    """
    shares = curve(share, len(whole))
    chance = np.where(shares < 1, (1 - np.minimum(shares, 1)) / np.maximum(shares * whole, 1), 0)
    draws = np.clip(random_numbers(slug).standard_normal(len(whole)), -NOISE_LIMIT, NOISE_LIMIT)
    shares = shares * np.exp(np.sqrt(chance + spread**2) * draws)
    for month, factor in (events or {}).items():
        shares[grid.index(month)] *= factor
    made = whole_numbers(benchmark(shares * np.maximum(whole, 0.01), blocks), blocks)
    if (made < 0).any():
        raise ValueError(f"The totals of {slug} ask for a month below nought.")
    return made
