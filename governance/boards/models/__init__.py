"""Boards and their meetings: agenda, attendance, minutes, decisions, and the actions that arise."""

from governance.boards.models.action import BoardAction
from governance.boards.models.board import Board, BoardAlias, Membership
from governance.boards.models.delivery import DeliveryLink
from governance.boards.models.meeting import AgendaItem, Attendance, Meeting
from governance.boards.models.minute import Decision, Minute
from governance.boards.models.minutes_version import (
    MinuteComment,
    MinutesCirculation,
    MinutesFile,
    MinutesPublication,
    MinutesSignature,
    MinutesVersion,
)

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
    "MinuteComment",
    "MinutesCirculation",
    "MinutesFile",
    "MinutesPublication",
    "MinutesSignature",
    "MinutesVersion",
]
