"""What is said of an action in one quarter, and who approved it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.audit import record
from deepdive.models.action import DeliveryAction
from deepdive.models.ratings import ActionStatus, Rag
from measures.models import Period, Priority


class ActionUpdateQuerySet(models.QuerySet["ActionUpdate"]):
    def approved(self) -> "ActionUpdateQuerySet":
        return self.filter(state=ActionUpdate.State.APPROVED)

    def of_quarter(self, period: Period, priority: Priority | None = None) -> "ActionUpdateQuerySet":
        """A quarter's updates in the order of their references, with all that a page or a paper says of them."""
        found = self.filter(period=period).select_related(
            "action__objective__priority", "action__owner", "action__delivery_plan", "period"
        )
        return (found.filter(action__objective__priority=priority) if priority else found).order_by(
            "action__objective__priority__number", "action__objective__number", "action__ref"
        )

    def to_write(self, user) -> "ActionUpdateQuerySet":
        """Drafts that wait for this person: they contribute to the action, or own it."""
        mine = Q(action__contributors=user) | Q(action__owner__user=user)
        return self.filter(mine, state=ActionUpdate.State.DRAFT).distinct()

    def to_approve(self, user) -> "ActionUpdateQuerySet":
        return self.filter(state=ActionUpdate.State.REVIEW).exclude(authors=user)

    def progress(self, period: Period) -> dict[str, int]:
        """How many of a quarter's updates are approved: {"done": 7, "total": 11}."""
        return self.filter(period=period).aggregate(
            total=models.Count("pk"), done=models.Count("pk", filter=Q(state=ActionUpdate.State.APPROVED))
        )


@record
class ActionUpdate(models.Model):
    """What is said of an action in one quarter."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        REVIEW = "review", "In review"
        APPROVED = "approved", "Approved"

    action = models.ForeignKey(DeliveryAction, on_delete=models.PROTECT, related_name="updates")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    status = models.CharField(max_length=12, choices=ActionStatus.choices, default=ActionStatus.IN_PROGRESS)
    rag = models.CharField("rating", max_length=6, choices=Rag.choices, default=Rag.NONE)
    rag_reason = models.CharField("reason for the rating, or for closing", max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    due = models.DateField("update due", null=True, blank=True)
    authors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ActionUpdateQuerySet.as_manager()

    class Meta:
        verbose_name = "delivery update"
        ordering = ["action__ref", "-period__end"]
        constraints = [
            models.UniqueConstraint(fields=["action", "period"], name="one_update_of_an_action_in_a_quarter"),
            models.CheckConstraint(
                condition=Q(state="approved", approved_by__isnull=False, approved_at__isnull=False)
                | (~Q(state="approved") & Q(approved_by__isnull=True, approved_at__isnull=True)),
                name="an_approved_update_names_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(rag__in=["amber", "red"]) | ~Q(rag_reason=""), name="amber_and_red_give_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(status=ActionStatus.CLOSED) | ~Q(rag_reason=""), name="an_update_that_closes_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(status=ActionStatus.CARRIED), name="an_update_carries_nothing_into_another_plan"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action.ref}, {self.period}"

    @classmethod
    def prefetch_approved(cls) -> models.Prefetch:
        """For DeliveryAction querysets: `approved_updates`, newest first, with their periods."""
        approved = cls.objects.approved().select_related("period").order_by("-period__end")
        return models.Prefetch("updates", queryset=approved, to_attr="approved_updates")
