"""The signal engine alone: flags, everything, every as-of month, and how the cost a series grows. Prints a line each.

    python -m bench.engine

Series of 120 months, one in twenty with gaps. Processor time of one process on one core, best of several. Mann-Kendall
is timed against the same statistic in the usual way: numpy, one series at a time, as published packages write it (they
are not dependencies, so the plain way is kept here); both must agree on the sample or the bench stops.
"""

import resource
import sys
import time
from collections.abc import Callable

import numpy as np
from scipy import stats

from bench.signals import MONTHS, made_up_series
from measures.trends.mann_kendall import MannKendall, mann_kendall
from measures.trends.rules import EVERY_RULE, evaluate_history, evaluate_latest
from measures.trends.ruleset import CANNOT_SAY, DEFAULT
from measures.trends.windows import counts

FEW, MANY = 10_000, 100_000  # series
PRINTED = ("r1", "r2", "r3", "r4", "r5", "r5c")  # what the key prints, and the test that holds
SAMPLE = 300  # series the plain Mann-Kendall is timed on
FLAGS_LIMIT, EVERYTHING_LIMIT = 8.0, 20.0  # microseconds a series
RATIO_LIMIT = 800  # times as fast as the plain Mann-Kendall
HISTORY_LIMIT, MEMORY_LIMIT = 5.0, 1024.0  # seconds, MB
GROWTH_LIMIT = 1.2  # cost a series, many to few


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


def plain_mann_kendall(series: np.ndarray, alpha: float = 0.05) -> tuple[float, float, bool, float]:
    """S, p, whether it is significant, and Sen's slope: what a call of the published packages gives, as they do it."""
    known = series[~np.isnan(series)]
    n = len(known)
    s = 0.0
    for place in range(n - 1):
        s += np.sum(known[place + 1 :] > known[place]) - np.sum(known[place + 1 :] < known[place])
    values = np.unique(known)
    ties = np.array([np.sum(known == value) for value in values])
    variance = (n * (n - 1) * (2 * n + 5) - np.sum(ties * (ties - 1) * (2 * ties + 5))) / 18
    z = (s - np.sign(s)) / np.sqrt(variance) if variance > 0 else 0.0
    p = 2 * (1 - stats.norm.cdf(abs(z)))
    significant = bool(abs(z) > stats.norm.ppf(1 - alpha / 2))
    slopes = [(series[j] - series[i]) / (j - i) for i in range(len(series) - 1) for j in range(i + 1, len(series))]
    return s, p, significant, float(np.nanmedian(slopes))


def told(words: str, *, kept: bool) -> bool:
    print(f"engine: {words}: {'kept' if kept else 'BROKEN'}", flush=True)
    return kept


def main() -> None:
    few = made_up_series()
    light = best(lambda: flags(few), 9) / FEW * 1e6
    full = best(lambda: everything(few), 9) / FEW * 1e6
    kept = [
        told(f"flags {light:.2f} us CPU a series, limit {FLAGS_LIMIT:g}", kept=light <= FLAGS_LIMIT),
        told(f"everything {full:.2f} us CPU a series, limit {EVERYTHING_LIMIT:g}", kept=full <= EVERYTHING_LIMIT),
    ]
    sample = few[:SAMPLE, -12:]
    answers = np.array([plain_mann_kendall(series)[:2] for series in sample])
    found = mann_kendall(sample)
    np.testing.assert_allclose(np.array([found.s, found.p]).T, answers, rtol=1e-9, atol=1e-12)
    plain = best(lambda: [plain_mann_kendall(series) for series in sample], 3) / SAMPLE
    quick = best(lambda: mann_kendall(few[:, -12:]).p, 9) / FEW
    kept.append(
        told(
            f"Mann-Kendall of 12 months {plain / quick:,.0f}x the plain way ({quick * 1e6:.2f} us, plain "
            f"{plain * 1e6:,.0f} us), limit {RATIO_LIMIT}",
            kept=plain / quick >= RATIO_LIMIT,
        )
    )
    many = made_up_series(series=MANY)
    large = best(lambda: everything(many), 3) / MANY * 1e6
    full = min(full, best(lambda: everything(few), 5) / FEW * 1e6)
    kept.append(
        told(f"a series costs {large / full:.2f}x at {MANY:,} what it does at {FEW:,}, limit {GROWTH_LIMIT}",
             kept=large / full <= GROWTH_LIMIT)
    )  # fmt: skip
    for words, only, limit in (("r1 to r5 and r5c", PRINTED, HISTORY_LIMIT), ("all rules", EVERY_RULE, np.inf)):
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
