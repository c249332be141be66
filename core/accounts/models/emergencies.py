"""Emergency access: a role taken by oneself, for hours, loudly."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.accounts.models.people import User
from core.accounts.permissions import Role
from core.audit import record


@record(keeps=("user", "role", "reason", "began_at", "until"))
class EmergencyAccess(models.Model):
    """The role itself is an assignment that ends at the same moment; this row keeps why, whatever becomes of it."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="emergencies")
    role = models.CharField(max_length=20, choices=Role.choices)
    reason = models.CharField(max_length=300)
    began_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField("ended before its time", null=True, blank=True)

    class Meta:
        verbose_name = "emergency access"
        verbose_name_plural = "emergency accesses"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("began_at")), name="emergency_access_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(reason=""), name="emergency_access_says_why"),
        ]

    def __str__(self) -> str:
        return f"emergency access of {self.user} as {self.get_role_display()}"

    @property
    def is_on(self) -> bool:
        return self.ended_at is None and self.until > timezone.now()
