"""A slow, plain reading of the rules: one series, one month, Python floats. The second opinion on the engine.

Written from the printed key and docs/method.md, a sum at a time, sharing no code with the engine; only p-values come
from a library, and from another function of it than the engine uses.
"""

import itertools
import math

from scipy import stats

NO_ANSWER = None


def month(series, position):
    """The value at a position, or None before the series begins, or where it is missing."""
    if position < 0 or position >= len(series):
        return None
    value = series[position]
    return None if value is None or math.isnan(value) else value


def present(series, first, last):
    return [v for v in (month(series, p) for p in range(first, last + 1)) if v is not None]


def tolerance(series, first, last):
    return 1e-9 * max([1.0] + [abs(v) for v in present(series, first, last)])


def mean_and_sd(values, ddof):
    mean = math.fsum(values) / len(values)
    return mean, math.sqrt(math.fsum((v - mean) ** 2 for v in values) / (len(values) - ddof))


def beyond(run, upper, lower, tol):
    if all(v > upper + tol for v in run):
        return 1
    if all(v < lower - tol for v in run):
        return -1
    return 0


def level(series, t, *, run, width, first, rules):
    """r1, r2 and r3: `run` months all beyond the mean by `width` SD, the baseline ending `first` months before t."""
    low, high = t - first - rules.baseline_months + 1, t - first
    base = present(series, low, high)
    latest = present(series, t - run + 1, t)
    if len(latest) < run or len(base) < rules.baseline_needs:
        return NO_ANSWER
    mean, sd = mean_and_sd(base, rules.ddof)
    return beyond(latest, mean + width * sd, mean - width * sd, tolerance(series, low, t))


def line(points, tol):
    """Slope and two-sided p of (x, y) points."""
    n = len(points)
    xbar = sum(x for x, _ in points) / n
    ybar = math.fsum(y for _, y in points) / n
    if math.fsum((y - ybar) ** 2 for _, y in points) <= tol**2:
        return 0.0, 1.0
    spread = math.fsum((x - xbar) ** 2 for x, _ in points)
    slope = math.fsum((x - xbar) * (y - ybar) for x, y in points) / spread
    unexplained = math.fsum((y - ybar - slope * (x - xbar)) ** 2 for x, y in points)
    if unexplained <= tol**2:
        return slope, 0.0
    t = slope / math.sqrt(unexplained / (n - 2) / spread)
    return slope, 2 * stats.t.sf(abs(t), n - 2)


def direction(slope, p, alpha):
    return 0 if p >= alpha else (1 if slope > 0 else -1)


def straight(values, tol, needs, alpha):
    points = [(x, y) for x, y in enumerate(values) if y is not None]
    if len(points) < needs:
        return NO_ANSWER, None, None
    slope, p = line(points, tol)
    return direction(slope, p, alpha), slope, p


def rolling(series, t):
    """The twelve months to t, or None unless all are there. A series of pairs is a ratio: sum over sum."""
    months = [series[p] if 0 <= p < len(series) else None for p in range(t - 11, t + 1)]
    if any(m is None for m in months):
        return None
    return math.fsum(months)


def rolling_ratio(pairs, t, factor):
    months = pairs[t - 11 : t + 1] if t >= 11 else [None]
    if any(m is None or math.isnan(m[0]) or math.isnan(m[1]) for m in months):
        return None
    below = math.fsum(m[1] for m in months)
    return factor * math.fsum(m[0] for m in months) / below if below > 0 else None


def contrast(series, t, tol, alpha, totals):
    """The slope of twelve rolling totals as a sum of differences on the year, and the t test of those."""
    pairs = [(month(series, t - 11 + m), month(series, t - 23 + m)) for m in range(1, 12)]
    if len(present(series, t - 22, t)) < 23 or None in totals:
        return NO_ANSWER, None, None
    d = [now - before for now, before in pairs]
    weights = [m * (12 - m) / 286 for m in range(1, 12)]
    slope = math.fsum(w * x for w, x in zip(weights, d, strict=True))
    mean, sd = mean_and_sd(d, 1)
    if sd**2 * 10 <= tol**2:
        p = 1.0 if abs(mean) <= tol else 0.0
    else:
        p = 2 * stats.t.sf(abs(slope) / (sd * math.sqrt(math.fsum(w * w for w in weights))), 10)
    return direction(slope, p, alpha), slope, p


def corrected(series, t, rules, tol, plain):
    """r5c_ar: the same slope against the spread of the 48 differences before, and how each follows the one before."""
    if plain[0] is NO_ANSWER:
        return NO_ANSWER, None, None
    pairs = [(month(series, p), month(series, p - 12)) for p in range(t - 10 - rules.past_differences, t - 10)]
    past = [None if None in pair else pair[0] - pair[1] for pair in pairs]
    there = [d for d in past if d is not None]
    if len(there) < rules.past_needs:
        return NO_ANSWER, None, None
    mean, sd = mean_and_sd(there, 1)
    now = [month(series, t - 11 + m) - month(series, t - 23 + m) for m in range(1, 12)]
    slope = plain[1]
    if sd**2 * (len(there) - 1) <= tol**2:
        now_mean, now_sd = mean_and_sd(now, 1)
        if now_sd**2 * 10 > tol**2:
            return NO_ANSWER, None, None
        p = 1.0 if abs(now_mean) <= tol else 0.0
        return direction(slope, p, rules.alpha), slope, p
    neighbours = [(a - mean) * (b - mean) for a, b in itertools.pairwise(past) if a is not None and b is not None]
    follows = math.fsum(neighbours) / max(len(neighbours), 1) / (sd**2) if neighbours else 0.0
    follows = min(max(follows, 0.0), 0.9)
    weights = [m * (12 - m) / 286 for m in range(1, 12)]
    error = sd * math.sqrt(math.fsum(w * w for w in weights) * (1 + follows) / (1 - follows))
    p = 2 * stats.t.sf(abs(slope) / error, 20)
    return direction(slope, p, rules.alpha), slope, p


def seasonless(series, t, rules, tol):
    """r4s: least squares with a level a calendar month, one drift across the years, and one slope of the last year.

    Slope of the last year less the usual of each month, plus the drift of the earlier years a month.
    """
    years, points, steps = rules.season_years, [], []
    for x, position in enumerate(range(t - rules.trend_months + 1, t + 1)):
        usual = [month(series, position - 12 * year) for year in range(1, years + 1)]
        now = month(series, position)
        if now is not None and None not in usual:
            points.append((x, now - sum(usual) / years))
            steps.append(stats.linregress([-12 * year for year in range(1, years + 1)], usual).slope)
    n = len(points)
    if n < rules.trend_needs:
        return NO_ANSWER, None, None
    drift = sum(steps) / n
    slope, _ = line(points, tol)
    xbar, ybar = sum(x for x, _ in points) / n, math.fsum(y for _, y in points) / n
    spread = math.fsum((x - xbar) ** 2 for x, _ in points)
    raw = math.fsum((x - xbar) * (y - ybar) for x, y in points) / spread
    unexplained = math.fsum((y - ybar - raw * (x - xbar)) ** 2 for x, y in points)
    if unexplained <= tol**2:
        p = 1.0 if abs(raw + drift) <= tol else 0.0
        return direction(raw + drift, p, rules.alpha), raw + drift, p
    # A month departs from its usual with variance v(1 + 1/years); the drift varies by v / (n * sum of squared months).
    v = unexplained / (n - 2) / (1 + 1 / years)
    across = sum((12 * year - 6 * (years + 1)) ** 2 for year in range(1, years + 1))
    t_value = (raw + drift) / math.sqrt(v * ((1 + 1 / years) / spread + 1 / (n * across)))
    p = 2 * stats.t.sf(abs(t_value), n - 2)
    return direction(raw + drift, p, rules.alpha), raw + drift, p


def of_this_phase(series, t, phases):
    """The series with what another phase than that of t holds gone."""
    return [value if phases[p] == phases[t] else None for p, value in enumerate(series)]


def is_young(series, t, phases, months):
    """Whether the phase of t took over from another, of which something was recorded, fewer than `months` ago."""
    others = [p for p in range(t + 1) if phases[p] != phases[t]]
    return any(month(series, p) is not None for p in others) and t - max(others) < months


def judge(series, t, rules, pairs=None, factor=None, phases=None):
    """Every rule for one series at position t: {rule: flag or None}, and the p-values and slopes by name."""
    young = phases is not None and is_young(series, t, phases, rules.trend_months)
    if phases is not None:
        series = of_this_phase(series, t, phases)
    run_first = {"before": lambda run: 1, "to_latest": lambda run: 0, "before_run": lambda run: run}
    runs = {
        "r1": (1, rules.spike_sd, run_first[rules.spike_base](1)),
        "r2": (rules.short_run, rules.short_run_sd, run_first[rules.run_base](rules.short_run)),
        "r3": (rules.long_run, 0.0, run_first[rules.run_base](rules.long_run)),
    }
    flags = {
        name: level(series, t, run=run, width=width, first=first, rules=rules)
        for name, (run, width, first) in runs.items()
    }
    year = [month(series, p) for p in range(t - rules.trend_months + 1, t + 1)]
    if pairs is None:
        clean = [month(series, p) for p in range(len(series))]
        totals = [rolling(clean, p) for p in range(t - 11, t + 1)]
    else:
        totals = [rolling_ratio(pairs, p, factor) for p in range(t - 11, t + 1)]
    two_years = tolerance(series, t - 22, t)
    tests = {
        "r4": straight(year, tolerance(series, t - rules.trend_months + 1, t), rules.trend_needs, rules.alpha),
        "r4s": seasonless(series, t, rules, tolerance(series, t - rules.season_months + 1, t)),
        "r5": straight(totals, two_years, 12, rules.alpha),
        "r5c": contrast(series, t, two_years, rules.alpha, totals),
    }
    tests["r5c_ar"] = corrected(series, t, rules, two_years, tests["r5c"])
    numbers = {}
    for name, (flag, slope, p) in tests.items():
        flags[name] = NO_ANSWER if young else flag
        numbers[f"{name}_slope"], numbers[f"{name}_p"] = slope, p
    return flags, numbers


def silent(series, t, rules):
    return not present(series, t - rules.no_data_months + 1, t)


def newey_west(windows, lags, corrected=False):
    """Two-sided p of a straight line's slope with Newey and West's standard error, Normal; one row a window.

    Which some would mend the rolling trend with. It does not: twelve totals say too little of eleven months' dependence.
    """
    answers = []
    for window in windows:
        n = len(window)
        x = [position - (n - 1) / 2 for position in range(n)]
        mean, spread = math.fsum(window) / n, math.fsum(one * one for one in x)
        slope = math.fsum(a * b for a, b in zip(x, window, strict=True)) / spread
        score = [a * (b - mean - slope * a) for a, b in zip(x, window, strict=True)]
        middle = math.fsum(one * one for one in score)
        for lag in range(1, lags + 1):
            weight = 1 - lag / (lags + 1)
            middle += 2 * weight * math.fsum(a * b for a, b in zip(score[lag:], score[:-lag], strict=True))
        error = math.sqrt(middle * (n / (n - 2) if corrected else 1)) / spread
        answers.append(2 * stats.norm.sf(abs(slope) / error))
    return answers
