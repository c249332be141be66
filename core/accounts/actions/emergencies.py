"""Taking a role in an emergency, and giving it back."""

import datetime as dt

from django.utils import timezone

from core.accounts.actions.accounts import set_office
from core.accounts.models import EmergencyAccess, RoleAssignment, User
from core.accounts.permissions import EMERGENCY_ROLES, Role
from core.accounts.states import MoveRefused
from core.audit import action

LONGEST = 12  # hours


@action
def take_emergency_access(*, role: str, hours: int, reason: str, by: User) -> EmergencyAccess:
    """Hold a role from now for some hours. Raises MoveRefused for one that is held, or may not be taken."""
    User.objects.select_for_update().get(pk=by.pk)
    if role not in EMERGENCY_ROLES or not 0 < hours <= LONGEST:
        raise MoveRefused("This role cannot be taken in an emergency, or not for so long. Nothing was changed.")
    day, now = timezone.localdate(), timezone.now()
    held = by.role_assignments.filter(role=role)
    if held.held_on(day).exists():
        raise MoveRefused(f"You hold the role {Role(role).label} already. Nothing was changed.")
    held.filter(until__isnull=False, starts=day).delete()  # one of this morning, which is over
    until = now + dt.timedelta(hours=hours)
    RoleAssignment.objects.create(user=by, role=role, starts=day, ends=timezone.localtime(until).date(), until=until)
    taken = EmergencyAccess.objects.create(user=by, role=role, reason=reason, began_at=now, until=until)
    _tell_the_office(by)
    return taken


@action
def end_emergency_access(*, taken: EmergencyAccess, by: User) -> bool:
    """Give it back, or take it from somebody, before its time, with what was given by it; False where it is over."""
    held = EmergencyAccess.objects.select_for_update().get(pk=taken.pk)
    if not held.is_on:
        return False
    held.ended_at = timezone.now()
    held.save(update_fields=["ended_at"])
    # To the microsecond, so that it tells what this one gave from what any other did.
    RoleAssignment.objects.filter(until=held.until).update(until=held.ended_at)
    _tell_the_office(by)
    return True


def _tell_the_office(by: User) -> None:
    """The office's row is read on every page, so what every page says stands there: who, as what, and how long."""
    on = [
        one
        for one in EmergencyAccess.objects.filter(ended_at__isnull=True).select_related("user").order_by("until")
        if one.is_on
    ]
    said = "; ".join(
        f"{one.user} as {one.get_role_display()} until {timezone.localtime(one.until):%H:%M}" for one in on
    )
    set_office(emergency_until=on[-1].until if on else None, emergency_words=said[:500], by=by)
