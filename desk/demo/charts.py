"""The charts of the paper, measure by measure: kind, series, window, and a caption to be filled in when it is drawn.

Kinds are the modules of `measures.charts`. A caption names its own period ({period}: "September 2019", of the data
drawn and not of the quarter), so no two charts share one and none can outlive its figures. {force} is the force's name.
"""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from desk.demo.plan import HEADLINE


class ChartKind(StrEnum):
    """The nine kinds of the report; a survey is drawn among areas or over time."""

    PEERS = "peers"
    NATIONAL = "national"
    PROJECTION = "projection"
    MONTHLY = "monthly"  # months as bars, rolling twelve as a line
    COMPARE = "compare"  # rolling twelve beside region and nation, indexed
    LEVEL = "level"  # a monthly average or percentage
    VOLUME = "volume"
    ZSCORE = "zscore"
    SURVEY = "survey"  # among areas, with intervals
    SURVEY_TREND = "survey_trend"


class Drawn(StrEnum):
    """What of a series is drawn."""

    MONTHS = "months"
    ROLLING = "rolling12"
    YEAR = "year"  # one twelve-month figure an area


@dataclass(frozen=True)
class Chart:
    """One chart: `months` is how many are shown, `ends` the month before the report month at which they stop."""

    kind: ChartKind
    series: tuple[str, ...]
    caption: str
    drawn: Drawn = Drawn.MONTHS
    months: int = 36
    ends: int = 0  # months before the report month, beyond the measure's own lag
    areas: str = "own"  # own, peers, nation or all
    breakdown: str = ""
    marking: str = "OFFICIAL"


PEER_MARKING = "OFFICIAL-SENSITIVE"
PEERS_LAG = 3  # months: national statistics reach June in the paper of the quarter to September


def among_peers(slug: str, of: str, ends: int = 0) -> Chart:
    """Bars of the force and its most similar forces over twelve months."""
    caption = f"{of}: {{force}} and its most similar forces, 12 months to {{period}} (peers SYNTHETIC)"
    return Chart(ChartKind.PEERS, (slug,), caption, Drawn.YEAR, 12, ends, "peers", marking=PEER_MARKING)


def among_all(slug: str, of: str, ends: int) -> Chart:
    """Every force as a column over twelve months."""
    caption = f"{of}: where {{force}} stands among all forces, 12 months to {{period}} (others SYNTHETIC)"
    return Chart(ChartKind.NATIONAL, (slug,), caption, Drawn.YEAR, 12, ends, "all", marking=PEER_MARKING)


def monthly(slug: str, of: str, months: int = 36) -> Chart:
    """Months as bars with the rolling twelve as a line."""
    return Chart(
        ChartKind.MONTHLY, (slug,), f"{of}: each month and the rolling 12 months, to {{period}}", months=months
    )


def beside_nation(slug: str, of: str) -> Chart:
    """Rolling twelve months beside the region or nation, first month as 100."""
    caption = f"{of}: rolling 12 months beside the national line, first point = 100, to {{period}} (nation SYNTHETIC)"
    return Chart(ChartKind.COMPARE, (slug,), caption, Drawn.ROLLING, 36, PEERS_LAG, "nation")


def level(slug: str, of: str, *more: str, drawn: Drawn = Drawn.MONTHS, months: int = 36) -> Chart:
    """A monthly average or percentage, with its standard and mean."""
    what = "rolling 12 months" if drawn is Drawn.ROLLING else "month by month"
    return Chart(ChartKind.LEVEL, (slug, *more), f"{of}: {what}, to {{period}}", drawn, months)


def volume(slug: str, of: str) -> Chart:
    return Chart(ChartKind.VOLUME, (slug,), f"{of}: number each month with its 12-month average, to {{period}}")


def survey_trend(of: str, *slugs: str, breakdown: str = "") -> Chart:
    caption = f"{of}: rolling 12 months with margin of error, to {{period}}"
    return Chart(ChartKind.SURVEY_TREND, slugs, caption, Drawn.ROLLING, 36, breakdown=breakdown)


def projection(slug: str, of: str) -> Chart:
    caption = f"{of}: rolling 12 months to {{period}} and a projection of the next twelve, not a target"
    return Chart(ChartKind.PROJECTION, (slug,), caption, Drawn.ROLLING, 24)


CRIME = (
    among_peers("crime-rate", "All crime per 1,000 people", PEERS_LAG),
    monthly("crime-volume", "All recorded crime"),
    beside_nation("crime-volume", "All recorded crime"),
    among_all("crime-rate", "All crime per 1,000 people", PEERS_LAG),
    among_peers("violence-rate", "Violence against the person per 1,000 people"),
    projection("violence-against-person", "Violence against the person"),
    beside_nation("burglary", "Burglary"),
    beside_nation("vehicle-offences", "Vehicle offences"),
    beside_nation("weapons-possession", "Possession of weapons"),
    among_all("knife-crime", "Knife crimes", PEERS_LAG),
)

OUTCOMES = (
    among_peers("outcome-ratio", "Positive outcomes of all crime"),
    level("outcome-ratio", "Positive outcomes of all crime", drawn=Drawn.ROLLING),
    volume("outcomes-volume", "Crimes with a positive outcome"),
    among_peers("outcome-ratio-robbery", "Positive outcomes of robbery"),
    level("outcome-ratio-robbery", "Positive outcomes of robbery", drawn=Drawn.ROLLING),
    among_peers("outcome-ratio-sexual", "Positive outcomes of sexual offences"),
    level("outcome-ratio-sexual", "Positive outcomes of sexual offences", drawn=Drawn.ROLLING),
    among_peers("outcome-ratio-vehicle", "Positive outcomes of vehicle offences"),
    among_peers("outcome-ratio-residential-burglary", "Positive outcomes of residential burglary"),
)

CHARTS: dict[str, tuple[Chart, ...]] = {
    "crime-volume": CRIME,
    "compliance-rate": (),  # three samples that compare with each other and no others: a sentence says them better
    "cyber-flagged": (
        monthly("cyber-flagged", "Cyber crime"),
        volume("cyber-stalking-harassment", "Cyber stalking and harassment"),
    ),
    "hate-crime": (monthly("hate-crime", "Hate crime"),),
    "outcome-ratio": OUTCOMES,
    "asb-volume": (
        monthly("asb-volume", "Anti-social behaviour", 48),
        Chart(
            ChartKind.ZSCORE,
            ("asb-volume", "crime-volume"),
            "Anti-social behaviour and recorded crime on one scale, rolling 12 months to {period}",
            Drawn.ROLLING,
            60,
        ),
    ),
    "confidence": (
        Chart(
            ChartKind.SURVEY,
            ("confidence",),
            "Confidence in the local police: {force} and its most similar forces, 12 months to {period} (peers SYNTHETIC)",
            Drawn.YEAR,
            12,
            areas="peers",
        ),
        survey_trend("Confidence in the local police", "confidence"),
    ),
    "ksi-collisions": (monthly("ksi-collisions", "Collisions with someone killed or seriously hurt", 48),),
    "specials-hours": (monthly("specials-hours", "Hours of special constables"),),
    "section-136": (monthly("section-136", "Detentions under section 136"),),
    "cse-crimes": (monthly("cse-crimes", "Crimes marked as child sexual exploitation"),),
    "domestic-abuse": (monthly("domestic-abuse", "Domestic abuse crimes"),),
    "sexual-offences": (
        among_peers("sexual-offences-rate", "Sexual offences per 1,000 people"),
        monthly("sexual-offences", "Sexual offences"),
        among_all("sexual-offences-rate", "Sexual offences per 1,000 people", PEERS_LAG),
    ),
    "satisfaction-whole": (
        survey_trend("Victims satisfied with the whole experience", "satisfaction-whole"),
        survey_trend(
            "Victims satisfied with contact, arrival and action",
            "satisfaction-contact",
            "satisfaction-arrival",
            "satisfaction-actions",
        ),
    ),
    "satisfaction-informed": (survey_trend("Victims satisfied with being kept informed", "satisfaction-informed"),),
    "satisfaction-treatment": (
        survey_trend(
            "Victims satisfied with their treatment and with the investigation",
            "satisfaction-treatment",
            "satisfaction-investigation",
        ),
    ),
    "conviction-rate": (level("conviction-rate", "Defendants convicted", months=48),),
    "cracked-trials": (
        level("cracked-trials", "Trials lost, for prosecution reasons and for any reason", "cracked-trials-all"),
    ),
    "response-immediate": (
        level("response-immediate", "Average time to reach an emergency"),
        volume("incidents-immediate", "Emergencies attended"),
    ),
    "response-priority": (
        level("response-priority", "Average time to reach a priority incident"),
        volume("incidents-priority", "Priority incidents attended"),
    ),
    "answer-999": (
        volume("calls-999", "999 calls received"),
        level("answer-999", "Average wait of a 999 call"),
    ),
    "answer-crib": (
        level("answer-crib", "Average wait of a Crime and Incident Bureau call", months=60),
        volume("calls-crib", "Calls to the Crime and Incident Bureau"),
    ),
    "abandonment-crib": (level("abandonment-crib", "Crime and Incident Bureau calls abandoned", months=60),),
    "full-file-errors": (),  # one error in the quarter: a chart would make a shape of chance
    "complaints": (volume("complaints", "Complaints recorded"),),
    "complaints-10-days": (
        level("complaints-10-days", "Complaints recorded within ten days"),
        level("complaint-recording-days", "Average working days to record a complaint"),
    ),
    "appeals-upheld": (),  # six of 26 in a year
    "days-lost": (
        level("days-lost", "Working days lost per person"),
        among_all("days-lost-officers", "Days lost per police officer", 6),
        among_all("days-lost-staff", "Days lost per member of police staff", 6),
    ),
}

ALL_CHARTS: tuple[Chart, ...] = tuple(chart for measure in HEADLINE for chart in CHARTS[measure.slug])


def charts_of(slug: str) -> list[dict[str, Any]]:
    """The charts under a headline measure as plain data for the record. KeyError: not a headline measure."""
    return [asdict(chart) for chart in CHARTS[slug]]
