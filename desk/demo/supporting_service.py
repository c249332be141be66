"""The supporting measures of service: victims' answers, the courts, calls and incidents, sickness."""

from dataclasses import replace

from desk.demo.definitions import Kind, Measure, Polarity, SmallNumbers
from desk.demo.headline import ACC_OPERATIONS, COMMAND, DEPUTY, JUSTICE, PEOPLE
from desk.demo.headline_service import CONTACT_BOARD, JUSTICE_HEAD, STANDARDS, STANDARDS_HEAD, TELEPHONY, satisfaction

DEMAND = "Demand on the force: it calls for resources and is neither good nor bad in itself."


def demand(slug: str, name: str, definition: str, unit: str, source: str, parent: str) -> Measure:
    """A volume of calls or incidents."""
    return Measure(
        slug=slug,
        priority=4,
        name=name,
        short_name=name,
        definition=definition,
        kind=Kind.COUNT,
        unit=unit,
        polarity=Polarity.NEUTRAL,
        polarity_reason=DEMAND,
        source_system=source,
        owner_role=ACC_OPERATIONS,
        scrutinised_by=CONTACT_BOARD,
        parent=parent,
    )


def sickness(slug: str, name: str, who: str) -> Measure:
    return Measure(
        slug=slug,
        priority=4,
        name=name,
        short_name=name,
        definition=f"Working days lost to sickness by {who}, over the mean number employed.",
        kind=Kind.DAYS_PER_PERSON,
        unit="days",
        precision=1,
        polarity=Polarity.DOWN,
        polarity_reason="A healthier workforce and more days on duty.",
        source_system="Human resources system",
        owner_role=DEPUTY,
        scrutinised_by=PEOPLE,
        denominator_name=who,
        stock_denominator=True,
        peer_comparable=True,
        parent="days-lost",
    )


def answers(slug: str, name: str, asked: str) -> Measure:
    """An indicator of the victim survey beside the three headline ones."""
    return replace(satisfaction(0, slug, name, name, asked), number=None, parent="satisfaction-whole")


SURVEYS = (
    answers("satisfaction-contact", "Satisfied: ease of contact", "how easy it was to contact someone who could help"),
    answers("satisfaction-arrival", "Satisfied: time to arrive", "how long the police took to arrive"),
    answers("satisfaction-actions", "Satisfied: actions taken", "what the police did"),
    answers("satisfaction-investigation", "Satisfied: investigation", "how the crime was investigated"),
    replace(
        answers("not-told-what-next", "Not told what the police would do", "being told what would happen next"),
        definition="Of victims dissatisfied with being kept informed, those who said nobody told them what the police would do.",
        polarity=Polarity.DOWN,
        polarity_reason="Victims should know what will happen next.",
        parent="satisfaction-informed",
    ),
)

JUSTICE_AND_STANDARDS = (
    Measure(
        slug="cracked-trials-all",
        priority=3,
        name="Cracked and ineffective trials, all reasons",
        short_name="Trials lost: all reasons",
        definition="Of trials listed in the month, the share that did not go ahead as listed, for any reason.",
        kind=Kind.RATIO,
        unit="per cent",
        precision=1,
        polarity=Polarity.DOWN,
        polarity_reason="A trial that collapses on the day is a day lost by victims and witnesses.",
        source_system="Courts service listing returns",
        owner_role=JUSTICE_HEAD,
        scrutinised_by=JUSTICE,
        denominator_name="trials listed",
        parent="cracked-trials",
    ),
    Measure(
        slug="trials-ended-witness",
        priority=3,
        name="Cases ended on the day: witness absent or withdrawn",
        short_name="Cases ended: witness",
        definition="Cases the prosecution ended on the day of trial because a witness did not come or withdrew.",
        kind=Kind.COUNT,
        unit="cases",
        polarity=Polarity.DOWN,
        polarity_reason="Witnesses kept informed and supported come to court.",
        lag_months=2,
        source_system="Crown Prosecution Service",
        owner_role=JUSTICE_HEAD,
        scrutinised_by=JUSTICE,
        small_numbers=SmallNumbers.PUBLISH,
        parent="cracked-trials",
    ),
    Measure(
        slug="complaint-recording-days",
        priority=4,
        name="Average days to record a complaint",
        short_name="Days to record a complaint",
        definition="Working days from a complaint being received to its being recorded, over complaints recorded in the month.",
        kind=Kind.DAYS_PER_PERSON,  # a mean of days; its denominator, complaints, is a flow
        unit="days",
        polarity=Polarity.DOWN,
        polarity_reason="A complainant hears sooner.",
        source_system=STANDARDS,
        owner_role=STANDARDS_HEAD,
        scrutinised_by=PEOPLE,
        target_text="Ten working days on average",
        target_value=10,
        denominator_name="complaints recorded",
        parent="complaints-10-days",
    ),
)

DEMANDS = (
    demand(
        "incidents-immediate",
        "Emergency incidents attended",
        "Incidents graded emergency that an officer attended.",
        "incidents",
        COMMAND,
        "response-immediate",
    ),
    demand(
        "incidents-priority",
        "Priority incidents attended",
        "Incidents graded priority that an officer attended.",
        "incidents",
        COMMAND,
        "response-priority",
    ),
    demand(
        "calls-999", "999 calls received", "Emergency calls put through to the force.", "calls", TELEPHONY, "answer-999"
    ),
    demand(
        "calls-crib",
        "CRIB calls received",
        "Calls to the Crime and Incident Bureau.",
        "calls",
        TELEPHONY,
        "answer-crib",
    ),
    demand("calls-101", "101 calls received", "Calls to the non-emergency number.", "calls", TELEPHONY, "answer-101"),
    replace(
        demand(
            "answer-101",
            "Average time to answer 101 calls",
            "Mean wait before a non-emergency call is answered.",
            "seconds",
            TELEPHONY,
            "answer-crib",
        ),
        kind=Kind.DURATION,
        polarity=Polarity.DOWN,
        polarity_reason="People waiting less to be heard.",
        denominator_name="101 calls received",
    ),
    sickness("days-lost-officers", "Sickness days a person: officers", "police officers"),
    sickness("days-lost-staff", "Sickness days a person: staff", "police staff"),
)

SUPPORTING_SERVICE = (*SURVEYS, *JUSTICE_AND_STANDARDS, *DEMANDS)
