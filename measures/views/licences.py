"""Public data: what is used of it and what its publishers ask to be said."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.accounts.access import requires
from core.accounts.permissions import Permission
from measures.provenance import licences


@requires(Permission.MEASURE_VIEW)
@require_safe
def licence_list(request: HttpRequest) -> HttpResponse:
    return render(request, "measures/licence_list.html", {"licences": licences()})
