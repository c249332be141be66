"""What was said on an item."""

from django.conf import settings
from django.db import models

from core.audit import record
from governance.boards.models.meeting import AgendaItem


@record
class Minute(models.Model):
    """What was said on one item; written while the minutes are a draft."""

    item = models.OneToOneField(AgendaItem, on_delete=models.CASCADE, related_name="minute")
    text = models.TextField(blank=True)
    authors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "minute"

    def __str__(self) -> str:
        return f"Minute of {self.item}"
