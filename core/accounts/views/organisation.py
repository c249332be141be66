"""Signing in through the organisation: there and back."""

import structlog
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from core.accounts import actions, organisation, sessions
from core.accounts.access import public
from core.accounts.events import note
from core.accounts.models import SignInEvent, User
from core.accounts.organisation import Known, NotTaken
from core.accounts.views.signing_in import next_url

log = structlog.get_logger(__name__)
FAILED = "failed"
UNKNOWN = "unknown"
CLOSED = "closed"
STATUS = {FAILED: 502, UNKNOWN: 403, CLOSED: 403}


@public
@never_cache
@require_safe
def organisation_sign_in(request: HttpRequest) -> HttpResponse:
    """By a link and not a form: where a form may lead is told to the browser, and that is nowhere but here."""
    if not organisation.is_on():
        raise Http404
    again = request.user.is_authenticated
    try:
        address = organisation.address_to_ask(request, next_url(request, "factor-list" if again else ""), again=again)
    except NotTaken as problem:
        return _refuse(request, FAILED, problem)
    return redirect(address)


@public
@never_cache
@require_safe
@sensitive_variables("known")
def organisation_return(request: HttpRequest) -> HttpResponse:
    if not organisation.is_on():
        raise Http404
    try:
        known, kept = organisation.read_answer(request)
    except NotTaken as problem:
        return _refuse(request, FAILED, problem)
    user = organisation.user_of(known)
    if request.user.is_authenticated:  # they were asked again who they are
        if user != request.user:
            return _refuse(request, UNKNOWN)
        _note_shown(request, user, known)
        sessions.renew(request)
        return redirect(kept["next"])
    user = user or actions.know_by_organisation(known=known, by=None)
    if user is None:
        return _refuse(request, UNKNOWN)
    if not user.is_active:
        return _refuse(request, CLOSED, user=user)
    actions.follow_claims(user=user, known=known, by=user)
    _note_shown(request, user, known)
    return perform_login(request, Login(user=user, redirect_url=kept["next"]))


def _note_shown(request: HttpRequest, user: User, known: Known) -> None:
    record_authentication(request, user, "socialaccount", provider=organisation.ID, mfa=known.has_second_factor or None)


def _refuse(
    request: HttpRequest, why: str, problem: Exception | None = None, *, user: User | None = None
) -> HttpResponse:
    log.warning("organisation_sign_in_refused", why=why, problem=str(problem or ""))
    note(SignInEvent.What.NOT_TAKEN, request, user)
    context = {"why": why, "organisation": settings.OIDC["name"]}
    return render(request, "accounts/organisation_refused.html", context, status=STATUS[why])
