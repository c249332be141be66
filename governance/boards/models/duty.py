"""What somebody found when they looked whether a duty to publish is met."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.audit import frozen
from governance.boards.publication_duties import BY_KEY


class DutyCheckQuerySet(models.QuerySet["DutyCheck"]):
    def latest(self) -> "DutyCheckQuerySet":
        """The last look at each duty."""
        later = self.filter(key=models.OuterRef("key"), pk__gt=models.OuterRef("pk"))
        return self.filter(~models.Exists(later)).select_related("by")

    def overdue(self, day: dt.date) -> "DutyCheckQuerySet":
        """Duties to be looked at again by a day that has passed."""
        return self.latest().filter(next_on__lt=day)


@frozen(log_rows=True)
class DutyCheck(models.Model):
    """One look: what was found, where the proof is, and by when somebody looks again."""

    class Found(models.TextChoices):
        PUBLISHED = "published", "Published"
        PARTLY = "partly", "Published in part"
        MISSING = "missing", "Not published"

    key = models.CharField("duty", max_length=24)
    found = models.CharField(max_length=9, choices=Found.choices)
    address = models.CharField("where it is published", max_length=500, blank=True)
    note = models.TextField(blank=True)
    checked_on = models.DateField()
    next_on = models.DateField("to be looked at again by")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = DutyCheckQuerySet.as_manager()

    class Meta:
        verbose_name = "check of a duty to publish"
        verbose_name_plural = "checks of duties to publish"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["key", "id"], name="checks_of_a_duty")]
        constraints = [
            models.CheckConstraint(condition=Q(found="missing") | ~Q(address=""), name="what_is_published_shows_where"),
            models.CheckConstraint(condition=Q(found="published") | ~Q(note=""), name="what_is_missing_is_said"),
            models.CheckConstraint(condition=Q(next_on__gt=F("checked_on")), name="a_duty_is_looked_at_again_later"),
        ]

    def __str__(self) -> str:
        what = BY_KEY[self.key].what if self.key in BY_KEY else self.key
        return f"{what}: {self.get_found_display().lower()}"
