"""From a printed page to the log: what the hash or head on it is of, and whether it still agrees."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.accounts.access import public
from desk.history import finding
from desk.history.scope import HISTORY


@public
@require_safe
def printed(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("q", "")[:100].replace("\x00", "")
    context = {
        "asked": asked,
        "places": finding.find(asked, request.user) if asked else [],
        "reads_history": finding.has(request.user, *HISTORY),
    }
    return render(request, "desk/printed.html", context)
