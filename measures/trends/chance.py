"""How often a ruleset shows a symbol when nothing has changed: found by simulation, stored in the ruleset.

The series are independent Normal months: the kindest case. A season or months that lean on their neighbours raise the
figure for the rules without a season in their test (docs/method.md gives the size of it).
"""

from __future__ import annotations

import numpy as np

from measures.trends.rules import evaluate_latest
from measures.trends.ruleset import Chance, Ruleset
from measures.trends.windows import counts

SERIES = 100_000
SEED = 20190930
BATCH = 20_000  # series simulated at a time, to bound the memory


def simulate(ruleset: Ruleset, series: int = SERIES, seed: int = SEED) -> Chance:
    """Apply a ruleset to `series` stable series and count the symbols it shows. Same seed, same answer."""
    generator = np.random.Generator(np.random.PCG64(seed))
    months = ruleset.reach if "r5c_ar" in ruleset.rolling_rules else ruleset.depth
    showing = symbols = 0
    for start in range(0, series, BATCH):
        values = generator.standard_normal((min(BATCH, series - start), months))
        shown = np.array([flags != 0 for flags in evaluate_latest(counts(values), ruleset).shown.values()])
        showing += int(shown.any(axis=0).sum())
        symbols += int(shown.sum())
    return Chance(any_symbol=showing / series, symbols=symbols / series, series=series, seed=seed)


def expected_by_chance(ruleset: Ruleset, measures: int) -> float:
    """How many of so many stable measures would show at least one symbol in a month."""
    if ruleset.chance is None:
        raise ValueError(f"The ruleset {ruleset.identity} has no simulated chance of a false symbol.")
    return ruleset.chance.any_symbol * measures
