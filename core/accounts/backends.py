"""Who is signed in, read together with the roles they hold: every request needs both, so one query brings both."""

from django.contrib.auth.backends import ModelBackend
from django.db.models import F, FilteredRelation
from django.utils import timezone

from core.accounts.models import User
from core.accounts.models.people import in_force


class AccountBackend(ModelBackend):
    """As Django's, but the account of a session comes with the roles it holds on the real date of today."""

    def get_user(self, user_id: int) -> User | None:
        day = timezone.localdate()
        held = User.objects.filter(pk=user_id).annotate(
            held=FilteredRelation("role_assignments", condition=in_force(day, "role_assignments__")),
            held_role=F("held__role"),
        )
        rows = list(held.order_by("pk"))  # one a role; one without any for an account that holds none
        if not rows or not self.user_can_authenticate(rows[0]):
            return None
        rows[0].roles = frozenset(row.held_role for row in rows if row.held_role)
        return rows[0]
