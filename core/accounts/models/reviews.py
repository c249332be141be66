"""The quarterly look at who holds which role: what was kept, what was ended, why, by whom."""

from django.db import models
from django.db.models import Q

from core.accounts.models.people import User
from core.accounts.permissions import Role
from core.audit import frozen, record


@record(keeps=("quarter", "opened_at", "due"))
class AccessReview(models.Model):
    """One calendar quarter's review. It is done when somebody has signed it."""

    quarter = models.CharField(max_length=7, unique=True)  # 2019-Q4, by the office's calendar
    opened_at = models.DateTimeField()
    opened_on = models.DateField("roles that began before this day are looked at, and those of this day")
    due = models.DateField()
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "access review"
        ordering = ["-quarter"]
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by__isnull=True)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
                name="an_access_review_is_signed_by_somebody_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        year, _, number = self.quarter.partition("-Q")
        return f"access review of {year}, quarter {number}"


@frozen(log_rows=True)
class AccessAnswer(models.Model):
    """What was said of one role of one person. It stands as it was said, whatever becomes of the role."""

    review = models.ForeignKey(AccessReview, on_delete=models.PROTECT, related_name="answers")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="access_answers")
    role = models.CharField(max_length=20, choices=Role.choices)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    kept = models.BooleanField()
    reason = models.CharField(max_length=300)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        verbose_name = "answer of an access review"
        verbose_name_plural = "answers of an access review"
        ordering = ["user__name", "role"]
        constraints = [
            models.UniqueConstraint(fields=["review", "user", "role"], name="a_role_is_answered_for_once_a_review"),
            models.CheckConstraint(condition=~Q(reason=""), name="an_answer_of_an_access_review_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {'kept' if self.kept else 'ended'}"

    @property
    def is_own(self) -> bool:
        return self.user_id == self.answered_by_id
