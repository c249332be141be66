"""Tokens for one's own programs; administrators take back anybody's."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.accounts import actions
from core.accounts.access import signed_in
from core.accounts.forms import TokenForm
from core.accounts.models import ApiToken
from core.accounts.permissions import Permission
from core.accounts.views.factors import fresh


@require_safe
@signed_in
@never_cache
def token_list(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _page(request: HttpRequest, form: TokenForm | None = None, secret: str = "", status: int = 200) -> HttpResponse:
    tokens = request.user.api_tokens.select_related("use")
    context = {"tokens": tokens, "form": form or TokenForm(), "secret": secret}
    return render(request, "accounts/token_list.html", context, status=status)


@signed_in
@require_POST
@fresh
@never_cache
def token_make(request: HttpRequest) -> HttpResponse:
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    _, secret = actions.make_token(by=request.user, **form.cleaned_data)
    return _page(request, secret=secret)


@signed_in
@require_POST
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    manages = request.user.has(Permission.USER_MANAGE)
    token = get_object_or_404(ApiToken.objects.all() if manages else request.user.api_tokens, pk=pk)
    actions.revoke_token(token=token, by=request.user)
    messages.success(request, f"The token {token} opens nothing any more.")
    return redirect("token-list") if token.user_id == request.user.pk else redirect("user-detail", token.user_id)
