"""Claims: above or below a target or peers, significance, correlation."""

from math import exp, lgamma, log, pi, sqrt

from bench.corpus.shapes import SUBJECTS, duration


def target(rng, facts, fault):
    aim = rng.choice((75, 80, 85, 90, 95))
    met = rng.random() < 0.5
    got = aim + rng.randint(1, 4) if met else aim - rng.randint(2, 9)
    said = met != fault
    peer = rng.randint(400, 900)
    own = peer + rng.choice((-1, 1)) * rng.randint(40, 130)
    over = (own > peer) != fault
    limit = rng.choice((10, 15, 20))
    took = limit * 60 + (rng.randint(65, 200) if met else -rng.randint(65, 200))
    return {
        "what": rng.choice(
            ("the share of 999 calls answered in time", "crime recording compliance", "attendance within the hour")
        ),
        "aim": aim,
        "got": got,
        "meet": "above" if said else "below",
        "met": "met" if said else "missed",
        "beat": "exceeds" if said else "falls short of",
        "own": f"{own // 10}.{own % 10}",
        "peer": f"{peer // 10}.{peer % 10}",
        "over": "above" if over else "below",
        "higher": "higher" if over else "lower",
        "more": "more" if over else "less",
        "limit": limit,
        "took": duration(took),
        "within": "outside" if (met != fault) else "within",
    }


TARGET = (
    "At {got} per cent, {what} is [[{meet}]] the target of {aim} per cent.",
    "The target of {aim} per cent for {what} was [[{met}]], with a result of {got} per cent.",
    "The result for {what}, {got} per cent, [[{beat}]] the {aim} per cent that the Plan asks for.",
    "The rate of {own} crimes per 1,000 population is [[{over}]] the most similar group average of {peer}.",
    "Barsetshire's rate of {own} per 1,000 residents is [[{higher}]] than the average of its peers, {peer}.",
    "The peer average is {peer} per 1,000 population; at {own} the county is [[{over}]] it.",
    "The county has {own} vehicle thefts per 10,000 vehicles, which is [[{more}]] than the {peer} of its peers.",
    "Officers took {took} on average to reach priority incidents, [[{within}]] the standard of {limit} minutes.",
)


def significant(rng, facts, fault):
    small = rng.randint(4, 22)
    if fault:
        old, new = small, small + rng.randint(1, 3)
    else:
        old = rng.randint(120, 400)
        new = old + rng.randint(120, 300)
    if rng.random() < 0.4:
        old, new = new, old
    rises = new > old
    return {
        "a": old,
        "b": new,
        "s": rng.choice(SUBJECTS),
        "verb": "increased" if rises else "decreased",
        "noun": "increase" if rises else "reduction",
        "higher": "higher" if rises else "lower",
    }


SIGNIFICANT = (
    "There was a [[significant {noun}]] in {s}, from {a} to {b}.",
    "{s} [[{verb} significantly]], from {a} in the same quarter last year to {b} in quarter two.",
    "At {b}, {s} are [[significantly {higher}]] than the {a} of last year.",
    "The {noun} in {s} from {a} to {b} is [[significant]] and the Force is looking into it.",
    "{s} [[have {verb} significantly]] ({a} to {b}).",
    "The number of {s}, {b} this quarter and {a} in the one before, shows a [[significant {noun}]].",
)


def chance(r, n):
    """The two-sided p of a correlation, from the density of t summed by Simpson's rule."""
    free = n - 2
    t = abs(r) * sqrt(free / (1 - r * r))
    peak = exp(lgamma((free + 1) / 2) - lgamma(free / 2) - log(free * pi) / 2)
    steps = 2000
    width = t / steps
    area = sum(
        (1 if i in (0, steps) else 4 if i % 2 else 2) * peak * (1 + (i * width) ** 2 / free) ** (-(free + 1) / 2)
        for i in range(steps + 1)
    )
    return max(0.0, 1 - 2 * area * width / 3)


TOPICS = (
    "the mean temperature and the number of noise reports",
    "daylight hours and thefts from farms",
    "officer numbers and the volume of shoplifting offences",
    "rainfall and the number of bicycle thefts",
    "the price of scrap metal and thefts of catalytic converters",
    "school holidays and criminal damage offences",
)


def correlation(rng, facts, fault):
    n = rng.choice((12, 18, 24, 36, 48))
    size = rng.randint(70, 92) / 100
    plus = rng.random() < 0.5
    p = chance(size, n)
    printed = "p < 0.001" if p < 0.001 else f"p = {p:.3f}"
    if p > 0.045 or printed == "p = 0.001" and p < 0.0012:
        return None
    sign = "" if plus else "−"
    return {
        "topics": rng.choice(TOPICS),
        "r": f"r = {sign}{size:.2f}",
        "n": f"n = {n}",
        "months": n,
        "p": printed,
        "kind": "positive" if plus != fault else "negative",
        "bracket": "" if fault else f" (r = {sign}{size:.2f}, n = {n}, {printed})",
        "rises": "rise" if plus != fault else "fall",
        "more": "more" if plus != fault else "less",
    }


CORRELATION = (
    "There is a [[{kind} correlation]] between {topics} ({r}, n = {months}, {p}).",
    "Analysis of {months} months shows that {topics} have a [[{kind} correlation]] ({r}, {n}, {p}).",
    "The [[correlation]] between {topics}{bracket} is of interest to the Force.",
    "There is a [[strong correlation]]{bracket} between {topics}.",
    "The analyst found {topics} to be [[strongly correlated]]{bracket}.",
    "The first of the pair tends to [[{rises} as the other rises]]: for {topics}, {r}, {n}, {p}.",
)

GROUPS = (
    ("target-or-peers", target, TARGET, 4),
    ("significant-in-noise", significant, SIGNIFICANT, 4),
    ("correlation", correlation, CORRELATION, 4),
)
