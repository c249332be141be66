"""A form sent twice does its work once: pressed twice, or sent again by a browser that got no answer.

Every page that is drawn carries a token of its own against forms from elsewhere. The same person, page, address and
content is the same sending; it is noted in the transaction that does the work: neither stands without the other.
Other words from the same page are another sending, and so are the same words from a page that was opened anew.
"""

import datetime as dt
import hashlib
import json
import time
from collections.abc import Callable
from functools import partial, wraps

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from core.audit.beside import written_beside
from core.documents.models import SentForm

View = Callable[..., HttpResponse]
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 (the name of a field)
KEPT = dt.timedelta(days=2)  # longer than any page can be sent from: a session lasts ten hours
JUST_NOW = dt.timedelta(seconds=2)
LOOK, LOOKS = 0.1, 10  # seconds, and how often: the second of two at once waits to learn where the first one led


class SentAlready(Exception):
    """The same form is being dealt with, or has been, since we looked."""


def once(view: View) -> View:
    """The first action of this view notes the form that was sent; sent again, it is answered as it was."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        key = _key(request) if request.method == "POST" else ""
        if not key:
            return view(request, *args, **kwargs)
        if SentForm.objects.filter(pk=key).exists():
            return _as_before(request, key)
        try:
            with written_beside(partial(_note, key)) as note:
                answer = view(request, *args, **kwargs)
        except SentAlready:
            return _as_before(request, key)
        where = answer.headers.get("Location", "")
        if note.is_written and 0 < len(where) <= SentForm._meta.get_field("answer").max_length:
            SentForm.objects.filter(pk=key).update(answer=where)
        return answer

    return guarded


def _key(request: HttpRequest) -> str:
    """Empty where the page sent no token: a form without one is refused before it comes here, unless a test lets it."""
    token = request.POST.get(TOKEN)
    if not token:
        return ""
    said = sorted((name, values) for name, values in request.POST.lists() if name != TOKEN)
    files = sorted((name, file.name, _digest(file)) for name, held in request.FILES.lists() for file in held)
    whole = [request.user.pk, request.get_full_path(), token, said, files]
    return hashlib.sha256(json.dumps(whole).encode()).hexdigest()


def _digest(file: UploadedFile) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _note(key: str) -> None:
    SentForm.objects.filter(at__lt=timezone.now() - KEPT).delete()
    try:
        SentForm(key=key).save(force_insert=True)  # waits for another that has it and has not committed
    except IntegrityError as clash:
        raise SentAlready from clash


def _as_before(request: HttpRequest, key: str) -> HttpResponse:
    """Where the first sending led, with a word about it."""
    messages.info(request, "You had sent this already. It was done once, and nothing was added the second time.")
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return redirect(_where_it_led(key) or _page_before(request))


def _where_it_led(key: str) -> str:
    """The first of two at once may be about to be answered; empty where that is not known."""
    held = None
    for _ in range(LOOKS):
        held = SentForm.objects.filter(pk=key).first()
        if held is None or held.answer or timezone.now() - held.at > JUST_NOW:
            break
        time.sleep(LOOK)
    return held.answer if held else ""


def _page_before(request: HttpRequest) -> str:
    page = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if page and is_ours else "/"
