"""The supporting measures of crime and its recording: what charts, tables and sentences of priorities one and two need."""

from dataclasses import replace

from desk.demo.definitions import Frequency, Kind, Measure, Polarity, SmallNumbers
from desk.demo.headline import ACC_CRIME, DEPUTY, PERFORMANCE, RECORDED_BOTH_WAYS, RECORDS, VULNERABILITY

FEWER_VICTIMS = "Fewer victims."


def crime(
    slug: str, name: str, definition: str, parent: str = "crime-volume", good: str = FEWER_VICTIMS, priority: int = 1
) -> Measure:
    """A count of one kind of recorded crime."""
    return Measure(
        slug=slug,
        priority=priority,
        name=name,
        short_name=name,
        definition=definition,
        kind=Kind.COUNT,
        unit="crimes",
        polarity=Polarity.DOWN if good == FEWER_VICTIMS else Polarity.NEUTRAL,
        polarity_reason=good,
        source_system=RECORDS,
        owner_role=ACC_CRIME,
        scrutinised_by=PERFORMANCE if priority == 1 else VULNERABILITY,
        small_numbers=SmallNumbers.SUPPRESS,
        parent=parent,
    )


def rate(slug: str, name: str, of: str, priority: int = 1) -> Measure:
    """Recorded crimes per 1,000 residents, as most similar forces are compared."""
    return Measure(
        slug=slug,
        priority=priority,
        name=name,
        short_name=name,
        definition=f"{of} recorded per 1,000 people living in the force area.",
        kind=Kind.RATE,
        unit="per 1,000 people",
        precision=1,
        polarity=Polarity.DOWN,
        polarity_reason=FEWER_VICTIMS,
        source_system="National comparison of police forces",
        owner_role=ACC_CRIME,
        scrutinised_by=PERFORMANCE,
        denominator_name="residents",
        stock_denominator=True,
        marking="OFFICIAL-SENSITIVE",
        peer_comparable=True,
        parent="crime-volume" if priority == 1 else "sexual-offences",
    )


def outcome(slug: str, name: str, of: str) -> Measure:
    """The positive outcome ratio of one kind of crime."""
    return Measure(
        slug=slug,
        priority=1,
        name=name,
        short_name=name,
        definition=f"{of} given a positive outcome in the period, as a share of those recorded in it.",
        kind=Kind.RATIO,
        unit="per cent",
        precision=1,
        polarity=Polarity.UP,
        polarity_reason="More crimes brought to a result for the victim.",
        source_system=RECORDS,
        owner_role=ACC_CRIME,
        scrutinised_by=VULNERABILITY,
        denominator_name="crimes recorded",
        small_numbers=SmallNumbers.PUBLISH,
        marking="OFFICIAL-SENSITIVE",
        peer_comparable=True,
        parent="outcome-ratio",
    )


def outcome_count(slug: str, name: str, definition: str) -> Measure:
    return replace(
        crime(slug, name, definition, "outcome-ratio"),
        polarity=Polarity.UP,
        polarity_reason="More crimes brought to a result for the victim.",
        small_numbers=SmallNumbers.NOT_PERSONAL,
    )


def sample(slug: str, name: str, of: str) -> Measure:
    """One stratum of the crime recording audit."""
    return Measure(
        slug=slug,
        priority=1,
        name=name,
        short_name=name,
        definition=f"Of {of} examined in the audit sample, the share recorded as the standard requires.",
        kind=Kind.AUDIT_SAMPLE,
        unit="per cent",
        precision=1,
        polarity=Polarity.UP,
        polarity_reason="A crime recorded correctly is a victim who gets the service due.",
        frequency=Frequency.SAMPLE,
        source_system="Crime standards audit",
        owner_role=DEPUTY,
        scrutinised_by=PERFORMANCE,
        denominator_name="reports examined",
        parent="compliance-rate",
    )


CRIMES = (
    crime("violence-against-person", "Violence against the person", "Recorded crimes of violence against the person."),
    crime("burglary", "Burglary", "Recorded burglaries of homes and of other buildings."),
    crime("residential-burglary", "Residential burglary", "Recorded burglaries of homes, sheds and garages."),
    crime("vehicle-offences", "Vehicle offences", "Recorded thefts of and from vehicles, and interference with them."),
    crime("theft-from-person", "Theft from the person", "Recorded thefts from someone's hand, pocket or bag."),
    crime("robbery", "Robbery", "Recorded robberies of people and of businesses."),
    crime(
        "drug-offences", "Drug offences", "Recorded possession of and trafficking in drugs.", good=RECORDED_BOTH_WAYS
    ),
    crime(
        "weapons-possession",
        "Possession of weapons",
        "Recorded offences of possessing a weapon.",
        good=RECORDED_BOTH_WAYS,
    ),
    crime(
        "knife-crime",
        "Knife crime",
        "Recorded serious crimes in which a knife or sharp instrument was used or threatened.",
    ),
    crime(
        "cyber-stalking-harassment",
        "Cyber: stalking and harassment",
        "Cyber-flagged stalking and harassment.",
        "cyber-flagged",
        RECORDED_BOTH_WAYS,
    ),
    crime(
        "cyber-sexual-offences",
        "Cyber: sexual offences",
        "Cyber-flagged sexual offences.",
        "cyber-flagged",
        RECORDED_BOTH_WAYS,
    ),
    crime(
        "cyber-public-order",
        "Cyber: public order",
        "Cyber-flagged public order offences.",
        "cyber-flagged",
        RECORDED_BOTH_WAYS,
    ),
)

COMPARED = (
    rate("crime-rate", "Crime rate", "Crimes"),
    rate("violence-rate", "Violence against the person rate", "Crimes of violence against the person"),
    replace(rate("sexual-offences-rate", "Sexual offences rate", "Sexual offences", priority=2), precision=2),
    outcome("outcome-ratio-robbery", "Positive outcomes: robbery", "Robberies"),
    outcome("outcome-ratio-sexual", "Positive outcomes: sexual offences", "Sexual offences"),
    outcome("outcome-ratio-vehicle", "Positive outcomes: vehicle offences", "Vehicle offences"),
    outcome("outcome-ratio-residential-burglary", "Positive outcomes: residential burglary", "Residential burglaries"),
)

OUTCOMES = (
    outcome_count("outcomes-volume", "Positive outcomes: volume", "Crimes given a positive outcome in the month."),
    outcome_count(
        "outcomes-court", "Positive outcomes: court", "Crimes taken to court by charge or summons in the month."
    ),
    outcome_count(
        "outcomes-out-of-court",
        "Positive outcomes: out of court",
        "Crimes settled by caution, penalty notice or community resolution in the month.",
    ),
)

SAMPLES = (
    sample(
        "compliance-partner-referrals", "Recording compliance: partner referrals", "referrals from partner agencies"
    ),
    sample(
        "compliance-sexual",
        "Recording compliance: rape and sexual offences",
        "reports of rape and other sexual offences",
    ),
    sample("compliance-domestic", "Recording compliance: domestic abuse", "reports of domestic abuse"),
)

SUPPORTING_CRIME = (*CRIMES, *COMPARED, *OUTCOMES, *SAMPLES)
