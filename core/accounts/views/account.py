"""One's own account: roles, password, and the sessions that are open."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from core.accounts import actions, sessions
from core.accounts.access import signed_in
from core.accounts.factors import factors_of, needs_factor
from core.accounts.forms import OwnPasswordForm
from core.accounts.permissions import Permission
from core.accounts.views.factors import fresh


@require_safe
@signed_in
def account(request: HttpRequest) -> HttpResponse:
    context = {
        "assignments": request.user.role_assignments.order_by("starts"),
        "factors": factors_of(request.user),
        "may_emergency": request.user.has(Permission.EMERGENCY_TAKE),
        "needs_factor": needs_factor(request.user),
    }
    return render(request, "accounts/account.html", context)


@signed_in
@fresh
@sensitive_post_parameters()
def password_change(request: HttpRequest) -> HttpResponse:
    form = OwnPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.change_password(user=request.user, password=form.cleaned_data["new_password1"], by=request.user)
        update_session_auth_hash(request, request.user)
        sessions.begin(request, request.user, again=True)
        messages.success(request, "Your password has been changed. Everywhere else you have been signed out.")
        return redirect("account")
    return render(request, "accounts/password_change.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@signed_in
def session_list(request: HttpRequest) -> HttpResponse:
    """Where one is signed in."""
    here = request.session.session_key
    return render(
        request, "accounts/session_list.html", {"sittings": sessions.open_sittings(request.user), "here": here}
    )


@signed_in
@require_POST
@fresh
def session_end(request: HttpRequest, pk: int) -> HttpResponse:
    sitting = get_object_or_404(request.user.sittings, pk=pk)
    if sitting.session_key == request.session.session_key:
        return redirect("session-list")  # that is what signing out is for
    actions.end_session(sitting=sitting, request=request, by=request.user)
    messages.success(request, f"The session with {sitting.device} has ended.")
    return redirect("session-list")


@signed_in
@require_POST
@fresh
def session_end_others(request: HttpRequest) -> HttpResponse:
    actions.end_other_sessions(request=request, by=request.user)
    messages.success(request, "You are signed in nowhere else now.")
    return redirect("session-list")
