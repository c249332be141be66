"""The quarterly review of who holds which role."""

import datetime as dt

from django.utils import timezone

from core.accounts.actions.accounts import end_role
from core.accounts.clock import today
from core.accounts.models import AccessAnswer, AccessReview, RoleAssignment, User
from core.accounts.permissions import ROLE_PERMISSIONS, Permission
from core.accounts.reviews import DAYS, open_roles, quarter_of
from core.accounts.states import MoveRefused
from core.audit import action


@action
def open_access_review(*, by: User | None) -> AccessReview:
    """This quarter's review; the one there is, where it has been opened already."""
    day = today()
    facts = {"opened_at": timezone.now(), "opened_on": timezone.localdate(), "due": day + dt.timedelta(days=DAYS)}
    return AccessReview.objects.get_or_create(quarter=quarter_of(day), defaults=facts)[0]


@action
def answer_for_role(
    *, review: AccessReview, assignment: RoleAssignment, kept: bool, reason: str, by: User
) -> AccessAnswer:
    """Keep a role or end it now. Raises MoveRefused where that is done, and for one's own where another could do it."""
    held = AccessReview.objects.select_for_update().get(pk=review.pk)
    if held.signed_at is not None:
        raise MoveRefused("This review has been signed. Nothing was changed.")
    if not any(one.pk == assignment.pk for one in open_roles(held)):
        raise MoveRefused("Somebody has answered for this role already, or it has ended. Nothing was changed.")
    if assignment.user_id == by.pk and _others_who_manage(by):
        raise MoveRefused("Your own roles are for another administrator to answer for. Nothing was changed.")
    answer = AccessAnswer.objects.create(
        review=held,
        user=assignment.user,
        role=assignment.role,
        starts=assignment.starts,
        ends=assignment.ends,
        kept=kept,
        reason=reason,
        answered_by=by,
        answered_at=timezone.now(),
    )
    if not kept:
        end_role(assignment=assignment, by=by)
    return answer


def _others_who_manage(user: User) -> bool:
    roles = [role for role, may in ROLE_PERMISSIONS.items() if Permission.USER_MANAGE in may]
    held = RoleAssignment.objects.held_on(timezone.localdate()).filter(role__in=roles, user__is_active=True)
    return held.exclude(user=user).exists()


@action
def sign_access_review(*, review: AccessReview, by: User) -> AccessReview:
    """Say that every role has been answered for. Raises MoveRefused while one has not."""
    held = AccessReview.objects.select_for_update().get(pk=review.pk)
    if held.signed_at is not None:
        raise MoveRefused("This review has been signed already. Nothing was changed.")
    if left := len(open_roles(held)):
        raise MoveRefused(f"{left} {'role is' if left == 1 else 'roles are'} still to be answered for.")
    held.signed_at, held.signed_by = timezone.now(), by
    held.save(update_fields=["signed_at", "signed_by"])
    return held
