"""Every series the office holds: a list to search, and the page of one with every figure ever given for it."""

import csv

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.accounts.access import requires
from core.accounts.permissions import Permission
from measures import browsing, disclosure, reading
from measures.forms.series import SeriesFilter
from measures.models import Series
from measures.presenters import series as shapes
from measures.presenters.drawings import CSV_MARK
from measures.presenters.table import safe
from measures.provenance import Source, credits_of, provenance
from measures.trends.disclosure import RESTRICTED_WORDS

ON_A_PAGE = 50
MOST_PERIODS = 2_400  # two centuries of months


@require_safe
@requires(Permission.MEASURE_VIEW)
def series_list(request: HttpRequest) -> HttpResponse:
    exact = disclosure.may_see_exact(request.user)
    form = SeriesFilter(request.GET, exact=exact)
    page = Paginator(browsing.narrowed(form.asked), ON_A_PAGE).get_page(request.GET.get("page"))
    held = browsing.held_of(list(page.object_list), exact=exact)
    due = reading.frontier_seen()
    context = {
        "form": form,
        "page": page,
        "rows": [shapes.row_of(one, due) for one in held],
        "restricted": RESTRICTED_WORDS if any(one.is_restricted for one in held) else "",
        "narrowed": any(form.cleaned_data.values()),
    }
    return render(request, "measures/series_list.html", context)


def _series(pk: int, *, exact: bool) -> tuple[Series, browsing.Held, list[Source]]:
    one = get_object_or_404(Series.objects.select_related("measure", "area"), pk=pk)
    (held,) = browsing.held_of([one], exact=exact)
    last = max((month for month in (held.last, held.last_reading) if month is not None), default=0)
    return one, held, provenance(one, last, MOST_PERIODS)


@require_safe
@requires(Permission.MEASURE_VIEW)
def series_detail(request: HttpRequest, pk: int) -> HttpResponse:
    one, held, sources = _series(pk, exact=disclosure.may_see_exact(request.user))
    as_at = max((source.observation.batch.as_at for source in sources), default=None)
    said = credits_of(sources)
    drawn = shapes.chart(held, f"{as_at.day} {as_at:%B %Y}" if as_at else "")
    context = {
        "series": one,
        "held": held,
        "restricted": RESTRICTED_WORDS if held.is_restricted else "",
        "row": shapes.row_of(held, reading.frontier_seen()),
        "chart": drawn.credited(said) if drawn else None,
        "periods": shapes.period_rows(held, sources),
        "attributions": said,
        "may_enter": request.user.has(Permission.OBSERVATION_IMPORT),
    }
    return render(request, "measures/series_detail.html", context)


@require_safe
@requires(Permission.MEASURE_VIEW)
def series_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """A file leaves the office: small numbers are in it only where they are asked for."""
    one, held, sources = _series(pk, exact=disclosure.asks_exact(request))
    name = f"series-{one.pk}-{one.measure.slug}-{one.area.slug}" + ("-restricted" if held.is_restricted else "")
    response = HttpResponse(CSV_MARK, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.writer(response)
    writer.writerow(shapes.HEADER)
    for line in shapes.lines(one, held, sources):
        writer.writerow([safe(cell) for cell in line])
    for words in credits_of(sources):
        writer.writerow([safe(words)])
    return response
