"""Changes: a percentage or a difference and its two values, directions, percentage points, means per month."""

from fractions import Fraction

from bench.corpus.shapes import SUBJECTS, direction, duration, half_up, pair, wrong_count, wrong_share


def common(rng, found):
    new, old = found["new"], found["old"]
    places = rng.choice((0, 1, 1))
    share = abs(new - old) * 100 / old
    return {
        "s": found["s"],
        "b": half_up(new),
        "a": half_up(old),
        "d": half_up(abs(new - old)),
        "p": half_up(share, places),
        "now": found["now"],
        "then": found["then"],
        **direction(rng, new > old),
    }, (share, places)


def percentage(rng, facts, fault):
    found = pair(rng, facts)
    if not found:
        return None
    fields, (share, places) = common(rng, found)
    if fault:
        other = abs(found["new"] - found["old"]) * 100 / found["new"]
        fields["p"] = half_up(other, places) if abs(other - share) > 2 else wrong_share(rng, share, places)
    return fields


PERCENTAGE = (
    "There were {b} {s} in {now}, {d} {more} ([[{p} per cent]]) than in {then}.",
    "There were {b} {s} recorded in {now}. This is {noun} of {d} ([[{p} per cent]]) compared to {then}.",
    "{s} {verb} by [[{p} per cent]], from {a} in {then} to {b} in {now}.",
    "In {now} the Force dealt with {b} {s} against {a} in {then}, {noun} of [[{p} per cent]].",
    "The number of {s} in {now} was {b}; in {then} it was {a}, so the figure {verb} by [[{p} per cent]].",
    "{s} are {up} [[{p} per cent]] ({b} in {now}, {a} in {then}).",
    "Compared with {then}, when there were {a}, {s} {verb} to {b} in {now} – {noun} of [[{p} per cent]].",
    "{noun} of [[{p} per cent]] in {s} was seen, with {b} in {now} set against {a} in {then}.",
    "With {b} {s}, {now} was [[{p} per cent]] {higher} than {then} ({a}).",
    "The Panel asked about {s}. They {verb} from {a} in {then} to {b} in {now} ([[{p} per cent]]), as I have said.",
    "I have noted {noun} from {a} to {b} ([[{p} per cent]]) in {s} between {then} and {now}.",
)


def approximate(rng, facts, fault):
    old = Fraction(rng.randint(150, 900))
    target = rng.randint(8, 44)
    under = Fraction(target) - Fraction(rng.randint(15, 40), 100)
    new = Fraction(round(old * (1 + under / 100)))
    share = (new - old) * 100 / old
    if not target - Fraction(1, 2) < share < target - Fraction(1, 10):
        return None
    printed = target + rng.choice((6, 9, 12)) if fault else target
    return {"s": rng.choice(SUBJECTS), "a": half_up(old), "b": half_up(new), "p": str(printed)}


APPROXIMATE = (
    "{s} rose by [[nearly {p} per cent]], from {a} to {b}.",
    "There was an increase of [[almost {p} per cent]] in {s}, which stood at {a} last year and {b} this year.",
    "Up from {a} to {b}, {s} have grown by [[just under {p} per cent]] in a year.",
)


def difference(rng, facts, fault):
    found = pair(rng, facts)
    if not found:
        return None
    fields, _ = common(rng, found)
    if fault:
        gap = abs(found["new"] - found["old"])
        said = wrong_count(rng, gap)
        if abs(said - gap) < max(3, gap / 20) or not said:
            return None
        fields["d"] = half_up(said)
    return fields


DIFFERENCE = (
    "There were {b} {s} in {now}, [[{d} {more}]] than the {a} in {then}.",
    "{s} {verb} from {a} in {then} to {b} in {now}, a difference of [[{d}]].",
    "In {now} {b} {s} were recorded (in {then}: {a}), {noun} of [[{d}]].",
    "The count of {s} is {up} [[by {d}]], to {b} in {now} from {a} in {then}.",
    "{now} saw {b} {s}. In {then} there were {a}, so the total {verb} by [[{d}]].",
)

WORDS = (  # words, how many times the old value, least and most that the words allow, a wrong multiple
    ("are up by a quarter", Fraction(5, 4), Fraction(3, 2)),
    ("are up by a third", Fraction(4, 3), Fraction(8, 7)),
    ("are down by a quarter", Fraction(3, 4), Fraction(9, 10)),
    ("are down by a third", Fraction(2, 3), Fraction(7, 8)),
    ("have halved", Fraction(1, 2), Fraction(3, 4)),
    ("have more than halved", Fraction(9, 20), Fraction(2, 3)),
    ("have doubled", Fraction(2), Fraction(8, 5)),
    ("have more than doubled", Fraction(23, 10), Fraction(17, 10)),
    ("have nearly doubled", Fraction(39, 20), Fraction(7, 5)),
    ("have trebled", Fraction(3), Fraction(2)),
    ("have increased by half", Fraction(3, 2), Fraction(6, 5)),
    ("have fallen by a fifth", Fraction(4, 5), Fraction(19, 20)),
)


def multiple(rng, facts, fault):
    words, right, wrong = rng.choice(WORDS)
    old = Fraction(rng.randint(2, 14) * 60)
    return {"s": rng.choice(SUBJECTS), "w": words, "a": half_up(old), "b": half_up(old * (wrong if fault else right))}


MULTIPLE = (
    "{s} [[{w}]], from {a} in the year to September 2018 to {b} in the year to September 2019.",
    "In the last year {s} [[{w}]] ({a} to {b}).",
    "There were {b} {s} this quarter against {a} in the same quarter last year, which means that they [[{w}]].",
    "It is right to tell the Panel that {s} [[{w}]]: there were {a} in the previous year and {b} in this one.",
)


def turned(rng, facts, fault):
    found = pair(rng, facts, least=0.06)
    if not found:
        return None
    fields, _ = common(rng, found)
    if fault:
        fields.update(direction(rng, found["new"] < found["old"]))
    return fields


DIRECTION = (
    "{s} [[{verb}]] from {a} in {then} to {b} in {now}.",
    "There was [[{noun}]] in {s}, from {a} in {then} to {b} in {now}.",
    "The number of {s}, which stood at {a} in {then}, [[{has}]] to {b} in {now}.",
    "There were {b} {s} in {now}, [[{up} from]] {a} in {then}.",
    "At {b}, the number of {s} in {now} was [[{higher} than]] the {a} in {then}.",
    "{a} {s} were recorded in {then} and {b} in {now}: [[{noun}]] that the Force is examining.",
    "{b} {s} came to notice in {now}, which is [[{more} than]] in {then} when there were {a}.",
    "The Panel will see that {s} [[{verb}]] (from {a} to {b}) between {then} and {now}.",
    "While {s} [[{verb}]] to {b} in {now} from {a} in {then}, the Force does not see a lasting pattern.",
)


def times(rng, facts, fault):
    old, new = sorted((rng.randint(150, 290), rng.randint(62, 139)), reverse=rng.random() < 0.6)
    better = (new < old) != fault
    bare = rng.random() < 0.5
    return {
        "a": duration(old).replace(" and ", " ") if bare else duration(old),
        "b": duration(new, bare),
        "verb": "fell" if better else "rose",
        "judged": "improved" if better else "worsened",
        "quick": "shorter" if better else "longer",
        "what": rng.choice(
            ("the average wait on the 101 line", "the average call-back time", "the average time at the enquiry desk")
        ),
        "past": rng.choice(("a year ago", "in the same quarter last year", "in quarter one")),
    }


TIMES = (
    "{what} [[{verb}]] from {a} to {b}.",
    "{what} has [[{judged}]], from {a} {past} to {b} now.",
    "At {b}, {what} is [[{quick}]] than {past}, when it was {a}.",
)


def points(rng, facts, fault):
    old, new = rng.randint(38, 82), 0
    gap = rng.randint(3, 9) * rng.choice((1, -1))
    new = old + gap
    share = half_up(Fraction(abs(gap) * 100, old), 1)
    way = direction(rng, gap > 0)
    right = rng.choice((f"{abs(gap)} percentage points", f"{share} per cent", f"{abs(gap)} percentage points"))
    what = ("confidence in local policing", "satisfaction with the website", "the share of calls answered in time")
    what += ("satisfaction with follow-up", "the share of officers who have had the training", "awareness of my office")
    return {"what": rng.choice(what), "a": old, "b": new, "g": f"{abs(gap)} per cent" if fault else right, **way}


POINTS = (
    "{what} {verb} from {a} per cent to {b} per cent, {noun} of [[{g}]].",
    "{what} was {b} per cent in the quarter, {up} [[{g}]] from {a} per cent a year ago.",
    "{what} stands at {b} per cent; it was {a} per cent last year, which is {noun} of [[{g}]].",
    "In the latest survey {what} {verb} by [[{g}]] ({a} per cent to {b} per cent).",
    "Between the two surveys {what} moved from {a} per cent to {b} per cent, that is {noun} of [[{g}]].",
)


def mean(rng, facts, fault):
    found = pair(rng, facts)
    if not found:
        return None
    months = 12 if found["span"] == "rolling" else 3
    true = found["new"] / months
    wrong = found["new"] / rng.choice((4, 6) if months == 3 else (10, 4))
    places = 1 if true < 100 else 0
    return {
        "s": found["s"],
        "b": half_up(found["new"]),
        "m": half_up(wrong if fault else true, places),
        "now": found["now"],
    }


MEAN = (
    "There were {b} {s} in {now}, an average of [[{m} per month]].",
    "{b} {s} were recorded in {now}, or [[{m} a month]] on average.",
    "On average there were [[{m} {s} each month]] in {now} ({b} in all).",
    "{s} in {now} came to {b}; the monthly mean is [[{m}]].",
    "The total of {b} {s} for {now} works out at [[{m} a month]].",
)

GROUPS = (
    ("percentage-and-values", percentage, PERCENTAGE, 4),
    ("percentage-and-values", approximate, APPROXIMATE, 1),
    ("percentage-and-values", difference, DIFFERENCE, 2),
    ("percentage-and-values", multiple, MULTIPLE, 2),
    ("direction-and-values", turned, DIRECTION, 4),
    ("direction-and-values", times, TIMES, 1),
    ("percentage-points", points, POINTS, 3),
    ("mean-per-month", mean, MEAN, 3),
)
