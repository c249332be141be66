"""Ratios printed with their parts, sums of parts, spans of months and years."""

from datetime import date
from fractions import Fraction

from bench.corpus.shapes import SUBJECTS, half_up, wrong_count, wrong_share

MONTHS = [f"{date(2019, month, 1):%B}" for month in range(1, 13)]
NUMBERS = ["nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def ratio(rng, facts, fault):
    whole = rng.randint(9, 480)
    part = rng.randint(2, whole - 2)
    places = 0 if whole < 100 else rng.choice((0, 1))
    true = Fraction(part * 100, whole)
    said = half_up(true, places)
    if fault:
        swapped = Fraction(part * 100, whole + part) if rng.random() < 0.4 else 100 - true
        said = half_up(swapped, places) if abs(swapped - true) > 4 else wrong_share(rng, true, places)
        if float(said) >= 100:
            return None
    return {"k": part, "n": whole, "p": said, "left": whole - part}


RATIO = (
    "Of the {n} investigations completed, {k} ([[{p} per cent]]) were upheld.",
    "[[{p} per cent]] of the audited records ({k} of {n}) met the standard.",
    "{k} of {n} callers surveyed were content with the service, which is [[{p} per cent]].",
    "The independent scrutiny group looked at {n} cases and found {k} of them appropriate, or [[{p} per cent]].",
    "[[{p} per cent]] ({n} completed and {k} upheld) of internal reviews went the applicant's way.",
    "There were {n} premises visited by officers; {k} of these, [[{p} per cent]], were found to be compliant.",
    "Custody visitors made {n} visits and saw the detainee at once on {k} of them ([[{p} per cent]]).",
    "Out of {n} applications to the community fund, {k} were successful – a success rate of [[{p} per cent]].",
    "The share of body-worn video clips reviewed was [[{p} per cent]] ({k} out of {n}).",
    "Volunteers returned {k} of the {n} questionnaires sent out, a response rate of [[{p} per cent]].",
    "Of {n} young people referred, {k} took up the offer and {left} did not, so take-up was [[{p} per cent]].",
)

SHARES = (
    ("half", 2, 1),
    ("a third", 3, 1),
    ("a quarter", 4, 1),
    ("two thirds", 3, 2),
    ("three quarters", 4, 3),
    ("a fifth", 5, 1),
)


def fraction(rng, facts, fault):
    word, under, over = rng.choice(SHARES)
    whole = under * rng.randint(6, 60)
    part = whole // under * over
    if fault:
        word = rng.choice([w for w, u, o in SHARES if abs(Fraction(o, u) - Fraction(over, under)) > Fraction(1, 7)])
    odds = rng.randint(3, 9)
    rest = odds * rng.randint(5, 30)
    said = odds + rng.choice((2, 3)) if fault else odds
    return {
        "w": word,
        "n": whole,
        "k": part,
        "one": f"one in {NUMBERS[said]}",
        "n2": rest,
        "k2": rest // odds,
    }


FRACTION = (
    "{k} of the {n} vehicles stopped were uninsured, [[{w}]] of the total.",
    "Exactly [[{w}]] of the {n} crimes reviewed by the audit ({k}) had been recorded late.",
    "[[{one}]] of those stopped was found with a prohibited item ({k2} of {n2}).",
    "Of {n2} repeat callers, {k2} were referred to a partner agency, that is [[{one}]].",
    "About [[{one}]] of the {n2} entries in the register, {k2} in number, needed correction.",
)


def total(rng, facts, fault):
    parts = [Fraction(rng.randint(24, 2600)) for _ in range(3)]
    two, three = parts[0] + parts[1], sum(parts)
    if fault:
        two_said, three_said = wrong_count(rng, two), wrong_count(rng, three)
        if abs(two_said - two) < 3 or abs(three_said - three) < 3:
            return None
        two, three = two_said, three_said
    first = dict(zip("xyz", map(half_up, parts), strict=True))
    return {"s": rng.choice(SUBJECTS), "t": half_up(two), "u": half_up(three), **first}


TOTAL = (
    "There were [[{t}]] {s}: {x} in Barchester and {y} in the rest of the county.",
    "{x} {s} in the north of the county and {y} in the south make [[{t}]] in all.",
    "[[{t}]] {s} were recorded, made up of {x} in towns and {y} in villages.",
    "The Force received {x} reports by telephone and {y} online, a total of [[{t}]].",
    "The total of [[{u}]] {s} comprises {x} in the north, {y} in the west and {z} in the east.",
    "Grants of {x} pounds, {y} pounds and {z} pounds were made, [[{u}]] pounds altogether.",
    "In the north there were {x} {s}, in the west {y} and in the east {z}; together that is [[{u}]].",
    "[[{u}]] {s} were dealt with: {x} by neighbourhood teams, {y} by response teams and {z} by specialists.",
)


def span(rng, facts, fault):
    start = rng.randrange(2015 * 12, 2018 * 12)
    count = rng.randint(5, 22)
    end = start + count - 1
    first, last = f"{MONTHS[start % 12]} {start // 12}", f"{MONTHS[end % 12]} {end // 12}"
    years = rng.randint(3, 7)
    opening = 2019 - years
    off = rng.choice((-2, -1, 1, 2)) if fault else 0
    far = rng.choice((-2, 2, 3)) if fault else 0
    quarters = rng.randint(4, 8)
    begins = 2018 * 4 + 4 + 1 - quarters + 1  # so that the last is quarter two of 2019-20
    if years + min(off, far) < 2 or min(years, 5) + off < 2:
        return None
    listed = [f"{y}-{(y + 1) % 100:02d}" for y in range(2019 - min(years, 5), 2019)]
    return {
        "n": count + off,
        "first": first,
        "last": last,
        "y": NUMBERS[years + off],
        "yopen": f"{opening}-{(opening + 1) % 100:02d}",
        "gap": NUMBERS[years + far],
        "opening": opening,
        "q": NUMBERS[quarters + off],
        "qopen": f"quarter {NUMBERS[begins % 4 + 1]} {begins // 4}-{(begins // 4 + 1) % 100:02d}",
        "list": ", ".join(listed[:-1]) + " and " + listed[-1],
        "l": NUMBERS[len(listed) + off],
        "w": f"{12 + off} months" if fault else "12 months",
        "h": NUMBERS[6 + off],
        "s": rng.choice(SUBJECTS),
    }


SPAN = (
    "The measure was outside its limits for [[{n} consecutive months]] from {first} to {last}.",
    "From {first} to {last} – [[{n} months]] in a row – {s} were above average.",
    "For [[{n} months]], {first} to {last} inclusive, the line was staffed at weekends.",
    "The scheme was paid for in each of the [[{y} financial years]] from {yopen} to 2018-19.",
    "The number of {s} was published for [[{l} years]] ({list}).",
    "Between January {opening} and January 2019, a period of [[{gap} years]], the estate shrank.",
    "The chart shows the [[{q} quarters]] from {qopen} to quarter two 2019-20.",
    "The [[{w}]] from 1 October 2018 to 30 September 2019 are shown in the chart for {s}.",
    "Over the [[{h} months]] from April to September 2019, {s} were counted weekly.",
)

GROUPS = (
    ("ratio-and-parts", ratio, RATIO, 4),
    ("ratio-and-parts", fraction, FRACTION, 2),
    ("sum-of-parts", total, TOTAL, 4),
    ("span-counted", span, SPAN, 4),
)
