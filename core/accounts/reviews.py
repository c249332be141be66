"""Which access review there ought to be, and what of it is still open."""

import datetime as dt

from django.utils import timezone

from core.accounts.clock import today
from core.accounts.models import AccessReview, RoleAssignment

DAYS = 28  # that a review may take


def quarter_of(day: dt.date) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}"


def is_missing() -> bool:
    """Whether this quarter's review has still to be opened."""
    return not AccessReview.objects.filter(quarter=quarter_of(today())).exists()


def open_roles(review: AccessReview) -> list[RoleAssignment]:
    """Roles of accounts that are open, held now, there when the review was opened and not answered for, by name.

    What began or ended since is left out: it has been looked at.
    """
    answered = set(review.answers.values_list("user_id", "role"))
    held = (
        RoleAssignment.objects.held_on(timezone.localdate())
        .filter(user__is_active=True, starts__lte=review.opened_on, until__isnull=True)
        .select_related("user")
        .order_by("user__name", "role")
    )
    return [one for one in held if (one.user_id, one.role) not in answered]
