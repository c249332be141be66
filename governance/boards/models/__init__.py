"""Boards and their meetings: agenda, attendance, minutes, decisions, and the actions that arise."""

from governance.boards.models.action import BoardAction
from governance.boards.models.board import Board, BoardAlias, Membership
from governance.boards.models.delivery import DeliveryLink
from governance.boards.models.meeting import AgendaItem, Attendance, Meeting
from governance.boards.models.minute import Decision, Minute

__all__ = [
    "AgendaItem",
    "Attendance",
    "Board",
    "BoardAction",
    "BoardAlias",
    "Decision",
    "DeliveryLink",
    "Meeting",
    "Membership",
    "Minute",
]
