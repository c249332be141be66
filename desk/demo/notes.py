"""What a reader must know about the demo's data: an outage, changes of method, law and counting, standing cautions.

Refs follow the order in which the design lists them, so that a commentary can cite "DQ1".
"""

from datetime import date

from desk.demo.definitions import DataNote
from desk.demo.grid import FIRST_MONTH, FIRST_YEAR

ALWAYS = date(FIRST_YEAR, FIRST_MONTH, 1)

CALL_AND_RESPONSE = ("response-immediate", "response-priority", "answer-999", "answer-crib", "abandonment-crib")
RECORDED_CRIME = (
    "crime-volume",
    "crime-rate",
    "violence-against-person",
    "violence-rate",
    "outcome-ratio",
    "asb-volume",
    "domestic-abuse",
    "sexual-offences",
)
SATISFACTION = (
    "satisfaction-whole",
    "satisfaction-informed",
    "satisfaction-treatment",
    "satisfaction-contact",
    "satisfaction-arrival",
    "satisfaction-actions",
    "satisfaction-investigation",
)
FROM_COMPARISON = (
    "crime-rate",
    "violence-rate",
    "sexual-offences-rate",
    "outcome-ratio",
    "outcome-ratio-robbery",
    "outcome-ratio-sexual",
    "outcome-ratio-vehicle",
    "outcome-ratio-residential-burglary",
)

NOTES = (
    DataNote(
        "DQ1",
        "Contact centre system outage, 14 to 17 September 2019",
        "The contact centre's systems were down from 14 to 17 September 2019 and work was kept on paper. The records were typed in "
        "afterwards with later times than the real ones, so September stands too high. The service itself was kept up.",
        CALL_AND_RESPONSE,
        date(2019, 9, 1),
        date(2019, 9, 30),
        exclude=True,
    ),
    DataNote(
        "DQ2",
        "New audit method for crime recording",
        "Samples have been drawn and judged by a new method since March 2019. Earlier results cannot be compared with later ones.",
        ("compliance-rate", "compliance-partner-referrals", "compliance-sexual", "compliance-domestic"),
        date(2019, 3, 1),
        new_method=True,
    ),
    DataNote(
        "DQ3",
        "Fuller recording of crime",
        "Since 2016 the force has recorded a growing share of what is reported to it. Part of the rise in recorded crime, and of the "
        "fall in incidents recorded as anti-social behaviour, comes from that.",
        RECORDED_CRIME,
        date(2016, 4, 1),
    ),
    DataNote(
        "DQ4",
        "Counting of stalking and harassment",
        "National counting rules changed in April 2018: stalking or harassment is now counted beside another crime of the same incident.",
        ("crime-volume", "violence-against-person", "domestic-abuse", "cyber-stalking-harassment"),
        date(2018, 4, 1),
    ),
    DataNote(
        "DQ5",
        "Section 136 may be used in more places",
        "From December 2017 the power may be used anywhere but in a private home, and at any point of an encounter.",
        ("section-136",),
        date(2017, 12, 1),
    ),
    DataNote(
        "DQ6",
        "The list of cyber words grows",
        "The words searched for are kept up to date, so later months catch more. Fraud is reported nationally and is left out.",
        ("cyber-flagged", "cyber-stalking-harassment", "cyber-sexual-offences", "cyber-public-order"),
        ALWAYS,
    ),
    DataNote(
        "DQ7",
        "A national survey stands in for the local one",
        "The office's own survey is under review. The national survey gives one figure for the county and nothing below it.",
        ("confidence",),
        date(2018, 10, 1),
    ),
    DataNote(
        "DQ8",
        "Too few victims surveyed to look closer",
        "Results hold for the force and for four groups of crime. Places and single crime types have too few answers to be relied on.",
        SATISFACTION,
        ALWAYS,
    ),
    DataNote(
        "DQ9",
        "Complaints come in waves of recording",
        "The standards department held a backlog in the winter of 2018-19 and cleared it; the peaks show when, not how many complained.",
        ("complaints", "complaints-10-days", "complaint-recording-days"),
        date(2018, 11, 1),
        date(2019, 7, 31),
    ),
    DataNote(
        "DQ10",
        "Comparison with other forces is provisional",
        "Figures of other forces are invented for this demonstration (SYNTHETIC). In real use they are provisional and marked until the "
        "national statistics are published.",
        FROM_COMPARISON,
        ALWAYS,
    ),
    DataNote(
        "DQ11",
        "Recorded crime is not a measure of crime experienced",
        "The national statisticians advise that for many crimes police records do not give a reliable picture of levels or trends.",
        ("crime-volume", "crime-rate", "violence-against-person", "violence-rate"),
        ALWAYS,
    ),
    DataNote(
        "DQ12",
        "Paper records of September are still being typed in",
        "Figures for September 2019 are provisional and will be revised. The value printed in a paper stays on record beside the later one.",
        CALL_AND_RESPONSE,
        date(2019, 9, 1),
        date(2019, 9, 30),
    ),
)


def notes_on(slug: str) -> tuple[DataNote, ...]:
    """The notes that must be said beside a measure."""
    return tuple(note for note in NOTES if slug in note.measures)
