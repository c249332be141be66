"""The plan of a year, its objectives, and whose turn the deep dive is."""

from django.db import models
from django.db.models import Q

from core.audit import record
from measures.models import Period, Plan, Priority


class DeliveryPlanQuerySet(models.QuerySet["DeliveryPlan"]):
    def of_year(self, year: str) -> "DeliveryPlan | None":
        """The plan of the year as an address says it; the latest where it says none that there is."""
        plans = list(self.select_related("plan", "follows"))
        return next((one for one in plans if str(one.year) == year), plans[0] if plans else None)


@record(keeps=("year",))
class DeliveryPlan(models.Model):
    """What the office means to do in a year towards its police and crime plan."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="delivery_plans")
    year = models.PositiveSmallIntegerField(unique=True)
    title = models.CharField(max_length=160)
    follows = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name="carries on"
    )
    stale_after = models.PositiveSmallIntegerField(
        "quarters with the same words before an action is called unchanged", default=2
    )
    version = models.PositiveIntegerField(default=1)

    objects = DeliveryPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "service delivery plan"
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stale_after__gte=2), name="an_action_is_unchanged_after_two_quarters_at_least"
            )
        ]

    def __str__(self) -> str:
        return self.title


@record(keeps=("delivery_plan", "priority", "number"))
class Objective(models.Model):
    delivery_plan = models.ForeignKey(DeliveryPlan, on_delete=models.PROTECT, related_name="objectives")
    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="objectives")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    version = models.PositiveIntegerField(default=1)

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


class DeepDiveTurnQuerySet(models.QuerySet["DeepDiveTurn"]):
    def priority_of(self, period: Period, plan: Plan) -> Priority | None:
        """Whose turn the deep dive of a quarter is: as the delivery plan says, else one priority after another."""
        chosen = self.filter(delivery_plan__plan=plan, delivery_plan__year=int(period.financial_year[:4]))
        turn = chosen.filter(quarter=period.quarter_number).select_related("priority").first()
        if turn is not None:
            return turn.priority
        priorities = list(plan.priorities.order_by("number"))
        return priorities[(period.quarter_number - 1) % len(priorities)] if priorities else None


@record
class DeepDiveTurn(models.Model):
    """Which priority the panel's paper of a quarter looks into."""

    delivery_plan = models.ForeignKey(DeliveryPlan, on_delete=models.PROTECT, related_name="turns")
    quarter = models.PositiveSmallIntegerField()
    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="+")

    objects = DeepDiveTurnQuerySet.as_manager()

    class Meta:
        verbose_name = "turn of the deep dive"
        verbose_name_plural = "turns of the deep dive"
        ordering = ["quarter"]
        constraints = [
            models.UniqueConstraint(fields=["delivery_plan", "quarter"], name="one_deep_dive_in_a_quarter_of_a_plan"),
            models.CheckConstraint(condition=Q(quarter__range=(1, 4)), name="a_deep_dive_is_in_one_of_four_quarters"),
        ]

    def __str__(self) -> str:
        return f"Quarter {self.quarter}: {self.priority}"
