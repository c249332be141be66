"""Signing in before anything else, and signing out those who have gone."""

from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import urlencode

from core.accounts import factors, sessions
from core.accounts.context import read_once


class TraceMiddleware:
    """Refuse TRACE by name, whatever a page would make of it: nobody's browser sends it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return HttpResponseNotAllowed(["GET", "POST"]) if request.method == "TRACE" else self.get_response(request)


class OfficeMiddleware:
    """Let a request read the office once: its clock, its pages and its papers all ask for it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with read_once():
            return self.get_response(request)


class SignInMiddleware(LoginRequiredMiddleware):
    """As Django's, but a page fragment that meets an expired session sends the whole page to sign in."""

    def handle_no_permission(self, request: HttpRequest, view_func) -> HttpResponse:
        if request.headers.get("HX-Request") == "true":
            page = urlsplit(request.headers.get("HX-Current-URL", "/"))
            back = urlencode({"next": urlunsplit(("", "", page.path, page.query, ""))})
            return HttpResponse(status=401, headers={"HX-Redirect": f"{resolve_url(settings.LOGIN_URL)}?{back}"})
        if request.headers.get("X-Autosave") == "true":
            return HttpResponse("Your sign-in has expired. Your text is kept in this browser.", status=401)
        return super().handle_no_permission(request, view_func)


class IdleMiddleware:
    """End a session that nobody has used for SESSION_IDLE_AGE seconds, and any after SESSION_COOKIE_AGE."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            sessions.keep(request)
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-cache"  # what one person is shown is for nobody else's cache
        return response


class SecondFactorMiddleware:
    """Whoever may write comes no further than setting up a second factor, or showing it, until that is done."""

    WITHOUT = frozenset(
        {"sign-out", "factor-list", "factor-app", "factor-key", "factor-codes", "confirm-identity"}
    )  # the names of the pages one gets there by
    SENTENCE = "Your roles need a second factor at sign-in. Set one up under My account. Nothing was changed."

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view_func, args, kwargs) -> HttpResponse | None:
        if not settings.SECOND_FACTOR or not request.user.is_authenticated:
            return None
        name = request.resolver_match.url_name
        if name in self.WITHOUT or getattr(view_func, "access", "") == "public":
            return None
        if factors.is_proved(request) or not factors.needs_factor(request.user):
            return None
        return self._refuse(request)

    def _refuse(self, request: HttpRequest) -> HttpResponse:
        target = f"{reverse('factor-list')}?{urlencode({'next': request.get_full_path()})}"
        if request.path.startswith("/api/"):
            return JsonResponse({"detail": self.SENTENCE}, status=403)
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(status=401, headers={"HX-Redirect": reverse("factor-list")})
        if request.headers.get("X-Autosave") == "true":
            return HttpResponse(f"{self.SENTENCE} Your text is kept in this browser.", status=401)
        return HttpResponseRedirect(target)
