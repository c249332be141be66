"""Actions arising: somebody is to do something by a day."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.accounts.models import Person, User
from core.accounts.permissions import Permission
from core.audit import record
from governance.boards.models.meeting import AgendaItem, Meeting


class BoardActionQuerySet(models.QuerySet["BoardAction"]):
    def open(self) -> "BoardActionQuerySet":
        return self.filter(status=BoardAction.Status.OPEN)

    def waiting_for(self, meeting: Meeting) -> "BoardActionQuerySet":
        """Open actions of the board's earlier meetings that are not on this meeting's agenda yet."""
        earlier = self.open().filter(item__meeting__board=meeting.board_id, item__meeting__date__lt=meeting.date)
        not_here = earlier.exclude(carried_items__meeting=meeting)
        return not_here.select_related("item", "owner").order_by("due", "ref")

    def seen_by(self, user: User) -> "BoardActionQuerySet":
        """To those who see boards everything, but exempt items only when cleared; to everybody what they own."""
        own = Q(owner__user=user)
        if not user.has(Permission.BOARD_VIEW):
            return self.filter(own)
        if not user.has(Permission.RESTRICTED_VIEW):
            return self.filter(own | Q(item__part=AgendaItem.Part.PUBLIC))
        return self


@record
class BoardAction(models.Model):
    """An action arising: somebody is to do something by a day."""

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        DONE = "done", "Done"
        DROPPED = "dropped", "No longer needed"

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="actions")
    ref = models.CharField("reference", max_length=16, unique=True)
    text = models.TextField()
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="board_actions")
    due = models.DateField()
    status = models.CharField(max_length=7, choices=Status.choices, default=Status.OPEN)
    progress = models.TextField(blank=True)
    status_reason = models.TextField("why it was closed or opened again", blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    objects = BoardActionQuerySet.as_manager()

    class Meta:
        verbose_name = "action arising"
        verbose_name_plural = "actions arising"
        ordering = ["due", "ref"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="open", closed_at__isnull=True, closed_by__isnull=True)
                | (~Q(status="open") & Q(closed_at__isnull=False, closed_by__isnull=False)),
                name="a_closed_action_names_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.text}"

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN
