"""How far a board was assured on an item, and what would satisfy it."""

from django.db import models
from django.db.models import F, Q

from core.accounts.models import User
from core.accounts.permissions import Permission
from core.audit import record
from governance.boards.models.meeting import AgendaItem, Meeting


class AssuranceQuerySet(models.QuerySet["Assurance"]):
    def seen_by(self, user: User) -> "AssuranceQuerySet":
        """As exempt as the item they stand under."""
        if not user.has(Permission.BOARD_VIEW):
            return self.none()
        return self if user.has(Permission.RESTRICTED_VIEW) else self.filter(item__part=AgendaItem.Part.PUBLIC)

    def open(self) -> "AssuranceQuerySet":
        """Where the board is not assured, and has not spoken of it again."""
        return self.exclude(level=Assurance.Level.ASSURED).filter(followed_by__isnull=True)

    def waiting_for(self, meeting: Meeting) -> "AssuranceQuerySet":
        """What earlier meetings of the board left open, the oldest first."""
        earlier = self.open().filter(item__meeting__board=meeting.board_id, item__meeting__date__lt=meeting.date)
        return earlier.select_related("item__meeting").order_by("item__meeting__date", "pk")


@record
class Assurance(models.Model):
    """What a board said of an item. A later meeting that speaks of it again says so in a row that follows this one."""

    class Level(models.TextChoices):
        ASSURED = "assured", "Assured"
        PARTLY = "partly", "Partly assured"
        NOT = "not", "Not assured"

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="assurances")
    level = models.CharField("how far the board is assured", max_length=7, choices=Level.choices)
    text = models.TextField("of what, and why")
    wants = models.TextField("what would satisfy the board", blank=True)
    follows = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name="what it takes up again",
    )
    version = models.PositiveIntegerField(default=1)

    objects = AssuranceQuerySet.as_manager()

    class Meta:
        verbose_name = "assurance"
        ordering = ["item", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="an_assurance_says_of_what"),
            models.CheckConstraint(
                condition=Q(level="assured") | ~Q(wants=""), name="a_board_not_assured_says_what_would_satisfy_it"
            ),
            models.CheckConstraint(
                condition=Q(follows__isnull=True) | ~Q(follows=F("id")), name="an_assurance_follows_another"
            ),
        ]

    def __str__(self) -> str:
        text = self.text if len(self.text) <= 100 else f"{self.text[:97]}..."
        return f"{self.get_level_display()}: {text}"
