"""The signal engine alone: flags, everything, every as-of month, and how the cost a series grows. Prints a line each.

    python -m bench.engine

Series of 120 months, one in twenty with gaps. Processor time of one process on one core, best of several. Mann-Kendall
is timed against pymannkendall's, a call a series; both must agree on the sample or the bench stops.
"""

import resource
import sys
import time
from collections.abc import Callable

import numpy as np
import pymannkendall

from bench.signals import MONTHS, made_up_series
from measures.trends.mann_kendall import MannKendall, mann_kendall, sens_slopes
from measures.trends.rules import EVERY_RULE, evaluate_history, evaluate_latest
from measures.trends.ruleset import CANNOT_SAY, DEFAULT
from measures.trends.windows import counts

FEW, MANY = 10_000, 100_000  # series
PRINTED = ("r1", "r2", "r3", "r4", "r5", "r5c")  # what the key prints, and the test that holds
SAMPLE = 300  # series pymannkendall is timed on
FLAGS_LIMIT, EVERYTHING_LIMIT = 8.0, 20.0  # microseconds a series
RATIO_LIMIT = 800  # times as fast as pymannkendall
HISTORY_LIMIT, MEMORY_LIMIT = 5.0, 1024.0  # seconds, MB
GROWTH_LIMIT = 1.2  # cost a series, many to few
TURNS = 9


def best(work: Callable[[], object], rounds: int) -> float:
    """Processor seconds of the quickest of so many rounds."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def flags(values: np.ndarray) -> None:
    """Every flag of the latest month, Mann-Kendall's among them."""
    evaluate_latest(counts(values), DEFAULT, explain=False)
    mann_kendall(values[:, -12:]).flags(DEFAULT.alpha, DEFAULT.trend_needs, CANNOT_SAY)


def everything(values: np.ndarray) -> MannKendall:
    """The same with every p-value and the numbers that explain each flag."""
    evaluate_latest(counts(values), DEFAULT)
    found = mann_kendall(values[:, -12:])
    found.p  # noqa: B018 worked out when asked for
    return found


def told(words: str, *, kept: bool) -> bool:
    print(f"engine: {words}: {'kept' if kept else 'BROKEN'}", flush=True)
    return kept


def against_pymannkendall(months: np.ndarray) -> bool:
    """The same S, p, slope and answer for each series of a sample, and how much sooner."""
    sample = months[:SAMPLE]
    published = [pymannkendall.original_test(series, DEFAULT.alpha) for series in sample]
    found = mann_kendall(sample)
    slopes, _ = sens_slopes(sample)
    np.testing.assert_allclose(found.s, [one.s for one in published])
    np.testing.assert_allclose(found.p, [one.p for one in published], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(slopes, [one.slope for one in published], rtol=1e-9, atol=1e-12)
    words = {"increasing": 1, "decreasing": -1, "no trend": 0}
    said = found.flags(DEFAULT.alpha, 1, CANNOT_SAY).tolist()
    if said != [words[one.trend] for one in published]:
        raise SystemExit("engine: Mann-Kendall and pymannkendall say different things")
    plain = best(lambda: [pymannkendall.original_test(series, DEFAULT.alpha) for series in sample], 3) / SAMPLE

    def test_alone() -> None:
        tested = mann_kendall(months)
        tested.p  # noqa: B018 worked out when asked for
        tested.flags(DEFAULT.alpha, 1, CANNOT_SAY)

    quick = best(test_alone, 9) / len(months)
    sloped = quick + best(lambda: sens_slopes(months), 3) / len(months)
    return told(
        f"Mann-Kendall of 12 months {plain / quick:,.0f}x pymannkendall (which finds Sen's slope as well: with it "
        f"{plain / sloped:,.0f}x), same answers on {SAMPLE} ({quick * 1e6:.2f} us, pymannkendall {plain * 1e6:,.0f} "
        f"us), limit {RATIO_LIMIT}",
        kept=plain / quick >= RATIO_LIMIT,
    )


def growth(few: np.ndarray, many: np.ndarray) -> float:
    """What a series costs among many, to what it costs among few. Either way as many are judged in a turn, the two by
    turns: what else the machine does then weighs on both alike."""
    again = len(many) // len(few)
    turns = [
        (best(lambda: [everything(few) for _ in range(again)], 1), best(lambda: everything(many), 1))
        for _ in range(TURNS)
    ]
    small, large = (min(times) for times in zip(*turns, strict=True))
    return large / small


def main() -> None:
    few = made_up_series()
    light = best(lambda: flags(few), 9) / FEW * 1e6
    full = best(lambda: everything(few), 9) / FEW * 1e6
    kept = [
        told(f"flags {light:.2f} us CPU a series, limit {FLAGS_LIMIT:g}", kept=light <= FLAGS_LIMIT),
        told(f"everything {full:.2f} us CPU a series, limit {EVERYTHING_LIMIT:g}", kept=full <= EVERYTHING_LIMIT),
    ]
    kept.append(against_pymannkendall(few[:, -12:]))
    many = made_up_series(series=MANY)
    grown = growth(few, many)
    kept.append(
        told(f"a series costs {grown:.2f}x at {MANY:,} what it does at {FEW:,}, limit {GROWTH_LIMIT}",
             kept=grown <= GROWTH_LIMIT)
    )  # fmt: skip
    for words, only, limit in (("r1 to r5 and r5c", PRINTED, HISTORY_LIMIT), ("all rules", EVERY_RULE, HISTORY_LIMIT)):
        seconds = best(lambda only=only: evaluate_history(counts(many), DEFAULT, only=only), 2)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        kept.append(
            told(
                f"{words} at {MONTHS} as-of months of {MANY:,} series {seconds:.2f} s CPU, {memory:,.0f} MB at most, "
                f"limits {limit:g} s and {MEMORY_LIMIT:,.0f} MB",
                kept=seconds <= limit and memory <= MEMORY_LIMIT,
            )
        )
    sys.exit(0 if all(kept) else 1)


if __name__ == "__main__":
    main()
