"""The steps of an action that have a date of their own."""

from django.db import models
from django.db.models import Q

from core.accounts.models import User
from core.audit import record
from deepdive.models.action import DeliveryAction
from deepdive.models.update import ActionUpdate


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    def waiting(self) -> "MilestoneQuerySet":
        return self.filter(reached_on__isnull=True, dropped_why="")

    def due_from(self, user: User) -> "MilestoneQuerySet":
        """Those that wait on open actions this person owns, stands in for or contributes to."""
        mine = Q(owner__user=user) | Q(deputy__user=user) | Q(contributors=user)
        actions = DeliveryAction.objects.open().filter(mine)
        return self.waiting().filter(action__in=actions.values("pk")).select_related("action")


@record(keeps=("action", "first_due"))
class Milestone(models.Model):
    """What is to be reached by a day on the way; the first day promised stays beside a later one."""

    action = models.ForeignKey(DeliveryAction, on_delete=models.PROTECT, related_name="milestones")
    text = models.CharField("what will be reached", max_length=300)
    first_due = models.DateField("first promised for")
    due = models.DateField()
    reached_on = models.DateField(null=True, blank=True)
    evidence = models.TextField("what shows that it was reached", blank=True)
    dropped_why = models.TextField("why it is no longer wanted", blank=True)
    promised_in = models.ForeignKey(
        ActionUpdate, on_delete=models.PROTECT, null=True, blank=True, related_name="promises"
    )
    version = models.PositiveIntegerField(default=1)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = "milestone"
        ordering = ["due", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reached_on__isnull=True) | ~Q(evidence=""), name="a_reached_milestone_has_evidence"
            ),
            models.CheckConstraint(
                condition=Q(reached_on__isnull=True) | Q(dropped_why=""), name="a_milestone_is_reached_or_dropped"
            ),
            models.UniqueConstraint(
                fields=["action", "text", "first_due"], name="an_action_promises_a_milestone_once_for_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action.ref}, {self.text}"

    @property
    def is_waiting(self) -> bool:
        return self.reached_on is None and not self.dropped_why
