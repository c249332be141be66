"""Emergency access: taking a role for some hours, seeing who did, and ending it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from core.accounts import actions
from core.accounts.access import requires
from core.accounts.factors import is_fresh
from core.accounts.models import EmergencyAccess
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from core.accounts.views.factors import fresh
from desk.actions import take_emergency
from desk.people_forms import EmergencyForm

SEE = (Permission.EMERGENCY_TAKE, Permission.USER_MANAGE, Permission.HISTORY_ALL)
SHOWN = 50


@requires(*SEE)
def emergency_list(request: HttpRequest) -> HttpResponse:
    return _page(request, EmergencyForm())


def _page(request: HttpRequest, form: EmergencyForm, status: int = 200) -> HttpResponse:
    taken = list(EmergencyAccess.objects.select_related("user")[:SHOWN])
    for one in taken:
        one.may_end = one.is_on and (one.user_id == request.user.pk or request.user.has(Permission.USER_MANAGE))
    context = {"form": form, "taken": taken, "may_take": request.user.has(Permission.EMERGENCY_TAKE)}
    context["is_fresh"] = is_fresh(request)  # so that nobody types a reason and is then asked who they are
    return render(request, "desk/emergency_list.html", context, status=status)


@requires(Permission.EMERGENCY_TAKE)
@require_POST
@fresh
def emergency_take(request: HttpRequest) -> HttpResponse:
    form = EmergencyForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 422)
    try:
        taken = take_emergency(by=request.user, **form.cleaned_data)
    except MoveRefused as refused:
        form.add_error(None, str(refused))
        return _page(request, form, 422)
    messages.success(request, f"You now hold the role {taken.get_role_display()}. Everybody concerned has been told.")
    return redirect("emergency-list")


@requires(*SEE)
@require_POST
def emergency_end(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own; administrators anybody's."""
    seen = EmergencyAccess.objects.all() if request.user.has(Permission.USER_MANAGE) else request.user.emergencies
    done = actions.end_emergency_access(taken=get_object_or_404(seen, pk=pk), by=request.user)
    messages.success(request, "The emergency access has ended." if done else "It had ended already.")
    return redirect("emergency-list" if request.user.has(*SEE) else "home")
