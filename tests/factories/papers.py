"""A quarter, its commentary and the meeting it is for, made for a test."""

import datetime as dt

import factory
from django.utils import timezone

from governance.boards.models import Board, Meeting
from governance.papers.models import Commentary, Quarter
from measures.models import Measure, PlanMeasure
from tests.factories.accounts import UserFactory
from tests.factories.plans import PlanFactory, PriorityFactory, QuarterPeriodFactory


class PanelFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Board
        django_get_or_create = ("slug",)

    name = "Testshire Police and Crime Panel"
    slug = "panel"
    relation = Board.Relation.SCRUTINY


class PanelMeetingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Meeting
        django_get_or_create = ("board", "date")

    board = factory.SubFactory(PanelFactory)
    date = dt.date(2019, 12, 19)


class HeadlineFactory(factory.django.DjangoModelFactory):
    """A headline measure that stands in the plan."""

    class Meta:
        model = Measure
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"headline-{n}")
    name = factory.Sequence(lambda n: f"Measure {n}")
    short_name = factory.SelfAttribute("name")
    kind = Measure.Kind.COUNT
    unit = "crimes"
    headline = True

    @factory.post_generation
    def placed(self, create: bool, extracted: object, **kwargs: object) -> None:
        priority = PriorityFactory()
        PlanMeasure.objects.create(priority=priority, measure=self, position=priority.plan_measures.count() + 1)


class QuarterFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Quarter
        django_get_or_create = ("period",)

    period = factory.SubFactory(QuarterPeriodFactory)
    plan = factory.SubFactory(PlanFactory)
    meeting = factory.SubFactory(PanelMeetingFactory)
    commentary_due = dt.date(2019, 11, 28)
    approval_due = dt.date(2019, 12, 5)
    paper_due = dt.date(2019, 12, 10)
    opened_by = factory.SubFactory(UserFactory)
    opened_at = factory.LazyFunction(timezone.now)


class CommentaryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Commentary

    quarter = factory.SubFactory(QuarterFactory)
    measure = factory.SubFactory(HeadlineFactory)
    text = "<p>Nothing out of the ordinary.</p>"
    due = dt.date(2019, 11, 28)
