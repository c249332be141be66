"""Boards and decisions beside an action of the service delivery plan."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from core.accounts.access import requires
from core.accounts.permissions import Permission
from deepdive.models import DeliveryAction
from governance.boards import actions
from governance.boards.forms.delivery import DeliveryLinkForm
from governance.boards.models import Decision, DeliveryLink

TIES = (Permission.DELIVERY_UPDATE, Permission.MEETING_RUN)


@requires(*TIES)
def delivery_links(request: HttpRequest, pk: int) -> HttpResponse:
    """What an action is tied to, and one more."""
    action = get_object_or_404(DeliveryAction.objects.seen_by(request.user).select_related("delivery_plan"), pk=pk)
    decisions = Decision.objects.seen_by(request.user).order_by("-ref")
    form = DeliveryLinkForm(request.POST or None, decisions=decisions)
    if request.method == "POST" and form.is_valid():
        actions.link_delivery_action(delivery_action=action, by=request.user, **form.cleaned_data)
        messages.success(
            request, f"{action.ref} is tied to {form.cleaned_data['board'] or form.cleaned_data['decision']}."
        )
        return redirect("delivery-action-detail", pk)
    links = DeliveryLink.objects.seen_by(request.user).of_line(action).select_related("board", "decision")
    context = {"action": action, "form": form, "links": links}
    return render(request, "boards/delivery_links.html", context, status=422 if form.errors else 200)


@requires(*TIES)
@require_POST
def delivery_link_drop(request: HttpRequest, pk: int) -> HttpResponse:
    link = get_object_or_404(DeliveryLink.objects.seen_by(request.user).select_related("action"), pk=pk)
    actions.unlink_delivery_action(link=link, by=request.user)
    messages.success(request, f"{link.action.ref} is no longer tied to it; its history keeps that it was.")
    return redirect("delivery-link-list", link.action_id)
