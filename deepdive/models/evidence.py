"""Files that show what was done for an action of the plan."""

from django.db import models

from core.audit import frozen
from core.documents.models import Evidence
from deepdive.models.action import DeliveryAction


@frozen(log_rows=True)
class DeliveryEvidence(Evidence):
    """A file that shows what was done."""

    action = models.ForeignKey(DeliveryAction, on_delete=models.PROTECT, related_name="evidence")

    class Meta(Evidence.Meta):
        verbose_name = "evidence for a delivery action"
        verbose_name_plural = "evidence for delivery actions"
        constraints = [
            models.UniqueConstraint(fields=["action", "file"], name="a_file_is_evidence_for_a_delivery_action_once"),
        ]

    def __str__(self) -> str:
        return f"{self.action.ref}: {self.name}"
