"""One box for everything the office keeps."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.accounts.access import signed_in
from desk.search import LONGEST, SHORTEST, found

RESULTS = 20  # of a kind


@signed_in
def search(request: HttpRequest) -> HttpResponse:
    words = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST]
    groups = found(words, request.user, limit=RESULTS) if len(words) >= SHORTEST else []
    context = {
        "words": words,
        "groups": groups,
        "total": sum(len(group.hits) for group in groups),
        "too_short": bool(words) and len(words) < SHORTEST,
    }
    return render(request, "desk/search.html", context)
