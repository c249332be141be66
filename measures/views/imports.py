"""Bringing a file of figures in, one stage a page, each with one obvious button."""

import csv
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from core.accounts.access import requires
from core.accounts.clock import today
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from core.documents.actions import UploadRefused, scan_upload
from core.documents.once import once
from core.documents.serving import file_response
from core.jobs.models import Job
from measures import actions, known
from measures.forms.history import HistoryForm
from measures.forms.imports import ColumnsForm, NamesForm, UploadForm, WithdrawForm
from measures.forms.reading import ReadingForm
from measures.models import ImportBatch, ImportReport
from measures.presenters.stages import PLACED, placed_errors
from measures.states import IMPORT, State

PAGE = 50  # imports
TICKED = 500  # new series that can be ticked one by one; more are created or left out together
SHOWN = 100  # rows of problems and changes on the page itself; the file has those that are kept
NOTHING_KEPT = ("nothing_kept", "no_figures")
RISKY = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would take a cell that begins so for a formula

BatchView = Callable[..., HttpResponse]


def with_batch(view: BatchView) -> BatchView:
    """Hand the view the import of that number; what may not be done now is said on its page."""

    @wraps(view)
    def found(request: HttpRequest, pk: int) -> HttpResponse:
        related = ("report", "file", "created_by", "accepted_by", "withdrawn_by")
        batch = get_object_or_404(ImportBatch.objects.select_related(*related), pk=pk)
        try:
            return view(request, batch)
        except MoveRefused as refused:
            messages.error(request, str(refused))
            return redirect("import-detail", pk)

    return found


@requires(Permission.OBSERVATION_IMPORT)
@require_GET
def import_list(request: HttpRequest) -> HttpResponse:
    form = HistoryForm(request.GET)
    batches = form.chosen(ImportBatch.objects.select_related("created_by", "withdrawn_by", "report"))
    page = Paginator(batches, PAGE).get_page(request.GET.get("page"))
    filtered = any(request.GET.get(name) for name in form.fields)
    return render(request, "measures/import_list.html", {"page": page, "form": form, "filtered": filtered})


@requires(Permission.OBSERVATION_IMPORT)
@once
def import_create(request: HttpRequest) -> HttpResponse:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*sent, sources=known.sources(), initial={"as_at": today()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            scan_upload(data=said["file"], name=said["file"].name, by=request.user)
        except UploadRefused as refused:
            form.add_error("file", str(refused))
            return render(request, "measures/import_form.html", {"form": form}, status=422)
        with transaction.atomic():  # a file that is kept has been asked to be read
            batch = actions.upload_file(
                data=said["file"],
                name=said["file"].name,
                source=said["source"],
                as_at=said["as_at"],
                provisional=said["provisional"] or said["provisional_from"] is not None,
                provisional_from=said["provisional_from"],
                by=request.user,
            )
            batch = actions.request_inspection(batch=batch, by=request.user)
        return _on(request, batch)
    return render(request, "measures/import_form.html", {"form": form}, status=422 if form.errors else 200)


def _on(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    actions.go_on(batch=batch, by=request.user)
    return redirect("import-detail", batch.pk)


@requires(Permission.OBSERVATION_IMPORT)
@require_GET
@with_batch
def import_detail(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    return _page(request, batch)


def _page(request: HttpRequest, batch: ImportBatch, status: int = 200, **forms: Any) -> HttpResponse:
    """The stage the import has reached; `forms` are those that were sent and have mistakes."""
    report = getattr(batch, "report", None)
    job = Job.objects.filter(pk=report.job).first() if report and report.job else None
    summary, preview = (report.summary, report.preview) if report else ({}, {})
    context = {
        "batch": batch,
        "job": job if job and (job.is_active or job.state in ("failed", "cancelled")) else None,
        "summary": summary,
        "preview": preview,
        "recognised": preview.get("recognised") or summary.get("recognised"),
        **_problems(report),
        "shown": SHOWN,
        "one_by_one": len(preview.get("new_series", [])) <= TICKED,
        "changes": preview.get("changes", [])[:SHOWN],
        "additions": preview.get("additions", [])[:SHOWN],
        "before": known.accepted_before(batch) if batch.file_id else None,
        "moves": IMPORT.moves(batch.state, by=request.user),
        "observations": batch.observations.select_related("series__measure", "series__area", "period")[:SHOWN]
        if not batch.file_id
        else [],
    } | _forms(batch, summary, preview)
    return render(request, "measures/import_detail.html", context | forms, status=status)


def _problems(report: ImportReport | None) -> dict[str, Any]:
    """The problems to list: names nobody has placed yet have their own form, and are not told twice."""
    if report is None:
        return {"problems": [], "held": 0, "other_errors": 0}
    told = [one for one in report.problems if one[2] not in PLACED]
    kept_nothing = _nothing_kept(report)
    if kept_nothing:
        return {"problems": [], "held": 0, "other_errors": 0, "nothing_kept": kept_nothing}
    others = report.preview.get("errors", 0) - placed_errors(report)
    return {"problems": told[:SHOWN], "held": len(told), "other_errors": others}


def _nothing_kept(report: ImportReport) -> str:
    """Why an official format keeps nothing of a file or sheet; "" where that is not what stops it."""
    return next((one[3] for one in report.problems if one[2] in NOTHING_KEPT), "")


def _forms(batch: ImportBatch, summary: dict[str, Any], preview: dict[str, Any]) -> dict[str, Any]:
    """The forms of this stage, as they are before anything has been typed."""
    made: dict[str, Any] = {}
    if batch.state == State.UPLOADED and summary:
        recognised = summary.get("recognised")
        refused = bool(_nothing_kept(batch.report))
        made["reading"] = ReadingForm(
            sheets=summary.get("sheets", []), recognised=recognised, refused=refused, initial=batch.options
        )
        if batch.mapping and not recognised:
            made["columns"] = ColumnsForm(headings=summary["headings"], mapping=batch.mapping)
    if batch.state == State.REFUSED and (preview.get("unknown_measures") or preview.get("unknown_areas")):
        proposed = (preview.get("recognised") or {}).get("measures")
        made["names"] = NamesForm(
            measures=preview["unknown_measures"], areas=preview["unknown_areas"], proposed=proposed
        )
    if batch.state == State.ACCEPTED:
        made["withdrawal"] = WithdrawForm()
    return made


@requires(Permission.OBSERVATION_IMPORT)
@require_POST
@once
@with_batch
def import_read(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    """Open the file again: another sheet, encoding or row of headings."""
    summary = batch.report.summary
    form = ReadingForm(
        request.POST,
        sheets=summary.get("sheets", []),
        recognised=summary.get("recognised"),
        refused=bool(_nothing_kept(batch.report)),
        initial=batch.options,
    )
    if not form.is_valid():
        return _page(request, batch, 422, reading=form)
    options = form.options(batch.options)
    return _on(request, actions.request_inspection(batch=batch, options=options, by=request.user))


@requires(Permission.OBSERVATION_IMPORT)
@require_POST
@once
@with_batch
def import_map(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    if "reopen" in request.POST or not batch.mapping:
        actions.reopen_columns(batch=batch, by=request.user)
        return redirect("import-detail", batch.pk)
    if batch.mapping.get("format"):
        return _on(request, actions.request_check(batch=batch, by=request.user))
    form = ColumnsForm(request.POST, headings=batch.report.summary["headings"], mapping=batch.mapping)
    if not form.is_valid():
        return _page(request, batch, 422, columns=form)
    mapping = form.cleaned_data["mapping"]
    return _on(request, actions.confirm_columns(batch=batch, mapping=mapping, by=request.user))


@requires(Permission.OBSERVATION_IMPORT)
@require_POST
@once
@with_batch
def import_names(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    preview = batch.report.preview
    form = NamesForm(request.POST, measures=preview.get("unknown_measures", []), areas=preview.get("unknown_areas", []))
    if not form.is_valid():
        return _page(request, batch, 422, names=form)
    return _on(request, actions.place_names(batch=batch, by=request.user, **form.decided()))


@requires(Permission.OBSERVATION_IMPORT)
@require_POST
@once
@with_batch
def import_series(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    """Create the series that were ticked and leave the others out, both said in so many words on the button."""
    asked = [key[:3] for key in batch.report.preview.get("new_series", [])]
    everything = map(str, range(len(asked))) if request.POST.get("all") == "create" else ()
    ticked = {*request.POST.getlist("series"), *everything}
    create = [key for index, key in enumerate(asked) if str(index) in ticked]
    leave = [key for index, key in enumerate(asked) if str(index) not in ticked]
    return _on(request, actions.place_series(batch=batch, create=create, leave=leave, by=request.user))


@requires(Permission.OBSERVATION_IMPORT)
@require_POST
@once
@with_batch
def import_check(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    return _on(request, actions.request_check(batch=batch, by=request.user))


@requires(Permission.OBSERVATION_IMPORT)
@require_POST
@with_batch
def import_accept(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    if known.accepted_before(batch) and "again" not in request.POST:
        messages.error(request, "This file was accepted before. Tick the box to accept it again. Nothing was changed.")
        return redirect("import-detail", batch.pk)
    return _on(request, actions.request_acceptance(batch=batch, by=request.user))


@requires(Permission.OBSERVATION_IMPORT)
@require_POST
@with_batch
def import_discard(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    actions.discard_import(batch=batch, by=request.user)
    messages.success(request, "The import is discarded. Nothing of it was stored.")
    return redirect("import-list")


@requires(Permission.OBSERVATION_IMPORT)
@require_POST
@with_batch
def import_withdraw(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _page(request, batch, 422, withdrawal=form)
    actions.withdraw_import(batch=batch, reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, "The import is withdrawn. What it had replaced is current again.")
    return redirect("import-detail", batch.pk)


@requires(Permission.OBSERVATION_IMPORT)
@require_GET
@with_batch
def import_problems_csv(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    heads = ("row", "column", "problem", "weight")
    rows = [(row, column, message, severity) for row, column, _, message, severity in batch.report.problems]
    return _csv(f"problems-{batch.pk}.csv", heads, rows)


@requires(Permission.OBSERVATION_IMPORT)
@require_GET
@with_batch
def import_changes_csv(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    names = ("row", "series", "period", "old", "new")
    preview = batch.report.preview
    rows = [[one[name] for name in names] for kind in ("changes", "additions") for one in preview.get(kind, [])]
    return _csv(f"changes-{batch.pk}.csv", names, rows)


@requires(Permission.OBSERVATION_IMPORT)
@require_GET
@with_batch
def import_file(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    """The file itself, as it was uploaded."""
    return file_response(get_object_or_404(type(batch.file), pk=batch.file_id), name=batch.file_name)


def _csv(name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(heads)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return response


def _harmless(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RISKY) else "" if cell is None else cell
