"""What is given by somebody who manages people for some hours alone: it ends with their emergency."""

import datetime as dt

from django.utils import timezone

from core.accounts.models import EmergencyAccess, RoleAssignment, User
from core.accounts.permissions import EMERGENCY_ROLES, ROLE_PERMISSIONS, Permission, Role
from core.accounts.states import MoveRefused

NEVER = tuple(role for role in Role if role not in (*EMERGENCY_ROLES, Role.CONTRIBUTOR, Role.PANEL))
MANAGERS = [role for role, may in ROLE_PERMISSIONS.items() if Permission.USER_MANAGE in may]


def manages_until(user: User | None) -> dt.datetime | None:
    """The end of the emergency by which alone somebody manages people; None for whoever does so lastingly."""
    if user is None:
        return None
    held = user.role_assignments.held_on(timezone.localdate()).filter(role__in=MANAGERS)
    ends = list(held.values_list("until", flat=True))
    return max(ends) if ends and None not in ends else None


def check_given(role: str, starts: dt.date, *, user: User | None, by: User, until: dt.datetime) -> None:
    """Raise MoveRefused for what nobody may give in an emergency; `user` is None for an account not made yet."""
    if role in NEVER:
        raise MoveRefused(f"The role {Role(role).label} cannot be given in an emergency. Nothing was changed.")
    if user == by:
        raise MoveRefused(
            "Take a role for yourself on the page Emergency access, with its reason. Nothing was changed."
        )
    if starts > timezone.localdate():
        when = f"{timezone.localtime(until):%H:%M}"
        raise MoveRefused(
            f"You manage people until {when} only: a role you give begins today and ends then. Nothing was changed."
        )


def check_may_let_in(user: User, *, what: str, by: User) -> None:
    """Raise MoveRefused where somebody who manages people for some hours could become another by changing this.

    `what` begins the sentence: "The second factor of Ann". Those who may not be given their role in an emergency, and
    who give roles lastingly, are let in anew by an administrator who stays.
    """
    if manages_until(by) and (user.roles & {*NEVER, *MANAGERS}) and user != by:
        raise MoveRefused(f"{what} is left to a lasting administrator in an emergency. Nothing was changed.")


def check_address_stays(by: User) -> None:
    """Raise MoveRefused: whoever has an address has the links that are sent to it, for longer than an emergency."""
    if until := manages_until(by):
        raise MoveRefused(
            f"You manage people until {timezone.localtime(until):%H:%M} only: an address to sign in with is changed by "
            "a lasting administrator. Nothing was changed."
        )


def check_link_is_theirs(user: User, *, goes_out: bool, by: User) -> None:
    """Raise MoveRefused for a link to another's account that whoever asks for it would be the one to read."""
    if not goes_out and user.has_usable_password() and manages_until(by):
        raise MoveRefused(
            f"No mail leaves this copy of Reckoner, so you would have the link of {user} in your own hands: in an "
            "emergency that is left to a lasting administrator. Nothing was changed."
        )


def last_day(ends: dt.date | None, until: dt.datetime) -> dt.date:
    """Of a role given in an emergency: the day the emergency ends, or the one asked for where that is sooner."""
    day = timezone.localtime(until).date()
    return day if ends is None else min(ends, day)


def was_taken(assignment: RoleAssignment) -> bool:
    """Whether its holder took it on the page of emergencies, and was not given it by somebody who had."""
    taken = EmergencyAccess.objects.filter(user_id=assignment.user_id, role=assignment.role)
    return (
        assignment.until is not None
        and taken.filter(until__gte=assignment.until, began_at__lt=assignment.until).exists()
    )
