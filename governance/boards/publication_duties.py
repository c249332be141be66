"""What the law asks a commissioner's office to publish, in plain English. Pure: it knows no database and no clock.

Source: the Elected Local Policing Bodies (Specified Information) Order 2011 (SI 2011/3050), Part 1 of its Schedule, and
its amendment (SI 2021/547, in force from 31 May 2021), as the office's own note on its duties sums them up. The note
numbers paragraphs 5, 7A, 7B, 7C and 8; where it gives no number, none is given here. How often the office looks is the
office's own rule, but where the note says how often something is published.
"""

from dataclasses import dataclass

ORDER, AMENDMENT = "2011 Order", "2021 amendment"


@dataclass(frozen=True)
class Duty:
    """One thing to publish: where it is asked for, what it is, how often, and how many months from look to look."""

    key: str
    order: str
    paragraph: str
    what: str
    often: str
    months: int
    register: str = ""  # the name of the portal's own page that shows it


OWN = "No rhythm is set here"
DUTIES = (
    Duty("office-holders", ORDER, "", "Who holds office", OWN, 6),
    Duty("staff", ORDER, "", "Staff: how many, their diversity, and a chart of who answers to whom", OWN, 6),
    Duty("budget", ORDER, "", "The budget and the precept", OWN, 6),
    Duty("grants", ORDER, "", "Grants", OWN, 6),
    Duty("spending", ORDER, "", "Each item of spending over £500", "Every month", 1),
    Duty("contracts", ORDER, "", "Contracts over £10,000", OWN, 3),
    Duty("property", ORDER, "", "Property", OWN, 6),
    Duty("policies", ORDER, "", "Policies", OWN, 6),
    Duty("meetings", ORDER, "5(a)", "The date, time and place of each public meeting", "For each public meeting", 1),
    Duty("agendas", ORDER, "5(b)", "Agendas, with every report that is the subject of an item", "For each meeting", 1),
    Duty(
        "minutes",
        ORDER,
        "5(c)",
        "The minutes of each public meeting, and of each meeting not held in public at which matters of significant "
        "public interest were discussed",
        "For each such meeting",
        1,
        "minutes-list",
    ),
    Duty(
        "decisions",
        ORDER,
        "5(d)",
        "A record of each decision of significant public interest, whether taken at a meeting or otherwise",
        "For each such decision",
        1,
        "notice-list",
    ),
    Duty("custody-visiting", ORDER, "8", "Independent custody visiting", OWN, 6),
    Duty(
        "national-priorities",
        AMENDMENT,
        "7A",
        "A statement on what the force contributes to the national priorities for policing, which of them apply and "
        "which do not, and why",
        OWN,
        3,
    ),
    Duty(
        "inspection",
        AMENDMENT,
        "7B",
        "The inspectorate’s latest annual PEEL report on the force, and a summary of it",
        "When a report comes",
        3,
    ),
    Duty(
        "complaints-quarter",
        AMENDMENT,
        "7C",
        "The quarterly complaints figures of the Independent Office for Police Conduct",
        "Every quarter",
        3,
    ),
    Duty(
        "complaints-year",
        AMENDMENT,
        "7C",
        "Its annual statistics, with the commissioner’s report on how the chief constable is held to account for "
        "complaints and on how the office’s own reviews perform",
        "Every year",
        12,
    ),
    Duty(
        "manner",
        AMENDMENT,
        "Part 3",
        "All of this in a prominent place on the website",
        "Always",
        3,
    ),
)
BY_KEY = {one.key: one for one in DUTIES}
CHOICES = [(one.key, one.what[:80]) for one in DUTIES]
