"""What proposes itself for an agenda is put on it or left out; and what a board takes at every meeting."""

from collections.abc import Iterable

from core.accounts.clock import now, today
from core.accounts.models import User
from core.accounts.states import MoveRefused
from core.audit import action
from governance.boards.actions.agenda import add_item
from governance.boards.actions.holding import hold
from governance.boards.models import AgendaItem, Board, LeftOut, Meeting, StandingItem
from governance.boards.proposing import everything


@action
def accept_proposals(*, meeting: Meeting, keys: Iterable[str], by: User | None) -> list[AgendaItem]:
    """Put these on the agenda, at its end and in their order; what is there already stays as it is."""
    held, wanted = hold(meeting), set(keys)
    found = [one for one in everything(held) if one.key in wanted]
    there = set(held.items.filter(proposed_as__in=wanted).values_list("proposed_as", flat=True))
    if wanted - there - {one.key for one in found}:
        raise MoveRefused("That is no longer proposed: it was settled meanwhile. Nothing was changed.")
    for row in held.left_out.filter(key__in=wanted):
        row.delete()
    return [
        add_item(
            meeting=held,
            title=one.title,
            presenter=one.presenter,
            part=one.part,
            exemption=one.exemption,
            carried_action=one.carried_action,
            proposed_as=one.key,
            by=by,
        )
        for one in found
    ]


@action
def leave_out(*, meeting: Meeting, key: str, by: User) -> LeftOut:
    """Do not put a proposal forward for this meeting again; it may still be put on its agenda."""
    held = hold(meeting)
    proposed = next((one for one in everything(held) if one.key == key), None)
    if proposed is None:
        raise MoveRefused("That is no longer proposed: it was settled meanwhile. Nothing was changed.")
    facts = {"title": proposed.title, "by": by, "at": now()}
    return LeftOut.objects.get_or_create(meeting=held, key=key, defaults=facts)[0]


@action
def add_standing_item(*, board: Board, title: str, presenter: str = "", by: User | None) -> StandingItem:
    """Something the board takes at every meeting from now on."""
    return StandingItem.objects.create(board=board, title=title, presenter=presenter)


@action
def end_standing_item(*, standing_item: StandingItem, by: User) -> StandingItem:
    """It is no longer taken at every meeting; agendas it stands on keep it."""
    held = StandingItem.objects.select_for_update().get(pk=standing_item.pk)
    if held.ended_on is None:
        held.ended_on = today()
        held.save(update_fields=["ended_on"])
    return held
