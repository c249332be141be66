"""The office's own Word file, whose styles the Word files of papers are written in."""

from django.conf import settings
from django.db import models

from core.audit import frozen
from core.documents.models import StoredFile


class WordTemplateQuerySet(models.QuerySet["WordTemplate"]):
    def in_use(self) -> StoredFile | None:
        """The file chosen last; None where there is none, or it was given up."""
        latest = self.select_related("file").order_by("-pk").first()
        return latest.file if latest else None


@frozen(log_rows=True)
class WordTemplate(models.Model):
    """One choice of a template. Without a file: from then on the plain look."""

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()

    objects = WordTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "Word template"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.file.name if self.file else "the plain look"
