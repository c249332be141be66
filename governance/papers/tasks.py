"""The work this app does outside requests."""

from django.urls import reverse

from core.accounts.models import User
from core.accounts.states import MoveRefused
from core.documents.render import RenderFailed
from core.documents.storage import DamagedFile
from core.jobs import Failed, Progress, nightly, register
from governance.boards.models import Meeting
from governance.papers import packing, states
from governance.papers.actions.packs import issue_pack
from governance.papers.models import FrozenPaper, Paper
from governance.papers.recompute import (
    made_of,
    render_frozen,
    render_preview,
    unheard,
    write_data,
    write_missing_data,
    write_word,
)


@register("papers.render", title="Making the paper's files")
def render(progress: Progress, frozen_pk: int) -> dict[str, object]:
    frozen = FrozenPaper.objects.select_related("paper__quarter__period").get(pk=frozen_pk)
    try:
        made = render_frozen(frozen, progress) + write_data(frozen, unheard)
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


@register("papers.pack", title="Making the agenda pack")
def pack(progress: Progress, meeting_pk: int, shown: str, user_pk: int) -> dict[str, object]:
    meeting = Meeting.objects.select_related("board").get(pk=meeting_pk)
    page = reverse("pack-list", args=[meeting_pk])
    try:
        contents = packing.contents_of(meeting)
        states.check_may_make_pack(meeting, parts=len(contents.parts), same=contents.shown == shown)
        placed, files = made_of(meeting, contents, progress)
        made = issue_pack(meeting=meeting, contents=placed, files=files, by=User.objects.get(pk=user_pk))
    except (RenderFailed, MoveRefused, DamagedFile) as problem:
        raise Failed(str(problem), url=page) from problem
    return {"pages": made.last_page - made.first_page + 1, "url": page}


@register("papers.word", title="Making the paper's Word file")
def word(progress: Progress, frozen_pk: int) -> dict[str, object]:
    frozen = FrozenPaper.objects.select_related("paper__quarter__period").get(pk=frozen_pk)
    made = write_word(frozen, progress)
    return {"files": len(made), "url": reverse("paper-detail", args=[frozen.paper.code])}


@register("papers.keep_data", title="Making data packages of earlier papers")
def keep_data(progress: Progress) -> dict[str, object]:
    return {"made": write_missing_data(progress)}


nightly("papers.keep_data")
