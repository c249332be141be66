"""What every shape needs: measures, subjects, period phrases, rounding and wrong values."""

from fractions import Fraction
from math import floor

COUNTS = {  # measure: (title, noun in the plural, mean per quarter)
    "crime-volume": ("Crime volume", "recorded crimes", 11400),
    "hate-crime": ("Hate crime", "hate crimes", 236),
    "burglary": ("Burglary", "burglaries", 842),
    "robbery": ("Robbery", "robberies", 96),
    "domestic-abuse-crimes": ("Domestic abuse crimes", "domestic abuse crimes", 1740),
    "sexual-offences": ("Sexual offences", "sexual offences", 372),
    "violence-against-the-person": ("Violence against the person", "violence against the person offences", 3890),
    "vehicle-crime": ("Vehicle crime", "vehicle crimes", 934),
    "complaints": ("Complaints", "complaints from the public", 148),
    "killed-and-seriously-injured": ("Killed and seriously injured", "people killed or seriously injured", 71),
    "anti-social-behaviour": ("Anti-social behaviour", "anti-social behaviour incidents", 4620),
    "cyber-crime": ("Cyber-crime", "cyber-crimes", 418),
    "sickness-days": ("Sickness days", "working days lost to sickness", 3270),
}
RATES = {  # measure: (title, how prose names it, unit, mean in units of the last place, whether high is good)
    "999-answer-time": ("999 answer time", "the average time to answer a 999 call", "seconds", 11, False),
    "immediate-response-time": (
        "Immediate response time",
        "the average response time to an immediate incident",
        "seconds",
        641,
        False,
    ),
    "abandonment-rate": ("Abandonment rate", "the abandonment rate", "per cent", 64, False),
    "victim-satisfaction": ("Victim satisfaction", "victim satisfaction", "per cent", 763, True),
    "positive-outcome-ratio": ("Positive outcome ratio", "the positive outcome ratio", "per cent", 168, True),
}
SUBJECTS = (
    "bicycle thefts",
    "shoplifting offences",
    "drink-drive arrests",
    "stop and searches",
    "reports of missing people",
    "arson offences",
    "thefts from farms",
    "fraud reports",
    "possession of weapons offences",
    "drug offences",
    "reports of off-road motorcycles",
    "criminal damage offences",
    "referrals to victim support",
    "calls to the rural desk",
    "visits by the safer roads van",
    "noise reports",
    "thefts of catalytic converters",
    "community speed watch sessions",
)
SPANS = {  # this period and the one it is set against
    "year": (
        ("quarter", "2019-20Q2"),
        ("quarter", "2018-19Q2"),
        (
            "quarter two",
            "Q2",
            "quarter two 2019-20",
            "the second quarter of 2019-20",
            "the three months to September 2019",
        ),
        (
            "the same quarter last year",
            "quarter two 2018-19",
            "the same quarter a year earlier",
            "July to September 2018",
        ),
    ),
    "quarter": (
        ("quarter", "2019-20Q2"),
        ("quarter", "2019-20Q1"),
        ("quarter two", "Q2", "quarter two 2019-20", "July to September 2019"),
        ("the previous quarter", "quarter one", "quarter one 2019-20", "the three months to June 2019"),
    ),
    "rolling": (
        ("rolling12", "2019-09"),
        ("rolling12", "2018-09"),
        ("the 12 months to September 2019", "the year to September 2019", "the year ending September 2019"),
        (
            "the previous 12 months",
            "the 12 months to September 2018",
            "the previous year",
            "the year to September 2018",
        ),
    ),
}
UP = {
    "verb": ("rose", "increased", "went up", "climbed"),
    "noun": ("an increase", "a rise", "an uplift"),
    "more": ("more",),
    "up": ("up",),
    "higher": ("higher",),
    "above": ("above",),
    "has": ("has risen", "has increased", "has gone up"),
}
DOWN = {
    "verb": ("fell", "decreased", "went down", "dropped"),
    "noun": ("a decrease", "a fall", "a reduction"),
    "more": ("fewer",),
    "up": ("down",),
    "higher": ("lower",),
    "above": ("below",),
    "has": ("has fallen", "has decreased", "has come down"),
}


def half_up(value, places=0):
    """An exact value printed at so many decimal places, a half going away from nought."""
    scale = 10**places
    whole = floor(abs(Fraction(value)) * scale + Fraction(1, 2))
    sign = "-" if value < 0 and whole else ""
    if not places:
        return f"{sign}{whole:,}"
    return f"{sign}{whole // scale:,}.{whole % scale:0{places}d}"


def duration(seconds, bare=False):
    minutes, left = divmod(int(seconds), 60)
    parts = []
    if minutes:
        parts.append(f"{minutes} minute{'s' * (minutes != 1)}")
    if left and bare and minutes:
        parts.append(str(left))
    elif left or not minutes:
        parts.append(f"{left} second{'s' * (left != 1)}")
    return (" " if bare else " and ").join(parts)


def show(measure, value):
    if measure in COUNTS:
        return half_up(value)
    if RATES[measure][2] == "seconds":
        return duration(value)
    return f"{half_up(value, 1)} per cent"


def direction(rng, rises):
    return {key: rng.choice(words) for key, words in (UP if rises else DOWN).items()}


def periods(rng):
    """Every period phrase, each by a short name."""
    named = {}
    for key, (_, _, now, then) in SPANS.items():
        named[f"{key}_now"], named[f"{key}_then"] = rng.choice(now), rng.choice(then)
    return named


def pair(rng, facts, least=0.04, known=None):
    """A counted subject with its value now and the value it is set against: a measure's own, or an invented one."""
    span = rng.choice(tuple(SPANS))
    first, second, now, then = SPANS[span]
    if known or (known is None and rng.random() < 0.5):
        measure = rng.choice(tuple(COUNTS))
        noun, new, old = COUNTS[measure][1], facts[measure, *first], facts[measure, *second]
    else:
        noun, old = rng.choice(SUBJECTS), Fraction(rng.choice((rng.randint(60, 400), rng.randint(400, 5200))))
        new = Fraction(round(old * rng.uniform(0.62, 1.55)))
    if abs(new - old) < least * old:
        return None
    return {"s": noun, "new": new, "old": old, "now": rng.choice(now), "then": rng.choice(then), "span": span}


def wrong_share(rng, true, places):
    """A percentage that no rounding of the true one gives."""
    gap = max(Fraction(2), Fraction(true) * Fraction(rng.randint(20, 60), 100))
    value = true - gap if rng.random() < 0.5 and true - gap > 1 else true + gap
    return half_up(value, places)


def wrong_count(rng, value, others=()):
    """Two digits changed about, a digit mistyped, or the value of another period."""
    value = int(value)
    digits = str(value)
    how = rng.choice(("turned", "digit", "other" if others else "turned"))
    if how == "other":
        return Fraction(rng.choice(list(others)))
    if how == "turned":
        places = [i for i in range(len(digits) - 1) if digits[i] != digits[i + 1] and (i or digits[1] != "0")]
        if places:
            i = rng.choice(places)
            return Fraction(int(digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]))
    i = rng.randrange(len(digits))
    digit = rng.choice([d for d in "123456789" if d != digits[i]])
    return Fraction(int(digits[:i] + digit + digits[i + 1 :]))
