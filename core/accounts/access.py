"""Saying on each view who may use it. A test fails for a view that says nothing."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from core.accounts.permissions import Permission

View = Callable[..., HttpResponse]


def requires(*permissions: Permission) -> Callable[[View], View]:
    """Let in people who hold any of these permissions; others are told they may not (403)."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if not request.user.has(*permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.access = permissions
        return guarded

    return decorate


def signed_in(view: View) -> View:
    """Let in anyone who has signed in; the view shows each only what is theirs."""
    view.access = "signed in"
    return view


def public(view: View) -> View:
    """Let in anyone at all."""
    view.access = "public"
    return login_not_required(view)
