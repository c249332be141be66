"""The work this app does outside requests."""

from django.urls import reverse

from core.documents.render import RenderFailed
from core.jobs import Failed, Progress, register
from governance.papers.models import FrozenPaper, Paper
from governance.papers.recompute import render_frozen, render_preview


@register("papers.render", title="Making the paper's files")
def render(progress: Progress, frozen_pk: int) -> dict[str, object]:
    frozen = FrozenPaper.objects.select_related("paper__quarter__period").get(pk=frozen_pk)
    try:
        made = render_frozen(frozen, progress)
    except RenderFailed as problem:
        raise Failed(str(problem)) from problem
    return {"files": len(made), "url": reverse("paper-detail", args=[frozen.paper.code])}


@register("papers.preview", title="Making a preview of the paper")
def preview(progress: Progress, paper_pk: int) -> dict[str, object]:
    paper = Paper.objects.with_places().get(pk=paper_pk)
    try:
        made = render_preview(paper, progress)
    except RenderFailed as problem:
        raise Failed(str(problem)) from problem
    return {"pages": made.pages, "url": reverse("paper-preview", args=[paper.code])}
