"""Boards and their meetings: agenda, attendance, minutes, decisions, and the actions that arise."""

from governance.boards.models.action import BoardAction
from governance.boards.models.action_history import (
    ActionEvidence,
    ActionMove,
    ActionProgress,
    ActionRedating,
)
from governance.boards.models.agenda import ExemptReview, ItemPaper, LeftOut, StandingItem
from governance.boards.models.assurance import Assurance
from governance.boards.models.board import Board, BoardAlias, LegalHold, Membership
from governance.boards.models.commitment import (
    Commitment,
    CommitmentKind,
    CommitmentProgress,
    DismissedSuggestion,
    Disposition,
    DispositionFile,
)
from governance.boards.models.decision import Decision, DecisionFile, DecisionNotice, DecisionVersion
from governance.boards.models.delivery import DeliveryLink
from governance.boards.models.duty import DutyCheck
from governance.boards.models.escalation import Escalation
from governance.boards.models.log_file import LogFile
from governance.boards.models.meeting import AgendaItem, Attendance, Meeting, MeetingMove, MeetingReturn
from governance.boards.models.minute import Minute
from governance.boards.models.minutes_version import (
    MinuteComment,
    MinutesCirculation,
    MinutesFile,
    MinutesPublication,
    MinutesSignature,
    MinutesVersion,
)
from governance.boards.models.question import Question, QuestionAnswer, QuestionStep
from governance.boards.models.said import Citation, Declaration
from governance.boards.models.series import MeetingSeries

__all__ = [
    "Citation",
    "Declaration",
    "ItemPaper",
    "LeftOut",
    "StandingItem",
    "MeetingMove",
    "MeetingReturn",
    "MeetingSeries",
    "ActionEvidence",
    "ActionMove",
    "ActionProgress",
    "ActionRedating",
    "AgendaItem",
    "Assurance",
    "Attendance",
    "Board",
    "BoardAction",
    "BoardAlias",
    "Commitment",
    "CommitmentKind",
    "Decision",
    "DecisionFile",
    "DecisionNotice",
    "DecisionVersion",
    "DeliveryLink",
    "DismissedSuggestion",
    "CommitmentProgress",
    "Disposition",
    "DispositionFile",
    "DutyCheck",
    "Escalation",
    "ExemptReview",
    "LegalHold",
    "LogFile",
    "Meeting",
    "Membership",
    "Minute",
    "MinuteComment",
    "MinutesCirculation",
    "MinutesFile",
    "MinutesPublication",
    "MinutesSignature",
    "MinutesVersion",
    "Question",
    "QuestionAnswer",
    "QuestionStep",
]
