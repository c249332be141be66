"""Decisions as they were written up in full."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class FullDecision:
    """What is written of a decision after the meeting that took it; `text` is what was noted there."""

    text: str
    title: str
    options: str
    advice: str
    reasons: str
    legal_basis: str
    written: date
    approved: date
    published: date


WRITTEN_UP = (
    FullDecision(
        text="To pay for a second recording officer until 31 March 2020.",
        title="A second officer to record complaints",
        options=(
            "To leave one officer to record complaints, and accept that a backlog comes back in a busy month.\n"
            "To pay for a second officer until 31 March 2020.\n"
            "To pay for a second officer for good, before it is known how many complaints the new rules will bring."
        ),
        advice=(
            "The Head of Professional Standards advised that one officer cannot keep up in weeks of leave. "
            "The Chief Finance Officer advised that the cost to the end of the financial year can be met from what is "
            "set aside for complaints."
        ),
        reasons=(
            "The backlog has been cleared and a complaint is recorded in seven days on average. A second officer keeps it "
            "so until the new rules on complaints begin. Whether the post is needed after that is looked at in March 2020."
        ),
        legal_basis="Section 1 of the Police Reform and Social Responsibility Act 2011: to hold the Chief Constable to account.",
        written=date(2019, 10, 24),
        approved=date(2019, 10, 28),
        published=date(2019, 10, 30),
    ),
)
