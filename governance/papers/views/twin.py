"""The published paper as a page anybody can read, with its files. What is not published is not there for the public."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.accounts.access import public
from core.accounts.permissions import Permission
from core.audit import log_read
from core.documents.serving import file_response
from governance.boards.proofs import register_proof
from governance.papers.asked import Asked
from governance.papers.content import canonical, reading
from governance.papers.following import Follow
from governance.papers.models import FrozenFile, Publication
from governance.papers.presenters import day_note
from governance.papers.recompute import file_name, signature_line
from governance.papers.revised import moved_since
from governance.papers.views.papers import paper_or_404
from measures.models.period import month_end
from measures.quarter_codes import last_month_of

BUILDS = ("public", "restricted")


def is_published(given: dict[str, object]) -> bool:
    """Whether anybody may read the paper of the quarter an address names."""
    last = last_month_of(str(given["code"]))
    standing = Publication.objects.filter(withdrawal__isnull=True)
    return last is not None and standing.filter(frozen_paper__paper__quarter__period__end=month_end(last)).exists()


register_proof("paper-read", is_published)


def asked_for(request: HttpRequest, code: str) -> Asked:
    """The version and build an address asks for; 404 for what this person may not know of."""
    paper = paper_or_404(request, code)
    insider = request.user.is_authenticated and request.user.has(Permission.PAPER_VIEW)
    versions = paper.versions.all() if insider else paper.versions.published()
    versions = versions.select_related("publication__withdrawal", "signature__signed_by").order_by("-number")
    number = request.GET.get("version", "")
    if number:
        frozen = get_object_or_404(versions, number=int(number)) if number.isdecimal() and len(number) < 6 else None
    else:
        frozen = versions.published().first() or versions.first()
    if frozen is None:
        raise Http404("No such version.")
    build = request.GET.get("build", "public")
    may_see_all = insider and request.user.has(Permission.RESTRICTED_VIEW)
    if build not in BUILDS or (build == "restricted" and not may_see_all):
        raise Http404("No such build.")
    return Asked(paper, frozen, build, insider)


@public
@require_safe
def paper_read(request: HttpRequest, code: str) -> HttpResponse:
    asked = asked_for(request, code)
    published = list(asked.paper.versions.published())
    context = {
        "paper": asked.paper,
        "frozen": asked.frozen,
        "publication": asked.frozen.publication_or_none,
        "withdrawal": asked.frozen.withdrawal_or_none,
        "versions": published,
        "newer": next((one for one in published if one.number > asked.frozen.number), None),
        "build": asked.build,
        "signature": signature_line(asked.frozen.signature_or_none),
    }
    if asked.is_withdrawn and not asked.is_insider:
        return render(request, "papers/paper_withdrawn.html", context, status=410)
    if asked.build == "restricted":
        log_read(what=asked.frozen, request=request, by=request.user)
    content = asked.content()
    moved = moved_since(asked.frozen, content)
    context |= {
        "content": content,
        "files": asked,
        "notes": {note.number: note for note in content.footnotes},
        "has_restricted": request.user.is_authenticated
        and request.user.has(Permission.RESTRICTED_VIEW)
        and asked.is_insider
        and reading.marking(canonical.from_json(asked.frozen.content)) != reading.PUBLIC,
        "moved": moved,
        "marked": reading.marked(content) if asked.build == "restricted" else 0,
        "day_note": day_note(asked.paper.agenda_item.meeting, content.cover.meeting_date),
        "follow": Follow.on_page(code, asked.frozen.number, asked.build, content, moved),
        "kinds": set(asked.frozen.files.filter(build=asked.build).values_list("kind", flat=True)),
    }
    return render(request, "papers/paper_read.html", context)


@public
@require_safe
def paper_content(request: HttpRequest, code: str) -> HttpResponse:
    """The content as canonical JSON. The public build has its own hash, sent with it, where parts are withheld."""
    asked = asked_for(request, code)
    if asked.is_withdrawn and not asked.is_insider:
        raise Http404("This version was withdrawn.")
    text = asked.frozen.content if asked.build == "restricted" else canonical.to_json(asked.content())
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    name = f"panel-paper-{code}-v{asked.frozen.number}{'' if asked.build == 'public' else '-restricted'}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-SHA256"] = canonical.sha256_of(text)
    response["X-Signed-SHA256"] = asked.frozen.sha256
    return response


def frozen_file(request: HttpRequest, asked: Asked, kind: str) -> FrozenFile:
    """The version as a file of this kind, for whom the version is; that somebody took a restricted one is noted."""
    if asked.is_withdrawn and not asked.is_insider:
        raise Http404("This version was withdrawn.")
    held = get_object_or_404(asked.frozen.files.select_related("file"), kind=kind, build=asked.build)
    if asked.build == "restricted":
        log_read(what=asked.frozen, request=request, by=request.user)
    return held


@public
@require_safe
def paper_file(request: HttpRequest, code: str) -> HttpResponse:
    """The PDF of a version."""
    asked = asked_for(request, code)
    held = frozen_file(request, asked, "pdf")
    name = file_name(asked.paper, asked.frozen.number, asked.build)
    return file_response(held.file, name=name, inline="inline" in request.GET)
