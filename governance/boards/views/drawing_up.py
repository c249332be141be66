"""What an agenda is drawn up from: proposals, standing items, items put off, and papers."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.accounts.access import requires
from core.accounts.clock import today
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from core.documents.actions import scan_upload, store_file
from core.documents.once import once
from core.documents.versions import Stale
from governance.boards import actions, reading
from governance.boards.forms.meetings import DeferForm, PaperForm, StandingItemForm, WithdrawPaperForm
from governance.boards.models import Board, ItemPaper, StandingItem
from governance.boards.views.agenda import found_item
from governance.boards.views.meetings import found_meeting


@requires(Permission.MEETING_RUN)
@require_POST
def proposal_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts what is named on the agenda, or leaves it out."""
    meeting, keys = found_meeting(pk), request.POST.getlist("key")
    try:
        if request.POST.get("do") == "leave":
            with transaction.atomic():
                for key in keys:
                    actions.leave_out(meeting=meeting, key=key, by=request.user)
            messages.success(request, "Left out of this agenda. It stands below if it is wanted after all.")
        else:
            made = actions.accept_proposals(meeting=meeting, keys=keys, by=request.user)
            words = (
                f"Item {made[0].position} has been added." if len(made) == 1 else f"{len(made)} items have been added."
            )
            messages.success(request, words)
    except MoveRefused as refused:
        messages.error(request, str(refused))
    return redirect(f"{reverse('meeting-agenda', args=[pk])}#proposals")


@requires(Permission.MEETING_RUN)
@once
def standing_list(request: HttpRequest, slug: str) -> HttpResponse:
    board = get_object_or_404(Board, slug=slug)
    form = StandingItemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_standing_item(board=board, by=request.user, **form.cleaned_data)
        messages.success(request, "It proposes itself for every agenda from now on.")
        return redirect("standing-list", slug)
    context = {"board": board, "form": form, "standing": list(board.standing_items.filter(ended_on__isnull=True))}
    return render(request, "boards/standing_list.html", context, status=422 if form.errors else 200)


@requires(Permission.MEETING_RUN)
@require_POST
def standing_end(request: HttpRequest, pk: int) -> HttpResponse:
    held = get_object_or_404(StandingItem.objects.select_related("board"), pk=pk)
    actions.end_standing_item(standing_item=held, by=request.user)
    messages.success(request, f"“{held.title}” no longer proposes itself.")
    return redirect("standing-list", held.board.slug)


@requires(Permission.MEETING_RUN)
def item_defer(request: HttpRequest, pk: int) -> HttpResponse:
    item = found_item(request, pk)
    back = f"{reverse('meeting-detail', args=[item.meeting_id])}#item-{pk}"
    form = DeferForm(request.POST or None, initial={"version": item.version, "why": item.deferred_why})
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.defer_item(item=item, by=request.user, **form.cleaned_data)
        except Stale:
            messages.error(request, "Somebody changed this item meanwhile. Look at it again. Nothing was changed.")
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            words = "proposes itself for the next agenda" if saved.deferred_why else "counts as taken"
            messages.success(request, f"“{saved.title}” {words}.")
        return redirect(back)
    context = {"form": form, "item": item, "back": back}
    return render(request, "boards/item_defer.html", context, status=422 if form.errors else 200)


@requires(Permission.MEETING_RUN)
def item_papers(request: HttpRequest, pk: int) -> HttpResponse:
    """The papers laid to an item; another is sent to the same address."""
    item = found_item(request, pk)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PaperForm(*sent, initial={"received_on": today()})
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            scan_upload(data=file.file, name=file.name, by=request.user)
            with transaction.atomic():
                stored = store_file(data=file.file, name=file.name, by=request.user)
                name = form.cleaned_data["name"].strip() or file.name
                day = form.cleaned_data["received_on"]
                marked = form.cleaned_data["is_restricted"]
                made = actions.add_paper(
                    item=item, file=stored, name=name, received_on=day, is_restricted=marked, by=request.user
                )
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(
                request, f"“{made.name}” is laid to item {item.position}.{' It came late.' if made.is_late else ''}"
            )
        return redirect("item-papers", pk)
    context = {
        "form": form,
        "item": item,
        "papers": list(item.papers.standing().select_related("file")),
        "deadline": reading.paper_deadline(item.meeting),
    }
    return render(request, "boards/item_papers.html", context, status=422 if form.errors else 200)


@requires(Permission.MEETING_RUN)
def paper_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    seen = reading.items_seen_by(request.user)
    paper = get_object_or_404(ItemPaper.objects.select_related("item__meeting__board"), pk=pk, item__in=seen)
    form = WithdrawPaperForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_paper(paper=paper, by=request.user, **form.cleaned_data)
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"“{paper.name}” is taken off the item.")
        return redirect("item-papers", paper.item_id)
    context = {"form": form, "paper": paper, "item": paper.item}
    return render(request, "boards/paper_withdraw.html", context, status=422 if form.errors else 200)
