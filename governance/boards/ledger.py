"""The one ledger: actions arising, actions of the delivery plan and commitments, read as one list.

The three stand in tables of their own. A page reads at most a page of each, each in the order of its own index, and
puts them together; so it costs the same on the last page as on the first, and with a hundred thousand actions as with
ten. A place in the list is a `Mark`: the day, the kind and the key of a row.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from heapq import merge
from itertools import islice

from django.db.models import CharField, Count, DateField, F, Model, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat

from core.accounts.models import Person, User
from deepdive.models import ActionStatus, DeliveryAction
from deepdive.models.ratings import OVER
from governance.boards.models import Board, BoardAction, Commitment, DeliveryLink, Escalation
from governance.boards.models.action import CLOSED
from governance.boards.models.commitment import SETTLED

ARISING, PLAN, PROMISE = "arising", "plan", "promise"
KINDS = {ARISING: "Action arising", PLAN: "Delivery plan", PROMISE: "Commitment"}
LAST_DAY = dt.date(9999, 12, 31)  # where what has no day stands: after all that has one
SHOWS = {
    "mine": "Mine",
    "overdue": "Overdue",
    "undated": "Undated",
    "open": "All open",
    "closed": "Closed",
}
COLUMNS = {
    "todo": "To do",
    "doing": "Under way",
    "held": "Held up",
    "reported": "Reported done",
    "closed": "Closed",
}
STATES: dict[str, dict[str, tuple[str, ...]]] = {
    ARISING: {
        "todo": ("open",),
        "doing": ("progress",),
        "held": ("blocked",),
        "reported": ("reported",),
        "closed": CLOSED,
    },
    PLAN: {
        "todo": (ActionStatus.NOT_STARTED,),
        "doing": (ActionStatus.IN_PROGRESS,),
        "held": (ActionStatus.STALLED,),
        "reported": (),
        "closed": tuple(OVER),
    },
    PROMISE: {"todo": ("open",), "doing": ("carried",), "held": (), "reported": (), "closed": SETTLED},
}
SORTS = {"due": "Longest overdue first", "age": "Oldest first"}
PAGE = 50  # rows
MOST_CLOSED = 1_000  # counted: years of closed actions are a number nobody works by
CHUNK = 500  # rows read at once for a file


@dataclass(frozen=True)
class Wanted:
    """What of the ledger is asked for. An empty string asks for everything of that property."""

    show: str = "open"
    kind: str = ""
    board: Board | None = None
    column: str = ""
    sort: str = "due"
    person: Person | None = None  # who owns it or is the deputy


@dataclass(frozen=True, order=True)
class Mark:
    """A place in the list."""

    day: dt.date
    kind: str
    pk: int

    def __str__(self) -> str:
        return f"{self.day:%Y%m%d}.{self.kind}.{self.pk}"

    @classmethod
    def read(cls, text: str) -> "Mark | None":
        """From an address; None for what is no place."""
        day, _, rest = text.partition(".")
        kind, _, pk = rest.partition(".")
        if kind not in KINDS or not pk.isdecimal() or len(pk) > 18 or len(day) != 8 or not day.isdecimal():
            return None
        try:
            return cls(dt.date(int(day[:4]), int(day[4:6]), int(day[6:])), kind, int(pk))
        except ValueError:
            return None


@dataclass(frozen=True)
class Entry:
    """One row of the ledger and where it stands."""

    kind: str
    one: Model
    mark: Mark
    asked: tuple[Escalation, ...] = ()  # what boards themselves are asked about it


def marked(entries: Iterable[Entry]) -> list[Entry]:
    """With what boards are asked about each; one query."""
    held = list(entries)
    keys = {kind: [entry.one.pk for entry in held if entry.kind == kind] for kind in KINDS}
    found: dict[tuple[str, int], list[Escalation]] = defaultdict(list)
    for row in Escalation.objects.of(actions=keys[ARISING], promises=keys[PROMISE], plan=keys[PLAN]):
        found[_place(row)].append(row)
    return [replace(entry, asked=tuple(found[entry.kind, entry.one.pk])) for entry in held]


def _place(row: Escalation) -> tuple[str, int]:
    if row.action_id:
        return ARISING, row.action_id
    return (PROMISE, row.commitment_id) if row.commitment_id else (PLAN, row.delivery_id)


@dataclass(frozen=True)
class Page:
    """A page of the ledger, and the marks by which the pages before and after it are asked for."""

    entries: list[Entry]
    before: str = ""
    after: str = ""


class Ledger:
    """The ledger as one person sees it on one day."""

    def __init__(self, user: User, day: dt.date) -> None:
        self.user, self.day = user, day
        self.me = list(Person.objects.filter(user=user).values_list("pk", flat=True))

    def _all(self, kind: str) -> QuerySet:
        if kind == ARISING:
            return BoardAction.objects.seen_by(self.user)
        if kind == PLAN:
            return DeliveryAction.objects.seen_by(self.user)
        return Commitment.objects.seen_by(self.user)

    def _is_open(self, kind: str) -> Q:
        return ~Q(status__in=STATES[kind]["closed"])

    def _mine(self, kind: str) -> Q:
        mine = Q(owner__in=self.me) | Q(deputy__in=self.me)
        return mine | Q(pk__in=self.user.delivery_actions.values("pk")) if kind == PLAN else mine

    def shown(self, kind: str, show: str) -> Q:
        """What a view of the ledger holds of one kind."""
        is_open = self._is_open(kind)
        return {
            "mine": is_open & self._mine(kind),
            "overdue": is_open & Q(due__lt=self.day),
            "undated": is_open & Q(due__isnull=True),
            "open": is_open,
            "closed": Q(status__in=STATES[kind]["closed"]),
        }[show]

    def _among(self, kind: str, wanted: Wanted) -> QuerySet:
        """One kind as this person sees it, of the board, kind and owner asked for, whatever its state."""
        found = self._all(kind)
        if wanted.kind and wanted.kind != kind:
            return found.none()
        if wanted.board and kind == PLAN:
            found = found.filter(pk__in=DeliveryLink.objects.actions_of(wanted.board).order_by().values("pk"))
        elif wanted.board:
            found = found.filter(**{"item__meeting__board" if kind == ARISING else "board": wanted.board})
        if wanted.person:
            found = found.filter(Q(owner=wanted.person) | Q(deputy=wanted.person))
        return found

    def _of(self, kind: str, wanted: Wanted) -> QuerySet:
        found = self._among(kind, wanted)
        if wanted.column:
            return found.filter(status__in=STATES[kind][wanted.column])
        return found.filter(self.shown(kind, wanted.show))

    def counts(self, wanted: Wanted) -> dict[str, int]:
        """How many each view holds, whichever is shown; two queries a kind.

        What is open is counted whole, and what is closed up to one more than `MOST_CLOSED` of a kind.
        """
        total = dict.fromkeys(SHOWS, 0)
        for kind in KINDS:
            among = self._among(kind, wanted).order_by()
            only = {show: Count("pk", filter=self.shown(kind, show)) for show in SHOWS if show != "closed"}
            for show, count in among.filter(self._is_open(kind)).aggregate(**only).items():
                total[show] += count
            total["closed"] += self._closed(kind, among)
        return total

    def _closed(self, kind: str, among: QuerySet) -> int:
        return among.filter(self.shown(kind, "closed"))[: MOST_CLOSED + 1].count()

    def column_counts(self, wanted: Wanted) -> dict[str, int]:
        """How many stand in each column, as `counts` counts them; two queries a kind."""
        total = dict.fromkeys(COLUMNS, 0)
        column_of = {(kind, state): name for kind in KINDS for name, held in STATES[kind].items() for state in held}
        for kind in KINDS:
            found = self._among(kind, wanted)
            if wanted.show == "mine":
                found = found.filter(self._mine(kind))
            among = found.order_by()
            for row in among.filter(self._is_open(kind)).values("status").annotate(count=Count("pk")):
                total[column_of[kind, row["status"]]] += row["count"]
            total["closed"] += self._closed(kind, among)
        return total

    def _placed(self, kind: str, wanted: Wanted) -> QuerySet:
        """With `day`, by which the list is in order."""
        found = self._of(kind, wanted)
        if wanted.sort == "age":
            days = {ARISING: F("raised_on"), PLAN: Coalesce("start", _first_of_year()), PROMISE: F("made_on")}
            return found.annotate(day=days[kind])
        return found.annotate(day=F("due") if kind == ARISING else Coalesce("due", Value(LAST_DAY)))

    def _read(self, kind: str, wanted: Wanted, mark: Mark | None, *, back: bool, most: int) -> list[Entry]:
        """At most so many rows after the mark, or before it, the nearest first."""
        found = self._placed(kind, wanted)
        back = back != (wanted.show == "closed" and not wanted.column)  # what is closed stands the latest first
        if mark:
            step = "lt" if back else "gt"
            beyond = Q(**{f"day__{step}": mark.day})
            same = mark.kind > kind if back else mark.kind < kind
            if mark.kind == kind:
                beyond |= Q(day=mark.day, **{f"pk__{step}": mark.pk})
            elif same:
                beyond |= Q(day=mark.day)
            found = found.filter(beyond, **{f"day__{step}e": mark.day})  # the second lets an index begin there
        order = ("-day", "-pk") if back else ("day", "pk")
        rows = _related(kind, found).order_by(*order)[:most]
        return [Entry(kind, one, Mark(one.day, kind, one.pk)) for one in rows]

    def page(self, wanted: Wanted, *, after: Mark | None = None, before: Mark | None = None, size: int = PAGE) -> Page:
        """A page in four queries, wherever it stands."""
        back = before is not None and after is None
        mark = before if back else after
        held = [self._read(kind, wanted, mark, back=back, most=size + 1) for kind in KINDS]
        turned = back != (wanted.show == "closed" and not wanted.column)
        found = list(islice(merge(*held, key=lambda one: one.mark, reverse=turned), size + 1))
        more, found = len(found) > size, found[:size]
        if back:
            found.reverse()
        if not found:
            return Page([])
        is_first, is_last = (not more, False) if back else (mark is None, not more)
        return Page(marked(found), "" if is_first else str(found[0].mark), "" if is_last else str(found[-1].mark))

    def every(self, wanted: Wanted, most: int) -> Iterator[Entry]:
        """The rows from the first on, a few hundred at a time."""
        after, left = None, most
        while left > 0:
            page = self.page(wanted, after=after, size=min(left, CHUNK))
            yield from page.entries
            left -= len(page.entries)
            if not page.after:
                return
            after = page.entries[-1].mark

    def columns(self, wanted: Wanted, cards: int) -> dict[str, list[Entry]]:
        """The first cards of each column, the longest overdue first."""
        mine = wanted.show == "mine"
        held: dict[str, list[Entry]] = {}
        for name in COLUMNS:
            asked = replace(wanted, column=name, sort="due")
            rows = [self._first(kind, asked, mine, cards) for kind in KINDS if STATES[kind][name]]
            held[name] = list(islice(merge(*rows, key=lambda one: one.mark), cards))
        asked = iter(marked(entry for name in COLUMNS for entry in held[name]))
        return {name: list(islice(asked, len(held[name]))) for name in COLUMNS}

    def before(self, board: Board) -> list[Entry]:
        """What is open and this board itself is asked to look at, the longest overdue first."""
        rows = list(Escalation.objects.before(board))
        tied = DeliveryLink.objects.actions_of(board).values("pk")
        entries = []
        for kind in KINDS:
            keys = [key for row in rows for what, key in [_place(row)] if what == kind]
            found = self._all(kind).filter(self._is_open(kind), pk__in=keys) if keys else []
            found = found.filter(pk__in=tied) if keys and kind == PLAN else found
            for one in _related(kind, found) if keys else ():
                asked = tuple(row for row in rows if _place(row) == (kind, one.pk))
                entries.append(Entry(kind, one, Mark(one.due or LAST_DAY, kind, one.pk), asked))
        return sorted(entries, key=lambda entry: entry.mark)

    def _first(self, kind: str, wanted: Wanted, mine: bool, cards: int) -> list[Entry]:
        found = self._placed(kind, wanted)
        found = _related(kind, found.filter(self._mine(kind)) if mine else found).order_by("day", "pk")[:cards]
        return [Entry(kind, one, Mark(one.day, kind, one.pk)) for one in found]


def _first_of_year() -> Cast:
    """The day a delivery plan's year begins."""
    year = Cast("delivery_plan__year", CharField())
    return Cast(Concat(year, Value("-04-01")), DateField())


def _related(kind: str, found: QuerySet) -> QuerySet:
    """With what a row shows."""
    if kind == ARISING:
        return found.select_related("owner", "deputy", "item__meeting__board")
    if kind == PLAN:
        moved = Count("redatings", filter=Q(redatings__was__isnull=False))
        return found.select_related("owner", "deputy", "delivery_plan").annotate(moved=moved)
    return found.select_related("owner", "deputy", "board")
