"""What people do with boards, their meetings and what comes of them. The caller has checked permission."""

from governance.boards.actions.agenda import (
    add_item,
    carry_open_actions,
    edit_item,
    move_item,
    remove_item,
)
from governance.boards.actions.boards import create_board, create_meeting, edit_board, set_members
from governance.boards.actions.minutes import (
    agree_minutes,
    move_action,
    record_action,
    record_decision,
    report_progress,
    save_minute,
    set_attendance,
)

__all__ = [
    "add_item",
    "agree_minutes",
    "carry_open_actions",
    "create_board",
    "create_meeting",
    "edit_board",
    "edit_item",
    "move_action",
    "move_item",
    "record_action",
    "record_decision",
    "remove_item",
    "report_progress",
    "save_minute",
    "set_attendance",
    "set_members",
]
