"""The figures and charts of a version as data: all in one file, and each chart by itself."""

from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from core.accounts.access import public
from core.audit import log_read
from core.documents.serving import file_response
from governance.papers import data_files
from governance.papers.asked import Asked
from governance.papers.content.shapes import Paper
from governance.papers.content.tables import Table
from governance.papers.following import Follow
from governance.papers.recompute import file_name
from governance.papers.views.twin import asked_for
from measures.presenters.workbook import CONTENT_TYPE as XLSX

CSV = "text/csv; charset=utf-8; header=present"
CSVW = "application/csvm+json"


def _asked(request: HttpRequest, code: str) -> Asked:
    asked = asked_for(request, code)
    if asked.is_withdrawn and not asked.is_insider:
        raise Http404("This version was withdrawn.")
    if asked.build == "restricted":
        log_read(what=asked.frozen, request=request, by=request.user)
    return asked


def _named(asked: Asked, name: str) -> str:
    marked = "" if asked.build == "public" else "-restricted"
    return f"panel-paper-{asked.paper.code}-v{asked.frozen.number}-{name}{marked}"


def _kept(request: HttpRequest, asked: Asked, name: str, kind: str) -> tuple[HttpResponse | None, str]:
    """The answer to who has this file already, and the mark by which he is known: frozen content never changes."""
    etag = quote_etag(sha256(f"{asked.frozen.sha256} {asked.build} {name} {kind}".encode()).hexdigest()[:32])
    return get_conditional_response(request, etag=etag), etag


@public
@require_safe
def paper_data(request: HttpRequest, code: str) -> HttpResponse:
    """All figures of this paper, as a ZIP of CSV files with their description and one workbook.

    The file made when the paper was signed; the same is made here for a version that is not signed, or whose file the
    next night will make.
    """
    asked = _asked(request, code)
    response, etag = _kept(request, asked, "data", "zip")
    if response is None:
        name = file_name(asked.paper, asked.frozen.number, asked.build, "zip")
        held = asked.frozen.files.filter(kind="zip", build=asked.build).select_related("file").first()
        if held:
            response = file_response(held.file, name=name)
            response["ETag"] = etag
        else:
            made = data_files.archive(asked.content(), asked.build, Follow.on_paper(code, asked.frozen.number))
            response = _download(made, "application/zip", name, etag)
    response["Cache-Control"] = "private, no-cache"
    return response


@public
@require_safe
def paper_chart(request: HttpRequest, code: str, number: int, form: str) -> HttpResponse:
    """One chart's table: `csv`, `xlsx`, or `csv-metadata.json`, the description of the CSV."""
    asked = _asked(request, code)
    content = asked.content()
    found = data_files.safe_chart(content, number)
    if found is None or form not in ("csv", "xlsx", f"csv{data_files.BEHIND}"):
        raise Http404("There is no such table in this version.")
    response, etag = _kept(request, asked, found.name, form)
    if response is None:
        response = _chart(asked, content, found, form, etag)
    response["Cache-Control"] = "private, no-cache"
    return response


def _chart(asked: Asked, content: Paper, table: Table, form: str, etag: str) -> HttpResponse:
    name = _named(asked, table.name)
    if form == "xlsx":
        return _download(data_files.xlsx_file([table], content), XLSX, f"{name}.xlsx", etag)
    if form != "csv":
        said = data_files.description(content, [table], asked.build, query=asked.query)
        return _download(said.encode(), CSVW, f"{name}.csv{data_files.BEHIND}", etag)
    response = _download(data_files.csv_file(table).encode(), CSV, f"{name}.csv", etag)
    response["Link"] = f'<{table.name}.csv{data_files.BEHIND}{asked.query}>; rel="describedby"; type="{CSVW}"'
    return response


def _download(content: bytes, kind: str, name: str, etag: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["ETag"] = etag
    return response
