"""What an address stands for, where the person may know of it; 404 where not."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from core.accounts.permissions import Permission
from deepdive.models import ActionUpdate, DeliveryAction, DeliveryPlan, Milestone

SEES = (Permission.DELIVERY_VIEW, Permission.DELIVERY_UPDATE_ASSIGNED)
WRITES = (Permission.DELIVERY_UPDATE, Permission.DELIVERY_UPDATE_ASSIGNED)
READS_DRAFTS = (*WRITES, Permission.HISTORY_ALL)


def seen_action(request: HttpRequest, pk: int) -> DeliveryAction:
    related = ("objective__priority", "owner", "deputy", "delivery_plan__plan", "forebear__delivery_plan")
    return get_object_or_404(DeliveryAction.objects.seen_by(request.user).select_related(*related), pk=pk)


def seen_update(request: HttpRequest, pk: int) -> ActionUpdate:
    related = ("action__objective", "action__delivery_plan", "period", "approved_by")
    update = get_object_or_404(ActionUpdate.objects.select_related(*related), pk=pk)
    _check_seen(request, update.action_id)
    return update


def seen_milestone(request: HttpRequest, pk: int) -> Milestone:
    found = get_object_or_404(Milestone.objects.select_related("action__delivery_plan"), pk=pk)
    _check_seen(request, found.action_id)
    return found


def _check_seen(request: HttpRequest, action: int) -> None:
    if not DeliveryAction.objects.seen_by(request.user).filter(pk=action).exists():
        raise Http404("No such action.")


def plan_of(year: int) -> DeliveryPlan:
    return get_object_or_404(DeliveryPlan.objects.select_related("plan", "follows"), year=year)
