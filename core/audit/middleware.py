"""Every request has an id, and everything an unsafe request writes is logged under it."""

import os
import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from core.audit.context import audit_context

GetResponse = Callable[[HttpRequest], HttpResponse]
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
NOT_SIGNED_IN = "someone not signed in"


class RequestIdMiddleware:
    """Gives the request its id and its sender's address, and the answer the header `X-Request-ID`.

    An id sent in with the request is not used: a visitor could write into the record of somebody else's request.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = new_request_id()
        request.client_address = client_address(request)
        with structlog.contextvars.bound_contextvars(request_id=request.request_id):
            response = self.get_response(request)
        response.headers["X-Request-ID"] = request.request_id
        return response


class AuditContextMiddleware:
    """Writes of an unsafe request outside every action are still logged with who made the request."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in SAFE_METHODS:
            return self.get_response(request)
        user = request.user if request.user.is_authenticated else None
        with audit_context(actor=user, actor_name="" if user else NOT_SIGNED_IN, request=request):
            return self.get_response(request)


def new_request_id() -> str:
    """32 hex digits that begin with the time, so that the log's index on them grows at its end."""
    return f"{time.time_ns() // 1_000_000:012x}{os.urandom(10).hex()}"


def client_address(request: HttpRequest) -> str:
    """The address that reached us; behind a proxy, the one our own proxy saw: the last entry, never the visitor's."""
    if getattr(settings, "BEHIND_PROXY", False):
        forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if forwarded:
            return forwarded[:45]
    return request.META.get("REMOTE_ADDR", "")[:45]
