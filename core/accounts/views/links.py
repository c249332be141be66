"""Choosing a password through the link of a mail. It signs nobody in: the second factor is asked for at the door."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from core.accounts import actions
from core.accounts.access import public
from core.accounts.forms import NewPasswordForm
from core.accounts.links import read_token
from core.accounts.states import MoveRefused


@public
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def choose_password(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing, for programs follow links."""
    link = read_token(token)
    if link is None:
        raise Http404
    if not link.is_good or not link.user.is_active:
        return _spent(request)
    form = NewPasswordForm(link.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose_password(link=link, password=form.cleaned_data["new_password1"], by=link.user)
        except MoveRefused:  # used in another window in this moment
            return _spent(request)
        messages.success(request, "Your password is set. Sign in with it.")
        return redirect("sign-in")
    context = {"form": form, "account": link.user, "is_first": link.kind == link.Kind.INVITATION}
    return render(request, "accounts/choose_password.html", context, status=422 if form.errors else 200)


def _spent(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/choose_password.html", {"spent": True}, status=410)
