"""What I follow: the list, and the button on the page of a thing."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from core.accounts.access import signed_in
from desk import actions, following


@require_safe
@signed_in
def following_list(request: HttpRequest) -> HttpResponse:
    found = following.followed(request.user)
    context = {"followed": found, "changes": following.changes(request.user) if found else []}
    return render(request, "desk/following_list.html", context)


@signed_in
@require_POST
def follow(request: HttpRequest, kind: str, key: int) -> HttpResponse:
    """Follow what one may see; to stop needs no seeing, since a thing may have been closed to one meanwhile."""
    if request.POST.get("to") == "unfollow":
        actions.unfollow(kind=kind, key=key, by=request.user)
        messages.success(request, "You no longer follow it.")
        row = following.thing(request.user, kind, key) if request.POST.get("back") != "list" else None
    else:
        row = following.thing(request.user, kind, key)
        if row is None:
            raise Http404
        actions.follow(kind=kind, key=key, by=request.user)
        messages.success(request, "You follow it: what others change in it is told on home and in the morning mail.")
    return (
        redirect(following.THINGS[kind].page, *following.THINGS[kind].arguments(row))
        if row
        else redirect("following-list")
    )
