"""Looking whether what has to be published is there."""

import datetime as dt

from core.accounts.clock import now, today
from core.accounts.models import User
from core.accounts.states import MoveRefused
from core.audit import action
from governance.boards.models import DutyCheck
from governance.boards.publication_duties import BY_KEY


@action
def check_duty(
    *, key: str, found: str, checked_on: dt.date, next_on: dt.date, address: str = "", note: str = "", by: User
) -> DutyCheck:
    """Note what was found, by whom and when; what was found before stays. Sent twice, it is one look."""
    address, note = address.strip(), note.strip()
    if key not in BY_KEY or found not in DutyCheck.Found.values:
        raise MoveRefused("There is no such duty, or nothing was found. Nothing was kept.")
    if found != DutyCheck.Found.MISSING and not address:
        raise MoveRefused("Give the address where it is published. Nothing was kept.")
    if found != DutyCheck.Found.PUBLISHED and not note:
        raise MoveRefused("Say what is missing. Nothing was kept.")
    if checked_on > today() or next_on <= checked_on:
        raise MoveRefused("Give the day you looked, today or earlier, and a later one to look again. Nothing was kept.")
    facts = {"key": key, "found": found, "address": address, "note": note, "checked_on": checked_on, "next_on": next_on}
    last = DutyCheck.objects.filter(key=key).order_by("-pk").first()
    if last and last.by_id == by.pk and all(getattr(last, name) == value for name, value in facts.items()):
        return last
    return DutyCheck.objects.create(by=by, at=now(), **facts)
