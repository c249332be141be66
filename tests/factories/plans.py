"""A police and crime plan, its priorities, and periods, made for a test."""

import datetime as dt

import factory

from measures.models import Period, Plan, Priority

QUARTER_TWO = (dt.date(2019, 7, 1), dt.date(2019, 9, 30))
QUARTER_ONE = (dt.date(2019, 4, 1), dt.date(2019, 6, 30))


class PlanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Plan
        django_get_or_create = ("slug",)

    title = "Police and Crime Plan 2017-21"
    slug = "2017-21"
    starts = dt.date(2017, 4, 1)
    ends = dt.date(2021, 3, 31)


class PriorityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Priority
        django_get_or_create = ("plan", "number")

    plan = factory.SubFactory(PlanFactory)
    number = 2
    title = "Protect the most vulnerable people"


class QuarterPeriodFactory(factory.django.DjangoModelFactory):
    """Quarter two of 2019-20 unless told otherwise."""

    class Meta:
        model = Period
        django_get_or_create = ("kind", "start", "end")

    kind = Period.Kind.QUARTER
    start, end = QUARTER_TWO
