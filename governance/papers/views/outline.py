"""How the paper is put together: reading it, its versions, and making a new one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from core.accounts.access import requires
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from core.documents import richtext
from core.documents.versions import Stale
from governance.papers.actions.outline import Standing, save_outline
from governance.papers.content.outline import CODES, STANDARD, Section
from governance.papers.forms.outline import OutlineForm, sections_sent
from governance.papers.models import Outline
from governance.papers.models.outline import newest


def _words(sections: tuple[Section, ...]) -> str:
    """An outline as lines, for the difference of two."""
    found = []
    for place, one in enumerate(sections, start=1):
        found.append(f"{place}. {one.title or 'The priorities'}")
        found += filter(None, richtext.plain_text(one.text).split("\n"))
    return "\n".join(found)


@require_safe
@requires(Permission.PAPER_VIEW)
def outline_detail(request: HttpRequest) -> HttpResponse:
    """The newest version, and every version with who made it, when, why, and what it changed."""
    number, sections = newest()
    versions, before = [], STANDARD
    for one in Outline.objects.select_related("made_by"):
        versions.append({"held": one, "before": _words(before), "now": _words(one.held)})
        before = one.held
    context = {
        "number": number,
        "sections": sections,
        "versions": versions[::-1],
        "codes": CODES.items(),
        "may_edit": request.user.has(Permission.PAPER_ASSEMBLE),
    }
    return render(request, "papers/outline_detail.html", context)


@requires(Permission.PAPER_ASSEMBLE)
def outline_edit(request: HttpRequest) -> HttpResponse:
    number, sections = newest()
    mine = sections_sent(request.POST) or sections
    form = OutlineForm(request.POST or None, sections=mine, initial={"version": number})
    if request.method == "POST" and form.is_valid():
        try:
            made = save_outline(
                version=form.cleaned_data["version"],
                sections=form.chosen(),
                why=form.cleaned_data["why"],
                by=request.user,
            )
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        except Stale as stale:
            return _conflict(request, form, stale.current)
        else:
            messages.success(request, f"Version {made.number} is kept. The paper being made takes it from now on.")
            return redirect("outline-detail")
    context = {"form": form, "codes": CODES.items()}
    return render(request, "papers/outline_form.html", context, status=422 if form.errors else 200)


def _conflict(request: HttpRequest, form: OutlineForm, standing: Standing) -> HttpResponse:
    """Both outlines and what differs; what was typed stands in the form, and saving it again is a choice."""
    mine = form.chosen()
    again = OutlineForm(None, sections=mine, initial={"version": standing.version, "why": form.cleaned_data["why"]})
    context = {
        "form": again,
        "codes": CODES.items(),
        "theirs": _words(standing.sections),
        "mine": _words(mine),
        "made": Outline.objects.select_related("made_by").get(number=standing.version),
    }
    return render(request, "papers/outline_form.html", context, status=409)
