"""Signing in with a key alone: it knows whose it is and asks for a finger or a PIN, so it is two factors."""

from allauth.account.models import Login
from allauth.mfa.webauthn.internal.auth import begin_authentication
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from core.accounts.access import public
from core.accounts.demo import demo_accounts
from core.accounts.events import note, note_throttled
from core.accounts.forms import PasskeyForm, SignInForm
from core.accounts.models import SignInEvent
from core.accounts.organisation import is_limited_to_it
from core.accounts.throttle import TooManyTries, address_key, count_try, forgive
from core.accounts.views.signing_in import next_url, only_there, through_organisation
from core.audit.middleware import client_address

WORDS = "That key is not known here, or it belongs to an account that is closed. Sign in with your password."


@public
@never_cache
@sensitive_post_parameters("credential")
def sign_in_with_key(request: HttpRequest) -> HttpResponse:
    """GET gives the browser the question to put to the key; POST brings its answer."""
    if request.user.is_authenticated:
        return redirect("home")
    if request.method != "POST":
        return JsonResponse({"options": begin_authentication(None)})
    keys = "", address_key(client_address(request))
    refused, status = WORDS, 422
    try:
        count_try(*keys)
        form = PasskeyForm(request.POST)
        if form.is_valid():
            key = form.cleaned_data["credential"]
            if is_limited_to_it(key.user.email):
                refused, status = only_there(), 403
            elif key.user.is_active:
                forgive(*keys)
                return perform_passwordless_login(request, key, Login(user=key.user, redirect_url=next_url(request)))
        note(SignInEvent.What.WRONG_CODE, request)
    except TooManyTries as too_many:
        note_throttled(too_many, request)
        refused, status = str(too_many), 429
    context = {"form": SignInForm(request), "next": next_url(request), "demo_accounts": demo_accounts()}
    return render(
        request, "accounts/sign_in.html", context | through_organisation() | {"refused": refused}, status=status
    )
