"""Setting up an authenticator app, security keys and recovery codes, and saying again who one is before that."""

import base64
import json
from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import begin_authentication, begin_registration
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from core.accounts import actions, organisation, sessions
from core.accounts.access import signed_in
from core.accounts.events import note, note_throttled
from core.accounts.factors import TYPES, factors_of, has_keys, is_fresh, is_proved, needs_factor
from core.accounts.forms import AppForm, FactorCodeForm, KeyAnswerForm, KeyForm, PasswordAgainForm
from core.accounts.models import SignInEvent
from core.accounts.states import MoveRefused
from core.accounts.throttle import TooManyTries, account_key, count_try, forgive
from core.accounts.views.signing_in import next_url

View = Callable[..., HttpResponse]


def fresh(view: View) -> View:
    """Ask again who is there, unless they have shown it in the last minutes."""

    @wraps(view)
    def asked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if is_fresh(request):
            return view(request, *args, **kwargs)
        back = request.path if request.method == "GET" else _pressed_on(request)
        return redirect(f"{reverse('confirm-identity')}?{urlencode({'next': back})}")

    return asked


def _pressed_on(request: HttpRequest) -> str:
    """The page of ours whose button was pressed; what the browser says of it is not taken where it leads elsewhere."""
    page = urlsplit(request.headers.get("Referer", ""))
    return page.path if page.netloc == request.get_host() else reverse("factor-list")


@require_safe
@signed_in
@never_cache
def factor_list(request: HttpRequest) -> HttpResponse:
    held = Authenticator.objects.filter(user=request.user)
    codes = held.filter(type=Authenticator.Type.RECOVERY_CODES).first()
    factors = factors_of(request.user)
    context = {
        "apps": [one for one in factors if one.type == Authenticator.Type.TOTP],
        "keys": [one for one in factors if one.type == Authenticator.Type.WEBAUTHN],
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
        "codes": codes,
        "needed": needs_factor(request.user),
        "proved": is_proved(request),
        "next": next_url(request),
    }
    return render(request, "accounts/factor_list.html", context)


@signed_in
@fresh
@never_cache
@sensitive_post_parameters("code")
def factor_app(request: HttpRequest) -> HttpResponse:
    if Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).exists():
        return redirect("factor-list")
    form = AppForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        actions.add_authenticator_app(request=request, form=form, by=request.user)
        messages.success(request, "Your app is set up. Now write down your recovery codes.")
        return redirect("factor-codes")
    address = get_adapter().build_totp_url(request.user, form.secret)
    context = {
        "form": form,
        "secret": " ".join(form.secret[at : at + 4] for at in range(0, len(form.secret), 4)),
        "picture": base64.b64encode(get_adapter().build_totp_svg(address).encode()).decode(),
    }
    return render(request, "accounts/factor_app.html", context, status=422 if form.errors else 200)


@signed_in
@fresh
@never_cache
@sensitive_post_parameters("credential")
def factor_key(request: HttpRequest) -> HttpResponse:
    form = KeyForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        had = bool(factors_of(request.user))
        actions.add_key(request=request, by=request.user, **_named(form.cleaned_data))
        messages.success(request, "The key is set up.")
        return redirect("factor-list" if had else "factor-codes")
    context = {"form": form, "options": json.dumps(begin_registration(request.user, True))}
    return render(request, "accounts/factor_key.html", context, status=422 if form.errors else 200)


def _named(given: dict) -> dict:
    return {name: given[name] for name in ("name", "credential")}


@signed_in
@require_POST
@fresh
def factor_remove(request: HttpRequest, pk: int) -> HttpResponse:
    factor = get_object_or_404(Authenticator, pk=pk, user=request.user, type__in=TYPES)
    try:
        actions.remove_factor(request=request, factor=factor, by=request.user)
        messages.success(request, "It has been taken away, and you have been signed out everywhere else.")
    except MoveRefused as refused:
        messages.error(request, str(refused))
    return redirect("factor-list")


@signed_in
@fresh
@never_cache
def factor_codes(request: HttpRequest) -> HttpResponse:
    """Recovery codes are shown once, in the answer to a press, and never again."""
    shown: list[str] = []
    held = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.RECOVERY_CODES).first()
    if request.method == "POST" and factors_of(request.user):
        if request.POST.get("make"):
            held = actions.make_recovery_codes(request=request, by=request.user)
        if held:
            shown = actions.show_recovery_codes(codes=held, by=request.user)
    context = {"shown": shown, "held": held, "seen": bool(held and held.wrap().did_view)}
    return render(request, "accounts/factor_codes.html", context | {"left": _left(held)})


def _left(held: Authenticator | None) -> int:
    return len(held.wrap().get_unused_codes()) if held else 0


@signed_in
@never_cache
@sensitive_post_parameters()
def confirm_identity(request: HttpRequest) -> HttpResponse:
    """With a factor where there is one, else with the password."""
    user, has_factor = request.user, bool(factors_of(request.user))
    form_of = (KeyAnswerForm if request.POST.get("credential") else FactorCodeForm) if has_factor else PasswordAgainForm
    form, refused, status = form_of(data=request.POST or None, user=user), "", 200
    if request.method == "POST":
        keys = account_key(f"code {user.pk}" if has_factor else user.email), ""
        try:
            count_try(*keys)
            if form.is_valid():
                forgive(*keys)
                _note_confirmed(request, form)
                return redirect(next_url(request, "factor-list"))
            status = 422
            note(SignInEvent.What.WRONG_CODE if has_factor else SignInEvent.What.WRONG_PASSWORD, request, user)
        except TooManyTries as too_many:
            note_throttled(too_many, request, user)
            form, refused, status = form_of(user=user), str(too_many), 429
    if isinstance(form, KeyAnswerForm):
        refused, form = refused or "That key is not one of yours.", FactorCodeForm(user=user)
    context = {"form": form, "refused": refused, "next": next_url(request, "factor-list")}
    tied = organisation.is_on() and SocialAccount.objects.filter(user=user, provider=organisation.ID).exists()
    context["organisation"] = settings.OIDC["name"] if tied and not has_factor else ""
    context["options"] = json.dumps(begin_authentication(user)) if has_factor and has_keys(user) else ""
    return render(request, "accounts/confirm_identity.html", context, status=status)


def _note_confirmed(request: HttpRequest, form: object) -> None:
    if isinstance(form, PasswordAgainForm):
        record_authentication(request, request.user, "password", reauthenticated=True)
    elif isinstance(form, KeyAnswerForm):
        post_authentication(request, form.cleaned_data["credential"], reauthenticated=True)
    else:
        post_authentication(request, form.authenticator, reauthenticated=True)
    sessions.renew(request)
