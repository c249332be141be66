"""An exempt item whose day has come."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.accounts.access import requires
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from core.documents.versions import Stale
from governance.boards import actions
from governance.boards.forms.releasing import ReleaseForm
from governance.boards.views.agenda import found_item


@requires(Permission.MEETING_RUN)
def item_release(request: HttpRequest, pk: int) -> HttpResponse:
    """What is asked of an exempt item on its day, with everything that would be read by all."""
    item = found_item(request, pk)
    form = ReleaseForm(request.POST or None, initial={"version": item.version})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        facts = {"item": item, "version": given["version"], "reason": given["reason"], "by": request.user}
        try:
            if given["outcome"] == "release":
                actions.release_item(**facts)
                said = "It is in the public part now. Nothing has been published: publish the minutes when you will."
            else:
                actions.keep_exempt(until=given["until"], **facts)
                said = "It stays exempt, and comes back on its day."
        except Stale:
            messages.error(request, "Somebody changed this item meanwhile. Look at it again. Nothing was changed.")
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, said)
        return redirect("meeting-minutes", item.meeting_id)
    context = {"item": item, "meeting": item.meeting, "board": item.meeting.board, "form": form}
    return render(request, "boards/item_release.html", context, status=422 if form.errors else 200)
