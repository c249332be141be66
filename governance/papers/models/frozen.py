"""What nobody can change: submitted content, signatures, files made from it, and its publication."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.audit import frozen
from core.documents.models import StoredFile
from governance.papers.models.paper import Paper


class FrozenPaperQuerySet(models.QuerySet["FrozenPaper"]):
    def published(self) -> "FrozenPaperQuerySet":
        """Versions that were published, newest first; withdrawn ones among them."""
        found = self.filter(publication__isnull=False)
        return found.select_related("publication__withdrawal", "signature__signed_by").order_by("-number")

    def before(self, frozen: "FrozenPaper") -> "FrozenPaper | None":
        """The version before this one; for a first version what was last published of an earlier quarter."""
        held = self.select_related("paper__quarter__period")
        earlier = held.filter(paper_id=frozen.paper_id, number__lt=frozen.number).order_by("-number").first()
        if earlier:
            return earlier
        quarters = held.filter(paper__quarter__period__end__lt=frozen.paper.quarter.period.end)
        published = quarters.filter(publication__isnull=False, publication__withdrawal__isnull=True)
        return published.order_by("-paper__quarter__period__end", "-number").first()


@frozen(log_rows=True)
class FrozenPaper(models.Model):
    """One submitted version: its whole content as canonical JSON and the SHA-256 of that text."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("version")
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    template_version = models.PositiveSmallIntegerField()
    reason = models.TextField("reason for this version", blank=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()

    objects = FrozenPaperQuerySet.as_manager()

    class Meta:
        verbose_name = "submitted paper"
        ordering = ["paper", "number"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "number"], name="a_paper_version_is_frozen_once"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="a_later_version_gives_its_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.paper}, version {self.number}"

    @property
    def publication_or_none(self) -> "Publication | None":
        return getattr(self, "publication", None)

    @property
    def withdrawal_or_none(self) -> "Withdrawal | None":
        return getattr(self.publication_or_none, "withdrawal", None)

    @property
    def signature_or_none(self) -> "Signature | None":
        return getattr(self, "signature", None)


@frozen(log_rows=True)
class Signature(models.Model):
    frozen_paper = models.OneToOneField(FrozenPaper, on_delete=models.PROTECT, related_name="signature")
    sha256 = models.CharField("hash that was signed", max_length=64)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    on_behalf_of = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = "signature"

    def __str__(self) -> str:
        return f"{self.signed_by} on {self.frozen_paper}"


@frozen(log_rows=True)
class FrozenFile(models.Model):
    """A file made from frozen content, under its own hash."""

    frozen_paper = models.ForeignKey(FrozenPaper, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(
        max_length=8, choices=[("pdf", "PDF"), ("html", "web page"), ("docx", "Word file"), ("zip", "data package")]
    )
    build = models.CharField(
        max_length=10, choices=[("public", "public"), ("restricted", "restricted")], default="public"
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = "file of a paper"
        verbose_name_plural = "files of papers"
        constraints = [
            models.UniqueConstraint(fields=["frozen_paper", "kind", "build"], name="one_file_of_a_kind_and_build")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.frozen_paper}"


@frozen(log_rows=True)
class Publication(models.Model):
    frozen_paper = models.OneToOneField(FrozenPaper, on_delete=models.PROTECT, related_name="publication")
    published_on = models.DateField()
    place = models.CharField(max_length=200)
    notice = models.TextField(blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = "publication"

    def __str__(self) -> str:
        return f"{self.frozen_paper}, {self.published_on}"


@frozen(log_rows=True)
class Withdrawal(models.Model):
    publication = models.OneToOneField(Publication, on_delete=models.PROTECT, related_name="withdrawal")
    notice = models.TextField()
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField()

    class Meta:
        verbose_name = "withdrawal"

    def __str__(self) -> str:
        return f"Withdrawal of {self.publication}"
