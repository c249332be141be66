"""The plan as rows for a spreadsheet. Nothing here reads the database."""

from core.documents.richtext import plain_text
from deepdive.presenters.rows import ActionRow, rag_word
from measures.models import Period
from measures.presenters.workbook import Sheet

HEADINGS = (
    "Priority",
    "Objective",
    "Reference",
    "Action",
    "First stated as",
    "Owner",
    "Owner's role",
    "Deputy",
    "Leads",
    "Partner agencies",
    "Status",
    "Rating",
    "Reason",
    "Start",
    "Due",
    "Due date moved",
    "Ended",
    "Why it ended",
    "Files that show it",
    "Why no file shows it",
    "Milestones to be reached",
    "Warnings",
    "Last approved update",
    "Days since",
    "Carries on",
)
SAID_HEADINGS = ("Reference", "Quarter", "State", "Status", "Rating", "Reason", "Update")


def plan_line(row: ActionRow) -> list[object]:
    """One action under HEADINGS; days are days and counts are numbers. A CSV file wants `safe` round each cell."""
    one = row.action
    last = row.last_approved
    return [
        str(one.objective.priority),
        str(one.objective),
        one.ref,
        one.statement,
        one.first_statement if one.is_corrected else "",
        one.owner.name if one.owner else "",
        one.owner_role or (one.owner.job_title if one.owner else ""),
        str(one.deputy) if one.deputy else "",
        one.leads,
        "; ".join(agency.name for agency in one.agencies.all()),
        one.get_status_display(),
        rag_word(one.rag),
        one.rag_reason,
        one.start,
        one.due,
        row.redated,
        one.ended_on,
        one.ended_why,
        "; ".join(filed.name for filed in one.evidence.all()),
        one.no_evidence_why,
        "; ".join(f"{step.text} ({step.due.day} {step.due:%B %Y})" for step in row.waiting),
        "; ".join(flag.words for flag in row.flags),
        plain_text(last.text) if last else "",
        row.days_since_update,
        f"{one.forebear.ref} of {one.forebear.delivery_plan}" if one.forebear else "",
    ]


def said_lines(rows: list[ActionRow], quarters: list[Period], *, drafts: bool) -> list[list[object]]:
    """Every update under SAID_HEADINGS, action by action, the latest first; drafts only for those who may read them."""
    known = {one.pk for one in quarters}
    return [
        [
            update.action.ref,
            str(update.period),
            update.get_state_display(),
            update.get_status_display(),
            rag_word(update.rag),
            update.rag_reason,
            plain_text(update.text),
        ]
        for row in rows
        for update in row.updates
        if update.action_id == row.action.pk and update.period_id in known and (drafts or update.approved_by_id)
    ]


def as_workbook(title: str, rows: list[ActionRow], quarters: list[Period], *, drafts: bool) -> list[Sheet]:
    return [
        Sheet("Actions", HEADINGS, [plan_line(row) for row in rows], above=(title,)),
        Sheet("Updates", SAID_HEADINGS, said_lines(rows, quarters, drafts=drafts), above=(title,)),
    ]
