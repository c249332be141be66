"""Agreed minutes as a page, with their versions and files. What is not published is not there for the public."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.accounts.access import public, requires
from core.accounts.permissions import Permission
from core.audit import log_read
from core.documents.serving import file_response
from governance.boards import minutes_content, rendering
from governance.boards.minutes_content import Content
from governance.boards.models import MinutesVersion
from governance.boards.recompute import agreed_line, file_name, signed_line
from governance.boards.views.meetings import found_meeting

PAGE = 50  # sets of minutes


@dataclass(frozen=True)
class Asked:
    """The version and build an address asks for, and whether the reader sees boards."""

    version: MinutesVersion
    build: str
    is_insider: bool
    may_see_exempt: bool

    def content(self) -> Content:
        return rendering.builds_of(minutes_content.from_text(self.version.content))[self.build]


def _asked(request: HttpRequest, pk: int) -> Asked:
    """404 for what this person may not know of."""
    known = request.user.is_authenticated
    insider = known and request.user.has(Permission.BOARD_VIEW)
    versions = MinutesVersion.objects.filter(meeting=pk).with_places().order_by("-number")
    versions = versions if insider else versions.published()
    number = request.GET.get("version", "")
    if number:
        versions = versions.filter(number=int(number)) if number.isdecimal() and len(number) < 5 else versions.none()
    version = versions.first()
    if version is None:
        raise Http404("No such minutes.")
    build = request.GET.get("build", rendering.PUBLIC)
    cleared = insider and request.user.has(Permission.RESTRICTED_VIEW)
    exempt = cleared and minutes_content.has_exempt(minutes_content.from_text(version.content))
    if build != rendering.PUBLIC and not (build == rendering.RESTRICTED and exempt):
        raise Http404("No such build.")
    return Asked(version, build, insider, exempt)


@public
@require_safe
def minutes_list(request: HttpRequest) -> HttpResponse:
    """Every set of minutes that is published, the newest meeting first."""
    published = MinutesVersion.objects.published().with_places().order_by("-meeting__date", "meeting", "-number")
    page = Paginator(published, PAGE).get_page(request.GET.get("page"))
    return render(request, "boards/minutes_list.html", {"page": page})


@public
@require_safe
def minutes_read(request: HttpRequest, pk: int) -> HttpResponse:
    asked = _asked(request, pk)
    version = asked.version
    others = MinutesVersion.objects.filter(meeting=pk).with_places().order_by("-number")
    others = list(others if asked.is_insider else others.published())
    if asked.build == rendering.RESTRICTED:
        log_read(what=version, request=request, by=request.user)
    content = asked.content()
    signed = signed_line(version)
    context = {
        "version": version,
        "meeting": version.meeting,
        "content": minutes_content.in_words(content),
        "title": rendering.title_of(content),
        "versions": others,
        "newer": next((one for one in others if one.number > version.number), None),
        "build": asked.build,
        "agreed": agreed_line(version),
        "signed": signed,
        "may_see_exempt": asked.may_see_exempt,
        "is_insider": asked.is_insider,
        "has_pdf": version.files.filter(build=asked.build, is_signed=bool(signed)).exists(),
        "may_publish": asked.is_insider
        and request.user.has(Permission.MEETING_RUN)
        and version.publication_or_none is None
        and version.pk == others[0].pk,
    }
    return render(request, "boards/minutes_read.html", context)


@public
@require_safe
def minutes_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF of a version, as it stands: signed once it is."""
    asked = _asked(request, pk)
    files = asked.version.files.filter(build=asked.build).select_related("file").order_by("-is_signed")
    held = get_object_or_404(files[:1])
    if asked.build == rendering.RESTRICTED:
        log_read(what=asked.version, request=request, by=request.user)
    return file_response(held.file, name=file_name(asked.version, asked.build), inline="inline" in request.GET)


@requires(Permission.BOARD_VIEW)
@require_safe
def minutes_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version with its reason and, against the one before, what reads otherwise."""
    meeting = found_meeting(pk)
    versions = list(meeting.versions.with_places().order_by("number"))
    cleared = request.user.has(Permission.RESTRICTED_VIEW)
    contents = [minutes_content.from_text(one.content) for one in versions]
    if not cleared:
        contents = [minutes_content.public_part(one) for one in contents]
    told = [
        (one, agreed_line(one), signed_line(one), minutes_content.changes(before, after) if before else [])
        for one, before, after in zip(versions, [None, *contents], contents, strict=False)
    ]
    return render(request, "boards/minutes_versions.html", {"meeting": meeting, "versions": told[::-1]})
