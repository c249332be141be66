"""What is kept of the life of an action arising: rows are added and never changed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.audit import frozen
from core.documents.models import Evidence
from governance.boards.models.action import BoardAction

BY = {"to": settings.AUTH_USER_MODEL, "on_delete": models.PROTECT, "related_name": "+"}


@frozen(log_rows=True)
class ActionProgress(models.Model):
    """How an action was going when somebody said so."""

    action = models.ForeignKey(BoardAction, on_delete=models.PROTECT, related_name="reports")
    text = models.TextField()
    by = models.ForeignKey(null=True, blank=True, **BY)  # unknown where it was said before such rows were kept
    at = models.DateTimeField()

    class Meta:
        verbose_name = "progress on an action"
        verbose_name_plural = "progress on actions"
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="progress_on_an_action_says_something")]

    def __str__(self) -> str:
        return f"{self.action.ref}: {self.text[:80]}"


@frozen(log_rows=True)
class ActionRedating(models.Model):
    """A day an action was due that moved: how often says more than the day."""

    action = models.ForeignKey(BoardAction, on_delete=models.PROTECT, related_name="redatings")
    was = models.DateField()
    now = models.DateField()
    why = models.TextField()
    by = models.ForeignKey(**BY)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "re-dating of an action"
        verbose_name_plural = "re-datings of actions"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="an_action_is_given_another_day_with_a_reason"),
            models.CheckConstraint(condition=~Q(was=F("now")), name="another_day_for_an_action_is_another_day"),
        ]

    def __str__(self) -> str:
        return f"{self.action.ref} from {self.was.day} {self.was:%B %Y} to {self.now.day} {self.now:%B %Y}"


@frozen(log_rows=True)
class ActionMove(models.Model):
    """An action that went from one state to another."""

    action = models.ForeignKey(BoardAction, on_delete=models.PROTECT, related_name="moves")
    was = models.CharField(max_length=8, choices=BoardAction.Status.choices)
    now = models.CharField(max_length=8, choices=BoardAction.Status.choices)
    why = models.TextField(blank=True)
    by = models.ForeignKey(**BY)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "move of an action"
        verbose_name_plural = "moves of actions"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(was=F("now")), name="an_action_that_moves_changes_its_state"),
            models.CheckConstraint(
                condition=~Q(now__in=["blocked", "dropped"]) | ~Q(why=""),
                name="an_action_is_held_up_or_dropped_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action.ref}: {self.get_now_display()}"


@frozen(log_rows=True)
class ActionEvidence(Evidence):
    """A file that shows what was done."""

    action = models.ForeignKey(BoardAction, on_delete=models.PROTECT, related_name="evidence")

    class Meta(Evidence.Meta):
        verbose_name = "evidence for an action"
        verbose_name_plural = "evidence for actions"
        constraints = [
            models.UniqueConstraint(fields=["action", "file"], name="a_file_is_evidence_for_an_action_once"),
        ]

    def __str__(self) -> str:
        return f"{self.action.ref}: {self.name}"
