"""What people do with boards, their meetings and what comes of them. The caller has checked permission."""

from governance.boards.actions.agenda import add_item, defer_item, edit_item, move_item, remove_item
from governance.boards.actions.agreeing import (
    agree_minutes,
    amend_minute,
    circulate_minutes,
    comment_on_minute,
    publish_minutes,
    settle_comment,
    sign_minutes,
)
from governance.boards.actions.arising import (
    add_evidence,
    edit_action,
    move_action,
    redate_action,
    report_progress,
)
from governance.boards.actions.assurances import edit_assurance, record_assurance
from governance.boards.actions.boards import (
    add_person,
    create_board,
    edit_board,
)
from governance.boards.actions.commitments import (
    dismiss_suggestion,
    dispose_commitment,
    edit_commitment,
    make_commitment,
    report_on_commitment,
)
from governance.boards.actions.decisions import (
    approve_decision,
    complete_decision,
    correct_decision,
    publish_decision,
    record_decision,
    record_decision_outside,
)
from governance.boards.actions.delivery import link_delivery_action, unlink_delivery_action
from governance.boards.actions.duties import check_duty
from governance.boards.actions.escalating import escalate_actions
from governance.boards.actions.holds import lift_hold, place_hold
from governance.boards.actions.logs import ask_log_file, purge_log_files
from governance.boards.actions.meetings import (
    cancel_meeting,
    create_meeting,
    create_series,
    edit_meeting,
    edit_series,
    fix_series,
    reinstate_meeting,
)
from governance.boards.actions.members import edit_member, remove_member, set_member, set_members
from governance.boards.actions.minutes import (
    clear_attendance,
    prefill_minutes,
    record_action,
    save_minute,
    set_attendance,
)
from governance.boards.actions.papers import add_paper, withdraw_paper
from governance.boards.actions.proposing import accept_proposals, add_standing_item, end_standing_item, leave_out
from governance.boards.actions.questions import (
    approve_answer,
    edit_question,
    move_question,
    record_question,
    record_question_between,
    write_answer,
)
from governance.boards.actions.releasing import keep_exempt, release_item
from governance.boards.actions.said import cite_paragraph, declare_interest, drop_citation, drop_declaration

__all__ = [
    "cite_paragraph",
    "declare_interest",
    "drop_citation",
    "drop_declaration",
    "accept_proposals",
    "add_paper",
    "add_standing_item",
    "defer_item",
    "end_standing_item",
    "leave_out",
    "withdraw_paper",
    "cancel_meeting",
    "keep_exempt",
    "release_item",
    "reinstate_meeting",
    "create_series",
    "edit_series",
    "fix_series",
    "add_evidence",
    "add_item",
    "add_person",
    "agree_minutes",
    "clear_attendance",
    "create_board",
    "create_meeting",
    "dismiss_suggestion",
    "dispose_commitment",
    "edit_action",
    "edit_board",
    "edit_commitment",
    "edit_item",
    "edit_meeting",
    "edit_member",
    "lift_hold",
    "place_hold",
    "link_delivery_action",
    "escalate_actions",
    "make_commitment",
    "report_on_commitment",
    "move_action",
    "move_item",
    "record_action",
    "record_decision",
    "redate_action",
    "remove_item",
    "remove_member",
    "report_progress",
    "save_minute",
    "set_attendance",
    "set_member",
    "set_members",
    "unlink_delivery_action",
    "amend_minute",
    "circulate_minutes",
    "comment_on_minute",
    "prefill_minutes",
    "publish_minutes",
    "settle_comment",
    "sign_minutes",
    "approve_decision",
    "complete_decision",
    "correct_decision",
    "publish_decision",
    "record_decision_outside",
    "approve_answer",
    "ask_log_file",
    "purge_log_files",
    "edit_assurance",
    "record_assurance",
    "check_duty",
    "edit_question",
    "move_question",
    "record_question",
    "record_question_between",
    "write_answer",
]
