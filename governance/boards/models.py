"""Boards and their meetings: agenda, attendance, minutes, decisions, and the actions that arise."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.accounts.models import Person, User
from core.accounts.permissions import Permission
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


@record
class Meeting(models.Model):
    class MinutesState(models.TextChoices):
        DRAFT = "draft", "Draft"
        AGREED = "agreed", "Agreed and locked"

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="meetings")
    date = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=160, blank=True)
    is_public = models.BooleanField("held in public", default=False)
    minutes_state = models.CharField(max_length=6, choices=MinutesState.choices, default=MinutesState.DRAFT)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "meeting"
        ordering = ["-date"]
        constraints = [
            models.UniqueConstraint(fields=["board", "date"], name="a_board_meets_once_a_day"),
            models.CheckConstraint(
                condition=Q(minutes_state="agreed", agreed_by__isnull=False, agreed_at__isnull=False)
                | Q(minutes_state="draft", agreed_by__isnull=True, agreed_at__isnull=True),
                name="agreed_minutes_name_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.board}, {self.date.day} {self.date:%B %Y}"

    @property
    def is_locked(self) -> bool:
        return self.minutes_state == self.MinutesState.AGREED


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def seen_by(self, user: User) -> "AgendaItemQuerySet":
        """Exempt items are hidden from those who may not see what is restricted."""
        if not user.has(Permission.BOARD_VIEW):
            return self.none()
        return self if user.has(Permission.RESTRICTED_VIEW) else self.filter(part=AgendaItem.Part.PUBLIC)


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


@record
class Minute(models.Model):
    """What was said on one item; written while the minutes are a draft."""

    item = models.OneToOneField(AgendaItem, on_delete=models.CASCADE, related_name="minute")
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "minute"

    def __str__(self) -> str:
        return f"Minute of {self.item}"


@record
class Decision(models.Model):
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="decisions")
    ref = models.CharField("reference", max_length=16, unique=True)
    text = models.TextField()
    decided_by = models.CharField(max_length=120)

    class Meta:
        verbose_name = "decision"
        ordering = ["ref"]

    def __str__(self) -> str:
        return self.ref


class BoardActionQuerySet(models.QuerySet["BoardAction"]):
    def open(self) -> "BoardActionQuerySet":
        return self.filter(status=BoardAction.Status.OPEN)

    def waiting_for(self, meeting: Meeting) -> "BoardActionQuerySet":
        """Open actions of the board's earlier meetings that are not on this meeting's agenda yet."""
        earlier = self.open().filter(item__meeting__board=meeting.board_id, item__meeting__date__lt=meeting.date)
        not_here = earlier.exclude(carried_items__meeting=meeting)
        return not_here.select_related("item", "owner").order_by("due", "ref")

    def seen_by(self, user: User) -> "BoardActionQuerySet":
        """To those who see boards everything, but exempt items only when cleared; to everybody what they own."""
        own = Q(owner__user=user)
        if not user.has(Permission.BOARD_VIEW):
            return self.filter(own)
        if not user.has(Permission.RESTRICTED_VIEW):
            return self.filter(own | Q(item__part=AgendaItem.Part.PUBLIC))
        return self


@record
class BoardAction(models.Model):
    """An action arising: somebody is to do something by a day."""

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        DONE = "done", "Done"
        DROPPED = "dropped", "No longer needed"

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="actions")
    ref = models.CharField("reference", max_length=16, unique=True)
    text = models.TextField()
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="board_actions")
    due = models.DateField()
    status = models.CharField(max_length=7, choices=Status.choices, default=Status.OPEN)
    progress = models.TextField(blank=True)
    status_reason = models.TextField("why it was closed or opened again", blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    objects = BoardActionQuerySet.as_manager()

    class Meta:
        verbose_name = "action arising"
        verbose_name_plural = "actions arising"
        ordering = ["due", "ref"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="open", closed_at__isnull=True, closed_by__isnull=True)
                | (~Q(status="open") & Q(closed_at__isnull=False, closed_by__isnull=False)),
                name="a_closed_action_names_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.text}"

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN
