"""The papers to be taken under an item of an agenda."""

import datetime as dt

from core.accounts.clock import now
from core.accounts.models import User
from core.audit import action
from core.documents.models import StoredFile
from governance.boards import checks, reading
from governance.boards.actions.holding import hold
from governance.boards.models import AgendaItem, ItemPaper


@action
def add_paper(
    *, item: AgendaItem, file: StoredFile, name: str, received_on: dt.date, is_restricted: bool = False, by: User
) -> ItemPaper:
    """Lay a paper to an item, with the day it was due: one that came later counts as late whatever moves afterwards."""
    held = hold(item.meeting)
    checks.check_received(received_on)
    facts = {"name": name, "received_on": received_on, "due": reading.paper_deadline(held), "by": by, "at": now()}
    facts["is_restricted"] = is_restricted
    return ItemPaper.objects.get_or_create(item=item, file=file, withdrawn_at=None, defaults=facts)[0]


@action
def withdraw_paper(*, paper: ItemPaper, why: str, by: User) -> ItemPaper:
    """Take a paper off an item. That it was there stays known to the history."""
    board = hold(paper.item.meeting).board
    checks.check_no_hold(board)
    held = ItemPaper.objects.select_for_update().get(pk=paper.pk)
    checks.check_may_withdraw(held, why)
    held.withdrawn_why, held.withdrawn_at, held.withdrawn_by = why.strip(), now(), by
    held.save(update_fields=["withdrawn_why", "withdrawn_at", "withdrawn_by"])
    return held
