"""Roles, and what each may do. docs/roles.md is generated from this table."""

from django.db.models import TextChoices


class Permission(TextChoices):
    """One thing a person may do. The label reads after the words "may"."""

    MEASURE_VIEW = "measure_view", "see the scorecard and every measure"
    DELIVERY_VIEW = "delivery_view", "see the whole service delivery plan"
    BOARD_VIEW = "board_view", "see boards, meetings, minutes, decisions and actions"
    PAPER_VIEW = "paper_view", "see papers that are being prepared"
    PUBLISHED_VIEW = "published_view", "read published papers"
    RESTRICTED_VIEW = "restricted_view", "see what is marked restricted or exempt"
    SMALL_NUMBERS_VIEW = "small_numbers_view", "see counts below five as they are"
    EMBARGO_VIEW = "embargo_view", "see figures under embargo before they are released"
    OBSERVATION_IMPORT = (
        "observation_import",
        "import figures, enter a value, add a data note, say which small numbers are hidden",
    )
    COMMENTARY_WRITE = "commentary_write", "write commentary"
    COMMENTARY_APPROVE = "commentary_approve", "review and approve commentary that others wrote"
    DELIVERY_UPDATE = "delivery_update", "update any delivery action"
    DELIVERY_UPDATE_ASSIGNED = "delivery_update_assigned", "update the delivery actions assigned to them"
    DELIVERY_APPROVE = "delivery_approve", "approve delivery updates that others wrote"
    QUARTER_OPEN = "quarter_open", "open a quarter and assign its work"
    MEETING_RUN = "meeting_run", "keep boards, agendas, attendance, minutes, decisions and actions arising"
    MINUTES_SIGN = "minutes_sign", "comment on minutes, and sign those of a meeting they chaired"
    DECISION_WRITE = "decision_write", "write up decisions in full, and correct them"
    DECISION_APPROVE = "decision_approve", "approve decisions that others wrote up"
    QUESTION_ANSWER = "question_answer", "write answers to what boards ask and recommend"
    QUESTION_ANSWER_ASSIGNED = "question_answer_assigned", "write the answers they promised to boards"
    QUESTION_APPROVE = "question_approve", "approve answers that others wrote"
    DUTY_CHECK = "duty_check", "note whether what has to be published is there"
    ACTION_UPDATE = "action_update", "report progress on an action they own"
    PAPER_ASSEMBLE = "paper_assemble", "assemble a paper and submit it for signature"
    PAPER_SIGN = "paper_sign", "sign a paper"
    PAPER_PUBLISH = "paper_publish", "publish, correct or withdraw a paper"
    HISTORY_OWN = "history_own", "see the history of what they may see"
    HISTORY_ALL = "history_all", "see the history of everything"
    HISTORY_ACCOUNTS = "history_accounts", "see the history of accounts and roles"
    REDACTION_ASK = "redaction_ask", "ask that what a change said be taken out of the history"
    REDACTION_APPROVE = "redaction_approve", "agree to a redaction of the history that another asked for"
    AUDIT_TEST = "audit_test", "draw samples of changes, record what was tested and found, note exceptions"
    EMERGENCY_TAKE = "emergency_take", "take another role for some hours in an emergency, which everybody is told of"
    USER_MANAGE = "user_manage", "invite people, give and end roles"
    OFFICE_MANAGE = "office_manage", "change the office's own settings"


class Role(TextChoices):
    STAFF = "staff", "OPCC staff"
    ANALYST = "analyst", "Analyst"
    COMMISSIONER = "commissioner", "Commissioner"
    SECRETARY = "secretary", "Board secretary"
    CONTRIBUTOR = "contributor", "Force contributor"
    AUDITOR = "auditor", "Auditor"
    PANEL = "panel", "Panel member"
    ADMINISTRATOR = "administrator", "Administrator"


P = Permission
# What changes nothing. Whoever may do anything else needs a second factor.
READS = frozenset(
    {P.MEASURE_VIEW, P.DELIVERY_VIEW, P.BOARD_VIEW, P.PAPER_VIEW, P.PUBLISHED_VIEW, P.RESTRICTED_VIEW}
    | {P.SMALL_NUMBERS_VIEW, P.EMBARGO_VIEW, P.HISTORY_OWN, P.HISTORY_ALL, P.HISTORY_ACCOUNTS}
)
_SEE = {P.MEASURE_VIEW, P.DELIVERY_VIEW, P.BOARD_VIEW, P.PUBLISHED_VIEW}
_WRITE = {
    P.COMMENTARY_WRITE,
    P.COMMENTARY_APPROVE,
    P.DELIVERY_UPDATE,
    P.DELIVERY_APPROVE,
    P.PAPER_VIEW,
    P.ACTION_UPDATE,
    P.MINUTES_SIGN,
    P.DECISION_WRITE,
    P.DECISION_APPROVE,
    P.QUESTION_ANSWER,
    P.QUESTION_APPROVE,
}

ROLE_PERMISSIONS: dict[str, frozenset[str]] = {
    Role.STAFF: frozenset(_SEE | _WRITE | {P.SMALL_NUMBERS_VIEW, P.HISTORY_OWN, P.DUTY_CHECK}),
    Role.ANALYST: frozenset(
        _SEE
        | _WRITE
        | {P.RESTRICTED_VIEW, P.SMALL_NUMBERS_VIEW, P.EMBARGO_VIEW, P.OBSERVATION_IMPORT, P.HISTORY_OWN}
        | {P.REDACTION_ASK}
    ),
    Role.COMMISSIONER: frozenset(
        _SEE
        | _WRITE
        | {P.RESTRICTED_VIEW, P.SMALL_NUMBERS_VIEW, P.EMBARGO_VIEW, P.PAPER_SIGN, P.HISTORY_ALL}
        | {P.REDACTION_ASK, P.REDACTION_APPROVE, P.EMERGENCY_TAKE}
    ),
    Role.SECRETARY: frozenset(
        _SEE
        | {P.RESTRICTED_VIEW, P.PAPER_VIEW, P.QUARTER_OPEN, P.MEETING_RUN, P.DECISION_WRITE, P.ACTION_UPDATE}
        | {P.QUESTION_ANSWER, P.DUTY_CHECK}
        | {P.PAPER_ASSEMBLE, P.PAPER_PUBLISH, P.HISTORY_OWN, P.REDACTION_ASK, P.EMERGENCY_TAKE}
    ),
    Role.CONTRIBUTOR: frozenset(
        {P.DELIVERY_UPDATE_ASSIGNED, P.ACTION_UPDATE, P.QUESTION_ANSWER_ASSIGNED, P.PUBLISHED_VIEW}
    ),
    Role.AUDITOR: frozenset(
        _SEE | {P.RESTRICTED_VIEW, P.SMALL_NUMBERS_VIEW, P.PAPER_VIEW, P.HISTORY_ALL, P.AUDIT_TEST}
    ),
    Role.PANEL: frozenset({P.PUBLISHED_VIEW}),
    Role.ADMINISTRATOR: frozenset(_SEE | {P.USER_MANAGE, P.OFFICE_MANAGE, P.HISTORY_ACCOUNTS, P.EMERGENCY_TAKE}),
}
# What may be taken in an emergency: not the commissioner's, for a signature is a person's, and not the auditor's, for
# whoever tests must not have done.
EMERGENCY_ROLES = (Role.STAFF, Role.ANALYST, Role.SECRETARY, Role.ADMINISTRATOR)
