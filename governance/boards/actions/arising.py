"""What becomes of an action arising after the meeting. Agreed minutes do not stop it: the action lives on."""

import datetime as dt

from django.db.models import F

from core.accounts.clock import now
from core.accounts.models import Person, User
from core.audit import action
from core.documents.models import StoredFile
from core.documents.versions import Stale, save_if_unchanged
from governance.boards import states
from governance.boards.actions.escalating import escalate_action
from governance.boards.models import (
    ActionEvidence,
    ActionMove,
    ActionProgress,
    ActionRedating,
    BoardAction,
    Escalation,
)
from governance.boards.models.action import CLOSED


def _held(board_action: BoardAction) -> BoardAction:
    found = BoardAction.objects.select_for_update(of=("self",)).select_related(
        "owner", "deputy", "item__meeting__board"
    )
    return found.get(pk=board_action.pk)


@action
def report_progress(*, board_action: BoardAction, version: int, progress: str, by: User) -> BoardAction:
    """Say how an open action is going. What was said before stays."""
    held = _held(board_action)
    states.check_may_report(held, by=by)
    saved = save_if_unchanged(BoardAction, held.pk, version, progress=progress)
    ActionProgress.objects.create(action=saved, text=progress, by=by, at=now())
    return saved


@action
def edit_action(
    *,
    board_action: BoardAction,
    version: int,
    text: str,
    owner: Person,
    owner_role: str,
    deputy: Person | None,
    by: User,
) -> BoardAction:
    """Put right what is asked for, and of whom."""
    changes = {"text": text, "owner": owner, "owner_role": owner_role, "deputy": deputy}
    return save_if_unchanged(BoardAction, board_action.pk, version, **changes)


@action
def redate_action(*, board_action: BoardAction, version: int, due: dt.date, why: str, by: User) -> BoardAction:
    """Give an open action another day. The third time the board itself is asked to look at it."""
    held = _held(board_action)
    if held.version != version:
        raise Stale(held)
    states.check_redating(held, due, why=why, by=by)
    ActionRedating.objects.create(action=held, was=held.due, now=due, why=why.strip(), by=by, at=now())
    held.due, held.redated, held.version = due, held.redated + 1, held.version + 1
    held.save(update_fields=["due", "redated", "version"])
    if held.redated >= states.REDATINGS:
        escalate_action(held, Escalation.Kind.REDATED)
    return held


@action
def add_evidence(*, board_action: BoardAction, file: StoredFile, name: str, by: User) -> ActionEvidence:
    """File what shows that an action was done; the same file again is the same evidence."""
    held = _held(board_action)
    states.check_may_report(held, by=by)
    facts = {"name": name, "by": by, "at": now()}
    evidence, is_new = ActionEvidence.objects.get_or_create(action=held, file=file, defaults=facts)
    if is_new:
        BoardAction.objects.filter(pk=held.pk).update(evidence_files=F("evidence_files") + 1)
    return evidence


@action
def move_action(
    *, board_action: BoardAction, to: str, reason: str = "", no_evidence: str = "", by: User
) -> BoardAction:
    """Move an action on, close it, or open it again."""
    held = _held(board_action)
    no_evidence = no_evidence.strip() or held.no_evidence_why
    states.check_action_move(held, to, reason=reason, no_evidence=no_evidence, by=by)
    was, is_closed = held.status, to in CLOSED
    held.status = to
    held.status_reason = reason.strip()
    if states.needs_of(was, to).evidence and not held.evidence_files:
        held.no_evidence_why = no_evidence
    elif to == BoardAction.Status.OPEN:
        held.no_evidence_why = ""
    held.closed_at = now() if is_closed else None
    held.closed_by = by if is_closed else None
    held.version += 1
    held.save(update_fields=["status", "status_reason", "no_evidence_why", "closed_at", "closed_by", "version"])
    ActionMove.objects.create(action=held, was=was, now=to, why=held.status_reason, by=by, at=now())
    return held
