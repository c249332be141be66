"""Files kept by the hash of their content, and text not yet saved."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.audit import frozen, operational
from core.documents import storage


@frozen(log_rows=True)
class StoredFile(models.Model):
    """One content, once. The bytes are on disk under their hash; see `storage`."""

    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField("size in bytes")
    name = models.CharField("name when first stored", max_length=200)
    at = models.DateTimeField("stored at", default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "stored file"
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="a_stored_file_is_named_by_its_hash"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        return storage.path_of(self.sha256)

    def checked_path(self) -> Path:
        """The path of the content, checked against its hash: for what is too large to be read at once."""
        return storage.check(self.sha256)

    def read(self) -> bytes:
        """The content, checked against its hash; `storage.DamagedFile` when it is missing or altered."""
        return storage.read(self.sha256)


class Evidence(models.Model):
    """A file that shows what was done, under the name it was sent by; what it shows it of, each kind says."""

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["at", "pk"]


@frozen(log_rows=True)
class FileScan(models.Model):
    """What the virus scanner said of a file somebody brought, whether it was then kept or refused."""

    sha256 = models.CharField("SHA-256 of the content", max_length=64, db_index=True)
    name = models.CharField("name it came under", max_length=200)
    found = models.CharField("what was found, empty for a clean file", max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "virus scan"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.name}: {self.found or 'clean'}"


@operational("typing in progress, one row a person and form; an explicit save is what gets logged")
class Draft(models.Model):
    """What somebody has typed into a form and not yet saved."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=120)
    text = models.JSONField("text by field name", default=dict)
    base_version = models.PositiveIntegerField("version of the record it was begun from", null=True, blank=True)
    at = models.DateTimeField("saved at", default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_draft_of_a_form_a_person")]

    def __str__(self) -> str:
        return f"{self.key} of {self.user_id}"


@operational("forms of the last days that have had their effect, so that none has it twice; the effect is logged")
class SentForm(models.Model):
    """One form, as one person was shown it and sent it. See `once`."""

    key = models.CharField("hash of who, where, which page and what", max_length=64, primary_key=True)
    at = models.DateTimeField("sent at", default=timezone.now, db_index=True)
    answer = models.CharField("address that was answered", max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.key[:8]} at {self.at}"
