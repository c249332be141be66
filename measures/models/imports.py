"""Where figures came from: a file and its mapping, or a person's hand."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.audit import operational, record
from core.documents.models import StoredFile


@record
class SourceMapping(models.Model):
    """How a source's columns were read last time, so that next time it is one press."""

    source = models.CharField(max_length=160)
    signature = models.CharField("hash of the column names", max_length=64)
    mapping = models.JSONField()
    options = models.JSONField("sheet and encoding", default=dict, blank=True)

    class Meta:
        verbose_name = "saved mapping"
        constraints = [models.UniqueConstraint(fields=["source", "signature"], name="one_saved_mapping_of_a_layout")]

    def __str__(self) -> str:
        return self.source


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    def standing(self) -> "ImportBatchQuerySet":
        return self.filter(state=ImportBatch.State.ACCEPTED)


@record
class ImportBatch(models.Model):
    """One file on its way in, or one value entered by hand."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", "columns to confirm"
        CHECKING = "checking", "being checked"
        REFUSED = "refused", "has problems"
        READY = "ready", "ready to accept"
        ACCEPTING = "accepting", "being stored"
        ACCEPTED = "accepted", "accepted"
        DISCARDED = "discarded", "discarded"
        WITHDRAWN = "withdrawn", "withdrawn"

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    file_name = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=160)
    as_at = models.DateField("figures as at")
    mapping = models.JSONField(default=dict, blank=True)
    options = models.JSONField("sheet, encoding and series left out", default=dict, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.UPLOADED)
    provisional = models.BooleanField(default=False)
    provisional_from = models.DateField("first month that is provisional; empty: every month", null=True, blank=True)
    attribution = models.CharField("what its publisher asks to be said", max_length=300, blank=True)
    reason = models.TextField(blank=True)
    rows_digest = models.CharField(max_length=64, blank=True)
    rows_count = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.TextField(blank=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = "import"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_why=""), name="a_withdrawal_gives_its_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "withdrawn"]) | Q(accepted_at__isnull=False),
                name="an_accepted_import_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name or 'value by hand'} ({self.source})"


@operational("what the check of a file found; made again from the file whenever it is checked")
class ImportReport(models.Model):
    batch = models.OneToOneField(ImportBatch, on_delete=models.CASCADE, related_name="report")
    problems = models.JSONField(default=list)
    summary = models.JSONField(default=dict)
    preview = models.JSONField(default=dict)
    job = models.BigIntegerField("the job that reads, checks or stores it", null=True)
