"""What a new office does before its first quarter can be opened."""

from dataclasses import dataclass

from django.urls import reverse

from core.accounts.models import User
from core.accounts.permissions import Permission
from governance.boards.models import Board, Meeting
from measures.models import ImportBatch, Measure

SETS_UP = (Permission.USER_MANAGE, Permission.OBSERVATION_IMPORT, Permission.QUARTER_OPEN, Permission.MEETING_RUN)


@dataclass(frozen=True)
class Step:
    words: str
    done: bool
    href: str  # empty for somebody who may not take it
    who: str  # who may


def first_steps(user: User) -> list[Step]:
    """In order, for those who can take one of them; nothing for anybody else."""
    if not user.has(*SETS_UP):
        return []
    meetings = Meeting.objects.standing().filter(board__relation=Board.Relation.SCRUTINY)
    steps = (
        ("Define the measures of the plan", Measure.objects.exists(), "", None, "with the command start_office"),
        (
            "Give people their accounts and roles",
            User.objects.filter(is_active=True).count() > 1,
            "user-list",
            Permission.USER_MANAGE,
            "an administrator does",
        ),
        (
            "Import the first figures",
            ImportBatch.objects.standing().exists(),
            "import-create",
            Permission.OBSERVATION_IMPORT,
            "an analyst does",
        ),
        (
            "Add the panel’s board and its next meeting",
            meetings.exists(),
            "board-list",
            Permission.MEETING_RUN,
            "the board secretary does",
        ),
        (
            "Open the first quarter",
            False,
            "quarter-open",
            Permission.QUARTER_OPEN,
            "the board secretary does",
        ),
    )
    return [
        Step(words, done, reverse(page) if page and user.has(permission) else "", who)
        for words, done, page, permission, who in steps
    ]
