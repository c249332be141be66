"""Emergency access and the mails about it, written together or not at all."""

from django.utils import timezone

from core.accounts import actions as accounts
from core.accounts.models import EmergencyAccess, RoleAssignment, User
from core.accounts.permissions import ROLE_PERMISSIONS, Permission
from core.audit import action
from desk.actions.mail import write_mail
from desk.mails import mail_goes_out, texts
from desk.models import Mail

TOLD = (Permission.HISTORY_ALL, Permission.USER_MANAGE)


@action
def take_emergency(*, role: str, hours: int, reason: str, by: User) -> EmergencyAccess:
    """Told to everybody who sees the whole history or manages people, and to whoever took it."""
    taken = accounts.take_emergency_access(role=role, hours=hours, reason=reason, by=by)
    subject, text = texts.emergency_mail(taken)
    for user in _told() | {by}:
        write_mail(
            kind=Mail.Kind.ACCOUNT,
            user=user,
            key=f"emergency-{taken.pk}",
            subject=subject,
            text=text,
            goes_out=mail_goes_out(),
            by=by,
        )
    return taken


def _told() -> set[User]:
    roles = [role for role, may in ROLE_PERMISSIONS.items() if may & set(TOLD)]
    held = RoleAssignment.objects.held_on(timezone.localdate()).filter(role__in=roles, user__is_active=True)
    return {one.user for one in held.select_related("user")}
