"""The agenda pack of a meeting: what would be in it, what is missing, and the packs that were issued."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from core.accounts.access import requires
from core.accounts.models import User
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from core.audit import log_read
from core.documents.serving import file_response
from governance.boards.models import Meeting
from governance.papers import binding, packing
from governance.papers.actions.packs import ask_pack
from governance.papers.models import FrozenPaper, Pack


def meeting_or_404(pk: int) -> Meeting:
    return get_object_or_404(Meeting.objects.select_related("board"), pk=pk)


def readable(packs: list[Pack], user: User) -> list[Pack]:
    """A pack holds papers that were signed: until they are published it is for those who see papers being made."""
    if user.has(Permission.PAPER_VIEW):
        return packs
    held = {key: pack for pack in packs for key in _papers_in(pack)}
    published = FrozenPaper.objects.filter(pk__in=held, publication__withdrawal__isnull=True)
    open_to_all = set(published.filter(publication__isnull=False).values_list("pk", flat=True))
    return [pack for pack in packs if open_to_all.issuperset(_papers_in(pack))]


def _papers_in(pack: Pack) -> list[int]:
    keys = (one["key"].partition(":") for one in pack.parts)
    return [int(number) for kind, _, number in keys if kind == "paper"]


@requires(Permission.BOARD_VIEW)
@require_safe
def pack_list(request: HttpRequest, pk: int) -> HttpResponse:
    meeting, user = meeting_or_404(pk), request.user
    may_make = user.has(Permission.MEETING_RUN) and user.has(Permission.RESTRICTED_VIEW)
    issued = readable(list(Pack.objects.of(meeting)), user)
    contents = packing.contents_of(meeting) if may_make else None
    sees_exempt = user.has(Permission.RESTRICTED_VIEW)
    context = {
        "meeting": meeting,
        "board": meeting.board,
        "contents": contents,
        "name": packing.name_of(contents) if contents else "",
        "may_make": may_make and not meeting.is_cancelled,
        "packs": [(pack, _files(pack, sees_exempt), _parts(pack, sees_exempt)) for pack in reversed(issued)],
        "now": packing.standing(issued) if issued else frozenset(),
    }
    return render(request, "papers/pack_list.html", context)


def _files(pack: Pack, sees_exempt: bool) -> list:
    return [one for one in pack.files.all() if sees_exempt or one.build == packing.PUBLIC]


def _parts(pack: Pack, sees_exempt: bool) -> list[packing.Part]:
    parts = [packing.Part(**one) for one in pack.parts]
    return [one for one in parts if sees_exempt or packing.PUBLIC in one.files]


@requires(Permission.MEETING_RUN)
@require_POST
def pack_make(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = meeting_or_404(pk)
    try:
        job = ask_pack(meeting=meeting, shown=request.POST.get("shown", ""), by=request.user)
    except MoveRefused as refused:
        messages.error(request, str(refused))
        return redirect("pack-list", pk)
    if job.requested_by_id == request.user.pk:
        return redirect("job-detail", job.pk)
    messages.info(request, f"{job.requested_by_name} has just asked for this pack. It will be here in a minute.")
    return redirect("pack-list", pk)


@requires(Permission.BOARD_VIEW)
@require_safe
def pack_file(request: HttpRequest, pk: int, number: int, build: str) -> HttpResponse:
    meeting = meeting_or_404(pk)
    if build not in packing.BUILDS or (
        build == packing.RESTRICTED and not request.user.has(Permission.RESTRICTED_VIEW)
    ):
        raise Http404("No such pack.")
    pack = get_object_or_404(Pack.objects.of(meeting), number=number)
    if not readable([pack], request.user):
        raise Http404("No such pack.")
    held = get_object_or_404(pack.files.select_related("file"), build=build)
    if build == packing.RESTRICTED:
        log_read(what=pack, request=request, by=request.user)
    return file_response(held.file, name=binding.file_name(meeting, number, build), inline="inline" in request.GET)
