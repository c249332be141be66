"""Addresses for the tests of the shell: some of the places it knows, and pages that fail in each way."""

from django.core.exceptions import BadRequest, PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from core.accounts.access import public
from core.accounts.urls import urlpatterns as accounts

FAILURES = {
    "400": BadRequest("odd"),
    "403": PermissionDenied,
    "404": Http404,
    "500": RuntimeError("the secret of the fault"),
    "503": OperationalError("no database"),
}


@public
def page(request: HttpRequest) -> HttpResponse:
    return render(request, "base.html")


@public
def fail(request: HttpRequest, how: str) -> HttpResponse:
    raise FAILURES[how]


urlpatterns = [
    path("", page, name="home"),
    path("scorecard/", page, name="scorecard"),
    path("measures/burglary/", page),
    path("delivery/", page, name="delivery-plan"),
    path("actions/", page, name="action-list"),
    path("papers/", page, name="paper-list"),
    path("data/", page, name="data-hub"),
    path("fail/<str:how>/", fail),
    *accounts,
]
handler400 = "desk.errors.bad_request"
handler403 = "desk.errors.forbidden"
handler404 = "desk.errors.not_found"
handler500 = "desk.errors.server_error"
