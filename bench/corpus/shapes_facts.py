"""Against the facts: values, changes and directions of the measures, and what they are compared to."""

from bench.corpus.shapes import COUNTS, RATES, SPANS, direction, duration, half_up, pair, show, wrong_count, wrong_share


def counted(rng, facts, fault):
    measure = rng.choice(tuple(COUNTS))
    span = rng.choice(("year", "rolling"))
    key, _, now, _ = SPANS[span]
    true = facts[measure, *key]
    said = true
    if fault:
        others = [v for (m, s, p), v in facts.items() if m == measure and s == key[0] and p != key[1]]
        said = wrong_count(rng, true, others)
        if abs(said - true) < 2:
            return None
    title, noun, _ = COUNTS[measure]
    return {"v": half_up(said), "s": noun, "title": title, "now": rng.choice(now)}


COUNTED = (
    "There were [[{v}]] {s} in {now}.",
    "[[{v}]] {s} were recorded in {now}.",
    "{title}: in {now} the Force recorded [[{v}]].",
    "In {now}, [[{v}]] {s} came to the notice of the Force.",
    "The number of {s} in {now} was [[{v}]].",
    "The figure for {s} stands at [[{v}]] for {now}.",
    "Panel members asked how many {s} there had been in {now}; the answer is [[{v}]].",
    "{now} saw [[{v}]] {s} across Barsetshire.",
    "With [[{v}]] {s} in {now}, demand on the Force remains considerable.",
    "A total of [[{v}]] {s} ({now}) is shown on the scorecard.",
)


def both(rng, facts, fault):
    measure = rng.choice(tuple(COUNTS))
    quarter, rolling = facts[measure, "quarter", "2019-20Q2"], facts[measure, "rolling12", "2019-09"]
    said = rolling
    if fault:
        said = wrong_count(rng, rolling, [facts[measure, "rolling12", p] for p in ("2019-06", "2018-09")])
        if abs(said - rolling) < 2:
            return None
    return {"q": half_up(quarter), "r": half_up(said), "s": COUNTS[measure][1]}


BOTH = (
    "There were {q} {s} in quarter two and [[{r}]] in the 12 months to September 2019.",
    "{q} {s} were recorded during quarter two, which takes the rolling 12 months to [[{r}]].",
    "In the year to September 2019 there were [[{r}]] {s}, of which {q} fell in quarter two.",
)


def rated(rng, facts, fault):
    measure = rng.choice(tuple(RATES))
    key, _, now, _ = SPANS[rng.choice(("year", "rolling"))]
    true = facts[measure, *key]
    said = true
    if fault and RATES[measure][2] == "seconds":
        said = true + rng.choice((-4, -3, 3, 5)) if true < 60 else true + rng.choice((-130, -61, 45, 120))
    elif fault:
        said = true * rng.choice((85, 92, 106, 110)) / 100
    return {"v": show(measure, said), "name": RATES[measure][1], "title": RATES[measure][0], "now": rng.choice(now)}


RATED = (
    "{name} was [[{v}]] in {now}.",
    "In {now}, {name} was [[{v}]].",
    "{title}: [[{v}]] in {now}.",
    "{name} for {now} is reported as [[{v}]].",
    "The scorecard shows that {name} in {now} was [[{v}]].",
)


def changed(rng, facts, fault):
    found = pair(rng, facts, least=0.05, known=True)
    if not found:
        return None
    new, old = found["new"], found["old"]
    share, places = abs(new - old) * 100 / old, rng.choice((0, 1))
    return {
        "s": found["s"],
        "p": wrong_share(rng, share, places) if fault else half_up(share, places),
        "now": found["now"],
        "then": found["then"],
        **direction(rng, new > old),
    }


CHANGED = (
    "{s} {verb} by [[{p} per cent]] in {now} compared to {then}.",
    "There was {noun} of [[{p} per cent]] in {s} in {now} when set against {then}.",
    "In {now} {s} were {up} [[{p} per cent]] on {then}.",
    "The number of {s} in {now} was [[{p} per cent]] {higher} than in {then}.",
    "Compared with {then}, {now} saw {noun} of [[{p} per cent]] in {s}.",
)


def moved(rng, facts, fault):
    found = pair(rng, facts, least=0.05, known=True)
    if not found:
        return None
    return {
        "s": found["s"],
        "now": found["now"],
        "then": found["then"],
        **direction(rng, (found["new"] > found["old"]) != fault),
    }


MOVED = (
    "{s} [[{verb}]] in {now} compared to {then}.",
    "The number of {s} in {now} was [[{higher}]] than in {then}.",
    "There were [[{more}]] {s} in {now} than in {then}.",
    "Compared with {then}, {now} saw [[{noun}]] in {s}.",
    "The number of {s} [[{has}]] since {then}, if {now} is taken as the latest figure.",
    "In {now}, {s} were [[{up}]] on {then}.",
)


def rate_moved(rng, facts, fault):
    measure = rng.choice(tuple(RATES))
    first, second, now, then = SPANS[rng.choice(tuple(SPANS))]
    new, old = facts[measure, *first], facts[measure, *second]
    if abs(new - old) < old / 25:
        return None
    good = ((new > old) == RATES[measure][4]) != fault
    seconds = RATES[measure][2] == "seconds"
    return {
        "name": RATES[measure][1],
        "judged": "improved" if good else "worsened",
        "verb": "rose" if (new > old) != fault else "fell",
        "a": duration(old) if seconds else show(measure, old),
        "now": rng.choice(now),
        "then": rng.choice(then),
    }


RATE_MOVED = (
    "{name} [[{judged}]] in {now} compared to {then}.",
    "{name} [[{verb}]] in {now}; in {then} it was {a}.",
    "Compared with {then} ({a}), {name} [[{verb}]] in {now}.",
)


def compared(rng, facts, fault):
    found = pair(rng, facts, known=False)
    if not found:
        return None
    quarter = "quarter three 2018-19", "quarter one 2018-19", "quarter two 2017-18", "quarter four 2017-18"
    year = "June 2018", "August 2018", "October 2018", "September 2017", "December 2018"
    month, month_wrong = "September 2018", ("August 2018", "October 2018", "September 2017")
    return {
        "s": found["s"],
        "a": half_up(found["old"]),
        "b": half_up(found["new"]),
        "y": rng.choice(year) if fault else "September 2018",
        "q": rng.choice(quarter) if fault else "quarter two 2018-19",
        "m": rng.choice(month_wrong) if fault else month,
        "t": rng.choice(("July to August 2018", "June to August 2018")) if fault else "July to September 2018",
        **direction(rng, found["new"] > found["old"]),
    }


COMPARED = (
    "There were {b} {s} in the 12 months to September 2019, which compares to {a} in the [[12 months to {y}]].",
    "{s} {verb} from {a} in the [[year to {y}]] to {b} in the year to September 2019.",
    "In quarter two 2019-20 there were {b} {s}, against {a} in the same quarter a year earlier ([[{q}]]).",
    "Compared with the same period last year, [[{q}]], when there were {a}, {s} {verb} to {b} in quarter two 2019-20.",
    "In September 2019 there were {b} {s}; in the same month of the previous year, [[{m}]], there were {a}.",
    "The figure for July to September 2019 was {b} {s}, compared to {a} in [[{t}]].",
    "{b} {s} in the year ending September 2019 is {noun} on the {a} of the previous year (the [[year ending {y}]]).",
    "Year on year, {s} {verb}: {b} in the 12 months to September 2019 and {a} in the [[twelve months to {y}]].",
)

GROUPS = (
    ("value-against-facts", counted, COUNTED, 4),
    ("value-against-facts", both, BOTH, 1),
    ("value-against-facts", rated, RATED, 2),
    ("change-against-facts", changed, CHANGED, 3),
    ("change-against-facts", moved, MOVED, 3),
    ("change-against-facts", rate_moved, RATE_MOVED, 1),
    ("comparator-period", compared, COMPARED, 4),
)
