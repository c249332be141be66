"""The agenda packs of a meeting as they were issued, and what the PDFs laid to its items turned out to be."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.audit import derived, frozen
from core.documents.models import StoredFile
from governance.boards.models import Meeting


class PackQuerySet(models.QuerySet["Pack"]):
    def of(self, meeting: Meeting) -> "PackQuerySet":
        """The packs of a meeting in the order they were issued, with their files."""
        return self.filter(meeting=meeting).select_related("made_by").prefetch_related("files__file")


@frozen(log_rows=True)
class Pack(models.Model):
    """An agenda pack, or a supplement to it. Its pages keep their numbers; a supplement begins at the next."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="packs")
    number = models.PositiveSmallIntegerField("0 for the pack, then the supplements")
    first_page = models.PositiveIntegerField()
    last_page = models.PositiveIntegerField()
    parts = models.JSONField("what is in it and on which pages", default=list)
    left_out = models.JSONField("what was to follow when it was issued", default=list)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = PackQuerySet.as_manager()

    class Meta:
        verbose_name = "agenda pack"
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="a_pack_of_a_meeting_is_issued_once"),
            models.UniqueConstraint(fields=["meeting", "first_page"], name="a_page_number_is_given_once"),
            models.CheckConstraint(condition=Q(last_page__gte=F("first_page")), name="a_pack_has_pages"),
            models.CheckConstraint(
                condition=Q(number=0, first_page=1) | (Q(number__gt=0) & Q(first_page__gt=1)),
                name="a_pack_begins_at_page_one_and_a_supplement_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.meeting}"

    @property
    def name(self) -> str:
        return f"Supplement {self.number}" if self.number else "Agenda pack"


@frozen(log_rows=True)
class PackFile(models.Model):
    """A pack as a file: without what is restricted, or whole."""

    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="files")
    build = models.CharField(max_length=10, choices=[("public", "public"), ("restricted", "restricted")])
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    pages = models.PositiveIntegerField()

    class Meta:
        verbose_name = "file of an agenda pack"
        verbose_name_plural = "files of agenda packs"
        ordering = ["pack", "build"]
        constraints = [models.UniqueConstraint(fields=["pack", "build"], name="one_file_of_a_pack_and_build")]

    def __str__(self) -> str:
        return f"{self.pack}, {self.build}"


@derived
class PdfLook(models.Model):
    """What a PDF turned out to be when it was looked at: how many pages it has, or why it cannot go into a pack."""

    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    pages = models.PositiveIntegerField()
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "look at a PDF"
        verbose_name_plural = "looks at PDFs"

    def __str__(self) -> str:
        return self.problem or f"{self.pages} pages"
