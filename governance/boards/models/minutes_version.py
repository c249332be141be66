"""The life of a set of minutes: who it went to, what they said of it, what was agreed, signed and published."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.accounts.models import Person, User
from core.audit import frozen, record
from core.documents.models import StoredFile
from governance.boards.models.meeting import AgendaItem, Meeting


@frozen(log_rows=True)
class MinutesCirculation(models.Model):
    """One sending of the draft to members, with the names it went to on that day."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="circulations")
    number = models.PositiveSmallIntegerField()
    sent_on = models.DateField()
    recipients = models.JSONField("sent to")
    comments_by = models.DateField("comments are asked for by")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "circulation of minutes"
        verbose_name_plural = "circulations of minutes"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="minutes_are_circulated_one_time_after_another"),
            models.CheckConstraint(
                condition=Q(comments_by__gte=models.F("sent_on")), name="comments_are_asked_for_after_minutes_are_sent"
            ),
        ]

    def __str__(self) -> str:
        return f"Minutes of {self.meeting}, circulation {self.number}"


class MinuteCommentQuerySet(models.QuerySet["MinuteComment"]):
    def seen_by(self, user: User) -> "MinuteCommentQuerySet":
        return self.filter(item__in=AgendaItem.objects.seen_by(user))

    def waiting(self) -> "MinuteCommentQuerySet":
        return self.filter(settled_at__isnull=True)


@record
class MinuteComment(models.Model):
    """What somebody to whom the minutes were sent said of the minute of one item, and what was done about it."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="minute_comments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField("comment")
    made_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField("what was done about it", blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = MinuteCommentQuerySet.as_manager()

    class Meta:
        verbose_name = "comment on minutes"
        verbose_name_plural = "comments on minutes"
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True, answer="")
                | (Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(answer="")),
                name="a_settled_comment_says_what_was_done_and_by_whom",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person.name} on {self.item}"


class MinutesVersionQuerySet(models.QuerySet["MinutesVersion"]):
    def published(self) -> "MinutesVersionQuerySet":
        return self.filter(publication__isnull=False)

    def with_places(self) -> "MinutesVersionQuerySet":
        return self.select_related(
            "meeting__board", "agreed_at_meeting", "made_by", "signature__signed_by", "publication"
        )


@frozen(log_rows=True)
class MinutesVersion(models.Model):
    """The minutes as a meeting of the board agreed them: the whole content and the SHA-256 of that text."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("version")
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    reason = models.TextField("why it was amended", blank=True)
    agreed_at_meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="+", verbose_name="agreed at the meeting of"
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = MinutesVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "agreed minutes"
        verbose_name_plural = "agreed minutes"
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="a_version_of_minutes_is_frozen_once"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="amended_minutes_give_their_reason"),
            models.CheckConstraint(
                condition=~Q(agreed_at_meeting=models.F("meeting")), name="minutes_are_agreed_at_another_meeting"
            ),
        ]

    def __str__(self) -> str:
        return f"Minutes of {self.meeting}, version {self.number}"

    @property
    def signature_or_none(self) -> "MinutesSignature | None":
        return getattr(self, "signature", None)

    @property
    def publication_or_none(self) -> "MinutesPublication | None":
        return getattr(self, "publication", None)


@frozen(log_rows=True)
class MinutesSignature(models.Model):
    version = models.OneToOneField(MinutesVersion, on_delete=models.PROTECT, related_name="signature")
    sha256 = models.CharField("hash that was signed", max_length=64)
    signed_as = models.CharField("as", max_length=160)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        verbose_name = "signature of minutes"
        verbose_name_plural = "signatures of minutes"

    def __str__(self) -> str:
        return f"{self.signed_by} on {self.version}"


@frozen(log_rows=True)
class MinutesFile(models.Model):
    """A PDF made from agreed minutes: before and after they are signed, for everybody and with the exempt part."""

    version = models.ForeignKey(MinutesVersion, on_delete=models.PROTECT, related_name="files")
    build = models.CharField(max_length=10, choices=[("public", "public"), ("restricted", "restricted")])
    is_signed = models.BooleanField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = "file of minutes"
        verbose_name_plural = "files of minutes"
        constraints = [
            models.UniqueConstraint(fields=["version", "build", "is_signed"], name="one_file_of_a_build_of_minutes")
        ]

    def __str__(self) -> str:
        return f"PDF of {self.version}, {self.build}"


@frozen(log_rows=True)
class MinutesPublication(models.Model):
    version = models.OneToOneField(MinutesVersion, on_delete=models.PROTECT, related_name="publication")
    published_on = models.DateField()
    place = models.CharField("where", max_length=200)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = "publication of minutes"
        verbose_name_plural = "publications of minutes"

    def __str__(self) -> str:
        return f"{self.version}, {self.published_on}"
