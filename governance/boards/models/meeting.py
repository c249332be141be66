"""Meetings: when and where, the agenda in its order, and who came."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.accounts.models import Person, User
from core.accounts.permissions import Permission
from core.audit import frozen, record
from governance.boards.models.board import Board
from governance.boards.models.series import MeetingSeries


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def standing(self) -> "MeetingQuerySet":
        """All but those that were cancelled."""
        return self.filter(cancelled_at__isnull=True)


@record
class Meeting(models.Model):
    class MinutesState(models.TextChoices):
        DRAFT = "draft", "Draft"
        CIRCULATED = "circulated", "Circulated to members"
        AGREED = "agreed", "Agreed and locked"
        SIGNED = "signed", "Signed and locked"

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="meetings")
    date = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=160, blank=True)
    is_public = models.BooleanField("held in public", default=False)
    minutes_state = models.CharField(max_length=10, choices=MinutesState.choices, default=MinutesState.DRAFT)
    presided_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="who presided"
    )
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True, blank=True)
    series = models.ForeignKey(
        MeetingSeries, on_delete=models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name="rhythm"
    )
    planned_for = models.DateField("day the rhythm has for it", null=True, blank=True)
    cancelled_why = models.TextField("why it was cancelled", blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "meeting"
        ordering = ["-date"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "date"], condition=Q(cancelled_at__isnull=True), name="a_board_meets_once_a_day"
            ),
            models.UniqueConstraint(fields=["series", "planned_for"], name="a_day_of_a_rhythm_is_fixed_once"),
            models.CheckConstraint(
                condition=Q(series__isnull=True, planned_for__isnull=True)
                | Q(series__isnull=False, planned_for__isnull=False),
                name="a_meeting_of_a_rhythm_keeps_the_day_it_has_there",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True, cancelled_why="")
                | (Q(cancelled_at__isnull=False, cancelled_by__isnull=False) & ~Q(cancelled_why="")),
                name="a_cancelled_meeting_says_when_by_whom_and_why",
            ),
            models.CheckConstraint(
                condition=Q(minutes_state__in=["agreed", "signed"], agreed_by__isnull=False, agreed_at__isnull=False)
                | Q(minutes_state__in=["draft", "circulated"], agreed_by__isnull=True, agreed_at__isnull=True),
                name="agreed_minutes_name_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.board}, {self.date.day} {self.date:%B %Y}"

    @property
    def is_locked(self) -> bool:
        return self.minutes_state in (self.MinutesState.AGREED, self.MinutesState.SIGNED)

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None


@frozen(log_rows=True)
class MeetingMove(models.Model):
    """A meeting that was given another day, by a bank holiday or by somebody, and why."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="moves")
    was = models.DateField()
    now = models.DateField()
    why = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "move of a meeting"
        verbose_name_plural = "moves of meetings"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="a_meeting_is_moved_with_a_reason"),
            models.CheckConstraint(condition=~Q(was=F("now")), name="a_meeting_is_moved_to_another_day"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting.board}, from {self.was.day} {self.was:%B %Y} to {self.now.day} {self.now:%B %Y}"


@frozen(log_rows=True)
class MeetingReturn(models.Model):
    """A cancelled meeting that is held after all: what the cancelling said, and why it no longer holds."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="returns")
    cancelled_why = models.TextField("why it had been cancelled")
    cancelled_at = models.DateTimeField()
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    why = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "reinstatement of a meeting"
        verbose_name_plural = "reinstatements of meetings"
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="a_meeting_is_reinstated_with_a_reason")]

    def __str__(self) -> str:
        return str(self.meeting)


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def seen_by(self, user: User) -> "AgendaItemQuerySet":
        """Exempt items are hidden from those who may not see what is restricted."""
        if not user.has(Permission.BOARD_VIEW):
            return self.none()
        return self if user.has(Permission.RESTRICTED_VIEW) else self.filter(part=AgendaItem.Part.PUBLIC)

    def to_release(self, user: User, day: dt.date) -> "AgendaItemQuerySet":
        """Exempt items whose day has come, for whoever may say that they need no longer be; the longest due first."""
        if not (user.has(Permission.MEETING_RUN) and user.has(Permission.RESTRICTED_VIEW)):
            return self.none()
        found = self.filter(part=AgendaItem.Part.EXEMPT, release_on__lte=day)
        return found.select_related("meeting__board").order_by("release_on", "pk")


@record
class AgendaItem(models.Model):
    """An item in its order. Its number is its position, so that numbers follow when the order changes."""

    class Part(models.TextChoices):
        PUBLIC = "public", "Public"
        EXEMPT = "exempt", "Exempt"

    class Exemption(models.TextChoices):
        """The paragraphs of Part 1 of Schedule 12A to the Local Government Act 1972, in short."""

        INDIVIDUAL = "1", "Paragraph 1: about an individual"
        IDENTITY = "2", "Paragraph 2: likely to reveal who somebody is"
        BUSINESS = "3", "Paragraph 3: somebody's financial or business affairs"
        LABOUR = "4", "Paragraph 4: consultation or negotiation on labour relations"
        PRIVILEGE = "5", "Paragraph 5: legal professional privilege"
        NOTICE = "6", "Paragraph 6: a notice, order or direction that is proposed"
        CRIME = "7", "Paragraph 7: preventing, investigating or prosecuting crime"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    presenter = models.CharField(max_length=120, blank=True)
    part = models.CharField(max_length=6, choices=Part.choices, default=Part.PUBLIC)
    exemption = models.CharField("paragraph of Schedule 12A", max_length=120, choices=Exemption.choices, blank=True)
    exempt_why = models.CharField("why it is exempt, for everybody to read", max_length=300, blank=True)
    release_on = models.DateField("day it need no longer be exempt", null=True, blank=True)
    proposed_as = models.CharField("what proposed it", max_length=80, blank=True)
    deferred_why = models.CharField("why it was not taken", max_length=300, blank=True)
    carried_action = models.ForeignKey(
        "BoardAction",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="carried_items",
        verbose_name="action carried over",
    )
    version = models.PositiveIntegerField(default=1)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = "agenda item"
        ordering = ["meeting", "position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(part="public") | ~Q(exemption=""), name="an_exempt_item_names_its_paragraph"
            ),
            models.CheckConstraint(
                condition=Q(part="exempt") | Q(exempt_why="", release_on__isnull=True),
                name="only_an_exempt_item_says_why_and_until_when",
            ),
            models.UniqueConstraint(
                fields=["meeting", "proposed_as"],
                condition=~Q(proposed_as=""),
                name="a_proposal_is_on_an_agenda_once",
            ),
            models.UniqueConstraint(fields=["meeting", "position"], name="one_item_at_a_position_of_an_agenda"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.title}"

    @property
    def is_exempt(self) -> bool:
        return self.part == self.Part.EXEMPT


@record
class Attendance(models.Model):
    class Kind(models.TextChoices):
        PRESENT = "present", "Present"
        APOLOGIES = "apologies", "Apologies"
        ABSENT = "absent", "Absent"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attendances")
    kind = models.CharField(max_length=9, choices=Kind.choices, default=Kind.PRESENT)
    substitute_for = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "attendance"
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="a_person_attends_a_meeting_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}"
