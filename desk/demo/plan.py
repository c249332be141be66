"""The demo's Police and Crime Plan 2017-21: the office, four priorities and every measure that stands under them."""

from datetime import date

from desk.demo.definitions import Measure, Plan, Priority
from desk.demo.headline import PRIORITY_ONE, PRIORITY_TWO
from desk.demo.headline_service import PRIORITY_FOUR_RESPONSE, PRIORITY_FOUR_STANDARDS, PRIORITY_THREE
from desk.demo.supporting_crime import SUPPORTING_CRIME
from desk.demo.supporting_service import SUPPORTING_SERVICE

COUNTY = "Barsetshire"
FORCE = "Barsetshire Police"
OFFICE = "Office of the Police and Crime Commissioner for Barsetshire"
REGION = "Western region"
NATION = "England and Wales"

PLAN = Plan(
    title="Police and Crime Plan 2017-21",
    force=FORCE,
    office=OFFICE,
    county=COUNTY,
    starts_on=date(2017, 4, 1),
    ends_on=date(2021, 3, 31),
    priorities=(
        Priority(
            1,
            "Prevent crime and keep people safe",
            "Less crime and disorder, recorded honestly, with more offenders brought to a result.",
        ),
        Priority(
            2,
            "Protect the most vulnerable people",
            "People at risk of abuse, exploitation or crisis are found early and kept safe with our partners.",
        ),
        Priority(
            3,
            "Put victims, witnesses and communities at the heart",
            "Victims and witnesses are listened to, told what is happening and supported through the courts.",
        ),
        Priority(
            4,
            "Secure a quality police service",
            "A service that answers, arrives, gets it right and looks after its people.",
        ),
    ),
)

HEADLINE: tuple[Measure, ...] = (
    *PRIORITY_ONE,
    *PRIORITY_TWO,
    *PRIORITY_THREE,
    *PRIORITY_FOUR_RESPONSE,
    *PRIORITY_FOUR_STANDARDS,
)
MEASURES: tuple[Measure, ...] = (*HEADLINE, *SUPPORTING_CRIME, *SUPPORTING_SERVICE)
MEASURE_BY_SLUG: dict[str, Measure] = {measure.slug: measure for measure in MEASURES}
BOARDS: tuple[str, ...] = tuple(dict.fromkeys(measure.scrutinised_by for measure in MEASURES))


def measures_under(priority: int) -> tuple[Measure, ...]:
    """The headline measures of one priority, in the order of the paper."""
    return tuple(measure for measure in HEADLINE if measure.priority == priority)
