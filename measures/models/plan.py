"""The police and crime plan: priorities, and the measures each is judged by."""

from django.db import models
from django.db.models import F, Q

from core.audit import record
from measures.models.measure import Measure


class PlanQuerySet(models.QuerySet["Plan"]):
    def current(self) -> "Plan | None":
        return self.order_by("-starts").first()


@record
class Plan(models.Model):
    """A new plan rearranges the measures; papers written under an old one keep theirs."""

    title = models.CharField(max_length=200)
    slug = models.SlugField(unique=True)
    starts = models.DateField()
    ends = models.DateField()

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = "police and crime plan"
        constraints = [models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="a_plan_ends_after_it_starts")]

    def __str__(self) -> str:
        return self.title


@record
class Priority(models.Model):
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="priorities")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)

    class Meta:
        verbose_name = "priority"
        verbose_name_plural = "priorities"
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="a_priority_number_is_used_once_in_a_plan")
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


@record
class PlanMeasure(models.Model):
    """Where a measure stands in a plan."""

    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="plan_measures")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="plan_measures")
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "measure of a plan"
        ordering = ["priority", "position"]
        constraints = [
            models.UniqueConstraint(fields=["priority", "measure"], name="a_measure_stands_once_under_a_priority"),
            models.UniqueConstraint(fields=["priority", "position"], name="one_measure_at_a_position_of_a_priority"),
        ]

    def __str__(self) -> str:
        return f"{self.measure} ({self.priority})"
