"""The numbered promises of a delivery plan, and what is kept of every change to one."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from core.accounts.models import Owned, Person, User, theirs
from core.accounts.permissions import Permission
from core.audit import frozen, record
from deepdive.models.plan import DeliveryPlan, Objective
from deepdive.models.ratings import OVER, ActionStatus, Rag
from measures.models import Measure

BY = {"to": settings.AUTH_USER_MODEL, "on_delete": models.PROTECT, "related_name": "+"}


@record
class PartnerAgency(models.Model):
    """An organisation that works on the plan with the office and the force."""

    name = models.CharField(max_length=120)

    class Meta:
        verbose_name = "partner agency"
        verbose_name_plural = "partner agencies"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="a_partner_agency_is_recorded_once"),
            models.CheckConstraint(condition=~Q(name=""), name="a_partner_agency_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class DeliveryActionQuerySet(models.QuerySet["DeliveryAction"]):
    def open(self) -> "DeliveryActionQuerySet":
        return self.exclude(status__in=OVER)

    def not_carried(self) -> "DeliveryActionQuerySet":
        """Each promise once, as its latest plan has it."""
        return self.exclude(status=ActionStatus.CARRIED)

    def seen_by(self, user: User) -> "DeliveryActionQuerySet":
        """Everything to those who see the plan; to a contributor what is assigned to them or theirs; else nothing."""
        if user.has(Permission.DELIVERY_VIEW):
            return self
        if user.has(Permission.DELIVERY_UPDATE_ASSIGNED):
            mine = Q(contributors=user) | theirs(user)
            return self.filter(pk__in=self.model.objects.filter(mine).values("pk"))
        return self.none()

    def of_line(self, action: "DeliveryAction") -> "DeliveryActionQuerySet":
        """The same promise through the years: the first of its line and all that carry it on, oldest plan first."""
        first = action.line_id or action.pk
        return self.filter(Q(pk=first) | Q(line=first)).order_by("delivery_plan__year", "ref")

    def in_order(self) -> "DeliveryActionQuerySet":
        """As the plan prints them, with whom and what they belong to."""
        return self.select_related("objective__priority", "owner", "deputy").order_by(
            "objective__priority__number", "objective__number", "ref"
        )


@record(keeps=("delivery_plan", "ref", "first_statement", "forebear", "line"))
class DeliveryAction(Owned, models.Model):
    """One promise of the plan. Its reference never changes meaning: the database keeps what it first stood for."""

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="actions")
    delivery_plan = models.ForeignKey(DeliveryPlan, on_delete=models.PROTECT, related_name="actions")
    ref = models.CharField("reference", max_length=8)
    first_statement = models.TextField("statement as the reference was first used")
    statement = models.TextField()
    correction_reason = models.TextField("why the statement was corrected", blank=True)
    forebear = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="heirs", verbose_name="carries on"
    )
    line = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="first of its line"
    )
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="delivery_actions")
    owner_role = models.CharField("owner’s role in this", max_length=120, blank=True)
    deputy = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="deputised_delivery_actions"
    )
    leads = models.CharField(max_length=300, blank=True)
    agencies = models.ManyToManyField(PartnerAgency, related_name="delivery_actions", blank=True)
    contributors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="delivery_actions", blank=True)
    measures = models.ManyToManyField(Measure, related_name="delivery_actions", blank=True)
    status = models.CharField(max_length=12, choices=ActionStatus.choices, default=ActionStatus.NOT_STARTED)
    rag = models.CharField("rating", max_length=6, choices=Rag.choices, default=Rag.NONE)
    rag_reason = models.CharField("reason for the rating", max_length=300, blank=True)
    start = models.DateField(null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    ended_on = models.DateField("delivered, closed or carried on", null=True, blank=True)
    ended_why = models.TextField("what shows it, or why", blank=True)
    no_evidence_why = models.TextField("why nothing is filed to show it", blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = DeliveryActionQuerySet.as_manager()

    class Meta:
        verbose_name = "delivery action"
        ordering = ["ref"]
        constraints = [
            models.UniqueConstraint(fields=["delivery_plan", "ref"], name="an_action_reference_is_used_once_in_a_plan"),
            models.CheckConstraint(
                condition=~Q(ref="") & ~Q(statement=""), name="an_action_has_a_reference_and_a_statement"
            ),
            models.CheckConstraint(
                condition=Q(statement=F("first_statement")) | ~Q(correction_reason=""),
                name="a_corrected_statement_says_why",
            ),
            models.CheckConstraint(
                condition=Q(status__in=OVER, ended_on__isnull=False) & ~Q(ended_why="")
                | ~Q(status__in=OVER) & Q(ended_on__isnull=True, ended_why=""),
                name="an_action_that_is_over_says_when_and_why",
            ),
            models.CheckConstraint(
                condition=~Q(rag__in=[Rag.AMBER, Rag.RED]) | ~Q(rag_reason=""),
                name="an_action_rated_amber_or_red_says_why",
            ),
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(due__isnull=True) | Q(start__lte=F("due")),
                name="an_action_starts_before_it_is_due",
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=True) | Q(deputy__isnull=True) | ~Q(owner=F("deputy")),
                name="a_deputy_is_somebody_else_than_the_owner",
            ),
            models.CheckConstraint(
                condition=Q(forebear__isnull=True, line__isnull=True) | Q(forebear__isnull=False, line__isnull=False),
                name="an_action_carried_on_knows_its_line",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.statement}"

    @property
    def is_open(self) -> bool:
        return self.status not in OVER

    @property
    def is_corrected(self) -> bool:
        return self.statement != self.first_statement


@frozen(log_rows=True)
class Correction(models.Model):
    """A statement put right; the words before it stay."""

    action = models.ForeignKey(DeliveryAction, on_delete=models.PROTECT, related_name="corrections")
    was = models.TextField()
    now = models.TextField()
    why = models.TextField()
    by = models.ForeignKey(**BY)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "correction of a statement"
        verbose_name_plural = "corrections of statements"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="a_correction_says_why"),
            models.CheckConstraint(condition=~Q(was=F("now")), name="a_correction_changes_words"),
        ]

    def __str__(self) -> str:
        return f"{self.action.ref}: {self.now}"


class RedatingQuerySet(models.QuerySet["Redating"]):
    def moved(self) -> "RedatingQuerySet":
        """A first date is no re-dating."""
        return self.filter(was__isnull=False)

    def often(self, times: int) -> "RedatingQuerySet":
        """The actions whose date has moved so many times or more: rows of `action` and `times`."""
        return self.moved().order_by().values("action").annotate(times=models.Count("pk")).filter(times__gte=times)


@record
class Redating(models.Model):
    """A due date that moved: how often says more than the date."""

    action = models.ForeignKey(DeliveryAction, on_delete=models.PROTECT, related_name="redatings")
    was = models.DateField(null=True, blank=True)
    now = models.DateField(null=True, blank=True)
    why = models.TextField()
    by = models.ForeignKey(**BY)
    at = models.DateTimeField()

    objects = RedatingQuerySet.as_manager()

    class Meta:
        verbose_name = "change of due date"
        verbose_name_plural = "changes of due dates"
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="a_due_date_moves_with_a_reason")]

    def __str__(self) -> str:
        return f"{self.action.ref}: {self._day(self.was)} to {self._day(self.now)}"

    @staticmethod
    def _day(day: dt.date | None) -> str:
        return f"{day.day} {day:%B %Y}" if day else "no date"


@frozen(log_rows=True)
class StatusChange(models.Model):
    """An action moved on by hand, between the updates of two quarters or because of one."""

    action = models.ForeignKey(DeliveryAction, on_delete=models.PROTECT, related_name="status_changes")
    was = models.CharField(max_length=12, choices=ActionStatus.choices)
    now = models.CharField(max_length=12, choices=ActionStatus.choices)
    why = models.TextField(blank=True)
    by = models.ForeignKey(**BY)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "change of status"
        verbose_name_plural = "changes of status"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(was=F("now")), name="a_change_of_status_changes_it"),
            models.CheckConstraint(
                condition=~Q(now__in=[*OVER, ActionStatus.STALLED]) | ~Q(why=""),
                name="an_action_stalls_or_ends_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action.ref}: {self.get_now_display()}"
