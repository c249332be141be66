"""How papers are put together from some day on: a version of the outline."""

from django.conf import settings
from django.db import models

from core.audit import frozen
from governance.papers.content.outline import STANDARD, Section, with_every


@frozen(log_rows=True)
class Outline(models.Model):
    """Versions are added and never changed; the paper being made takes the newest, what is frozen keeps its own."""

    number = models.PositiveSmallIntegerField("version", unique=True)
    sections = models.JSONField()  # of each its key, heading and standing text, in the order of the paper
    why = models.CharField("why it changed", max_length=300)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = "outline of the paper"
        verbose_name_plural = "outlines of the paper"
        ordering = ["number"]
        constraints = [models.CheckConstraint(condition=~models.Q(why=""), name="a_new_outline_says_why")]

    def __str__(self) -> str:
        return f"version {self.number} of how the paper is put together"

    @property
    def held(self) -> tuple[Section, ...]:
        return with_every([Section(**one) for one in self.sections])


def newest() -> tuple[int, tuple[Section, ...]]:
    """The version papers are put together by now, and its sections: 0 is the one in the software."""
    latest = Outline.objects.order_by("-number").first()
    return (latest.number, latest.held) if latest else (0, STANDARD)
