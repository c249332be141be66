"""One chart of a measure's page as a file: the same picture as SVG or PNG, or its table as CSV."""

from collections.abc import Callable
from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from core.accounts.access import requires
from core.accounts.permissions import Permission
from desk.measure_page.charts import offered
from desk.measure_page.page import MeasurePage, quarter_asked
from measures.models import Measure
from measures.presenters.drawings import Drawing

FORMS: dict[str, tuple[str, Callable[[Drawing], str | bytes]]] = {
    "svg": ("image/svg+xml", lambda one: one.still),
    "png": ("image/png", Drawing.as_png),
    "csv": ("text/csv; charset=utf-8", Drawing.as_csv),
}


@require_safe
@requires(Permission.MEASURE_VIEW)
def chart_file(request: HttpRequest, slug: str, name: str, form: str) -> HttpResponse:
    """A browser that has it asks again and is told that nothing changed, without the picture being made."""
    measure = get_object_or_404(Measure, slug=slug)
    _, quarter = quarter_asked(request)
    if quarter is None or form not in FORMS:
        raise Http404("There is no such chart.")
    page = MeasurePage(request, measure, quarter, leaves_office=True)
    drawn = offered(page) if page.held.series else {}
    if name not in drawn:
        raise Http404("There is no such chart of this measure at this quarter.")
    kind, make = FORMS[form]
    marked = "-restricted" if page.restricted else ""
    etag = quote_etag(sha256(f"{form} {drawn[name].still}".encode()).hexdigest()[:32])
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(make(drawn[name]), content_type=kind)
        file_name = f"{measure.slug}-{name.removeprefix(f'{measure.slug}-')}-{quarter.value}{marked}.{form}"
        response["Content-Disposition"] = f'attachment; filename="{file_name}"'
        response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response
