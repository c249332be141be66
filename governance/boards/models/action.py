"""Actions arising: somebody is to do something by a day."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate

from core.accounts.models import Owned, Person, User, theirs
from core.accounts.permissions import Permission
from core.audit import record
from governance.boards.models.meeting import AgendaItem, Meeting

CLOSED = ("done", "dropped")


class BoardActionQuerySet(models.QuerySet["BoardAction"]):
    def open(self) -> "BoardActionQuerySet":
        """Everything that still waits for somebody, what its owner says is done included."""
        return self.exclude(status__in=CLOSED)

    def waiting_for(self, meeting: Meeting) -> "BoardActionQuerySet":
        """Open actions of the board's earlier meetings that are not on this meeting's agenda yet."""
        earlier = self.open().filter(item__meeting__board=meeting.board_id, item__meeting__date__lt=meeting.date)
        not_here = earlier.exclude(carried_items__meeting=meeting)
        return not_here.select_related("item", "owner").order_by("due", "ref")

    def owned_by(self, user: User) -> "BoardActionQuerySet":
        return self.filter(theirs(user))

    def seen_by(self, user: User) -> "BoardActionQuerySet":
        """To those who see boards everything, but exempt items only when cleared; to everybody what is theirs."""
        own = Q(owner__user=user) | Q(deputy__user=user)
        if not user.has(Permission.BOARD_VIEW):
            return self.filter(own)
        if not user.has(Permission.RESTRICTED_VIEW):
            return self.filter(own | Q(item__part=AgendaItem.Part.PUBLIC))
        return self


@record
class BoardAction(Owned, models.Model):
    """An action arising: somebody is to do something by a day.

    What was said, filed, moved and re-dated is kept in rows of its own (`action_history`); `progress`, `redated` and
    `evidence_files` repeat the last or the number of them, so that a list of thousands need not ask for each.
    """

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        IN_PROGRESS = "progress", "In progress"
        BLOCKED = "blocked", "Held up"
        REPORTED = "reported", "Reported done"
        DONE = "done", "Done"
        DROPPED = "dropped", "No longer needed"

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="actions")
    ref = models.CharField("reference", max_length=16, unique=True)
    text = models.TextField()
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="board_actions")
    owner_role = models.CharField("owner’s role in this", max_length=120, blank=True)
    deputy = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="deputised_board_actions"
    )
    paper = models.CharField("quarter of the paper it came from", max_length=16, blank=True)
    paragraph = models.CharField("paragraph of that paper", max_length=32, blank=True)
    raised_on = models.DateField("day it was recorded", default=localdate)
    due = models.DateField()
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.OPEN)
    progress = models.TextField("what was last said of it", blank=True)
    status_reason = models.TextField("why it was moved", blank=True)
    no_evidence_why = models.TextField("why nothing is filed to show it", blank=True)
    evidence_files = models.PositiveSmallIntegerField("files that show it", default=0)
    redated = models.PositiveSmallIntegerField("times it was given another day", default=0)
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
        indexes = [
            models.Index(fields=["due", "id"], name="open_actions_by_day", condition=~Q(status__in=CLOSED)),
            models.Index(fields=["raised_on", "id"], name="open_actions_by_age", condition=~Q(status__in=CLOSED)),
            models.Index(fields=["due", "id"], name="closed_actions_by_day", condition=Q(status__in=CLOSED)),
            models.Index(fields=["status", "due", "id"], name="actions_by_state_and_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=CLOSED) & Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(status__in=CLOSED) & Q(closed_at__isnull=False, closed_by__isnull=False),
                name="a_closed_action_names_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["reported", "done"]) | Q(evidence_files__gt=0) | ~Q(no_evidence_why=""),
                name="an_action_said_to_be_done_shows_it_or_says_why_not",
            ),
            models.CheckConstraint(
                condition=Q(deputy__isnull=True) | ~Q(deputy=F("owner")),
                name="a_deputy_is_another_person_than_the_owner_of_an_action",
            ),
            models.CheckConstraint(
                condition=Q(paragraph="") | ~Q(paper=""), name="a_paragraph_an_action_came_from_names_its_paper"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.text}"

    @property
    def is_open(self) -> bool:
        return self.status not in CLOSED
