"""What the checker found in a paper and somebody looked at and let stand."""

from django.conf import settings
from django.db import models

from core.audit import record
from governance.papers.models.paper import Paper


@record
class DismissedFinding(models.Model):
    """It holds while the words it speaks of, and what they are held against, stay as they were."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="dismissed_findings")
    key = models.CharField("key of the finding", max_length=64)
    severity = models.CharField(max_length=1)
    sentence = models.TextField("what was found")
    reason = models.CharField("why it may stand", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "dismissed finding"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "key"], name="a_finding_of_a_paper_is_dismissed_once"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="a_finding_is_dismissed_with_a_reason"),
        ]

    def __str__(self) -> str:
        return self.sentence[:120]
