"""The cover sheet of a paper: what the meeting is asked to do, and whom to ask."""

from django.db import models

from core.audit import record
from governance.papers.models.paper import Paper


class CoverSheetQuerySet(models.QuerySet["CoverSheet"]):
    def standing(self, paper: Paper) -> "CoverSheet | None":
        """The paper's own, or that of the latest earlier quarter: what was typed once stands until it is changed."""
        earlier = self.filter(paper__quarter__period__end__lte=paper.quarter.period.end)
        return earlier.select_related("paper__quarter__period").order_by("-paper__quarter__period__end").first()


@record
class CoverSheet(models.Model):
    """What a secretary types of it; meeting, day, item, openness and appendices are known."""

    paper = models.OneToOneField(Paper, on_delete=models.CASCADE, related_name="sheet")
    purpose = models.TextField()
    recommendations = models.TextField()
    implications = models.TextField(blank=True)
    contact = models.CharField(max_length=200)
    version = models.PositiveIntegerField(default=0)

    objects = CoverSheetQuerySet.as_manager()

    class Meta:
        verbose_name = "cover sheet"

    def __str__(self) -> str:
        return f"the cover sheet of {self.paper}"
