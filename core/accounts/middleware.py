"""Signing in before anything else, and signing out those who have gone."""

import time
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.http import urlencode

from core.accounts.context import read_once

SEEN = "seen_at"  # session key: unix seconds of the last activity that was noted
NOTE_EVERY = 60  # seconds: a page view must not take SQLite's write lock each time


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
    """End a session that nobody has used for SESSION_IDLE_AGE seconds."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            seen = request.session.get(SEEN, now)
            if now - seen > settings.SESSION_IDLE_AGE:
                logout(request)
            elif now - seen >= NOTE_EVERY or SEEN not in request.session:
                request.session[SEEN] = now
        return self.get_response(request)
