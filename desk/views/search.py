"""One box for everything the office keeps."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.accounts.access import signed_in
from desk.searching.finding import MOST, found, hits
from desk.searching.kinds import BY_NAME, KINDS
from desk.searching.words import phrases_of

SHORTEST, LONGEST = 2, 200  # characters of what is looked for
ON_A_PAGE = 20


@require_safe
@signed_in
def search(request: HttpRequest) -> HttpResponse:
    words = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST]
    kind = request.GET.get("kind", "")
    kind = kind if kind in BY_NAME else ""
    phrases = phrases_of(words)
    too_short = bool(words) and sum(len(word) for phrase in phrases for word in phrase.words) < SHORTEST
    held = found(() if too_short else phrases, request.user, kind)
    page = Paginator(held.places, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "words": words,
        "kind": kind,
        "kinds": [(one.name, one.label) for one in KINDS],
        "page": page,
        "hits": hits(list(page.object_list), phrases, request.user),
        "total": len(held.places),
        "is_cut": held.is_cut,
        "most": MOST,
        "too_short": too_short,
    }
    return render(request, "desk/search.html", context)
