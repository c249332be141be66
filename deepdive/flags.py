"""What is wrong with an action, in words. Pure: facts in, sentences out.

An action that is over has no flags: whatever was wrong with it has been answered by its end.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

MOVED_OFTEN = 3  # times a due date has moved
WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
KINDS = {
    "overdue": "Overdue",
    "promise": "A promised date has passed",
    "unchanged": "Nothing new for several quarters",
    "not_updated": "No update this quarter",
    "unowned": "No owner",
    "undated": "No due date",
    "moved": "Due date moved three times or more",
}  # in the order of their weight


@dataclass(frozen=True)
class Said:
    """What one quarter's update says: its words as plain text, and the status and rating it gives."""

    words: str
    status: str
    rag: str

    @property
    def gist(self) -> tuple[str, str, str]:
        return " ".join(self.words.casefold().split()), self.status, self.rag


@dataclass(frozen=True)
class Facts:
    """All that the flags of an action are read from."""

    is_open: bool
    today: dt.date
    has_owner: bool
    due: dt.date | None
    moved: int = 0  # times the due date has moved
    promises: Sequence[dt.date] = ()  # days of milestones that are neither reached nor dropped
    said: Sequence[Said] = ()  # updates with words, the latest first
    quarter: str = ""  # the quarter that is asked about; empty when none is
    asked: bool = False  # an update of that quarter was asked for
    written: bool = False  # and has words
    stale_after: int = 2  # quarters


@dataclass(frozen=True)
class Flag:
    """One thing that is wrong: its kind, for filtering, and the words for it."""

    kind: str
    words: str


def flags(facts: Facts) -> list[Flag]:
    """Everything that is wrong, the gravest first."""
    if not facts.is_open:
        return []
    found = [
        _overdue(facts),
        _promise(facts),
        _unchanged(facts),
        Flag("not_updated", f"no update yet for {facts.quarter}") if facts.asked and not facts.written else None,
        None if facts.has_owner else Flag("unowned", "no owner"),
        Flag("undated", "no due date") if facts.due is None else None,
        Flag("moved", f"due date moved {count(facts.moved)} times") if facts.moved >= MOVED_OFTEN else None,
    ]
    return [one for one in found if one]


def unchanged_for(said: Sequence[Said]) -> int:
    """How many quarters up to the latest say the same: 1 when it differs from the one before, 0 without any."""
    if not said:
        return 0
    same = 1
    while same < len(said) and said[same].gist == said[0].gist:
        same += 1
    return same


def count(number: int) -> str:
    return WORDS[number] if number < len(WORDS) else f"{number:,}"


def _overdue(facts: Facts) -> Flag | None:
    if facts.due is None or facts.due >= facts.today:
        return None
    days = (facts.today - facts.due).days
    return Flag("overdue", f"{days} {'day' if days == 1 else 'days'} overdue")


def _promise(facts: Facts) -> Flag | None:
    past = [day for day in facts.promises if day < facts.today]
    if not past:
        return None
    if len(past) == 1:
        return Flag("promise", f"promised for {past[0].day} {past[0]:%B %Y}, not reached")
    return Flag(
        "promise", f"{count(len(past))} promised dates have passed, the first on {min(past).day} {min(past):%B %Y}"
    )


def _unchanged(facts: Facts) -> Flag | None:
    same = unchanged_for(facts.said)
    return Flag("unchanged", f"said the same for {count(same)} quarters") if same >= facts.stale_after else None
