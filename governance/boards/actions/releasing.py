"""Exempt items once their day has come: released by somebody, or kept exempt until a later day. Never by the clock."""

import datetime as dt

from core.accounts.clock import now
from core.accounts.models import User
from core.audit import action
from core.documents.versions import save_if_unchanged
from governance.boards import checks
from governance.boards.actions.agreeing import refreeze
from governance.boards.models import AgendaItem, ExemptReview, Meeting


def _held(item: AgendaItem) -> AgendaItem:
    Meeting.objects.select_for_update().get(pk=item.meeting_id)
    return AgendaItem.objects.select_related("meeting").get(pk=item.pk)


def _reviewed(held: AgendaItem, **facts: object) -> ExemptReview:
    held_facts = {"item": held, "exemption": held.get_exemption_display(), "due": held.release_on, "at": now()}
    return ExemptReview.objects.create(**held_facts | facts)


@action
def release_item(*, item: AgendaItem, version: int, reason: str, by: User) -> ExemptReview:
    """Take an item into the public part. Agreed minutes get a further version that shows it; none is published by this.

    The words stay as the board agreed them: what changes is who may read them.
    """
    held = _held(item)
    checks.check_may_release(held, reason, by=by)
    public = {"part": AgendaItem.Part.PUBLIC, "exemption": "", "exempt_why": "", "release_on": None}
    save_if_unchanged(AgendaItem, held.pk, version, **public)
    why = reason.strip()
    made = refreeze(held.meeting, reason=f"Item {held.position} need no longer be exempt: {why}", by=by)
    return _reviewed(held, why=why, version=made, by=by)


@action
def keep_exempt(*, item: AgendaItem, version: int, until: dt.date, reason: str, by: User) -> ExemptReview:
    """Say why an item whose day has come stays exempt, and when it is looked at again."""
    held = _held(item)
    checks.check_may_release(held, reason, by=by)
    checks.check_later(until)
    save_if_unchanged(AgendaItem, held.pk, version, release_on=until)
    return _reviewed(held, why=reason.strip(), kept_until=until, by=by)
