"""What a person follows, and what changed in it: read from the log, through what they may see now."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from core.accounts.clock import today
from core.accounts.models import Office, User
from core.accounts.permissions import Permission
from core.audit.models import AuditEvent
from core.audit.sentences import Sentence
from desk.history.scope import unrestricted, without_restricted
from desk.history.telling import told_lately
from desk.models import Following
from desk.searching.kinds import BY_NAME
from governance.boards.models import AgendaItem, Question
from measures.models import Observation

SHOWN = 8  # sentences
LOOKED_AT = 120  # rows: enough to fill the list with sentences
MOST = 5_000  # changes among which the newest are looked for
BACK = dt.timedelta(days=30)
# What can be followed, by its name in the search, and what a button calls it.
KINDS = {
    "action": "this action",
    "delivery": "this action",
    "measure": "this measure",
    "board": "this board",
    "paper": "this paper",
    "published": "what is published",
}
# Whoever follows what is published hears of every paper, those to come too: it is one thing, the office's.
PUBLISHED = replace(
    BY_NAME["published"],
    label="Papers",
    rows=lambda user: Office.objects.all() if user.has(Permission.PUBLISHED_VIEW) else Office.objects.none(),
    title=lambda row: "Every paper that is published",
    page="paper-list",
    arguments=lambda row: (),
)
THINGS = {**BY_NAME, "published": PUBLISHED}
# Kind to (table, column that names the followed row); without a column the followed row itself.
TABLES: dict[str, tuple[tuple[str, str], ...]] = {
    "action": (
        ("boards_boardaction", ""),
        ("boards_actionprogress", "action_id"),
        ("boards_actionredating", "action_id"),
        ("boards_actionmove", "action_id"),
        ("boards_actionevidence", "action_id"),
        ("boards_escalation", "action_id"),
    ),
    "delivery": (
        ("deepdive_deliveryaction", ""),
        ("deepdive_actionupdate", "action_id"),
        ("deepdive_milestone", "action_id"),
        ("deepdive_redating", "action_id"),
        ("deepdive_statuschange", "action_id"),
        ("deepdive_correction", "action_id"),
        ("deepdive_deliveryevidence", "action_id"),
        ("boards_escalation", "delivery_id"),
    ),
    "measure": (
        ("measures_measure", ""),
        ("measures_phasechange", "measure_id"),
        ("papers_commentary", "measure_id"),
    ),
    "board": (
        ("boards_board", ""),
        ("boards_meeting", "board_id"),
        ("boards_membership", "board_id"),
        ("boards_decision", "board_id"),
        ("boards_question", "board_id"),
    ),
    "paper": (
        ("papers_paper", ""),
        ("papers_frozenpaper", "paper_id"),
        ("papers_significanttopic", "paper_id"),
    ),
    "published": (),
}
OF_ITEMS = ("boards_boardaction", "boards_decision", "boards_minute", "boards_assurance")
WENT_OUT = ("papers_publication", "papers_withdrawal")
NEEDS = {"papers_commentary": (Permission.PAPER_VIEW, Permission.COMMENTARY_WRITE)}
NOT_MAILED = (  # names of files, topics
    "measures_importbatch",
    "boards_actionevidence",
    "deepdive_deliveryevidence",
    "papers_significanttopic",
)


@dataclass(frozen=True)
class Followed:
    """A thing one follows, as a list shows it."""

    kind: str
    key: int
    label: str
    title: str
    href: str


def _seen(user: User) -> dict[str, list[Any]]:
    """Kind to the followed rows this person may still see: one query for each kind they follow."""
    keys: dict[str, list[int]] = defaultdict(list)
    for kind, key in Following.objects.filter(user=user).order_by("-since").values_list("kind", "key"):
        if kind in KINDS:
            keys[kind].append(key)
    return {
        kind: list(THINGS[kind].rows(user).filter(pk__in=keys[kind]).prefetch_related(None))
        for kind in KINDS
        if kind in keys
    }


def followed(user: User) -> list[Followed]:
    return [
        Followed(
            kind,
            row.pk,
            THINGS[kind].label,
            THINGS[kind].title(row),
            reverse(THINGS[kind].page, args=THINGS[kind].arguments(row)),
        )
        for kind, rows in _seen(user).items()
        for row in rows
    ]


def thing(user: User, kind: str, key: int) -> Any | None:
    """The row, if it is of a kind that can be followed and this person may see it."""
    return THINGS[kind].rows(user).filter(pk=key).first() if kind in KINDS else None


def changes(user: User, since: dt.datetime | None = None, *, for_mail: bool = False) -> list[Sentence]:
    """What others did to what this person follows, the newest first; in a mail nothing of restricted items."""
    seen = _seen(user)
    since = since or timezone.now() - BACK
    wanted = _wanted(user, seen, since)
    if not wanted:
        return []
    events = AuditEvent.objects.between(since).filter(wanted).exclude(actor_id=user.pk)
    events = events.exclude(table__in=NOT_MAILED) if for_mail else events
    events = events.order_by("-at", "-pk")  # by number alone, SQLite walks back through the whole log
    # Two questions: in one, PostgreSQL takes the second half for so costly that it reads whole tables of the log first.
    found = AuditEvent.objects.filter(pk__in=list(events.values_list("pk", flat=True)[:MOST])).newest_first()
    found = unrestricted(found) if for_mail else without_restricted(found, user)
    return told_lately(found[:LOOKED_AT], SHOWN)


def _wanted(user: User, seen: dict[str, list[Any]], since: dt.datetime) -> Q:
    wanted = Q()
    for kind, rows in seen.items():
        keys = [row.pk for row in rows]
        if not keys:
            continue
        for table, column in TABLES[kind]:
            if table not in NEEDS or user.has(*NEEDS[table]):
                wanted |= _rows_of(table, column, keys)
        if kind == "board":
            items = list(_items(keys))
            for table in OF_ITEMS if items else ():
                wanted |= _rows_of(table, "item_id", items)
        if kind == "measure":
            batches = list(_batches(keys, since))
            wanted |= _rows_of("measures_importbatch", "", batches) if batches else Q()
        if kind == "board":
            wanted |= _answers(keys)
        if kind == "published":
            wanted |= Q(table__in=WENT_OUT)
        if kind == "paper":
            wanted |= _rows_of("papers_commentary", "quarter_id", [row.quarter_id for row in rows])
    return wanted


def _rows_of(table: str, column: str, keys: Sequence[int]) -> Q:
    if not column:
        return Q(table=table, key__in=[str(key) for key in keys])
    return Q(Q(table=table), **{f"new_full__{column}__in": list(keys)})


def _answers(boards: list[int]) -> Q:
    """The approved answers to what these boards asked in the last months."""
    recent = Question.objects.filter(board__in=boards, asked_on__gte=today() - 6 * BACK)
    asked = list(recent.order_by("pk").values_list("pk", flat=True))
    return _rows_of("boards_questionanswer", "question_id", asked) if asked else Q()


def _items(boards: list[int]) -> Any:
    """The agenda items of meetings held in the last months or still to come."""
    recent = AgendaItem.objects.filter(meeting__board__in=boards, meeting__date__gte=today() - 6 * BACK)
    return recent.order_by("pk").values_list("pk", flat=True)


def _batches(measures: list[int], since: dt.datetime) -> Any:
    """The imports that brought figures of these measures."""
    brought = Observation.objects.filter(series__measure__in=measures, batch__created_at__gte=since)
    return brought.order_by().values_list("batch", flat=True).distinct()
