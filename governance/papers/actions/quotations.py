"""Entering what people said, checking that it names nobody, and choosing what goes with a commentary.

The caller has checked permission.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from core.accounts.clock import now
from core.accounts.models import User
from core.audit import action
from core.documents.versions import Stale, save_if_unchanged
from governance.papers import states
from governance.papers.models import Commentary, Quotation
from measures.models import Measure


@action
def save_quotation(
    *,
    held: Quotation | None,
    version: int,
    measure: Measure,
    theme: str,
    words: str,
    speaker: str,
    kind: str,
    source: str,
    dated: dt.date,
    may_be_public: bool,
    by: User,
) -> Quotation:
    """Enter a quotation, or change one that nobody has approved; whoever does cannot be the one who checks it."""
    states.check_quotation(words, theme, measure.pk, held)
    facts = {"measure": measure, "theme": theme, "words": words, "speaker": speaker, "kind": kind}
    facts |= {"source": source, "dated": dated, "may_be_public": may_be_public}
    saved = save_if_unchanged(Quotation, held.pk, version, **facts) if held else Quotation.objects.create(**facts)
    saved.authors.add(by)
    return saved


@action
def import_quotations(*, rows: Sequence[dict[str, Any]], by: User) -> int:
    """Enter quotations as a sheet gives them (`quotation_sheet.matched`), all or none; how many there were."""
    for facts in rows:
        states.check_quotation(facts["words"], facts["theme"], facts["measure"].pk, None)
        Quotation.objects.create(**facts).authors.add(by)
    return len(rows)


@action
def move_quotation(*, quotation: Quotation, version: int, to: str, reason: str = "", by: User) -> Quotation:
    """Approve it as naming nobody, have it checked anew, or withdraw it. Stale where its words changed meanwhile."""
    held = Quotation.objects.select_for_update().get(pk=quotation.pk)
    if held.version != version:
        raise Stale(held)
    states.check_quotation_move(held, to, reason=reason, by=by)
    approved = to == Quotation.State.APPROVED
    held.state, held.version = to, held.version + 1
    held.approved_by, held.approved_at = (by, now()) if approved else (None, None)
    held.save(update_fields=["state", "version", "approved_by", "approved_at"])
    return held


@action
def choose_quotations(
    *, commentary: Commentary, standing: Collection[int], chosen: Sequence[Quotation], by: User
) -> None:
    """Which quotations are printed after a commentary. `standing` are the keys that were chosen when it was asked.

    Raises Stale where others are chosen by now: whoever chose has seen another list.
    """
    held = Commentary.objects.select_for_update().get(pk=commentary.pk)
    now_chosen = set(held.quotations.values_list("pk", flat=True))
    if now_chosen != set(standing):
        raise Stale(held)
    states.check_quotations_chosen(held, [one for one in chosen if one.pk not in now_chosen])
    held.quotations.set(chosen)
    held.authors.add(by)
