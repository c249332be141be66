"""Asking boards themselves to look at what is long overdue or was given another day again and again."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q

from core.accounts.clock import now, today
from core.accounts.models import User
from core.audit import action
from deepdive.models import DeliveryAction, Redating
from deepdive.redating import register_asks, register_redated
from governance.boards.models import Board, BoardAction, Commitment, DeliveryLink, Escalation
from governance.boards.states import REDATINGS

Kind = Escalation.Kind


def escalate_action(held: BoardAction, kind: str) -> bool:
    """Within whatever action of a person or of the night finds it; whether it is new."""
    facts = {"board": held.item.meeting.board, "at": now()}
    return Escalation.objects.get_or_create(action=held, kind=kind, defaults=facts)[1]


def escalate_commitment(held: Commitment, kind: str) -> bool:
    """Where no board hears of it nobody can be asked; named later, the board is asked in the night after."""
    if held.board is None:
        return False
    asked = {"commitment": held, "board": held.board, "kind": kind}
    return Escalation.objects.get_or_create(**asked, defaults={"at": now()})[1]


def escalate_delivery(held: DeliveryAction, kind: str, board: Board) -> bool:
    asked = {"delivery": held, "board": board, "kind": kind}
    return Escalation.objects.get_or_create(**asked, defaults={"at": now()})[1]


@register_redated
def redated(held: DeliveryAction, times: int) -> None:
    """The third other day of an action of the plan puts it before each board that looks after it."""
    for board in _not_asked(held, times):
        escalate_delivery(held, Kind.REDATED, board)


@register_asks
def asked_when_redated(held: DeliveryAction, times: int) -> list[str]:
    return [board.name for board in _not_asked(held, times)]


def _not_asked(held: DeliveryAction, times: int) -> list[Board]:
    """The boards that look after an action moved so many times, and have yet to be asked about that."""
    if times < REDATINGS:
        return []
    asked = Escalation.objects.filter(delivery=held, kind=Kind.REDATED).values("board")
    ties = DeliveryLink.objects.of_line(held).filter(board__isnull=False).values("board")
    return list(Board.objects.filter(pk__in=ties).exclude(pk__in=asked))


@action
def escalate_actions(*, by: User | None) -> int:
    """Ask each board to look at what it has to, once for each reason; how many were new."""
    day = today()
    return sum(_arisen(day)) + sum(_promised(day)) + sum(_planned(day))


def _is_late(due: dt.date | None, board: Board, day: dt.date) -> bool:
    return due is not None and due < day and (day - due).days > board.overdue_days


def _arisen(day: dt.date) -> Iterator[bool]:
    late = BoardAction.objects.open().filter(due__lt=day).exclude(escalations__kind=Kind.OVERDUE)
    for one in late.select_related("item__meeting__board").iterator():
        if _is_late(one.due, one.item.meeting.board, day):
            yield escalate_action(one, Kind.OVERDUE)


def _promised(day: dt.date) -> Iterator[bool]:
    found = Commitment.objects.open().filter(board__isnull=False).select_related("board")
    for kind, wanted in ((Kind.OVERDUE, Q(due__lt=day)), (Kind.REDATED, Q(redated__gte=REDATINGS))):
        asked = Escalation.objects.filter(commitment=OuterRef("pk"), board=OuterRef("board"), kind=kind)
        for one in found.filter(wanted).exclude(Exists(asked)).order_by("pk"):
            if kind == Kind.REDATED or _is_late(one.due, one.board, day):
                yield escalate_commitment(one, kind)


def _planned(day: dt.date) -> Iterator[bool]:
    often = set(Redating.objects.often(REDATINGS).values_list("action", flat=True))
    for board in Board.objects.filter(delivery_links__isnull=False).distinct():
        for one in DeliveryLink.objects.actions_of(board).open():
            if _is_late(one.due, board, day):
                yield escalate_delivery(one, Kind.OVERDUE, board)
            if one.pk in often:
                yield escalate_delivery(one, Kind.REDATED, board)
