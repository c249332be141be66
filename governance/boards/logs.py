"""The logs that leave as files: actions, decisions, questions; each as one person sees it, with the list's filters."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from core.accounts.models import Person, User
from core.accounts.permissions import Permission
from governance.boards import asked, decided, ledger_rows
from governance.boards.ledger import COLUMNS, KINDS, SHOWS, SORTS, Ledger, Wanted
from governance.boards.models import Board, LogFile
from governance.boards.presenters import day_words

PRINTED = 1000  # rows of a PDF
Given = Mapping[str, str]


@dataclass(frozen=True)
class Log:
    """How one log is read, under which headings, and which of its columns are printed."""

    headings: tuple[str, ...]
    printed: tuple[int, ...]
    rows: Callable[[User, Given, dt.date], Iterable]


def boards_for(user: User) -> list[Board]:
    return list(Board.objects.all()) if user.has(Permission.BOARD_VIEW) else []


def people_for(user: User) -> list[Person]:
    return list(Person.objects.all()) if user.has(Permission.BOARD_VIEW) else []


def ledger_wanted(given: Given, boards: list[Board], people: list[Person], show: str) -> Wanted:
    """What of the ledger an address asks for."""
    return Wanted(
        show=given["show"] if given.get("show") in SHOWS else show,
        kind=given["kind"] if given.get("kind") in KINDS else "",
        board=next((one for one in boards if one.slug == given.get("board")), None),
        column=given["state"] if given.get("state") in COLUMNS else "",
        sort=given["sort"] if given.get("sort") in SORTS else "due",
        person=next((one for one in people if str(one.pk) == given.get("whose")), None),
    )


def _actions(user: User, given: Given, day: dt.date) -> Iterable[ledger_rows.LedgerRow]:
    wanted = ledger_wanted(given, boards_for(user), people_for(user), "open")
    return (ledger_rows.LedgerRow(one, day) for one in Ledger(user, day).every(wanted, 200_000))


def _decisions(user: User, given: Given, day: dt.date) -> Iterable[decided.Row]:
    found = decided.found(user, decided.read(given))
    return (decided.Row(one, day) for one in found.iterator(500))


def _questions(user: User, given: Given, day: dt.date) -> Iterable[asked.Row]:
    found = asked.found(user, asked.read(given), day)
    return (asked.Row(one, day) for one in found.iterator(500))


LOGS = {
    LogFile.Log.ACTIONS: Log(ledger_rows.HEADINGS, (0, 2, 3, 5, 6, 7, 9, 10, 11, 12), _actions),
    LogFile.Log.DECISIONS: Log(decided.HEADINGS, (0, 2, 3, 4, 5, 8, 13, 14), _decisions),
    LogFile.Log.QUESTIONS: Log(asked.HEADINGS, (0, 1, 3, 6, 7, 8, 11, 12), _questions),
}
FILTERS = ("show", "kind", "board", "state", "sort", "whose", "year")


@dataclass(frozen=True)
class Printed:
    """A log as it is laid out: words for every cell, and a word where not all of it is here."""

    title: str
    headings: list[str]
    rows: list[list[str]]
    cut: str = ""


def printed(made: LogFile, day: dt.date) -> Printed:
    """The log as the person who asked sees it on that day."""
    log = LOGS[LogFile.Log(made.log)]
    rows = [row.line() for row in islice(log.rows(made.asked_by, made.query, day), PRINTED + 1)]
    cut = f"Here are the first {PRINTED:,}; the CSV file holds them all." if len(rows) > PRINTED else ""
    words = [[_words(line[place]) for place in log.printed] for line in rows[:PRINTED]]
    title = f"{made.get_log_display()} on {day_words(day)}"
    return Printed(title, [log.headings[place] for place in log.printed], words, cut)


def _words(cell: object) -> str:
    if isinstance(cell, dt.date):
        return day_words(cell)
    return "" if cell is None else str(cell)
