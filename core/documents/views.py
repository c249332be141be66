"""Downloads, and the saving of what is being typed."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.accounts.access import signed_in
from core.documents import actions
from core.documents.access import may_read
from core.documents.models import Draft, StoredFile
from core.documents.serving import file_response

MAX_DRAFT = 2_000_000  # bytes
RESERVED = {"csrfmiddlewaretoken", "base_version"}


@signed_in
@require_safe
def file_download(request: HttpRequest, sha256: str) -> HttpResponse:
    stored = get_object_or_404(StoredFile, sha256=sha256)
    if not may_read(request.user, stored):
        raise Http404("No such file.")
    return file_response(stored, inline="inline" in request.GET)


@signed_in
@never_cache
@require_http_methods(["GET", "PUT", "POST", "DELETE"])
def draft_detail(request: HttpRequest, key: str) -> HttpResponse:
    if request.method == "GET":
        return JsonResponse(_as_json(Draft.objects.filter(user=request.user, key=key).first()))
    if request.headers.get("X-Draft-User", str(request.user.pk)) != str(request.user.pk):
        # A page left open by somebody else in this browser: what they typed is not for this person's drafts.
        return JsonResponse({"problem": "Somebody else has signed in. Your text is still on the page."}, status=403)
    if request.method == "DELETE":
        actions.discard_draft(key=key, by=request.user)
        return JsonResponse(_as_json(None))
    if len(request.body) > MAX_DRAFT:
        return JsonResponse({"problem": "This text is too long to be kept while you type. Save it now."}, status=413)
    typed = _typed(request)
    if typed is None:
        return JsonResponse({"problem": "What was sent is not a draft. Your text is still on the page."}, status=400)
    return JsonResponse(_as_json(actions.save_draft(key=key, by=request.user, **typed)))


def _as_json(draft: Draft | None) -> dict[str, Any]:
    if draft is None:
        return {"saved": None}
    local = timezone.localtime(draft.at)
    return {
        "saved": draft.at.isoformat(),
        "saved_in_words": f"{local.day} {local:%B} at {local:%H:%M}",
        "text": draft.text,
        "base_version": draft.base_version,
    }


def _typed(request: HttpRequest) -> dict[str, Any] | None:
    """Text by field name and the version it was begun from, sent as JSON or as a form; None when it is neither."""
    if request.content_type == "application/json":
        try:
            sent = json.loads(request.body)
        except ValueError:
            return None
        text, version = (sent.get("text"), sent.get("base_version")) if isinstance(sent, dict) else (None, None)
    else:
        form = request.POST if request.method == "POST" else QueryDict(request.body, encoding=request.encoding)
        text = {name: form[name] for name in form if name not in RESERVED}
        given = form.get("base_version", "")
        version = int(given) if given.isdecimal() else None
    is_text = isinstance(text, dict) and bool(text) and all(isinstance(value, str) for value in text.values())
    is_version = version is None or (isinstance(version, int) and 0 <= version < 2**31)
    return {"text": text, "base_version": version} if is_text and is_version else None
