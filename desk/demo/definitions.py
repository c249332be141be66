"""The shapes of the demo's definitions: a plan, its priorities, its measures and the notes on their data.

Only shapes and the words allowed in them live here; the content is in the `headline` and `supporting` modules, `notes` and `plan`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What one observation of a measure consists of."""

    COUNT = "count"  # value
    RATIO = "ratio"  # numerator of denominator, both flows; printed as a percentage
    RATE = "rate"  # numerator per 1,000 of a stock denominator
    DURATION = "duration"  # total seconds over incidents; printed as a time
    SURVEY = "survey"  # value in per cent with its margin and number of answers
    AUDIT_SAMPLE = "audit_sample"  # records that met the standard, of records examined
    HOURS = "hours"  # value
    DAYS_PER_PERSON = "days_per_person"  # days lost over a stock of people


class Polarity(StrEnum):
    """Which way is better. It colours a symbol and never changes a rule."""

    UP = "up"
    DOWN = "down"
    NEUTRAL = "neutral"


class SmallNumbers(StrEnum):
    """What a public paper does with counts of one to four."""

    SUPPRESS = "suppress"  # print "fewer than 5", with second suppression
    PUBLISH = "publish"  # disclosure control off: the office publishes these
    NOT_PERSONAL = "not_personal"  # nobody could be identified from them
    MINIMUM_ANSWERS = "minimum_answers"  # a survey group with too few answers is not printed


class Frequency(StrEnum):
    """How a new figure arrives."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    ROLLING = "rolling"  # a twelve-month figure, renewed each month or quarter
    SAMPLE = "sample"


REASONS = {
    SmallNumbers.SUPPRESS: "Victims or suspects could be recognised in a small count.",
    SmallNumbers.PUBLISH: "The force publishes these counts itself, small ones too.",
    SmallNumbers.NOT_PERSONAL: "Nobody could be recognised from a count of it.",
    SmallNumbers.MINIMUM_ANSWERS: "A survey: its parts are not printed where too few answered.",
}


@dataclass(frozen=True)
class Measure:
    """One measure, defined so that a councillor and a program read the same thing.

    `number` is the place 1..28 in the paper, None for a supporting measure. `lag_months` is how far its figures run
    behind the quarter's end. A stock denominator (residents, people employed) is averaged over twelve months, a flow
    is summed. `parent` names the headline series that a supporting one explains.
    """

    slug: str
    name: str  # as printed in the header row
    short_name: str
    definition: str
    kind: Kind
    unit: str
    polarity: Polarity
    polarity_reason: str
    source_system: str
    owner_role: str
    scrutinised_by: str
    priority: int
    number: int | None = None
    precision: int = 0  # decimal places printed
    frequency: Frequency = Frequency.MONTHLY
    lag_months: int = 0
    target_text: str = ""
    target_value: float | None = None  # in the unit of one observation: seconds, per cent, days
    proxy_for: str = ""
    denominator_name: str = ""
    stock_denominator: bool = False
    small_numbers: SmallNumbers = SmallNumbers.NOT_PERSONAL
    marking: str = "OFFICIAL"
    peer_comparable: bool = False
    parent: str = ""

    @property
    def headline(self) -> bool:
        return self.number is not None

    @property
    def suppress_small(self) -> bool:
        return self.small_numbers is SmallNumbers.SUPPRESS

    @property
    def small_numbers_reason(self) -> str:
        return REASONS[self.small_numbers]


@dataclass(frozen=True)
class Priority:
    """One of the four priorities of the plan."""

    number: int
    title: str
    aim: str


@dataclass(frozen=True)
class Plan:
    """A police and crime plan and the years it covers."""

    title: str
    force: str
    office: str
    county: str
    starts_on: date
    ends_on: date
    priorities: tuple[Priority, ...]


@dataclass(frozen=True)
class DataNote:
    """Something a reader must know about the data of some measures.

    It holds from the month of `starts` to that of `ends` (None: still). `exclude` leaves those months out of averages
    and limits. With `new_method` the months before and after are not comparable: no line is drawn across `starts`.
    """

    ref: str
    title: str
    text: str
    measures: tuple[str, ...]
    starts: date
    ends: date | None = None
    exclude: bool = False
    new_method: bool = False


class PeriodKind(StrEnum):
    """The stretch of time one observation is about."""

    MONTH = "month"
    YEAR_TO = "year-to"
    SAMPLE = "sample"


@dataclass(frozen=True)
class DemoObservation:
    """One figure of the demo, in the shape the record stores.

    `value` is the count, the hours, the percentage of a survey, the total of seconds, the days lost or the numerator;
    with a `denominator` the figure is their quotient. `margin` is a survey's, in percentage points.
    """

    series_slug: str
    period_kind: PeriodKind
    start: date
    end: date
    value: float
    denominator: int | None = None
    margin: float | None = None
    sample_size: int | None = None
    provisional: bool = False
    area: str = "Barsetshire Police"
    breakdown: str = ""
