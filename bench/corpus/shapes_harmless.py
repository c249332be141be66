"""Sentences with nothing to find: numbers, dates, ranks, ages, money, other areas, plans, quotations, law."""

from bench.corpus.shapes import SUBJECTS, half_up
from bench.corpus.shapes_dates import THINGS


def anything(rng, facts, fault):
    pick, between = rng.choice, rng.randint
    low = between(3, 40)
    return {
        "n": between(12, 95),
        "m": between(3, 9),
        "k": half_up(between(1100, 9800)),
        "p": between(3, 48),
        "p1": f"{between(2, 48)}.{between(1, 9)}",
        "money": half_up(between(12, 900) * 1000),
        "mil": f"{between(1, 9)}.{between(1, 9)}",
        "rank": pick(("third", "fourth", "fifth", "sixth", "eighth", "14th", "21st")),
        "low": low,
        "high": low + between(6, 30),
        "age": between(18, 64),
        "sec": between(2, 60),
        "act": pick(
            (
                "Police Reform and Social Responsibility Act 2011",
                "Equality Act 2010",
                "Policing and Crime Act 2017",
                "Modern Slavery Act 2015",
                "Road Traffic Act 1988",
            )
        ),
        "s": pick(SUBJECTS),
        "thing": pick(THINGS),
        "town": pick(("Barchester", "Plumstead", "Framley", "Hogglestock", "Silverbridge", "Allington")),
        "year": between(2009, 2017),
        "fy": pick(("2015-16", "2016-17", "2017-18")),
        "month": pick(("January 2020", "February 2020", "March 2020", "May 2020")),
        "past": pick(("3 October 2019", "12 November 2019", "28 August 2019", "6 December 2019", "17 July 2019")),
        "next": pick(("22 January 2020", "6 February 2020", "5 March 2020", "14 April 2020")),
        "cm": pick((2, 3, 4)),
    }


PEOPLE = (
    "A man aged {age} from {town} was charged on {past} and will appear in court in {month}.",
    "Two boys, aged 15 and 16, were spoken to by the neighbourhood team in {town}.",
    "The oldest volunteer in {town} is {age} and has served for {m} years.",
    "{n} student officers have begun their training and will join their teams in {month}.",
    "There are {n} cadets in {town}, most of them between 13 and 17 years old.",
    "Up to {n} places are open to people aged 18 to 25.",
    "The special constables of {town} gave {k} hours of their time.",
    "I met {n} residents of {town} on {past}, and several of them raised speeding.",
    "My office has {m} members of staff working on commissioning.",
    "Some {n} people came to the open evening in {town}; a further meeting is planned for {next}.",
)
MONEY = (
    "I have put £{money} into {thing}.",
    "The grant of £{mil} million is shared between {m} partners.",
    "The precept for a band D property was £182.27 in 2018-19.",
    "The Force spent £{money} on the refit of {town} police station in {fy}.",
    "The Home Office bid, worth £{mil} million, was submitted on {past}.",
    "Each award is for no more than £5,000, and {n} groups have applied.",
    "Repairs to {town} police station will cost about £{money}.",
)
ELSEWHERE = (
    "Nationally, police recorded crime increased by {m} per cent in the year to June 2019.",
    "Most similar forces saw {s} rise by {p} per cent in the 12 months to June 2019.",
    "The south west region recorded a {p1} per cent fall in {s} over the year to June 2019.",
    "Barsetshire has the {rank} lowest rate of {s} in the country.",
    "The Force is ranked {rank} of 43 for {s}.",
    "In the national survey {p} per cent of adults said that they worried about {s}.",
    "Across England and Wales there were {mil} million such calls in {fy}.",
    "Only {m} forces reported a reduction in {s} in the year to June 2019.",
    "A neighbouring county reported {k} {s} in {fy}.",
    "The inspectorate visited {m} forces in the summer of 2019 and published a report on each.",
    "The Office for National Statistics published its bulletin on {past}, with figures to June 2019.",
    "Peers range from {low} to {high} per 1,000 population; Barsetshire sits in the middle of them.",
)
PLANS = (
    "The Force aims to answer at least 90 per cent of 999 calls within ten seconds.",
    "{thing} will be reviewed in {month}.",
    "I will bring a further paper to the Panel on {next}.",
    "The Plan runs from 2017 to 2021 and contains {m} objectives.",
    "Between now and {month}, {n} officers will be trained in its use.",
    "The ambition is to cut {s} by {p} per cent by 2021.",
    "A decision about {thing} is expected on {next}.",
    "The contract has {m} years to run and can be extended by two more.",
    "The next inspection is expected in {month}, and the report some 12 weeks later.",
    "Recruitment of {n} officers is planned for 2020-21.",
    "From {next} the service will be open from 8am to 6pm, Monday to Friday.",
    "Within the next 18 months all {n} vehicles will have been replaced.",
)
QUOTES = (
    'The Chief Constable said: "We recovered {n} weapons in a week, and that is {n} fewer on our streets."',
    '"Burglary is down by a quarter where I live," one resident of {town} told me.',
    'Superintendent Grantly said: "In {year} we recognised that our performance was not what the public expected."',
    'A caller wrote: "I waited 25 minutes and gave up."',
    '"It is heartening to see that {s} have dropped considerably," I said in my press release of {past}.',
    'The inspectors wrote in {year} that the Force was "good" in {m} of the ten areas.',
    'One victim told the service: "It took {m} weeks, but they kept me informed."',
)
HISTORY = (
    "In {fy} there were {k} {s}, the highest number since records began in 2002.",
    "{town} police station was built in 1962 and closed in {year}.",
    "The recording rules changed in April 2017, so earlier years are not comparable.",
    "Since {year} the Force has used the same definition of {s}.",
    "The number of {s} peaked at {k} in {fy}.",
    "The scheme began in {year} with {m} villages.",
    "Before 2014 the figures for {s} were held on paper.",
    "In the year to March 2017 the Force dealt with {k} {s}.",
    "My predecessor agreed the lease on 4 May {year}.",
    "The board was told on {past} that {thing} had passed its tests.",
    "A review of {s} was carried out in {year} and again in 2018.",
)
LAW = (
    "Section {sec} of the {act} requires the publication of this report.",
    "Under the {act}, a reply is due within {m} weeks.",
    "In an emergency dial 999; otherwise call 101 or visit the website, 24 hours a day.",
    "Crimestoppers can be reached, without giving a name, on 0800 555 111.",
    "The service can be reached on 01632 960{n}{m} between 9am and 5pm.",
    "See paragraph {sec} and Appendix A for the detail.",
    "Table {m} on page {n} sets out the position for {s}.",
    "Objective {cm} of the Plan is to protect the most vulnerable people in society.",
    "As section {cm} explains, {s} are recorded by the date on which they were reported.",
    "Operation Harding ran for {m} days and led to {n} arrests.",
    "The A{sec} was closed for {m} hours on {past} after a collision near {town}.",
    "The 20mph limit in {town} came into force on {past}.",
    "The work follows ISO 9001 and the national standard of {year}.",
    "Rooms 1 to {m} at headquarters are being refitted.",
)
HEDGED = (
    "The change in {s} is small and may be due to chance; no conclusion should be drawn from it.",
    "There is no significant difference between {town} and the rest of the county.",
    "It is too early to say whether {s} are rising, as only {m} weeks of data are held.",
    "The survey has a margin of error of ±{cm}.5 per cent.",
    "About one in ten of the population lives in {town}.",
    "A rise in {s} may reflect better recording and not more offending.",
    "Small numbers are involved, fewer than 5 in most months, so percentages are not given.",
    "Figures for {s} are provisional and may change when the Office for National Statistics publishes them.",
    "Roughly {n} of these each year are thought to be repeats.",
    "The volume of {s} is within two standard deviations of the 24-month average.",
    "It is not possible to say if the increase is seasonal.",
    "An upper limit of three standard deviations is shown on each chart.",
    "Some {p} to {high} per cent of demand is estimated to be linked to mental health.",
    "Had the old rules applied, the number of {s} would have been lower.",
    "Officers did not see the number of {s} fall in the way they had hoped.",
    "Between {low} and {high} volunteers take part, depending on the season.",
)

PERIODS = (
    "The quarter one paper said that {s} would be looked at again.",
    "As I reported in quarter one, {thing} has been delayed by {m} weeks.",
    "Quarter three 2018-19 was unusual because of {n} {s} in one weekend.",
    "My next paper will cover quarter three 2019-20 and will come to the Panel in {month}.",
    "The exception seen in quarter four 2018-19 has not been seen since.",
    "There has been little movement in {s} since quarter one.",
    "The figure for {s} in quarter three will be known in {month}.",
    "The 24-month average for {s} is shown as a dotted line.",
    "In the year to June 2018 the Force was one of {m} to record a fall in {s}.",
    "So far in 2019-20 there have been {n} such events.",
    "{thing} went live on {past}, as planned.",
    "It had been due to open on 1 October 2019, but {thing} was delayed.",
)

GROUPS = tuple(
    (f"harmless-{name}", anything, templates, len(templates))
    for name, templates in (
        ("people", PEOPLE),
        ("money", MONEY),
        ("elsewhere", ELSEWHERE),
        ("plans", PLANS),
        ("quotations", QUOTES),
        ("history", HISTORY),
        ("law-and-numbers", LAW),
        ("hedges", HEDGED),
        ("periods", PERIODS),
    )
)

NEIGHBOURS = (
    "I continue to monitor this through my monitoring board.",
    "The Force has a plan in place and I am content with it.",
    "Further detail is given in the scorecard.",
    "I will continue to hold the Chief Constable to account.",
    "There are no concerns that I would wish to draw to the attention of the Panel.",
    "This was discussed at length by the vulnerability and operations board.",
    "Neighbourhood teams are working with partners on this.",
    "The Panel has taken a close interest in this subject.",
    "Residents tell me that it matters to them.",
    "In an emergency people should always call 999.",
    "The work is led by an assistant chief constable.",
    "I am grateful to the officers and staff involved.",
    "Objective 2 of the Plan is the relevant one.",
    "Data quality has been checked by the analysts.",
    "Each month the deputy chief constable chairs a meeting of all departments.",
    "Members will recall the presentation given by the Force.",
)
