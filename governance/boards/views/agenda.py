"""Drawing up the agenda: adding, editing, ordering and removing items."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.accounts.access import requires
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from core.documents.once import once
from core.documents.versions import Stale, conflict_response
from governance.boards import actions, proposing, reading
from governance.boards.forms.meetings import ItemForm
from governance.boards.models import AgendaItem
from governance.boards.views.meetings import found_meeting, is_fragment, meeting_context, meeting_tabs


def found_item(request: HttpRequest, pk: int) -> AgendaItem:
    return get_object_or_404(reading.items_seen_by(request.user), pk=pk)


@requires(Permission.MEETING_RUN)
@once
def meeting_agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """The agenda to draw up; a new item is sent to the same address."""
    meeting = found_meeting(pk)
    if meeting.is_locked or meeting.is_cancelled:
        return redirect("meeting-minutes", pk)
    form = ItemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data.copy()
        given.pop("version")
        try:
            item = actions.add_item(meeting=meeting, by=request.user, **given)
        except MoveRefused as refused:
            messages.error(request, str(refused))
            return redirect("meeting-agenda", pk)
        messages.success(request, f"Item {item.position} has been added.")
        return redirect("meeting-agenda", pk)
    waiting, left_out = proposing.proposals(meeting)
    context = meeting_context(request, meeting) | {
        "form": form,
        "waiting": waiting,
        "waiting_count": sum(len(held) for _, held in waiting),
        "left_out": left_out,
        "tabs": meeting_tabs(meeting, "meeting-agenda"),
    }
    return render(request, "boards/meeting_agenda.html", context, status=422 if form.errors else 200)


@requires(Permission.MEETING_RUN)
def item_edit(request: HttpRequest, pk: int) -> HttpResponse:
    item = found_item(request, pk)
    title, meeting_pk = str(item), item.meeting_id
    form = ItemForm(request.POST or None, instance=item)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_item(item=item, by=request.user, **form.cleaned_data)
        except Stale as stale:
            back = reverse("meeting-agenda", args=[meeting_pk])
            fields = ["title", "presenter", "part", "exemption", "exempt_why", "release_on"]
            return conflict_response(request, stale=stale, form=form, fields=fields, title=title, back=back)
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"Item {item.position} is saved.")
        return redirect("meeting-agenda", meeting_pk)
    context = {"form": form, "item": item, "title": title}
    return render(request, "boards/item_form.html", context, status=422 if form.errors else 200)


@requires(Permission.MEETING_RUN)
@require_POST
def item_move(request: HttpRequest, pk: int) -> HttpResponse:
    item = found_item(request, pk)
    to = request.POST.get("to", "")
    was = item.position
    try:
        moved = actions.move_item(item=item, to=int(to) if to.isdecimal() else was, by=request.user)
    except MoveRefused as refused:
        messages.error(request, str(refused))
        if is_fragment(request):
            return HttpResponse(status=204, headers={"HX-Refresh": "true"})
        return redirect("meeting-agenda", item.meeting_id)
    if is_fragment(request):
        context = meeting_context(request, found_meeting(item.meeting_id))
        return render(request, "boards/_agenda.html", context | {"moved": moved, "went_up": moved.position < was})
    return redirect(f"{reverse('meeting-agenda', args=[item.meeting_id])}#item-{pk}")


@requires(Permission.MEETING_RUN)
@require_POST
def item_remove(request: HttpRequest, pk: int) -> HttpResponse:
    item = found_item(request, pk)
    try:
        actions.remove_item(item=item, by=request.user)
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"“{item.title}” has been taken off the agenda.")
    return redirect("meeting-agenda", item.meeting_id)
