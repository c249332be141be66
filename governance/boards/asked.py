"""The list of questions and recommendations: what of it is wanted, its rows, and its lines for files."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.http import urlencode

from core.accounts.models import User
from deepdive.presenters import due_words
from governance.boards.models import Assurance, Board, Meeting, Question
from governance.boards.models.question import OVER

S = Question.State
SHOWS = {"open": "All open", "late": "Overdue", "approve": "To approve", "answered": "To close", "over": "Closed"}
TONES = {S.ASKED: "blue", S.DRAFTED: "violet", S.ANSWERED: "green", S.CLOSED: "grey", S.WITHDRAWN: "grey"}
MOVES = {
    (S.DRAFTED, S.ASKED): "Send the answer back",
    (S.ANSWERED, S.CLOSED): "Close it",
    (S.ANSWERED, S.ASKED): "Ask again",
    (S.CLOSED, S.ASKED): "Ask again",
    (S.ASKED, S.WITHDRAWN): "Withdraw it",
    (S.WITHDRAWN, S.ASKED): "Ask again",
}
HEADINGS = (
    "Reference", "Kind", "Board", "Asked by", "Asked on", "Item", "Words", "Answer promised by", "Due", "Days overdue",
    "Times put off", "State", "Accepted", "Answer", "Why it is not accepted", "Answered on", "Answered by",
)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What of the list is asked for; empty for everything of that property."""

    show: str = "open"
    board: str = ""
    kind: str = ""


def read(given: Mapping[str, str]) -> Wanted:
    show, kind = given.get("show", ""), given.get("kind", "")
    return Wanted(
        show if show in SHOWS else "open", given.get("board", ""), kind if kind in Question.Kind.values else ""
    )


def query(wanted: Wanted, **changes: str) -> str:
    """The address of the same list with something else about it."""
    held = {"show": wanted.show, "board": wanted.board, "kind": wanted.kind} | changes
    return "?" + urlencode({name: value for name, value in held.items() if value})


def boards() -> list[Board]:
    """The boards that have asked anything."""
    return list(Board.objects.filter(pk__in=Question.objects.values("board")))


def _shown(show: str, day: dt.date) -> Q:
    return {
        "open": ~Q(state__in=OVER),
        "late": Q(state__in=(S.ASKED, S.DRAFTED), due__lt=day),
        "approve": Q(state=S.DRAFTED),
        "answered": Q(state=S.ANSWERED),
        "over": Q(state__in=OVER),
    }[show]


def _among(user: User, wanted: Wanted) -> QuerySet[Question]:
    found = Question.objects.seen_by(user)
    if wanted.board:
        found = found.filter(board__slug=wanted.board)
    return found.filter(kind=wanted.kind) if wanted.kind else found


def found(user: User, wanted: Wanted, day: dt.date) -> QuerySet[Question]:
    """What this person may see of what is wanted, the longest promised first; what is over, the latest first."""
    order = ("-due", "-ref") if wanted.show == "over" else ("due", "ref")
    related = ("board", "asked_by", "promised_by", "answered_by", "item__meeting")
    return _among(user, wanted).filter(_shown(wanted.show, day)).select_related(*related).order_by(*order)


def counts(user: User, wanted: Wanted, day: dt.date) -> dict[str, int]:
    only = {show: Count("pk", filter=_shown(show, day)) for show in SHOWS}
    return _among(user, wanted).order_by().aggregate(**only)


def lead(counts: dict[str, int]) -> str:
    """The list in a sentence."""
    count, late = counts["open"], counts["late"]
    said = f"{count} {'is' if count == 1 else 'are'} open"
    return f"{said}, and {late} of them {'is' if late == 1 else 'are'} overdue." if late else f"{said}."


def of_meeting(user: User, meeting: Meeting) -> list[Question]:
    """What the board of a meeting still waits for; nothing once the meeting's minutes are agreed."""
    return [] if meeting.is_locked else list(Question.objects.seen_by(user).waiting_for(meeting))


def unsatisfied(user: User, meeting: Meeting) -> list[Assurance]:
    """What earlier meetings of the board left open; nothing once the meeting's minutes are agreed."""
    return [] if meeting.is_locked else list(Assurance.objects.seen_by(user).waiting_for(meeting))


@dataclass(frozen=True)
class Row:
    """One question as lists show it."""

    one: Question
    today: dt.date

    @property
    def is_late(self) -> bool:
        return self.one.is_overdue(self.today)

    @property
    def due(self) -> str:
        return due_words(self.one.due, self.today, is_open=self.one.state in (S.ASKED, S.DRAFTED))

    @property
    def tone(self) -> str:
        return TONES[self.one.state]

    @property
    def state(self) -> str:
        """Its state and, for a recommendation that was answered, whether it is accepted."""
        if self.one.outcome and self.one.state in (S.ANSWERED, S.CLOSED):
            return f"{self.one.get_state_display()}: {self.one.get_outcome_display().lower()}"
        return self.one.get_state_display()

    def line(self) -> list[object]:
        """The row under `HEADINGS`; the answer only once it is approved."""
        one = self.one
        given = one.state in (S.ANSWERED, S.CLOSED)
        late = (self.today - one.due).days if self.is_late else None
        answer = [one.get_outcome_display(), one.answer, one.reasons, one.answered_on, str(one.answered_by or "")]
        return [
            one.ref, one.get_kind_display(), one.board.name, one.asker, one.asked_on,
            str(one.item) if one.item else "Between meetings", one.text, one.promised_by.name, one.due, late,
            one.redated, one.get_state_display(), *(answer if given else [""] * len(answer)),
        ]  # fmt: skip
