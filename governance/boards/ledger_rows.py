"""Rows of the ledger for its pages and files. Nothing here reads the database."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localdate

from core.accounts.models import User
from deepdive.models import ActionStatus
from deepdive.presenters import due_words
from deepdive.states import moves_by_hand
from governance.boards.ledger import ARISING, KINDS, MOST_CLOSED, PLAN, PROMISE, STATES, Entry
from governance.boards.models import BoardAction, Commitment
from governance.boards.presenters import STATUS_TONES, day_words
from governance.boards.states import ACTION, COMMITMENT
from measures.quarter_codes import quarter_words

TONES = {"todo": "blue", "doing": "blue", "held": "amber", "reported": "violet", "closed": "grey"}
HEADINGS = (
    "Reference", "Kind", "What is to be done", "Board or plan", "Arose on", "Owner", "Deputy", "Due",
    "Days overdue", "Times re-dated", "Status", "Before the board", "Last said",
)  # fmt: skip
UNHEARD = "No board hears of it"


@dataclass(frozen=True)
class LedgerRow:
    """One row of the ledger, whatever its kind."""

    entry: Entry
    today: dt.date

    @property
    def one(self):
        return self.entry.one

    @property
    def kind(self) -> str:
        return self.entry.kind

    @property
    def kind_words(self) -> str:
        return KINDS[self.kind]

    @property
    def ref(self) -> str:
        return getattr(self.one, "ref", "")

    @property
    def text(self) -> str:
        if self.kind == ARISING:
            return self.one.text
        return self.one.statement if self.kind == PLAN else self.one.sentence

    @property
    def href(self) -> str:
        name = {ARISING: "board-action-detail", PLAN: "delivery-action-detail"}.get(self.kind, "commitment-detail")
        return reverse(name, args=[self.one.pk])

    @property
    def where(self) -> str:
        """The board, plan or paper it came from."""
        if self.kind == ARISING:
            return self.one.item.meeting.board.name
        if self.kind == PLAN:
            return self.one.delivery_plan.title
        return self.one.board.name if self.one.board else f"Paper of {quarter_words(self.one.paper)}"

    @property
    def is_unheard(self) -> bool:
        """An open promise that no board hears of: however late it is, nobody can be asked to look at it."""
        return self.kind == PROMISE and self.one.is_open and self.one.board is None

    @property
    def arose(self) -> dt.date | None:
        if self.kind == ARISING:
            return self.one.item.meeting.date
        return self.one.start if self.kind == PLAN else self.one.made_on

    @property
    def owner(self) -> str:
        return self.one.owner_words

    @property
    def deputy(self) -> str:
        return self.one.deputy.name if self.one.deputy else ""

    @property
    def no_owner(self) -> str:
        return "" if self.one.owner else getattr(self.one, "unowned_why", "") or "No owner"

    @property
    def is_late(self) -> bool:
        return self.one.is_open and self.one.due is not None and self.one.due < self.today

    @property
    def days_late(self) -> int | None:
        return (self.today - self.one.due).days if self.is_late else None

    @property
    def due(self) -> str:
        return due_words(self.one.due, self.today, is_open=self.one.is_open) if self.one.due else ""

    @property
    def undated(self) -> str:
        """Why it has no day, for what is open and has none."""
        if self.one.due or not self.one.is_open:
            return ""
        return getattr(self.one, "undated_why", "") or "No day is given"

    @property
    def redated(self) -> int:
        return self.one.moved if self.kind == PLAN else self.one.redated

    @property
    def is_escalated(self) -> bool:
        return self.one.is_open and bool(self.entry.asked)

    @property
    def before(self) -> list[str]:
        """Which board is asked to look at it, since when and why."""
        if not self.one.is_open:
            return []
        return [f"{one.asked}, {day_words(localdate(one.at))}: {one.get_kind_display()}" for one in self.entry.asked]

    @property
    def asked(self) -> str:
        """The same on one line, or that nobody can be asked."""
        return "; ".join(self.before) or (UNHEARD if self.is_unheard else "")

    @property
    def is_exempt(self) -> bool:
        return self.kind == ARISING and self.one.item.is_exempt

    @property
    def status(self) -> str:
        return self.one.get_status_display()

    @property
    def tone(self) -> str:
        if self.kind == ARISING:
            return STATUS_TONES[self.one.status]
        return next(TONES[name] for name, held in STATES[self.kind].items() if self.one.status in held)

    @property
    def said(self) -> str:
        return self.one.progress if self.kind == ARISING else ""

    def line(self) -> list[object]:
        """The row under `HEADINGS`; a CSV file wants `safe` round each cell."""
        return [
            self.ref, self.kind_words, self.text, self.where, self.arose, self.owner or self.no_owner, self.deputy,
            self.one.due, self.days_late, self.redated, self.status, self.asked,
            self.said,
        ]  # fmt: skip

    def moves(self, user: User) -> list[tuple[str, str, str]]:
        """(column, words, address) of every move this person may make of it from the board view."""
        status = self.one.status
        if self.kind == ARISING:
            found = ACTION.moves(status, by=user) if _may_move(self.one, user) else []
            return [_move("board-action-move", self, to, BoardAction.Status(to).label) for to in found]
        if self.kind == PLAN:
            found = moves_by_hand(status, by=user)
            return [_move("delivery-action-move", self, to, ActionStatus(to).label) for to in found]
        found = COMMITMENT.moves(status, by=user)
        return [_move("commitment-dispose", self, to, Commitment.Status(to).label) for to in found]


def _may_move(action: BoardAction, user: User) -> bool:
    return user.has("meeting_run") or action.is_theirs(user)


def _move(name: str, row: LedgerRow, to: str, label: str) -> tuple[str, str, str]:
    column = next(one for one, held in STATES[row.kind].items() if to in held)
    return column, str(label), f"{reverse(name, args=[row.one.pk, to])}?from=board"


def rows_of(entries: list[Entry], today: dt.date) -> list[LedgerRow]:
    return [LedgerRow(entry, today) for entry in entries]


def counted(name: str, count: int) -> int | str:
    """How many a view or a column holds, as its heading says it: what is closed is not counted to its end."""
    return f"{MOST_CLOSED:,}+" if name == "closed" and count > MOST_CLOSED else count


def beyond(name: str, count: int, shown: int) -> int | str:
    """How many more there are than are shown; 0 for none."""
    uncounted = name == "closed" and count > MOST_CLOSED
    return f"more than {MOST_CLOSED - shown:,}" if uncounted else max(count - shown, 0)


def lead(counts: dict[str, int]) -> str:
    """The ledger in a sentence."""
    count = counts["open"]
    late = f", {counts['overdue']} of them overdue" if counts["overdue"] else ""
    bare = f", {counts['undated']} without a day" if counts["undated"] else ""
    mine = f"{counts['mine']} {'is' if counts['mine'] == 1 else 'are'} yours." if counts["mine"] else "None is yours."
    return f"{count:,} {'is' if count == 1 else 'are'} open{late}{bare}. {mine}"
