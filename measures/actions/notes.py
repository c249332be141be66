"""What must be said about the data: notes on months, and new phases. The caller has checked permission."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from core.accounts.clock import now
from core.accounts.models import User
from core.audit import action
from core.documents.versions import save_if_unchanged
from measures import effects, states, storing
from measures.models import DataNote, Measure, PhaseChange, Series
from measures.models.period import month_index, month_start


@action
def add_data_note(
    *,
    title: str,
    text: str,
    starts: dt.date,
    measures: Iterable[Measure],
    ends: dt.date | None = None,
    exclude: bool = False,
    by: User | None,
) -> DataNote:
    """Say something about months of some measures; `exclude` leaves those months out of baselines."""
    note = DataNote(title=title, text=text, starts=starts, ends=ends, exclude=exclude)
    note.written_by, note.written_at = by, now()
    note.full_clean()
    note.save()
    note.measures.set(measures)
    if exclude:
        _judge_again(note.measures.all())
    return note


@action
def edit_data_note(
    *,
    note: DataNote,
    version: int,
    title: str,
    text: str,
    starts: dt.date,
    measures: Iterable[Measure],
    ends: dt.date | None,
    exclude: bool,
    by: User,
) -> DataNote:
    """Change what a note says or where it holds. Raises Stale when somebody else has saved it since."""
    before = list(note.measures.all())
    changed = save_if_unchanged(
        DataNote,
        note.pk,
        version,
        title=title,
        text=text,
        starts=starts,
        ends=ends,
        exclude=exclude,
        changed_by=by,
        changed_at=now(),
    )
    changed.measures.set(measures)
    if exclude or note.exclude:
        _judge_again([*before, *changed.measures.all()])
    return changed


@action
def propose_phase_change(*, measure: Measure, month: dt.date, reason: str, by: User) -> PhaseChange:
    """Propose that from this month a measure is judged against itself afresh. It counts once another approves it."""
    change = PhaseChange(measure=measure, month=month_start(month_index(month)), reason=reason, proposed_by=by)
    change.full_clean()
    change.save()
    return change


@action
def approve_phase_change(*, change: PhaseChange, seen: str, by: User) -> PhaseChange:
    """Let a proposed phase count. `seen` is the mark of what it would do, as the approver was shown it."""
    held = PhaseChange.objects.select_for_update().get(pk=change.pk)
    states.check_phase_approval(held, by=by)
    states.check_effect_seen(seen=seen, now_is=effects.phase_effect(held).digest)
    held.approved_by, held.approved_at = by, timezone.now()
    held.save(update_fields=["approved_by", "approved_at"])
    _judge_again([held.measure])
    return held


@action
def drop_phase_change(*, change: PhaseChange, reason: str, by: User) -> None:
    """Take back a proposal, or end a phase change that was approved by mistake; the log keeps both."""
    measure = change.measure
    change.delete()
    _judge_again([measure])


def _judge_again(measures: Iterable[Measure]) -> None:
    pks = {measure.pk for measure in measures}
    storing.ask_for_signals(Series.objects.filter(measure_id__in=pks).values_list("pk", flat=True))
