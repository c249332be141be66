"""The service delivery plan of a year: objectives, numbered actions, and one update of each a quarter."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.accounts.models import Person, User
from core.accounts.permissions import Permission
from core.audit import record
from measures.models import Measure, Period, Plan, Priority


class Rag(models.TextChoices):
    GREEN = "green", "Green: on course"
    AMBER = "amber", "Amber: at risk"
    RED = "red", "Red: off course"
    NONE = "none", "Not rated"


class ActionStatus(models.TextChoices):
    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    STALLED = "stalled", "Stalled"
    DELIVERED = "delivered", "Delivered"
    CLOSED = "closed", "Closed without delivery"


@record
class DeliveryPlan(models.Model):
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="delivery_plans")
    year = models.PositiveSmallIntegerField(unique=True)
    title = models.CharField(max_length=160)

    class Meta:
        verbose_name = "service delivery plan"
        ordering = ["-year"]

    def __str__(self) -> str:
        return self.title


@record
class Objective(models.Model):
    delivery_plan = models.ForeignKey(DeliveryPlan, on_delete=models.PROTECT, related_name="objectives")
    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="objectives")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)

    class Meta:
        verbose_name = "objective"
        ordering = ["priority__number", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["delivery_plan", "priority", "number"], name="an_objective_number_is_used_once_under_a_priority"
            )
        ]

    def __str__(self) -> str:
        return f"Objective {self.number}: {self.title}"


class DeliveryActionQuerySet(models.QuerySet["DeliveryAction"]):
    def open(self) -> "DeliveryActionQuerySet":
        return self.exclude(status__in=[ActionStatus.DELIVERED, ActionStatus.CLOSED])

    def seen_by(self, user: User) -> "DeliveryActionQuerySet":
        """Everything to those who see the plan; to a contributor what is assigned to or owned by them; else nothing."""
        if user.has(Permission.DELIVERY_VIEW):
            return self
        if user.has(Permission.DELIVERY_UPDATE_ASSIGNED):
            mine = Q(contributors=user) | Q(owner__user=user)
            return self.filter(pk__in=self.model.objects.filter(mine).values("pk"))
        return self.none()


@record
class DeliveryAction(models.Model):
    """One promise of the plan. Its reference never changes meaning."""

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="actions")
    delivery_plan = models.ForeignKey(DeliveryPlan, on_delete=models.PROTECT, related_name="actions")
    ref = models.CharField("reference", max_length=8)
    statement = models.TextField()
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="delivery_actions")
    leads = models.CharField(max_length=300, blank=True)
    partners = models.CharField("partner agencies", max_length=500, blank=True)
    contributors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="delivery_actions", blank=True)
    measures = models.ManyToManyField(Measure, related_name="delivery_actions", blank=True)
    status = models.CharField(max_length=12, choices=ActionStatus.choices, default=ActionStatus.NOT_STARTED)
    rag = models.CharField("rating", max_length=6, choices=Rag.choices, default=Rag.NONE)
    rag_reason = models.CharField("reason for the rating", max_length=300, blank=True)
    start = models.DateField(null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = DeliveryActionQuerySet.as_manager()

    class Meta:
        verbose_name = "delivery action"
        ordering = ["ref"]
        constraints = [
            models.UniqueConstraint(fields=["delivery_plan", "ref"], name="an_action_reference_is_used_once_in_a_plan")
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.statement}"

    @property
    def is_open(self) -> bool:
        return self.status not in (ActionStatus.DELIVERED, ActionStatus.CLOSED)


@record
class Redating(models.Model):
    """A due date that moved: how often says more than the date."""

    action = models.ForeignKey(DeliveryAction, on_delete=models.PROTECT, related_name="redatings")
    was = models.DateField(null=True, blank=True)
    now = models.DateField(null=True, blank=True)
    why = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "change of due date"
        verbose_name_plural = "changes of due dates"
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.action.ref}: {self._day(self.was)} to {self._day(self.now)}"

    @staticmethod
    def _day(day: dt.date | None) -> str:
        return f"{day.day} {day:%B %Y}" if day else "no date"


class ActionUpdateQuerySet(models.QuerySet["ActionUpdate"]):
    def approved(self) -> "ActionUpdateQuerySet":
        return self.filter(state=ActionUpdate.State.APPROVED)

    def of_quarter(self, period: Period, priority: Priority | None = None) -> "ActionUpdateQuerySet":
        """A quarter's updates in the order of their references, with all that a page or a paper says of them."""
        found = self.filter(period=period).select_related("action__objective__priority", "action__owner", "period")
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
    rag_reason = models.CharField("reason for the rating", max_length=300, blank=True)
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
        ]

    def __str__(self) -> str:
        return f"{self.action.ref}, {self.period}"

    @classmethod
    def prefetch_approved(cls) -> models.Prefetch:
        """For DeliveryAction querysets: `approved_updates`, newest first, with their periods."""
        approved = cls.objects.approved().select_related("period").order_by("-period__end")
        return models.Prefetch("updates", queryset=approved, to_attr="approved_updates")


@record
class Milestone(models.Model):
    action = models.ForeignKey(DeliveryAction, on_delete=models.PROTECT, related_name="milestones")
    title = models.CharField(max_length=200)
    due = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "milestone"
        ordering = ["due"]

    def __str__(self) -> str:
        return self.title
