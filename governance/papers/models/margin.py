"""What is said beside a text while it is being made: comments, suggestions of other words, and answers to them."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from core.accounts.models import User
from core.audit import record
from governance.papers.models.commentary import Commentary
from governance.papers.models.paper import Paper


class MarginCommentQuerySet(models.QuerySet["MarginComment"]):
    def open(self) -> "MarginCommentQuerySet":
        return self.filter(state=MarginComment.State.OPEN)

    def of_paper(self, paper: Paper) -> "MarginCommentQuerySet":
        """Beside the paper's own texts and beside every commentary that goes into it."""
        return self.filter(Q(paper=paper) | Q(commentary__quarter=paper.quarter_id))

    def waiting_for(self, user: User) -> "MarginCommentQuerySet":
        """Open ones in which somebody else had the last word: of texts this person writes, or that they spoke in."""
        latest = MarginReply.objects.filter(comment=OuterRef("pk")).order_by("-at", "-pk")
        mine = Q(commentary__assigned_to=user) | Q(commentary__authors=user) | Q(paper__introduction_authors=user)
        spoken = Q(by=user) | Q(replies__by=user)
        found = self.open().annotate(
            last_by=Coalesce(Subquery(latest.values("by_id")[:1]), F("by_id"), output_field=models.BigIntegerField())
        )
        return found.exclude(last_by=user.pk).filter(mine | spoken).distinct()


@record
class MarginComment(models.Model):
    """It hangs on a paragraph by its id and keeps the words it was made on, so that a change of them shows."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        RESOLVED = "resolved", "Resolved"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"

    commentary = models.ForeignKey(Commentary, on_delete=models.PROTECT, null=True, blank=True, related_name="margin")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="margin")
    place = models.CharField("which text", max_length=20)
    pid = models.CharField("paragraph", max_length=8, blank=True)  # empty: the text as a whole
    words = models.TextField("words it was made on", blank=True)
    text = models.TextField("comment", blank=True)
    is_suggestion = models.BooleanField("suggests other words", default=False)
    replacement = models.TextField("suggested words", blank=True)  # empty in a suggestion: take the paragraph out
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = MarginCommentQuerySet.as_manager()

    class Meta:
        verbose_name = "comment in the margin"
        verbose_name_plural = "comments in the margin"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(commentary__isnull=True) ^ Q(paper__isnull=True),
                name="a_margin_comment_is_beside_one_text",
            ),
            models.CheckConstraint(
                condition=Q(state="open", settled_by__isnull=True, settled_at__isnull=True)
                | (~Q(state="open") & Q(settled_by__isnull=False, settled_at__isnull=False)),
                name="a_settled_margin_comment_names_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "declined"]) | Q(is_suggestion=True),
                name="only_a_suggestion_is_accepted_or_declined",
            ),
            models.CheckConstraint(
                condition=Q(is_suggestion=True) & ~Q(pid="") | Q(is_suggestion=False, replacement="") & ~Q(text=""),
                name="a_margin_comment_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"a {'suggestion' if self.is_suggestion else 'comment'} beside {self.commentary or self.paper}"

    def get_absolute_url(self) -> str:
        """The margin it stands in."""
        if self.commentary:
            return reverse("commentary-margin", args=[self.commentary.quarter.code, self.commentary.measure.slug])
        return reverse("paper-margin", args=[self.paper.code])

    @property
    def beside(self) -> str:
        if self.commentary:
            return f"the commentary on {self.commentary.measure.short_name}"
        return f"the introduction of {self.paper}"

    @property
    def due(self) -> dt.date:
        """By when the text it is beside has to be finished."""
        return self.commentary.due if self.commentary else self.paper.quarter.approval_due

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def subject(self) -> Commentary | Paper:
        return self.commentary or self.paper


@record
class MarginReply(models.Model):
    comment = models.ForeignKey(MarginComment, on_delete=models.PROTECT, related_name="replies")
    text = models.TextField("answer")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "answer in the margin"
        verbose_name_plural = "answers in the margin"
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="an_answer_in_the_margin_says_something")]

    def __str__(self) -> str:
        return f"an answer to {self.comment}"
