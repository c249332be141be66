"""What people see when a page cannot be had: what happened, what is safe, what to do."""

import sys

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

RETRY_AFTER = 60  # seconds


def _reference(request: HttpRequest) -> str:
    """What the log knows this request by, for people to quote."""
    return str(getattr(request, "request_id", ""))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/400.html", {"reference": _reference(request)}, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/403.html", {"reason": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Named by CSRF_FAILURE_VIEW. `reason` is for developers and is not shown."""
    return render(request, "errors/csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without the request's context: whatever failed may be what that context needs."""
    fault = sys.exc_info()[1]
    # Bare, it is what SQLite says of a file that is damaged or is no database; our own mistakes are its subclasses.
    unreachable = isinstance(fault, OperationalError | InterfaceError) or type(fault) is DatabaseError
    name, status = ("errors/503.html", 503) if unreachable else ("errors/500.html", 500)
    response = HttpResponse(render_to_string(name, {"reference": _reference(request)}), status=status)
    if unreachable:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response
