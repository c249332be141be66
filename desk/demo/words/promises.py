"""What the papers of the demonstration promise, who keeps it, and what became of it; and the life of some actions."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Promise:
    """A sentence of the commentary on a measure; `fate` is (state, what is said of it, the new day of what goes on)."""

    slug: str
    sentence: str
    kind: str
    owner: str = ""
    role: str = ""
    deputy: str = ""
    unowned: str = ""
    due: date | None = None
    undated: str = ""
    fate: tuple[str, str, date | None] | None = None


@dataclass(frozen=True)
class Step:
    """Something that happened to an action after its meeting."""

    day: date
    action: str  # how its words begin
    to: str = ""
    due: date | None = None
    why: str = ""


ONE = (
    Promise(
        "compliance-rate",
        "I asked for the audit to be repeated in September 2019 by the same method.",
        "action",
        owner="Deputy Chief Constable",
        due=date(2019, 9, 30),
        fate=(
            "kept",
            "The audit was repeated in September 2019 by the same method. Its result is in this paper.",
            None,
        ),
    ),
    Promise(
        "ksi-collisions",
        "I asked for a report on road safety before the end of the year.",
        "board_paper",
        owner="Assistant Chief Constable (Operations)",
        due=date(2019, 11, 26),
        fate=("carried", "The report waits for the figures of the autumn. It comes in December.", date(2019, 12, 17)),
    ),
    Promise(
        "cse-crimes",
        "I asked for the plan against child exploitation to name an owner for each of its strands.",
        "action",
        owner="Detective Superintendent, Public Protection",
        due=date(2019, 11, 22),
        fate=("carried", "Sixteen of 19 strands have an owner. The others wait for partners.", date(2020, 1, 31)),
    ),
    Promise(
        "domestic-abuse",
        "I asked for that study.",
        "review",
        unowned="The force had not said who would do it.",
        undated="It depended on a grant.",
        fate=("dropped", "The force’s own analysis of September 2019 answers the question.", None),
    ),
)
TWO = (
    Promise(
        "outcome-ratio",
        "I will take the burglary paper at my monitoring board in February 2020.",
        "board_paper",
        owner="Superintendent, Head of Geographical Crime",
        role="Lead for burglary",
        deputy="Continuous Improvement Manager",
        due=date(2020, 2, 29),
    ),
    Promise(
        "confidence",
        "I will tell the panel at its first meeting after that when results can be expected.",
        "report",
        owner="OPCC Head of Communications",
        undated="The day of that meeting is not fixed.",
    ),
)
LIFE = (
    Step(date(2019, 11, 12), "Say which of the 43 trials", due=date(2020, 1, 15), why="The list of cases came late."),
    Step(date(2019, 11, 19), "Say which of the 43 trials", due=date(2020, 1, 22), why="Two courts have not answered."),
    Step(date(2019, 11, 21), "Give every strand", to="progress"),
    Step(
        date(2019, 11, 27), "Say which of the 43 trials", due=date(2020, 1, 29), why="One court has still not answered."
    ),
    Step(date(2019, 11, 27), "Propose a target", due=date(2020, 2, 11), why="It is to follow the budget."),
    Step(date(2019, 11, 28), "Have supervisors check", to="progress"),
    Step(
        date(2019, 11, 29), "Report the first findings", to="blocked", why="The agreement to share files is not signed."
    ),
)
