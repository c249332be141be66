"""Links by which somebody chooses a password: the first one, or another after it was lost."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.accounts.models.people import User
from core.audit import record


class PasswordLinkQuerySet(models.QuerySet["PasswordLink"]):
    def open(self) -> "PasswordLinkQuerySet":
        """Neither used nor withdrawn; it may have run out."""
        return self.filter(used_at__isnull=True, withdrawn_at__isnull=True)


@record(keeps=("user", "made_at", "expires_at"))
class PasswordLink(models.Model):
    """The row says that a link was made and what became of it. The link itself is signed when it is sent, and kept
    nowhere."""

    class Kind(models.TextChoices):
        INVITATION = "invitation", "Invitation"
        NEW_PASSWORD = "new password", "New password"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="password_links")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = PasswordLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "link to choose a password"
        verbose_name_plural = "links to choose a password"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(used_at__isnull=True, withdrawn_at__isnull=True),
                name="one_link_to_choose_a_password_is_open",
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="a_link_is_used_or_withdrawn_not_both",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="a_link_runs_out_after_it_is_made"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display().lower()} of {self.user}"

    @property
    def is_good(self) -> bool:
        return self.used_at is None and self.withdrawn_at is None and self.expires_at > timezone.now()
