"""The agenda of a meeting, always numbered 1 to N."""

from django.db.models import F, Max

from core.accounts.models import User
from core.audit import action
from governance.boards.models import AgendaItem, BoardAction, Meeting
from governance.boards.states import check_not_locked

PARKED = 10_000  # positions are moved out of the way before others take their place, since each is used once


def _locked(meeting: Meeting) -> Meeting:
    """The meeting, held against two people reordering it at once; refused when its minutes are agreed."""
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    check_not_locked(held)
    return held


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
    carried_action: BoardAction | None = None,
    by: User | None,
) -> AgendaItem:
    held = _locked(meeting)
    return AgendaItem.objects.create(
        meeting=held,
        position=_next_position(held),
        title=title,
        presenter=presenter,
        part=part,
        exemption=exemption,
        carried_action=carried_action,
    )


@action
def edit_item(*, item: AgendaItem, title: str, presenter: str, part: str, exemption: str, by: User) -> AgendaItem:
    """Change what an item says or which part it is taken in; an exempt one names its paragraph."""
    _locked(item.meeting)
    item.title, item.presenter, item.part = title, presenter, part
    item.exemption = exemption if part == AgendaItem.Part.EXEMPT else ""
    item.save(update_fields=["title", "presenter", "part", "exemption"])
    return item


@action
def move_item(*, item: AgendaItem, to: int, by: User) -> AgendaItem:
    """Put an item at another position; the items between make room. Beyond either end means the end."""
    meeting = _locked(item.meeting)
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
    meeting = _locked(item.meeting)
    last = meeting.items.count()
    move_item(item=item, to=last, by=by)
    AgendaItem.objects.get(pk=item.pk).delete()


@action
def carry_open_actions(*, meeting: Meeting, by: User | None) -> int:
    """Put every open action of the board's earlier meetings on this agenda, once each; how many were added."""
    held = _locked(meeting)
    open_before = BoardAction.objects.open().filter(item__meeting__board=held.board, item__meeting__date__lt=held.date)
    waiting = open_before.exclude(carried_items__meeting=held).select_related("item").order_by("due", "ref")
    position = _next_position(held)
    items = [
        AgendaItem(
            meeting=held,
            position=position + place,
            title=f"Matters arising: action {one.ref}",
            part=one.item.part,
            exemption=one.item.exemption,
            carried_action=one,
        )
        for place, one in enumerate(waiting)
    ]
    return len(AgendaItem.objects.bulk_create(items))
