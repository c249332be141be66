"""The signal engine against the same rules written the usual way, a pandas groupby-apply. Prints one line.

    python -m bench.signals

10,000 series of 120 months, one in twenty with gaps; the latest month; every rule with its p-value. The pandas way is
slow, so it is timed on a sample of the series and its time per series compared; both must give the same flags and
p-values on the sample, or the bench stops. Processor time, single process, best of several for the engine.
"""

import sys
import time

import numpy as np
import pandas as pd
from scipy import stats

from measures.trends.rules import Evaluation, evaluate_latest
from measures.trends.ruleset import CANNOT_SAY, DEFAULT
from measures.trends.windows import counts

SERIES, MONTHS = 10_000, 120
SAMPLE = 500  # series the pandas way is timed on
ROUNDS = 7
LIMIT = 700  # times as fast
RULES = ("r1", "r2", "r3", "r4", "r4s", "r5", "r5c", "r5c_ar")
TESTS = ("r4", "r4s", "r5", "r5c", "r5c_ar")


def made_up_series(seed: int = 42, series: int = SERIES) -> np.ndarray:
    """Poisson months around 50 with a season; one series in twenty lacks one month in ten."""
    generator = np.random.Generator(np.random.PCG64(seed))
    season = 8 * np.sin(2 * np.pi * np.arange(MONTHS) / 12)
    values = generator.poisson(50 + season, size=(series, MONTHS)).astype(float)
    gaps = (generator.random(values.shape) < 0.1) & (np.arange(series) % 20 == 0)[:, None]
    values[gaps] = np.nan
    return values


def beyond(run: pd.Series, length: int, base: pd.Series, width: float) -> int:
    if len(run) < length or run.isna().any() or base.count() < DEFAULT.baseline_needs:
        return CANNOT_SAY
    mean, margin = base.mean(), width * base.std()
    return int((run > mean + margin + 1e-7).all()) - int((run < mean - margin - 1e-7).all())


def tested(slope: float, error: float, freedom: int) -> tuple[int, float]:
    p = float(2 * stats.t.sf(abs(slope / error), freedom)) if error else 1.0
    return (int(np.sign(slope)) if p < DEFAULT.alpha else 0), p


def line(values: pd.Series, needs: int) -> tuple[int, float]:
    known = values.dropna()
    if len(known) < needs:
        return CANNOT_SAY, np.nan
    fitted = stats.linregress(known.index, known)
    return tested(fitted.slope, fitted.stderr, len(known) - 2)


def without_season(y: pd.Series) -> tuple[int, float]:
    usual = (y.shift(12) + y.shift(24)) / 2
    drift = ((y.shift(12) - y.shift(24)) / 12).iloc[-12:]
    departures = (y - usual).iloc[-12:].dropna()
    count = len(departures)
    if count < DEFAULT.trend_needs:
        return CANNOT_SAY, np.nan
    fitted = stats.linregress(departures.index, departures)
    drifts = drift[departures.index]
    position = departures.index.to_numpy()
    spread = ((position - position.mean()) ** 2).sum()
    residual = fitted.stderr**2 * spread
    error = np.sqrt(residual * (1 / spread + 1 / (108 * count)))
    return tested(fitted.slope + drifts.mean(), error, count - 2)


def contrast(y: pd.Series) -> tuple[int, float]:
    differences = y.diff(12).iloc[-11:]
    if differences.isna().any():
        return CANNOT_SAY, np.nan
    weights = np.array([m * (12 - m) / 286 for m in range(1, 12)])
    error = differences.std() * np.sqrt((weights**2).sum())
    return tested(float((weights * differences).sum()), error, 10)


def corrected(y: pd.Series) -> tuple[int, float]:
    differences = y.diff(12)
    now, past = differences.iloc[-11:], differences.iloc[-59:-11]
    count = past.count()
    if now.isna().any() or count < DEFAULT.past_needs:
        return CANNOT_SAY, np.nan
    deviations = past - past.mean()
    neighbours = (deviations * deviations.shift()).dropna()
    follows = np.clip(neighbours.mean() * (count - 1) / (deviations**2).sum(), 0, 0.9)
    weights = np.array([m * (12 - m) / 286 for m in range(1, 12)])
    error = past.std() * np.sqrt((weights**2).sum() * (1 + follows) / (1 - follows))
    return tested(float((weights * now).sum()), error, 20)


def one_series(group: pd.DataFrame) -> pd.Series:
    """Every rule for one series, as an analyst would write it with pandas and scipy."""
    y = group["value"].reset_index(drop=True)
    answers: dict[str, float] = {
        "r1": beyond(y.iloc[-1:], 1, y.iloc[-25:-1], 2),
        "r2": beyond(y.iloc[-3:], 3, y.iloc[-24:], 1),
        "r3": beyond(y.iloc[-8:], 8, y.iloc[-24:], 0),
    }
    answers["r4"], answers["r4_p"] = line(y.iloc[-12:], DEFAULT.trend_needs)
    answers["r4s"], answers["r4s_p"] = without_season(y)
    answers["r5"], answers["r5_p"] = line(y.rolling(12).sum().iloc[-12:], 12)
    answers["r5c"], answers["r5c_p"] = contrast(y)
    answers["r5c_ar"], answers["r5c_ar_p"] = corrected(y)
    return pd.Series(answers)


def pandas_way(values: np.ndarray) -> tuple[pd.DataFrame, float]:
    """Answers, and processor seconds a series."""
    rows, months = values.shape
    table = pd.DataFrame({"series": np.repeat(np.arange(rows), months), "value": values.ravel()})
    start = time.process_time()
    answers = table.groupby("series")[["value"]].apply(one_series)
    return answers, (time.process_time() - start) / rows


def engine_way(values: np.ndarray) -> tuple[Evaluation, float]:
    """Answers, and processor seconds a series."""
    best = np.inf
    for _ in range(ROUNDS):
        start = time.process_time()
        found = evaluate_latest(counts(values), DEFAULT)
        best = min(best, time.process_time() - start)
    return found, best / len(values)


def check_same(found: Evaluation, answers: pd.DataFrame) -> None:
    """Stop unless both ways say the same of every series of the sample."""
    for rule in RULES:
        expected = answers[rule].to_numpy(dtype=int)
        np.testing.assert_array_equal(found.flags[rule][: len(answers)], expected, err_msg=rule)
    for rule in TESTS:
        known = found.statistics[f"{rule}_p"][: len(answers)]
        np.testing.assert_allclose(known, answers[f"{rule}_p"], rtol=1e-6, atol=1e-12, err_msg=rule)


def main() -> None:
    """Time both ways and print the line."""
    values = made_up_series()
    found, engine = engine_way(values)
    answers, baseline = pandas_way(values[:SAMPLE])
    check_same(found, answers)
    kept = baseline / engine >= LIMIT
    print(
        f"signals: {baseline / engine:,.0f}x a pandas groupby-apply of the same rules, same answers on {SAMPLE}; "
        f"engine {engine * 1e6:.2f} us CPU a series ({SERIES:,} x {MONTHS} months, {len(RULES)} rules with p, "
        f"{engine * SERIES:.3f} s in all), pandas {baseline * 1e6:,.0f} us (sample of {SAMPLE}, scaled); "
        f"the limit of {LIMIT}x is {'kept' if kept else 'BROKEN'}"
    )
    sys.exit(0 if kept else 1)


if __name__ == "__main__":
    main()
