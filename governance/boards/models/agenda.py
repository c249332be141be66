"""What an agenda is drawn up from, the papers to be taken, and what became of its exempt items afterwards."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.accounts.models import User
from core.accounts.permissions import Permission
from core.audit import frozen, record
from core.documents.models import StoredFile
from governance.boards.models.board import Board
from governance.boards.models.meeting import AgendaItem, Meeting
from governance.boards.models.minutes_version import MinutesVersion

BY = {"to": settings.AUTH_USER_MODEL, "on_delete": models.PROTECT, "related_name": "+"}


@record
class StandingItem(models.Model):
    """Something a board takes at every meeting."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="standing_items")
    title = models.CharField(max_length=200)
    presenter = models.CharField(max_length=120, blank=True)
    ended_on = models.DateField("day it ended", null=True, blank=True)

    class Meta:
        verbose_name = "standing item"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.title}, {self.board}"


@record
class LeftOut(models.Model):
    """A proposal that somebody left out of an agenda: it is not put forward for that meeting again."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="left_out")
    key = models.CharField("what proposed it", max_length=80)
    title = models.CharField(max_length=200)
    by = models.ForeignKey(**BY)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "proposal left out"
        verbose_name_plural = "proposals left out"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "key"], name="a_proposal_is_left_out_of_an_agenda_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.meeting}"


class ItemPaperQuerySet(models.QuerySet["ItemPaper"]):
    def standing(self) -> "ItemPaperQuerySet":
        return self.filter(withdrawn_at__isnull=True)

    def seen_by(self, user: User) -> "ItemPaperQuerySet":
        """Whoever sees an item sees the papers laid to it, but for those that are marked themselves."""
        return self.cleared_for(user).filter(item__in=AgendaItem.objects.seen_by(user))

    def cleared_for(self, user: User) -> "ItemPaperQuerySet":
        """Of items this person sees already."""
        return self if user.has(Permission.RESTRICTED_VIEW) else self.filter(is_restricted=False)


@record
class ItemPaper(models.Model):
    """A paper to be taken under an item, with the day it came and the day it was due then."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="papers")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("what it is", max_length=200)
    is_restricted = models.BooleanField("marked OFFICIAL-SENSITIVE", default=False)
    received_on = models.DateField("day it came")
    due = models.DateField("day it was due")
    by = models.ForeignKey(**BY)
    at = models.DateTimeField()
    withdrawn_why = models.TextField("why it was taken off", blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(null=True, blank=True, **BY)

    objects = ItemPaperQuerySet.as_manager()

    class Meta:
        verbose_name = "paper of an item"
        verbose_name_plural = "papers of items"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "file"],
                condition=Q(withdrawn_at__isnull=True),
                name="a_file_is_a_paper_of_an_item_once",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_why="")),
                name="a_paper_taken_off_says_when_by_whom_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.item.title}"

    @property
    def is_late(self) -> bool:
        return self.received_on > self.due


@frozen(log_rows=True)
class ExemptReview(models.Model):
    """An exempt item whose day had come and that somebody looked at: released, or exempt until a later day."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="reviews")
    exemption = models.CharField("paragraph of Schedule 12A it was exempt under", max_length=120)
    due = models.DateField("day it was to be looked at again")
    kept_until = models.DateField("day to which it stays exempt", null=True, blank=True)
    why = models.TextField()
    version = models.OneToOneField(
        MinutesVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="release",
        verbose_name="version of the minutes that shows it",
    )
    by = models.ForeignKey(**BY)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "review of an exempt item"
        verbose_name_plural = "reviews of exempt items"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="an_exempt_item_is_reviewed_with_a_reason"),
            models.CheckConstraint(
                condition=Q(kept_until__isnull=True) | Q(kept_until__gt=F("due"), version__isnull=True),
                name="an_item_kept_exempt_has_a_later_day_and_no_new_minutes",
            ),
        ]

    def __str__(self) -> str:
        return f"Item {self.item.position} of {self.item.meeting}"
