"""The paper's workspace, its moves, and the list of papers."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from core import jobs
from core.accounts.access import requires
from core.accounts.clock import today
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from core.documents.serving import file_response
from deepdive.models import ActionUpdate
from governance.papers import assembly, awaited, checked, commentaries, completeness, remembered, states, workspace
from governance.papers.actions import papers as actions
from governance.papers.content import reading
from governance.papers.models import Paper
from governance.papers.quarter_codes import quarter_or_404

MAKES = (Permission.COMMENTARY_WRITE, Permission.PAPER_ASSEMBLE, Permission.PAPER_SIGN)


def paper_or_404(request: HttpRequest, code: str) -> Paper:
    """The paper of a quarter, if this person may know of it."""
    quarter = quarter_or_404(code)
    return get_object_or_404(Paper.objects.visible_to(request.user).with_places(), quarter=quarter)


@require_safe
@requires(Permission.PUBLISHED_VIEW, Permission.PAPER_VIEW)
def paper_list(request: HttpRequest) -> HttpResponse:
    found = Paper.objects.visible_to(request.user).with_places().order_by("-quarter__period__end")
    papers = list(found.prefetch_related("versions__publication__withdrawal"))
    may_work = request.user.has(Permission.PAPER_VIEW)
    day = today()
    rows = [_row(paper, may_work, day) for paper in papers]
    context = {
        "rows": rows,
        "may_work": may_work,
        "may_follow": request.user.has(Permission.PUBLISHED_VIEW),
        "may_assemble": request.user.has(Permission.PAPER_ASSEMBLE),
    }
    return render(request, "papers/paper_list.html", context)


def _row(paper: Paper, may_work: bool, day: dt.date) -> dict[str, object]:
    """A paper as the list shows it: those who do not work on it see what was published and no more."""
    published = [one for one in paper.versions.all() if one.publication_or_none]
    latest = published[-1] if published else None
    words, tone = workspace.deadline_words(paper.quarter.paper_due, day)
    return {
        "paper": paper,
        "state": paper.get_state_display() if may_work else "Withdrawn" if latest.withdrawal_or_none else "Published",
        "tone": workspace.STATE_TONES[paper.state] if may_work else "red" if latest.withdrawal_or_none else "green",
        "published": latest.publication if latest else None,
        "due": words if may_work and paper.is_open else "",
        "due_tone": tone,
    }


@require_safe
@requires(Permission.PAPER_VIEW)
def paper_detail(request: HttpRequest, code: str) -> HttpResponse:
    paper = paper_or_404(request, code)
    assembled = remembered.assembled(paper) if paper.is_open else None
    found = completeness.missing(paper, assembled) if assembled else []
    updates = ActionUpdate.objects.of_quarter(paper.quarter.period, paper.deep_dive) if paper.deep_dive else ()
    done = sum(one.state == ActionUpdate.State.APPROVED for one in updates)
    slots = list(commentaries.of_quarter(paper.quarter))
    words, tone = workspace.deadline_words(paper.quarter.paper_due, today())
    writes = request.user.has(*MAKES)
    context = {
        "paper": paper,
        "tone": workspace.STATE_TONES[paper.state],
        "deadline_words": words,
        "deadline_tone": tone,
        "parts": workspace.parts(paper, slots, (done, len(updates)), writes=writes),
        "missing": found if writes else completeness.unlinked(found),
        "stops": len(completeness.blocking(found)),
        "step": workspace.next_step(paper, found, request.user, awaited.awaited_words(paper)),
        "versions": paper.versions.select_related("submitted_by", "signature__signed_by", "publication__withdrawal"),
        "preview": getattr(paper, "preview", None),
        "may_preview": writes,
        "moves": states.PAPER.moves(paper.state, by=request.user),
        "meeting": paper.agenda_item.meeting,
        "word": _word_of(request, paper),
        "day_moves": paper.agenda_item.meeting.moves.all(),
        "may_dismiss": request.user.has(Permission.COMMENTARY_WRITE, Permission.PAPER_ASSEMBLE),
        **checked.shown(paper, assembled.content if assembled else None),
        **_shown(request, assembled),
    }
    return render(request, "papers/paper_detail.html", context)


def _word_of(request: HttpRequest, paper: Paper) -> str:
    """Whether the signed version has its Word file, may be given one by this person, or neither."""
    frozen = paper.frozen
    if frozen is None or frozen.signature_or_none is None:
        return ""
    if frozen.files.filter(kind="docx", build="public").exists():
        return "made"
    return "make" if request.user.has(Permission.PAPER_ASSEMBLE, Permission.PAPER_SIGN) else ""


def _shown(request: HttpRequest, assembled: assembly.Assembled | None) -> dict[str, object]:
    """What of the preview is in the middle of the page: the introduction, one priority, or the whole paper."""
    if assembled is None:
        return {}
    content = assembled.content
    wanted = request.GET.get("part", "introduction")
    chosen = next((one for one in content.priorities if f"priority-{one.number}" == wanted), None)
    return {
        "content": content,
        "notes": {note.number: note for note in content.footnotes},
        "chosen": chosen,
        "is_whole": wanted == "whole",
        "paragraphs": sum(1 for _ in reading.sequence(content)),
        "figures": sum(1 for _ in reading.charts(content)),
    }


@requires(Permission.PAPER_ASSEMBLE, Permission.PAPER_SIGN, Permission.PAPER_PUBLISH)
@require_POST
def paper_move(request: HttpRequest, code: str) -> HttpResponse:
    """Review, submission, and the ways back. Signing, publishing and withdrawing have pages of their own."""
    paper, to, reason = paper_or_404(request, code), request.POST.get("to", ""), request.POST.get("reason", "")
    try:
        match to:
            case Paper.State.IN_REVIEW:
                actions.review_paper(paper=paper, by=request.user)
                messages.success(request, "The paper is up for review.")
            case Paper.State.DRAFT:
                actions.return_paper(paper=paper, reason=reason, by=request.user)
                messages.success(request, "The paper is a draft again. What was submitted before is kept.")
            case Paper.State.FOR_SIGNATURE:
                frozen = actions.submit_paper(paper=paper, by=request.user)
                messages.success(request, f"Version {frozen.number} is fixed and waits for a signature.")
            case _:
                raise Http404("No such move.")
    except MoveRefused as refused:
        messages.error(request, str(refused))
    return redirect("paper-detail", code)


@requires(Permission.PAPER_VIEW)
def paper_preview(request: HttpRequest, code: str) -> HttpResponse:
    """The latest preview; a POST asks for a new one."""
    paper = paper_or_404(request, code)
    if request.method == "POST":
        return _asked_for(request, paper)
    preview = getattr(paper, "preview", None)
    if preview is None:
        raise Http404("No preview has been made.")
    return file_response(preview.file, name=f"draft-{paper.code}.pdf", inline=True)


def _asked_for(request: HttpRequest, paper: Paper) -> HttpResponse:
    """Have a preview made: for those who make the paper, not for those who only read it, and while it is being made."""
    if not request.user.has(*MAKES):
        raise PermissionDenied
    if not paper.is_open:
        messages.error(request, f"This paper is “{paper.get_state_display()}”, so there is no draft of it to preview.")
        return redirect("paper-detail", paper.code)
    job = jobs.enqueue(actions.PREVIEW, paper.pk, dedupe=True)
    if job.requested_by_id == request.user.pk:
        return redirect("job-detail", job.pk)
    messages.info(request, f"{job.requested_by_name} has just asked for this preview. It will be here in a minute.")
    return redirect("paper-detail", paper.code)
