"""Tokens for programs: what lets one read some areas of the API as a person, for a time."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.accounts.models.people import User
from core.audit import operational, record


@record
class ApiToken(models.Model):
    """Only the hash of a token is kept; whoever lost it makes another."""

    audit_secret = {"digest"}

    class Area(models.TextChoices):
        MEASURES = "measures", "Measures, figures and signals"
        DELIVERY = "deepdive", "The service delivery plan"
        BOARDS = "boards", "Meetings and actions arising"
        PAPERS = "papers", "Papers"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=60)
    start = models.CharField("first letters", max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    areas = models.JSONField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "API token"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="a_token_is_revoked_by_somebody_at_a_time",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="a_token_expires_after_it_is_made"),
        ]

    def __str__(self) -> str:
        return f"“{self.name}” of {self.user}"

    @property
    def is_good(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()

    @property
    def area_words(self) -> list[str]:
        return [str(self.Area(one).label) for one in self.areas]


@operational("when a token was last used, noted once a minute; every reading with one is in the log of readings")
class ApiTokenUse(models.Model):
    token = models.OneToOneField(ApiToken, on_delete=models.CASCADE, related_name="use")
    last_used_at = models.DateTimeField()
    address = models.CharField(max_length=45, blank=True)

    class Meta:
        verbose_name = "use of an API token"
        verbose_name_plural = "uses of API tokens"

    def __str__(self) -> str:
        return f"{self.token}, {self.last_used_at}"
