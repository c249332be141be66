"""The numbered actions: added, put right, re-dated, moved on; never deleted."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from core.accounts.clock import now, today
from core.accounts.models import Person, User
from core.audit import action
from core.documents.models import StoredFile
from core.documents.versions import Stale, save_if_unchanged
from deepdive import states
from deepdive.models import (
    OVER,
    ActionStatus,
    ActionUpdate,
    Correction,
    DeliveryAction,
    DeliveryEvidence,
    Objective,
    PartnerAgency,
    Redating,
    StatusChange,
)
from deepdive.redating import tell_redated
from measures.models import Measure


@action
def create_delivery_action(
    *,
    objective: Objective,
    ref: str,
    statement: str,
    owner: Person | None = None,
    owner_role: str = "",
    deputy: Person | None = None,
    leads: str = "",
    agencies: Iterable[str] = (),
    start: dt.date | None = None,
    due: dt.date | None = None,
    contributors: list[User] | None = None,
    measures: list[Measure] | None = None,
    by: User | None,
) -> DeliveryAction:
    """Add a promise to the plan under a reference that is never used for another."""
    return made_action(
        objective,
        ref=ref,
        statement=statement,
        owner=owner,
        owner_role=owner_role,
        deputy=deputy,
        leads=leads,
        agencies=agencies,
        start=start,
        due=due,
        contributors=contributors or [],
        measures=measures or [],
    )


def made_action(
    objective: Objective,
    *,
    agencies: Iterable[str] = (),
    contributors: Iterable[User] = (),
    measures: Iterable[Measure] = (),
    forebear: DeliveryAction | None = None,
    **fields: Any,
) -> DeliveryAction:
    """The rows of a new action, within whatever action of a person makes it."""
    made = DeliveryAction.objects.create(
        objective=objective,
        delivery_plan=objective.delivery_plan,
        first_statement=fields["statement"],
        forebear=forebear,
        line_id=(forebear.line_id or forebear.pk) if forebear else None,
        **fields,
    )
    made.contributors.set(contributors)
    made.measures.set(measures)
    made.agencies.set(_agencies(agencies))
    return made


@action
def edit_delivery_action(
    *,
    delivery_action: DeliveryAction,
    version: int,
    owner: Person | None,
    owner_role: str,
    deputy: Person | None,
    leads: str,
    agencies: Iterable[str],
    start: dt.date | None,
    contributors: list[User],
    measures: list[Measure],
    by: User,
) -> DeliveryAction:
    """Change who answers for an action, who works on it and what it is measured by; reference, words and date stay."""
    changed = save_if_unchanged(
        DeliveryAction,
        delivery_action.pk,
        version,
        owner=owner,
        owner_role=owner_role,
        deputy=deputy,
        leads=leads,
        start=start,
    )
    changed.contributors.set(contributors)
    changed.measures.set(measures)
    changed.agencies.set(_agencies(agencies))
    return changed


def _agencies(names: Iterable[str]) -> list[PartnerAgency]:
    """The agencies of these names, however they are capitalised; one that is new is recorded."""
    wanted = {name.casefold(): name for name in (" ".join(one.split()) for one in names) if name}
    held = {one.name.casefold(): one for one in PartnerAgency.objects.all()} if wanted else {}
    return [held.get(key) or PartnerAgency.objects.create(name=name) for key, name in wanted.items()]


@action
def correct_statement(
    *, delivery_action: DeliveryAction, version: int, statement: str, reason: str, by: User
) -> DeliveryAction:
    """Put the words of an action right without changing what it promises; the words before and why stay beside them."""
    was = DeliveryAction.objects.get(pk=delivery_action.pk).statement
    changed = save_if_unchanged(
        DeliveryAction, delivery_action.pk, version, statement=statement, correction_reason=reason
    )
    Correction.objects.create(action=changed, was=was, now=statement, why=reason, by=by, at=now())
    return changed


@action
def redate_action(*, delivery_action: DeliveryAction, due: dt.date, reason: str, by: User) -> Redating:
    """Move the due date; the old date, the reason and the count stay."""
    held = DeliveryAction.objects.select_for_update().get(pk=delivery_action.pk)
    moved = Redating.objects.create(action=held, was=held.due, now=due, why=reason, by=by, at=now())
    DeliveryAction.objects.filter(pk=held.pk).update(due=due, version=held.version + 1)
    tell_redated(held)
    return moved


@action
def add_evidence(*, delivery_action: DeliveryAction, file: StoredFile, name: str, by: User) -> DeliveryEvidence:
    """File what shows that something was done for an action; the same file again is the same evidence."""
    states.check_may_file(DeliveryAction.objects.select_for_update().get(pk=delivery_action.pk), by=by)
    facts = {"name": name, "by": by, "at": now()}
    return DeliveryEvidence.objects.get_or_create(action=delivery_action, file=file, defaults=facts)[0]


@action
def move_action(
    *,
    delivery_action: DeliveryAction,
    version: int,
    to: str,
    reason: str = "",
    rag: str = "",
    day: dt.date | None = None,
    no_evidence: str = "",
    by: User,
) -> DeliveryAction:
    """Move an action on between two updates. A draft of the quarter says the same from then on."""
    held = DeliveryAction.objects.select_for_update().get(pk=delivery_action.pk)
    if held.version != version:
        raise Stale(held)
    said = {"reason": reason, "rag": rag, "day": day, "no_evidence": no_evidence}
    states.check_action_move(held, to, **said, today=today(), by=by)
    was, held.status = held.status, to
    is_over = to in OVER
    held.ended_on, held.ended_why = (day, reason) if is_over else (None, "")
    held.no_evidence_why = no_evidence.strip() if states.needs_of(was, to).evidence else ""
    if states.needs_of(was, to).rating:
        held.rag, held.rag_reason = rag, reason[:300]
    held.version += 1
    held.save(update_fields=["status", "rag", "rag_reason", "ended_on", "ended_why", "no_evidence_why", "version"])
    StatusChange.objects.create(action=held, was=was, now=to, why=reason, by=by, at=now())
    _say_in_draft(held, reason)
    return held


def _say_in_draft(held: DeliveryAction, reason: str) -> None:
    """Later approval of a draft begun before the move would otherwise move the action back."""
    why = held.rag_reason or (reason[:300] if held.status == ActionStatus.CLOSED else "")
    for draft in held.updates.filter(state=ActionUpdate.State.DRAFT):
        draft.status, draft.rag, draft.rag_reason = held.status, held.rag, why
        draft.version += 1
        draft.save(update_fields=["status", "rag", "rag_reason", "version"])
