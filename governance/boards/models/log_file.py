"""A log as a PDF that somebody asked for."""

from django.conf import settings
from django.db import models

from core.audit import operational
from core.documents.models import StoredFile


@operational("a print of a list as one person saw it, made again on demand; what it lists is logged row by row")
class LogFile(models.Model):
    class Log(models.TextChoices):
        ACTIONS = "actions", "Actions and commitments"
        DECISIONS = "decisions", "Decisions"
        QUESTIONS = "questions", "Questions and recommendations"

    log = models.CharField(max_length=9, choices=Log.choices)
    query = models.JSONField("filters", default=dict)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    is_whole = models.BooleanField("may hold what is exempt", default=False)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "printed log"

    def __str__(self) -> str:
        return self.get_log_display()
