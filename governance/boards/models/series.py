"""Meetings with a rhythm, from which a year's dates are fixed."""

from django.db import models
from django.db.models import F, Q

from core.audit import record
from governance.boards.models.board import Board
from governance.boards.rhythm import DAYS, MONTH, PLACES, WEEK, Rhythm


@record
class MeetingSeries(models.Model):
    class Often(models.TextChoices):
        """Unit and number together, as they are chosen."""

        WEEKLY = "week-1", "Every week"
        FORTNIGHTLY = "week-2", "Every two weeks"
        FOUR_WEEKS = "week-4", "Every four weeks"
        SIX_WEEKS = "week-6", "Every six weeks"
        MONTHLY = "month-1", "Every month"
        TWO_MONTHS = "month-2", "Every second month"
        QUARTERLY = "month-3", "Every quarter (every third month)"
        HALF_YEARLY = "month-6", "Twice a year (every sixth month)"
        YEARLY = "month-12", "Once a year"

    class Closed(models.TextChoices):
        AFTER = "after", "The next working day"
        BEFORE = "before", "The working day before"

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="series")
    often = models.CharField("how often", max_length=8, choices=Often.choices)
    weekday = models.PositiveSmallIntegerField("day of the week", choices=list(enumerate(DAYS)))
    place = models.SmallIntegerField("which of the month", choices=[(n, w.capitalize()) for n, w in PLACES.items()])
    starts = models.DateField("counted from")
    ends = models.DateField("last day", null=True, blank=True)
    if_closed = models.CharField(
        "when that day is a weekend or bank holiday", max_length=6, choices=Closed.choices, default=Closed.AFTER
    )
    starts_at = models.TimeField("start time", null=True, blank=True)
    venue = models.CharField("where", max_length=160, blank=True)
    is_public = models.BooleanField("held in public", default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "rhythm of meetings"
        verbose_name_plural = "rhythms of meetings"
        ordering = ["starts", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="a_rhythm_of_meetings_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.board}, {self.rhythm.words}"

    @property
    def rhythm(self) -> Rhythm:
        unit, every = self.often.split("-")
        return Rhythm(MONTH if unit == MONTH else WEEK, int(every), self.weekday, self.place, self.starts, self.ends)
