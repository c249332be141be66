"""Signing in and out, and one's own account."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from core.accounts import actions
from core.accounts.access import public, signed_in
from core.accounts.demo import demo_accounts
from core.accounts.forms import OwnPasswordForm, SignInForm


def _next_url(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe else resolve_url(settings.LOGIN_REDIRECT_URL)


@public
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated and request.method == "GET":
        return redirect(_next_url(request))
    form = SignInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.sign_in(request=request, by=form.get_user())
        return redirect(_next_url(request))
    context = {"form": form, "next": _next_url(request), "demo_accounts": demo_accounts()}
    return render(request, "accounts/sign_in.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


@signed_in
def account(request: HttpRequest) -> HttpResponse:
    assignments = request.user.role_assignments.order_by("starts")
    return render(request, "accounts/account.html", {"assignments": assignments})


@signed_in
@sensitive_post_parameters()
def password_change(request: HttpRequest) -> HttpResponse:
    form = OwnPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.change_password(user=request.user, password=form.cleaned_data["new_password1"], by=request.user)
        update_session_auth_hash(request, request.user)
        messages.success(request, "Your password has been changed.")
        return redirect("account")
    return render(request, "accounts/password_change.html", {"form": form}, status=422 if form.errors else 200)
