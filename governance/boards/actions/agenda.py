"""The agenda of a meeting, always numbered 1 to N."""

import datetime as dt
from typing import Any

from django.db.models import F, Max, ProtectedError

from core.accounts.models import User
from core.accounts.states import MoveRefused
from core.audit import action
from core.documents.versions import save_if_unchanged
from governance.boards.actions.holding import hold
from governance.boards.checks import check_may_defer, check_no_hold
from governance.boards.models import AgendaItem, BoardAction, Meeting
from governance.boards.states import check_exemption, check_may_remove

PARKED = 10_000  # positions are moved out of the way before others take their place, since each is used once


def _next_position(meeting: Meeting) -> int:
    return (meeting.items.aggregate(last=Max("position"))["last"] or 0) + 1


@action
def add_item(
    *,
    meeting: Meeting,
    title: str,
    presenter: str = "",
    part: str = AgendaItem.Part.PUBLIC,
    exemption: str = "",
    exempt_why: str = "",
    release_on: dt.date | None = None,
    carried_action: BoardAction | None = None,
    proposed_as: str = "",
    by: User | None,
) -> AgendaItem:
    """Put an item at the end of the agenda."""
    held = hold(meeting)
    check_exemption(part, exemption, carried_action)
    return AgendaItem.objects.create(
        meeting=held,
        position=_next_position(held),
        title=title,
        presenter=presenter,
        part=part,
        **_exempt(part, exemption, exempt_why, release_on),
        carried_action=carried_action,
        proposed_as=proposed_as,
    )


def _exempt(part: str, exemption: str, why: str, release_on: dt.date | None) -> dict[str, Any]:
    """What is said of an exempt item; of a public one nothing."""
    if part != AgendaItem.Part.EXEMPT:
        return {"exemption": "", "exempt_why": "", "release_on": None}
    return {"exemption": exemption, "exempt_why": why, "release_on": release_on}


@action
def edit_item(
    *,
    item: AgendaItem,
    version: int,
    title: str,
    presenter: str,
    part: str,
    exemption: str,
    exempt_why: str = "",
    release_on: dt.date | None = None,
    by: User,
) -> AgendaItem:
    """Change what an item says or which part it is taken in; an exempt one names its paragraph."""
    hold(item.meeting)
    check_exemption(part, exemption, item.carried_action)
    kept = _exempt(part, exemption, exempt_why, release_on)
    return save_if_unchanged(AgendaItem, item.pk, version, title=title, presenter=presenter, part=part, **kept)


@action
def defer_item(*, item: AgendaItem, version: int, why: str, by: User) -> AgendaItem:
    """An item that was not taken proposes itself for the next agenda. Without a reason: it was taken after all."""
    hold(item.meeting)
    check_may_defer(item, why)
    return save_if_unchanged(AgendaItem, item.pk, version, deferred_why=why.strip())


@action
def move_item(*, item: AgendaItem, to: int, by: User) -> AgendaItem:
    """Put an item at another position; the items between make room. Beyond either end means the end."""
    meeting = hold(item.meeting)
    item = AgendaItem.objects.get(pk=item.pk)
    to = max(1, min(to, meeting.items.count()))
    if to != item.position:
        _renumber(meeting, item, to)
    item.refresh_from_db()
    return item


def _renumber(meeting: Meeting, item: AgendaItem, to: int) -> None:
    """Move the item to `to` and those between by one the other way, no two at one position at any moment."""
    low, high = sorted((item.position, to))
    step = -1 if to > item.position else 1
    between = list(meeting.items.exclude(pk=item.pk).filter(position__range=(low, high)).values_list("pk", flat=True))
    AgendaItem.objects.filter(pk=item.pk).update(position=PARKED)
    AgendaItem.objects.filter(pk__in=between).update(position=F("position") + PARKED)
    AgendaItem.objects.filter(pk__in=between).update(position=F("position") - PARKED + step)
    AgendaItem.objects.filter(pk=item.pk).update(position=to)


@action
def remove_item(*, item: AgendaItem, by: User) -> None:
    """Take an item off the agenda while nothing has come of it; those after it move up."""
    meeting = hold(item.meeting)
    check_no_hold(meeting.board)
    check_may_remove(item)
    _renumber_if_needed(meeting, AgendaItem.objects.get(pk=item.pk))
    try:
        AgendaItem.objects.get(pk=item.pk).delete()
    except ProtectedError as refused:
        raise MoveRefused("A paper belongs to this item, so it stays on the agenda. Nothing was changed.") from refused


def _renumber_if_needed(meeting: Meeting, item: AgendaItem) -> None:
    last = meeting.items.count()
    if item.position != last:
        _renumber(meeting, item, last)
