"""Writing, reviewing and approving what the office says of a measure. The caller has checked permission."""

from core.accounts.clock import now
from core.accounts.models import User
from core.audit import action
from core.documents.richtext import ensure_ids
from core.documents.versions import save_if_unchanged
from governance.papers import states
from governance.papers.models import Commentary


@action
def save_commentary(*, commentary: Commentary, version: int, text: str, did: str, by: User) -> Commentary:
    """Keep what was written; whoever saves becomes one of the authors of this version."""
    states.check_may_write(commentary)
    saved = save_if_unchanged(Commentary, commentary.pk, version, text=ensure_ids(text), did=ensure_ids(did))
    saved.authors.add(by)
    return saved


@action
def move_commentary(*, commentary: Commentary, to: str, reason: str = "", by: User) -> Commentary:
    """Submit, approve, send back or open again."""
    held = Commentary.objects.select_for_update().get(pk=commentary.pk)
    states.check_commentary_move(held, to, reason=reason, by=by)
    approved = to == Commentary.State.APPROVED
    held.state = to
    held.approved_by = by if approved else None
    held.approved_at = now() if approved else None
    held.version += 1
    held.save(update_fields=["state", "approved_by", "approved_at", "version"])
    return held


@action
def assign_commentary(*, commentary: Commentary, to: User | None, by: User) -> Commentary:
    """Say who is to write it."""
    commentary.assigned_to = to
    commentary.save(update_fields=["assigned_to"])
    return commentary
