"""One action of the service delivery plan, with the boards and decisions it is tied to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.accounts.access import requires
from deepdive.views.delivery import action_page
from deepdive.views.finding import SEES, seen_action
from governance.boards.models import DeliveryLink, Escalation
from governance.boards.views.delivery import TIES


@require_safe
@requires(*SEES)
def action_detail(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_action(request, pk)
    links = DeliveryLink.objects.seen_by(request.user).of_line(found)
    context = action_page(request, found) | {
        "links": links.select_related("board", "decision__item"),
        "escalations": Escalation.objects.of(plan=[found.pk]),
        "may_tie": request.user.has(*TIES),
    }
    return render(request, "desk/delivery_action.html", context)
