"""Questions and recommendations put to the commissioner, and the answers given to them."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.accounts.models import Person, User
from core.accounts.permissions import Permission
from core.audit import frozen, record
from governance.boards.models.board import Board
from governance.boards.models.meeting import AgendaItem, Meeting

OVER = ("closed", "withdrawn")
BY = {"to": settings.AUTH_USER_MODEL, "on_delete": models.PROTECT, "related_name": "+"}


class Outcome(models.TextChoices):
    """What is said to a recommendation; anything but a plain yes gives its reasons."""

    ACCEPTED = "accepted", "Accepted"
    PARTLY = "partly", "Accepted in part"
    REFUSED = "refused", "Not accepted"


class QuestionQuerySet(models.QuerySet["Question"]):
    def open(self) -> "QuestionQuerySet":
        return self.exclude(state__in=OVER)

    def seen_by(self, user: User) -> "QuestionQuerySet":
        """To those who see boards, exempt ones only when cleared; to others what they promised to answer."""
        own = Q(promised_by__user=user) if user.has(Permission.QUESTION_ANSWER_ASSIGNED) else Q(pk__in=[])
        if not user.has(Permission.BOARD_VIEW):
            return self.filter(own)
        if user.has(Permission.RESTRICTED_VIEW):
            return self
        return self.filter(own | Q(Q(item=None) | Q(item__part=AgendaItem.Part.PUBLIC), exemption=""))

    def waiting_for(self, meeting: Meeting) -> "QuestionQuerySet":
        """What the board asked before this meeting and has not closed, the longest promised first."""
        earlier = self.open().filter(board=meeting.board_id, asked_on__lt=meeting.date)
        return earlier.select_related("asked_by", "promised_by").order_by("due", "ref")

    def overdue(self, day: dt.date) -> "QuestionQuerySet":
        """Promised by a day that has passed, and no answer has been approved."""
        return self.filter(state__in=(Question.State.ASKED, Question.State.DRAFTED), due__lt=day)


@record
class Question(models.Model):
    """What a board asked or recommended: under an item of a meeting, or between meetings."""

    Outcome = Outcome

    class Kind(models.TextChoices):
        QUESTION = "question", "Question"
        RECOMMENDATION = "advice", "Recommendation"

    class State(models.TextChoices):
        ASKED = "asked", "Waits for an answer"
        DRAFTED = "drafted", "Answer waits for approval"
        ANSWERED = "answered", "Answered"
        CLOSED = "closed", "Closed"
        WITHDRAWN = "withdrawn", "Withdrawn"

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="questions", verbose_name="who asks")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="questions")
    exemption = models.CharField(
        "paragraph of Schedule 12A", max_length=2, choices=AgendaItem.Exemption.choices, blank=True, db_default=""
    )
    ref = models.CharField("reference", max_length=16, unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.QUESTION)
    text = models.TextField("words")
    asked_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="member who asked"
    )
    asked_on = models.DateField()
    promised_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="questions", verbose_name="who promised an answer"
    )
    due = models.DateField("answer promised by")
    redated = models.PositiveSmallIntegerField("times the answer was put off", default=0)
    state = models.CharField(max_length=9, choices=State.choices, default=State.ASKED)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    answer = models.TextField(blank=True)
    reasons = models.TextField("why it is not accepted", blank=True)
    answered_on = models.DateField("day of the answer", null=True, blank=True)
    answered_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="who answers"
    )
    authors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "question"
        ordering = ["due", "ref"]
        indexes = [
            models.Index(fields=["board", "due", "id"], name="open_questions_of_a_board", condition=~Q(state__in=OVER)),
            models.Index(fields=["due", "id"], name="questions_by_day"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_question_keeps_its_words"),
            models.CheckConstraint(
                condition=Q(item__isnull=True) | Q(exemption=""), name="a_question_under_an_item_is_as_exempt_as_it"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["drafted", "answered"])
                | (~Q(answer="") & Q(answered_on__isnull=False, answered_by__isnull=False)),
                name="an_answer_has_words_a_day_and_a_person",
            ),
            models.CheckConstraint(
                condition=~Q(kind="advice", state__in=["drafted", "answered"]) | ~Q(outcome=""),
                name="a_recommendation_is_accepted_or_not",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["partly", "refused"]) | ~Q(reasons=""),
                name="a_recommendation_is_refused_with_reasons",
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def is_open(self) -> bool:
        return self.state not in OVER

    @property
    def is_advice(self) -> bool:
        return self.kind == self.Kind.RECOMMENDATION

    @property
    def asker(self) -> str:
        """The member who asked, or the board where it speaks as one."""
        return self.asked_by.name if self.asked_by else self.board.name

    @property
    def paragraph(self) -> str:
        """The paragraph that makes it exempt: its own or its item's; empty for what is public."""
        if self.exemption:
            return self.get_exemption_display()
        return self.item.get_exemption_display() if self.item and self.item.is_exempt else ""

    def is_overdue(self, day: dt.date) -> bool:
        return self.state in (self.State.ASKED, self.State.DRAFTED) and self.due < day


@frozen(log_rows=True)
class QuestionAnswer(models.Model):
    """An answer as somebody other than its authors approved it. One given again is a further row."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    text = models.TextField()
    reasons = models.TextField("why it is not accepted", blank=True)
    answered_on = models.DateField()
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(**BY)
    approved_at = models.DateTimeField()

    class Meta:
        verbose_name = "approved answer"
        ordering = ["question", "number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="an_answer_is_approved_once"),
            models.CheckConstraint(condition=~Q(text=""), name="an_approved_answer_has_words"),
        ]

    def __str__(self) -> str:
        return f"Answer {self.number} to {self.question.ref}"


@frozen(log_rows=True)
class QuestionStep(models.Model):
    """A question that went from one state to another, or whose answer was put off to another day."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="steps")
    was = models.CharField(max_length=9, choices=Question.State.choices)
    now = models.CharField(max_length=9, choices=Question.State.choices)
    due_before = models.DateField(null=True, blank=True)
    due = models.DateField("new day", null=True, blank=True)
    why = models.TextField(blank=True)
    by = models.ForeignKey(**BY)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "step of a question"
        verbose_name_plural = "steps of questions"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(was=F("now")) | Q(due__isnull=False), name="a_question_that_steps_changes_something"
            ),
            models.CheckConstraint(
                condition=Q(due__isnull=True) | ~Q(why=""), name="an_answer_is_put_off_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question.ref}: {self.get_now_display()}"
