"""A service delivery plan made for a test."""

import datetime as dt

import factory

from deepdive.models import OVER, ActionStatus, ActionUpdate, DeliveryAction, DeliveryPlan, Milestone, Objective
from tests.factories.accounts import PersonFactory
from tests.factories.plans import PlanFactory, PriorityFactory, QuarterPeriodFactory


class DeliveryPlanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DeliveryPlan
        django_get_or_create = ("year",)

    plan = factory.SubFactory(PlanFactory)
    year = 2019
    title = "Service Delivery Plan 2019"


class ObjectiveFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Objective
        django_get_or_create = ("delivery_plan", "priority", "number")

    delivery_plan = factory.SubFactory(DeliveryPlanFactory)
    priority = factory.SubFactory(PriorityFactory)
    number = 1
    title = "Bring public protection together"


class DeliveryActionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DeliveryAction

    objective = factory.SubFactory(ObjectiveFactory)
    delivery_plan = factory.SelfAttribute("objective.delivery_plan")
    ref = factory.Sequence(lambda n: f"2.{n:02d}")
    statement = "Share what agencies know of people at risk"
    first_statement = factory.SelfAttribute("statement")
    ended_on = factory.LazyAttribute(lambda one: dt.date(2019, 11, 1) if one.status in OVER else None)
    ended_why = factory.LazyAttribute(lambda one: "The report was published." if one.status in OVER else "")
    status = ActionStatus.NOT_STARTED
    owner = factory.SubFactory(PersonFactory)


class ActionUpdateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ActionUpdate

    action = factory.SubFactory(DeliveryActionFactory)
    period = factory.SubFactory(QuarterPeriodFactory)
    text = "<p>Two agencies have joined.</p>"


class MilestoneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Milestone

    action = factory.SubFactory(DeliveryActionFactory)
    text = factory.Sequence(lambda n: f"Report {n} to the board")
    due = dt.date(2020, 1, 31)
    first_due = factory.SelfAttribute("due")
