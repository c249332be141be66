"""Decisions: noted in a meeting or taken outside one, completed, approved by another, published, corrected."""

import datetime as dt

from core import jobs
from core.accounts.clock import now
from core.accounts.models import User
from core.audit import action
from core.documents.versions import Stale, save_if_unchanged
from governance.boards import deciding, decision_content, states
from governance.boards.actions.holding import hold, next_in_year
from governance.boards.models import AgendaItem, Board, Decision, DecisionNotice, DecisionVersion

STATE = Decision.State


@action
def record_decision(*, item: AgendaItem, text: str, decided_by: str, by: User | None) -> Decision:
    """The same words sent twice, by a second press of the button, are one decision."""
    held = hold(item.meeting)
    if again := Decision.objects.filter(item=item, text=text, decided_by=decided_by).first():
        return again
    states.check_begun(held, "nothing can have been decided in it")
    ref = next_in_year(Decision, "D", held.date.year)
    return _written(
        Decision.objects.create(item=item, ref=ref, text=text, decided_by=decided_by, decided_on=held.date), by
    )


@action
def record_decision_outside(
    *, text: str, decided_by: str, decided_on: dt.date, board: Board | None = None, exemption: str = "", by: User
) -> Decision:
    """A decision taken outside a meeting, perhaps on the business of a board."""
    deciding.check_decided_on(decided_on)
    facts = {"text": text, "decided_by": decided_by, "decided_on": decided_on, "item": None}
    if again := Decision.objects.filter(**facts).first():
        return again
    ref = next_in_year(Decision, "D", decided_on.year)
    return _written(Decision.objects.create(ref=ref, board=board, exemption=exemption, **facts), by)


def _written(decision: Decision, by: User | None) -> Decision:
    """Whoever writes is one of the authors, and approves none of it."""
    if by is not None:
        decision.authors.add(by)
    return decision


@action
def complete_decision(*, decision: Decision, version: int, by: User, **changes: object) -> Decision:
    """Write down options, advice, reasons and the rest: the record is then drafted in full."""
    held = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    deciding.check_may_complete(held, changes, by=by)
    if changes.get("is_significant") and not changes.get("publish_by"):
        changes["publish_by"] = decision_content.publish_by(held.day)
    return _written(save_if_unchanged(Decision, held.pk, version, state=STATE.DRAFTED, **changes), by)


@action
def approve_decision(*, decision: Decision, version: int | None = None, by: User) -> DecisionVersion:
    """Freeze the record as it stands: by somebody who wrote none of it.

    With the `version` that somebody has read, nothing is approved that they have not. Raises Stale.
    """
    held = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if version is not None and held.version != version:
        raise Stale(held)
    deciding.check_may_approve(held, by=by)
    text = decision_content.to_text(decision_content.content_of(held))
    made = DecisionVersion.objects.create(
        decision=held,
        number=held.versions.count() + 1,
        decided_on=held.day,
        content=text,
        sha256=decision_content.sha256_of(text),
        reason=held.correction,
        approved_by=by,
        approved_at=now(),
    )
    _move(held, STATE.APPROVED)
    return made


@action
def publish_decision(*, decision: Decision, published_on: dt.date, place: str, by: User) -> DecisionNotice:
    """Put the notice where anybody can read it; of an exempt decision only that it was taken, and its paragraph."""
    held = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    deciding.check_may_publish_decision(held, published_on, by=by)
    made = DecisionNotice.objects.create(
        version=held.versions.order_by("-number").first(),
        published_on=published_on,
        due=held.publish_by if held.versions.count() == 1 else None,
        place=place,
        published_by=by,
        published_at=now(),
    )
    _move(held, STATE.PUBLISHED)
    jobs.enqueue("boards.render_notice", made.version_id)
    return made


@action
def correct_decision(*, decision: Decision, reason: str, by: User) -> Decision:
    """Open an approved or published record for a correction: what stands stays readable until another is approved."""
    held = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    deciding.check_may_correct(held, reason, by=by)
    held.correction = reason.strip()
    return _move(_written(held, by), STATE.DRAFTED, "correction")


def _move(held: Decision, to: str, *fields: str) -> Decision:
    held.state = to
    held.version += 1
    held.save(update_fields=["state", "version", *fields])
    return held
