"""Follow a printed figure: to its formula, its months, the import of each, who and when, and what came later."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.accounts.access import public
from core.accounts.permissions import Permission
from governance.papers.asked import Asked
from governance.papers.content import shapes, tokens
from governance.papers.following import Follow, behind
from governance.papers.revised import moved_since
from governance.papers.views.twin import asked_for
from measures.models import Measure


def _asked(request: HttpRequest, code: str) -> Asked:
    asked = asked_for(request, code)
    if asked.is_withdrawn and not asked.is_insider:
        raise Http404("This version was withdrawn.")
    return asked


@public
@require_safe
def paper_figures(request: HttpRequest, code: str) -> HttpResponse:
    """Every figure of a version under its measure, each once for each text it is printed as."""
    asked = _asked(request, code)
    content = asked.content()
    names = dict(Measure.objects.values_list("slug", "short_name"))
    now = {(one.figure.reference, one.figure.text): one.now for one in moved_since(asked.frozen, content)}
    groups: dict[str, dict[tuple[str, str], shapes.BoundFigure]] = {}
    for one in content.figures:
        slug = one.reference.partition(".")[0]
        groups.setdefault(slug, {}).setdefault((one.reference, one.text), one)
    follow = Follow.on_page(code, asked.frozen.number, asked.build, content, ())
    shown = [
        (slug, names.get(slug, slug), [(one, follow.address(one.reference), now.get(key)) for key, one in held.items()])
        for slug, held in groups.items()
    ]
    context = {"paper": asked.paper, "frozen": asked.frozen, "asked": asked, "groups": shown}
    return render(request, "papers/paper_figures.html", context)


@public
@require_safe
def paper_figure(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    asked = _asked(request, code)
    content = asked.content()
    found = [one for one in content.figures if one.reference == reference]
    if not found:
        raise Http404("No such figure in this version.")
    figure, user = found[0], request.user
    token = tokens.parse(reference)
    insider = user.is_authenticated and user.has(Permission.MEASURE_VIEW)
    moved = next((one for one in moved_since(asked.frozen, content) if one.figure.reference == reference), None)
    context = {
        "paper": asked.paper,
        "frozen": asked.frozen,
        "asked": asked,
        "figure": figure,
        "measure": Measure.objects.filter(slug=token.measure if token else "").first(),
        "places": list(dict.fromkeys(one.place for one in found)),
        "rows": behind(figure),
        "moved": moved,
        "insider": insider,
        "may_open": insider and user.has(Permission.OBSERVATION_IMPORT),
        "every": Follow.on_page(code, asked.frozen.number, asked.build, content, ()).every,
    }
    return render(request, "papers/paper_figure.html", context)
