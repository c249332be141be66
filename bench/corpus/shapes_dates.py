"""Dates and periods: another quarter's words, incomplete, past or impossible, weekdays, brackets, not over yet."""

from datetime import date, timedelta

from bench.corpus.shapes import SUBJECTS, half_up

MEETING = date(2019, 12, 19)
THINGS = (
    "the new custody suite",
    "the online reporting form",
    "the knife surrender scheme",
    "the second phase of the mobile police station",
    "the victim portal",
    "the replacement command and control system",
    "the rural crime team's new vehicle",
    "the revised complaints process",
)


def written(day):
    return f"{day.day} {day:%B} {day.year}"


def named(rng, facts, fault):
    wrong = rng.choice(("quarter one", "Q1", "quarter one", "quarter four"))
    return {
        "q": wrong if fault else rng.choice(("quarter two", "Q2", "quarter two")),
        "full": f"{rng.choice(('quarter one', 'Q1'))} 2019-20" if fault else "quarter two 2019-20",
        "old": "quarter two 2018-19" if fault else "quarter two 2019-20",
        "m": rng.choice(("1 April to 30 June 2019", "1 July to 30 September 2018"))
        if fault
        else "1 July to 30 September 2019",
        "s": rng.choice(SUBJECTS),
    }


NAMED = (
    "The control chart for {s} shows no exception in [[{q}]].",
    "This report covers [[{full}]] and should be read with the scorecard.",
    "During the reporting period ([[{full}]]) the volume of {s} was within the expected range.",
    "There are no exceptions to report for {s} in [[{q}]].",
    "This paper sets out the performance of the Force for the period [[{m}]].",
    "The attached scorecard is for [[{old}]].",
    "The position on {s} at the end of this quarter, [[{q}]], is stable.",
    "{s} are not trending with peers in [[{q}]], as the dashboard above shows.",
)


def incomplete(rng, facts, fault):
    year = "" if fault else " 2019"
    month = rng.choice(("September", "September", "June"))
    return {"y": f"{month}{year}", "s": rng.choice(SUBJECTS), "n": half_up(rng.randint(120, 3900))}


INCOMPLETE = (
    "There were {n} {s} in the [[12 months to {y}]].",
    "In the [[twelve months to the end of {y}]], {n} {s} were recorded.",
    "The Force recorded {n} {s} in the [[12 months to {y}]].",
    "The chart shows {s} over the [[12 months up to {y}]].",
    "In the [[12 months to {y}]] the number of {s} was {n}, as the chart shows.",
    "{n} {s} – that is the count for the [[12 months to {y}]] – were reported.",
)


def due(rng, facts, fault):
    back = MEETING - timedelta(days=rng.randint(4, 75))
    ahead = MEETING + timedelta(days=rng.randint(14, 160))
    day = back if fault else ahead
    month = rng.choice(("October 2019", "November 2019")) if fault else rng.choice(("February 2020", "April 2020"))
    return {"thing": rng.choice(THINGS), "d": written(day), "m": month, "short": f"{day.day} {day:%B}"}


DUE = (
    "{thing} is due to go live on [[{d}]].",
    "I expect {thing} to open on [[{d}]].",
    "{thing} will be launched on [[{d}]] and I will report back to the Panel.",
    "It is planned that {thing} will be in use by [[{d}]].",
    "{thing} is due to go live on [[{short}]].",
    "From [[{short}]] {thing} will serve the whole county.",
    "{thing} is scheduled for [[{m}]].",
    "{thing} will be ready in [[{m}]], subject to testing.",
    "Work continues on {thing}, which is expected to be complete by the end of [[{m}]].",
)


def impossible(rng, facts, fault):
    wrong = ("31 September 2019", "31 June 2019", "30 February 2020", "31 November 2019", "29 February 2019")
    wrong += ("31 April 2019", "32 August 2019", "0 July 2019")
    right = ("30 September 2019", "30 June 2019", "12 August 2019", "30 April 2019", "31 August 2019", "31 July 2019")
    return {"d": rng.choice(wrong if fault else right), "s": rng.choice(SUBJECTS), "thing": rng.choice(THINGS)}


IMPOSSIBLE = (
    "The figures for {s} were extracted on [[{d}]].",
    "The board discussed {thing} at its meeting of [[{d}]].",
    "The consultation on {thing} closed on [[{d}]].",
    "{s} recorded up to [[{d}]] are included.",
)


def weekday(rng, facts, fault):
    past = MEETING - timedelta(days=rng.randint(20, 150))
    ahead = MEETING + timedelta(days=rng.randint(10, 90))
    shift = timedelta(days=rng.randint(1, 6)) if fault else timedelta(0)
    return {
        "past": f"{past + shift:%A} {written(past)}",
        "ahead": f"{ahead + shift:%A} {written(ahead)}",
        "meeting": f"{MEETING + shift:%A} 19 December 2019",
        "thing": rng.choice(THINGS),
    }


WEEKDAY = (
    "The public meeting about {thing} took place on [[{past}]].",
    "The next open surgery will be held on [[{ahead}]] in Barchester.",
    "The Panel will consider this paper on [[{meeting}]], together with a note about {thing}.",
    "On [[{past}]] I visited the team behind {thing}.",
)

BRACKETS = (  # the quarter's words, the months that belong to it and their year
    ("quarter one", "April to June", 2019),
    ("Q1", "April to June", 2019),
    ("quarter two", "July to September", 2019),
    ("Q2", "July to September", 2019),
    ("quarter two 2018-19", "July to September", 2018),
    ("quarter three 2018-19", "October to December", 2018),
    ("quarter four 2018-19", "January to March", 2019),
    ("the second quarter", "July to September", 2019),
)
ODD = ("April to July", "June to August", "July to August", "August to October")


def bracketed(rng, facts, fault):
    quarter, months, year = rng.choice(BRACKETS)
    if fault:
        months = rng.choice([m for m in sorted({m for _, m, _ in BRACKETS}) if m != months] + list(ODD))
    return {"q": quarter, "m": months, "y": year, "n": half_up(rng.randint(60, 900)), "s": rng.choice(SUBJECTS)}


BRACKETED = (
    "In {q} ([[{m} {y}]]) there were {n} {s}.",
    "The number of {s} for {q} ([[{m}]]) was {n}.",
    "{n} {s} were logged in {q}, that is [[{m} {y}]].",
    "For {q} – [[{m} {y}]] – the count of {s} came to {n}.",
    "{s} in {q} ([[{m}]]) numbered {n}, after duplicates were taken out.",
)


def unfinished(rng, facts, fault):
    pick = rng.choice
    return {
        "y": pick(("December 2019", "March 2020", "January 2020"))
        if fault
        else pick(("September 2019", "October 2019")),
        "q": pick(("quarter three 2019-20", "Q3 2019-20", "quarter four 2019-20")) if fault else "quarter two 2019-20",
        "f": "2019-20" if fault else "2018-19",
        "m": pick(("December 2019", "January 2020")) if fault else pick(("August 2019", "October 2019", "July 2019")),
        "c": "2019" if fault else "2018",
        "s": pick(SUBJECTS),
        "n": half_up(rng.randint(90, 4000)),
    }


UNFINISHED = (
    "There were {n} {s} in the [[12 months to {y}]].",
    "In [[{q}]] there were {n} {s}.",
    "There were {n} {s} in the financial year [[{f}]] as a whole.",
    "{n} {s} were recorded in [[{m}]].",
    "The total number of {s} for the whole calendar year [[{c}]] was {n}.",
    "By the end of the [[year to {y}]] the Force had dealt with {n} {s}.",
    "[[{q}]] saw {n} {s} across the county.",
)

GROUPS = (
    ("period-words", named, NAMED, 4),
    ("date-incomplete", incomplete, INCOMPLETE, 3),
    ("date-past", due, DUE, 3),
    ("date-impossible", impossible, IMPOSSIBLE, 3),
    ("date-weekday", weekday, WEEKDAY, 3),
    ("bracketed-months", bracketed, BRACKETED, 3),
    ("period-not-over", unfinished, UNFINISHED, 3),
)
