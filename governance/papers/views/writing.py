"""What the editor of a commentary asks while somebody writes: figures to choose from, a first draft, the checker."""

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.accounts.access import requires
from core.accounts.permissions import Permission
from governance.papers import drafting, typed
from governance.papers.book import Book
from governance.papers.known import known_of
from governance.papers.models import Commentary, Quarter
from governance.papers.quarter_codes import quarter_or_404
from governance.papers.remembered import figures_state
from governance.papers.shelf import shelf, sought

MAX_TEXT = 400_000  # characters; a commentary has some 6,000
MAX_WORDS = 200  # characters that are sought
FIELDS = ("text", "did")


@requires(Permission.COMMENTARY_WRITE, Permission.PAPER_ASSEMBLE, Permission.PAPER_SIGN)
@never_cache
@require_safe
def figure_search(request: HttpRequest, code: str) -> HttpResponse:
    """Figures of the record by measure and statistic, each as it is printed and in words."""
    quarter = quarter_or_404(code)
    words, own = request.GET.get("q", "")[:MAX_WORDS], request.GET.get("own", "")[:MAX_WORDS]
    found = sought(quarter.period, words, own)
    return JsonResponse({"figures": [one.__dict__ for one in found]})


def _commentary(quarter: Quarter, slug: str) -> Commentary:
    return get_object_or_404(Commentary.objects.select_related("measure"), quarter=quarter, measure__slug=slug)


def subject_of(commentary: Commentary, quarter: Quarter) -> typed.Subject:
    """What the checker must know of a commentary beside its words."""
    day, period = quarter.meeting.date, str(quarter.period)
    return typed.Subject(
        slug=commentary.measure.slug,
        title=commentary.measure.short_name,
        period=period[:1].upper() + period[1:],
        meeting=(day.year, day.month, day.day),
    )


@requires(Permission.COMMENTARY_WRITE)
@never_cache
@require_POST
def commentary_check(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """What cannot be in the text as it stands in the editor. Nothing is stored."""
    quarter = quarter_or_404(code)
    commentary = _commentary(quarter, slug)
    texts = {name: request.POST.get(name, "") for name in FIELDS}
    if sum(map(len, texts.values())) > MAX_TEXT:
        return JsonResponse({"problem": "This text is too long to be checked while you type."}, status=413)
    return JsonResponse(_answer(commentary, quarter, texts).as_json())


def _answer(commentary: Commentary, quarter: Quarter, texts: dict[str, str]) -> typed.Answer:
    state = figures_state()
    offered = shelf(quarter.period, commentary.measure.slug, state)
    return typed.checked_text(texts, subject_of(commentary, quarter), known_of(quarter.period, state), offered)


def check_of(commentary: Commentary, form: forms.BaseForm) -> typed.Answer:
    """The same of what a form holds, for a page without scripts."""
    return _answer(commentary, commentary.quarter, {name: str(form[name].value() or "") for name in FIELDS})


@requires(Permission.COMMENTARY_WRITE)
@never_cache
@require_POST
def commentary_draft(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """A first draft from the record, to be put where the cursor stands. Nothing is stored."""
    quarter = quarter_or_404(code)
    commentary = _commentary(quarter, slug)
    return JsonResponse({"html": draft_of(commentary, quarter)})


def draft_of(commentary: Commentary, quarter: Quarter) -> str:
    """Sentences that the record bears and the checker has nothing against; empty where there are none."""
    subject, known = subject_of(commentary, quarter), known_of(quarter.period)
    book = Book(quarter.period, only=[commentary.measure.slug])

    def accepted(html: str) -> bool:
        return not typed.checked_text({typed.SAYS: html}, subject, known, []).findings

    return drafting.drafted(book, commentary.measure.slug, accepted)
