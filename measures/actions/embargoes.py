"""Figures kept back until a day and time, and notes on why figures were revised. The caller has checked permission."""

import datetime as dt
from collections.abc import Iterable

from core.accounts.clock import now
from core.accounts.models import User
from core.audit import action
from core.documents.versions import save_if_unchanged
from measures import states
from measures.models import Embargo, ImportBatch, Measure, RevisionNote


@action
def embargo_import(
    *, batch: ImportBatch, until: dt.datetime, reason: str, cleared: Iterable[User] = (), by: User
) -> Embargo:
    """Keep what an import brings back until a moment; `cleared` are people who may see it all the same."""
    held = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    states.check_embargo(until, batch=held)
    return _kept(Embargo(batch=held, until=until, reason=reason.strip(), set_by=by, set_at=now()), cleared)


@action
def embargo_months(
    *,
    measure: Measure,
    first_month: dt.date,
    last_month: dt.date,
    until: dt.datetime,
    reason: str,
    cleared: Iterable[User] = (),
    by: User,
) -> Embargo:
    """Keep every figure of these months of a measure back until a moment, those held and those still to come."""
    states.check_embargo(until)
    made = Embargo(measure=measure, first_month=first_month, last_month=last_month, until=until, reason=reason.strip())
    made.set_by, made.set_at = by, now()
    return _kept(made, cleared)


def _kept(embargo: Embargo, cleared: Iterable[User]) -> Embargo:
    embargo.full_clean()
    embargo.save()
    embargo.cleared.set(cleared)
    return embargo


@action
def end_embargo(*, embargo: Embargo, reason: str, by: User) -> Embargo:
    """Release figures before their time, with the reason."""
    held = Embargo.objects.select_for_update().get(pk=embargo.pk)
    states.check_release(held, reason=reason)
    held.ended_by, held.ended_at = by, now()
    held.save(update_fields=["ended_by", "ended_at"])
    return held


@action
def write_revision_note(*, batch: ImportBatch, text: str, version: int = 0, by: User) -> RevisionNote:
    """Say why the figures of an import differ from those held before. Raises Stale when somebody has saved it since."""
    held = RevisionNote.objects.filter(batch=batch).first()
    if held is None:
        return RevisionNote.objects.create(batch=batch, text=text.strip(), written_by=by, written_at=now())
    return save_if_unchanged(RevisionNote, held.pk, version, text=text.strip(), written_by=by, written_at=now())
