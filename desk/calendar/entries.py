"""What falls on which day, as far as a person may see it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from core.accounts.models import User
from core.accounts.permissions import Permission as P
from deepdive.models import DeliveryAction, Milestone
from governance.boards import reading as boards
from governance.boards.models import AgendaItem, Meeting
from governance.papers.models import Commentary, Quarter

LONGEST_NOTICE = dt.timedelta(days=60)  # how long before a meeting one of its deadlines may fall


@dataclass(frozen=True)
class Entry:
    """One thing on one day. `key` never changes, so that a calendar program knows the entry again."""

    day: dt.date
    kind: str
    title: str
    href: str
    key: str
    place: str = ""
    is_cancelled: bool = False
    sequence: int = 0  # rises when the entry changes


def entries(user: User, first: dt.date, last: dt.date, *, open_only: bool = False) -> list[Entry]:
    """Everything from the first day to the last, both included. With `open_only` nothing of exempt items."""
    found = [*_meetings(user, first, last), *_quarters(user, first, last), *_commentary(user, first, last)]
    found += [*_actions(user, first, last, open_only), *_milestones(user, first, last)]
    return sorted((one for one in found if first <= one.day <= last), key=lambda one: (one.day, one.kind, one.title))


def _meetings(user: User, first: dt.date, last: dt.date) -> Iterator[Entry]:
    if not user.has(P.BOARD_VIEW):
        return
    held = Meeting.objects.filter(date__gte=first, date__lte=last + LONGEST_NOTICE).select_related("board")
    for one in held:
        href = reverse("meeting-detail", args=[one.pk])
        named = f"{one.board}, {one.date.day} {one.date:%B}"
        at = f", {one.starts_at:%H:%M}" if one.starts_at else ""
        off = {"is_cancelled": one.is_cancelled, "sequence": one.version}
        yield Entry(one.date, "Meeting", f"{one.board}{at}", href, f"meeting-{one.pk}", one.place, **off)
        yield Entry(boards.paper_deadline(one), "Papers due", named, href, f"papers-{one.pk}", **off)
        if one.is_public:
            yield Entry(boards.agenda_deadline(one), "Agenda public", named, href, f"agenda-{one.pk}", **off)


def _quarters(user: User, first: dt.date, last: dt.date) -> Iterator[Entry]:
    if not user.has(P.PAPER_VIEW, P.COMMENTARY_WRITE):
        return
    between = Q()
    for name in ("commentary_due", "approval_due"):
        between |= Q(**{f"{name}__gte": first, f"{name}__lte": last})
    for one in Quarter.objects.filter(between).select_related("period"):
        href = reverse("commentary-list", args=[one.code])
        yield Entry(one.commentary_due, "Commentary due", str(one), href, f"commentary-{one.pk}")
        yield Entry(one.approval_due, "Approvals due", str(one), href, f"approval-{one.pk}")


def _commentary(user: User, first: dt.date, last: dt.date) -> Iterator[Entry]:
    """What this person is to write, where its day is not the quarter's own."""
    if not user.has(P.COMMENTARY_WRITE):
        return
    mine = Commentary.objects.filter(assigned_to=user, state=Commentary.State.DRAFT, due__gte=first, due__lte=last)
    for one in mine.select_related("measure", "quarter__period"):
        href = reverse("commentary-detail", args=[one.quarter.code, one.measure.slug])
        yield Entry(one.due, "Due from you", f"Commentary on {one.measure.short_name}", href, f"slot-{one.pk}")


def _actions(user: User, first: dt.date, last: dt.date, open_only: bool) -> Iterator[Entry]:
    mine = boards.actions_owned_by(user).filter(due__gte=first, due__lte=last)
    if open_only:
        mine = mine.filter(item__part=AgendaItem.Part.PUBLIC)
    for one in mine:
        href = reverse("board-action-detail", args=[one.pk])
        yield Entry(one.due, "Due from you", f"Action {one.ref}: {one.text}", href, f"action-{one.pk}")


def _milestones(user: User, first: dt.date, last: dt.date) -> Iterator[Entry]:
    seen = DeliveryAction.objects.seen_by(user)
    found = Milestone.objects.waiting().filter(action__in=seen, due__gte=first, due__lte=last)
    for one in found.select_related("action"):
        href = reverse("delivery-action-detail", args=[one.action_id])
        yield Entry(one.due, "Milestone", f"{one.action.ref}: {one.text}", href, f"milestone-{one.pk}")
