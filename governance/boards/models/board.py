"""Boards, the names they go by, who sits on them and for how long, and how long their papers are kept."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.accounts.models import Person
from core.audit import record
from measures.models import Measure


@record
class Board(models.Model):
    class Relation(models.TextChoices):
        CHAIRS = "chairs", "the commissioner chairs it"
        ATTENDS = "attends", "the commissioner attends"
        REPRESENTED = "represented", "the commissioner is represented"
        REPORT = "report", "the commissioner receives its report"
        SCRUTINY = "scrutiny", "it scrutinises the commissioner"

    class Retention(models.TextChoices):
        """How long what it leaves behind is kept."""

        PERMANENT = "permanent", "For ever"
        PARTNER = "partner", "Six years: a partner’s meeting"
        TERM = "term", "Until the commissioner’s term ends"

    name = models.CharField(max_length=160, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    chair = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    frequency = models.CharField("how often it meets", max_length=80, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name="reports to"
    )
    relation = models.CharField(max_length=11, choices=Relation.choices, default=Relation.REPORT)
    terms = models.TextField("terms of reference", blank=True)
    paper_days = models.PositiveSmallIntegerField("working days before a meeting that papers are due", default=7)
    notice_days = models.PositiveSmallIntegerField(
        "clear working days before a meeting that the agenda is public", default=5
    )
    overdue_days = models.PositiveSmallIntegerField(
        "days an action may be overdue before the board itself is asked", default=28
    )
    measures = models.ManyToManyField(Measure, related_name="boards", blank=True)
    retention = models.CharField(
        "how long its records are kept", max_length=9, choices=Retention.choices, default=Retention.PERMANENT
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "board"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@record
class BoardAlias(models.Model):
    """Another name the same board goes by."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=160, unique=True)

    class Meta:
        verbose_name = "alias of a board"
        verbose_name_plural = "aliases of boards"

    def __str__(self) -> str:
        return self.name


@record
class LegalHold(models.Model):
    """Why nothing of a board's records may be taken away for now: a claim, an inquiry, a request for information."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="holds")
    reason = models.TextField("why nothing may be taken away")
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    lifted_why = models.TextField("why it was lifted", blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "legal hold"
        ordering = ["-placed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_legal_hold_says_why"),
            models.UniqueConstraint(
                fields=["board"], condition=Q(lifted_at__isnull=True), name="one_legal_hold_on_a_board_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True, lifted_why="")
                | (Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lifted_why="")),
                name="a_lifted_hold_says_when_by_whom_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Legal hold on {self.board}"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: dt.date) -> "MembershipQuerySet":
        """Who sits on that day; a row without a first day has held since before such days were kept."""
        begun = Q(starts__isnull=True) | Q(starts__lte=day)
        return self.filter(begun, Q(ends__isnull=True) | Q(ends__gte=day))

    def told(self) -> "MembershipQuerySet":
        """With the people, by name."""
        return self.select_related("person", "board").prefetch_related("substitutes").order_by("person__name", "pk")


@record
class Membership(models.Model):
    """Somebody's seat on a board, from a day and perhaps to a day, both included; and who may sit in it instead."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    capacity = models.CharField(max_length=80, default="Member")
    starts = models.DateField("first day", null=True, blank=True)
    ends = models.DateField("last day", null=True, blank=True)
    substitutes = models.ManyToManyField(Person, related_name="+", blank=True, verbose_name="named substitutes")
    version = models.PositiveIntegerField(default=1)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "membership"
        constraints = [
            models.UniqueConstraint(
                fields=["board", "person"],
                condition=Q(ends__isnull=True),
                name="a_person_holds_one_open_seat_on_a_board",
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(starts__isnull=True) | Q(ends__gte=F("starts")),
                name="a_seat_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.board}"
