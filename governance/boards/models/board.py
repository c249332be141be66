"""Boards, the names they go by, and who sits on them."""

from django.db import models

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
class Membership(models.Model):
    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    capacity = models.CharField(max_length=80, default="Member")

    class Meta:
        verbose_name = "membership"
        constraints = [models.UniqueConstraint(fields=["board", "person"], name="a_person_is_a_member_of_a_board_once")]

    def __str__(self) -> str:
        return f"{self.person}, {self.board}"
