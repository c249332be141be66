"""Signing in, first with a password and then with a second factor, and signing out."""

import json

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.account.stages import LoginStageController
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from core.accounts import organisation, sessions
from core.accounts.access import public, signed_in
from core.accounts.demo import demo_accounts
from core.accounts.events import note, note_throttled
from core.accounts.factors import factors_of, has_keys
from core.accounts.forms import FactorCodeForm, KeyAnswerForm, SignInForm
from core.accounts.models import SignInEvent, User
from core.accounts.throttle import TooManyTries, account_key, address_key, count_try, forgive
from core.audit.middleware import client_address


def next_url(request: HttpRequest, otherwise: str = "") -> str:
    """Where somebody was going, if that is on this site."""
    target = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe else resolve_url(otherwise or settings.LOGIN_REDIRECT_URL)


@public
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated and request.method == "GET":
        return redirect(next_url(request))
    form = SignInForm(request, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        keys = account_key(request.POST.get("username", "")), address_key(client_address(request))
        try:
            count_try(*keys)
            if organisation.is_limited_to_it(request.POST.get("username", "")):
                return _page(request, SignInForm(request), 403, only_there())
            if form.is_valid():
                forgive(*keys)
                return _with_password(request, form.get_user())
            status = 422
            if "username" in form.cleaned_data and "password" in form.cleaned_data:
                note(SignInEvent.What.WRONG_PASSWORD, request, _known(form.cleaned_data["username"]))
        except TooManyTries as refused:
            status = 429
            note_throttled(refused, request, _known(request.POST.get("username", "")))
            form = SignInForm(request, initial={"username": request.POST.get("username", "")[:254]})
            return _page(request, form, status, str(refused))
    return _page(request, form, status)


def _page(request: HttpRequest, form: SignInForm, status: int, refused: str = "") -> HttpResponse:
    context = {"form": form, "next": next_url(request), "demo_accounts": demo_accounts(), "refused": refused}
    return render(request, "accounts/sign_in.html", context | through_organisation(), status=status)


def through_organisation() -> dict[str, str]:
    """The name on the button that leads there; nothing where there is none."""
    return {"organisation": settings.OIDC["name"]} if organisation.is_on() else {}


def only_there() -> str:
    """Said before anything is looked at, so that it tells nothing of an account or a password."""
    return (
        f"Here one signs in through {settings.OIDC['name']}. A password is taken only from those named for emergencies."
    )


def _known(email: str) -> User | None:
    return User.objects.filter(email__iexact=email).first()


def _with_password(request: HttpRequest, user: User) -> HttpResponse:
    """The password is right: sign in, or ask for the second factor."""
    login = Login(user=user, redirect_url=next_url(request))
    return perform_password_login(request, {"email": user.email}, login)


@public
@never_cache
@sensitive_post_parameters("code", "credential")
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """The second factor of somebody whose password was right a moment ago."""
    stage = LoginStageController.enter(request, AuthenticateStage.key)
    if request.user.is_authenticated or stage is None or not factors_of(stage.login.user):
        return redirect("sign-in")
    user = stage.login.user
    form_of = KeyAnswerForm if request.POST.get("credential") else FactorCodeForm
    form, refused, status = form_of(data=request.POST or None, user=user), "", 200
    if request.method == "POST":
        # Counted by account alone: whoever comes here knows the password, and an office shares its address.
        keys = account_key(f"code {user.pk}"), ""
        try:
            count_try(*keys)
            if form.is_valid():
                forgive(*keys)
                form.save()
                return stage.exit()
            status = 422
            note(SignInEvent.What.WRONG_CODE, request, user)
        except TooManyTries as too_many:
            note_throttled(too_many, request, user)
            form, refused, status = FactorCodeForm(user=user), str(too_many), 429
    if isinstance(form, KeyAnswerForm):
        refused, form = "That key is not one of yours. Use another, or type a code.", FactorCodeForm(user=user)
    options = json.dumps(begin_authentication(user)) if has_keys(user) else ""
    context = {"form": form, "refused": refused, "options": options}
    return render(request, "accounts/sign_in_code.html", context, status=status)


@signed_in
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    sessions.end_own(request, SignInEvent.What.SIGNED_OUT)
    response = redirect(settings.LOGOUT_REDIRECT_URL)
    response["Clear-Site-Data"] = '"cache"'  # not the storage: drafts kept in the browser outlive an expired session
    return response
