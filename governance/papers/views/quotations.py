"""What people said: entered by one person, checked by another, and chosen for a commentary."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from core.accounts.access import requires
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from core.documents.actions import scan_upload
from core.documents.versions import Stale, conflict_response, version_read
from governance.papers import quotation_sheet, quotations, states
from governance.papers.actions import quotations as actions
from governance.papers.content import identifying
from governance.papers.forms.quotations import CheckedForm, QuotationForm, QuotationSheetForm
from governance.papers.models import Commentary, Quotation
from governance.papers.models.quotation import CHECKS
from governance.papers.views.commentary import commentary_or_404
from measures.definition_sheet import SheetProblems
from measures.models import Measure

SALT = "quotation sheet"
LARGEST = 2 * 1024 * 1024  # bytes of a sheet
FIELDS = ["measure", "theme", "words", "speaker", "kind", "source", "dated", "may_be_public"]
TONES = {"entered": "yellow", "approved": "green", "withdrawn": "grey"}
State = Quotation.State


def _quotation(request: HttpRequest, pk: int) -> Quotation:
    found = Quotation.objects.seen_by(request.user).select_related("measure", "approved_by")
    return get_object_or_404(found, pk=pk)


@require_safe
@requires(*CHECKS, Permission.PAPER_VIEW)
def quotation_list(request: HttpRequest) -> HttpResponse:
    """Of one measure, or of all: what is to be checked first, then by measure and theme."""
    checks = request.user.has(*CHECKS)
    found = Quotation.objects.seen_by(request.user).select_related("measure")
    measure = Measure.objects.filter(slug=request.GET.get("measure", "")).first()
    if measure:
        found = found.filter(measure=measure)
    held = list(found.order_by("measure__short_name", "theme", "-dated", "pk"))
    groups: dict[Measure, list[Quotation]] = {}
    for one in held:
        if one.state == State.APPROVED:
            groups.setdefault(one.measure, []).append(one)
    context = {
        "measure": measure,
        "waiting": [one for one in held if one.state == State.ENTERED],
        "withdrawn": [one for one in held if one.state == State.WITHDRAWN],
        "groups": [(one, quotations.themes(said)) for one, said in groups.items()],
        "checks": checks,
        "writes": request.user.has(Permission.COMMENTARY_WRITE),
    }
    return render(request, "papers/quotation_list.html", context)


@require_safe
@requires(*CHECKS, Permission.PAPER_VIEW)
def quotation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _detail(request, _quotation(request, pk))


def _detail(request: HttpRequest, held: Quotation, form: CheckedForm | None = None) -> HttpResponse:
    checks = request.user.has(*CHECKS)
    authors = list(held.authors.all()) if checks else []
    moves = states.QUOTATION.moves(held.state, by=request.user)
    context = {
        "quotation": held,
        "tone": TONES[held.state],
        "pieces": identifying.pieces(held.words) if checks else [(held.words, "")],
        "about": identifying.pieces(held.speaker) if checks else [(held.speaker, "")],
        "hints": identifying.hints(held.words) + identifying.hints(held.speaker) if checks else [],
        "printed_in": quotations.printed_in([held]).get(held.pk, []),
        "authors": authors,
        "is_author": request.user in authors,
        "writes": request.user.has(Permission.COMMENTARY_WRITE) and held.state == State.ENTERED,
        "moves": moves,
        "form": form or CheckedForm(initial={"version": held.version}),
    }
    return render(request, "papers/quotation_detail.html", context, status=422 if form else 200)


@requires(Permission.COMMENTARY_WRITE)
def quotation_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Enter a quotation, or change one that nobody has approved."""
    held = _quotation(request, pk) if pk else None
    if held and held.state != State.ENTERED:
        messages.error(request, f"This quotation is “{held.get_state_display()}”. Have it checked anew to change it.")
        return redirect("quotation-detail", pk)
    asked = Measure.objects.filter(slug=request.GET.get("measure", "")).first()
    form = QuotationForm(request.POST or None, instance=held, initial={} if held else {"measure": asked})
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data | {"version": form.cleaned_data["version"] or 0}
        standing = Quotation.objects.get(pk=pk) if pk else None
        try:
            made = actions.save_quotation(held=standing, by=request.user, **sent)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        except Stale as stale:
            back = reverse("quotation-detail", args=[pk])
            return conflict_response(request, stale=stale, form=form, fields=FIELDS, title="This quotation", back=back)
        else:
            messages.success(request, "The quotation is kept. Somebody else has to check that it names nobody.")
            return redirect("quotation-detail", made.pk)
    return render(request, "papers/quotation_form.html", {"form": form, "pk": pk}, status=422 if form.errors else 200)


@requires(Permission.COMMENTARY_APPROVE)
@require_POST
def quotation_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """A second person says that it names nobody."""
    held, form = _quotation(request, pk), CheckedForm(request.POST)
    if not form.is_valid():
        return _detail(request, held, form)
    return _moved(request, held, form.cleaned_data["version"], State.APPROVED)


@requires(*CHECKS)
@require_POST
def quotation_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Have it checked anew, or withdraw it, with a reason."""
    to, version = request.POST.get("to", ""), version_read(request)
    if to not in (State.ENTERED, State.WITHDRAWN):
        raise Http404("No such state.")
    held = _quotation(request, pk)
    return _moved(request, held, held.version if version is None else version, to, request.POST.get("reason", ""))


def _moved(request: HttpRequest, held: Quotation, version: int, to: str, reason: str = "") -> HttpResponse:
    try:
        moved = actions.move_quotation(quotation=held, version=version, to=to, reason=reason, by=request.user)
    except MoveRefused as refused:
        messages.error(request, str(refused))
    except Stale:
        messages.error(request, "Somebody has changed it since you read it. Read it again below. Nothing was changed.")
    else:
        messages.success(request, f"The quotation is now “{moved.get_state_display()}”.")
    return redirect("quotation-detail", held.pk)


@requires(Permission.COMMENTARY_WRITE)
def quotation_import(request: HttpRequest) -> HttpResponse:
    """First the file, then what it would add, then the taking over; nothing is kept in between but on the page."""
    form, problems, sheet = QuotationSheetForm(), [], ""
    found: quotation_sheet.Matched | None = None
    if "sheet" in request.POST:
        sheet = request.POST["sheet"]
        try:
            found = quotation_sheet.matched(quotation_sheet.from_dicts(signing.loads(sheet, salt=SALT)))
        except signing.BadSignature:
            problems = ["The sheet did not come back as it was shown. Nothing was added; choose the file again."]
        else:
            if not found.problems:
                return _taken_over(request, found)
    elif request.method == "POST":
        form = QuotationSheetForm(request.POST, request.FILES)
        if form.is_valid():
            sheet, found, problems = _looked_at(request, form.cleaned_data["file"])
    problems = problems + (found.problems if found else [])
    context: dict[str, Any] = {"form": form, "sheet": sheet, "problems": problems, "most": quotation_sheet.MOST_ROWS}
    context["columns"] = [(name, name in quotation_sheet.NEEDED) for name in quotation_sheet.COLUMNS]
    context["found"] = [
        (one, identifying.pieces(one["words"]), one["dated"]) for one in (found.quotations if found else [])
    ]
    return render(request, "papers/quotation_import.html", context, status=422 if problems or form.errors else 200)


def _looked_at(request: HttpRequest, file: Any) -> tuple[str, quotation_sheet.Matched | None, list[str]]:
    """The sheet as the page keeps it, what it would add, and what is wrong with it."""
    if file.size > LARGEST:
        return "", None, ["The file is larger than 2 MB. Nothing was added; send it in parts."]
    try:
        scan_upload(data=file.file, name=file.name, by=request.user)
        rows = quotation_sheet.read(file.read())
    except MoveRefused as refused:
        return "", None, [str(refused)]
    except SheetProblems as wrong:
        return "", None, wrong.sentences
    kept = signing.dumps([row.as_dict() for row in rows], salt=SALT, compress=True)
    return kept, quotation_sheet.matched(rows), []


def _taken_over(request: HttpRequest, found: quotation_sheet.Matched) -> HttpResponse:
    try:
        made = actions.import_quotations(rows=found.quotations, by=request.user)
    except MoveRefused as refused:
        messages.error(request, f"{refused} Somebody else has just entered the same; look at the sheet again.")
        return redirect("quotation-import")
    words = "quotation is" if made == 1 else "quotations are"
    messages.success(request, f"{made} {words} kept. Somebody else has to check that each names nobody.")
    return redirect("quotation-list")


@requires(Permission.COMMENTARY_WRITE)
def quotations_choose(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """Tick what is printed after a commentary. Where others were ticked meanwhile, both choices are shown."""
    commentary = commentary_or_404(code, slug)
    standing = {one.pk for one in commentary.quotations.all()}
    ticked, answer, status = standing, None, 200
    if request.method == "POST":
        ticked, read = _keys(request, "quotation"), _keys(request, "standing")
        answer, status = _chosen(request, commentary, ticked, read)
    if answer:
        return answer
    offered = Quotation.objects.filter(measure=commentary.measure)
    offered = (offered.approved() | offered.filter(pk__in=standing)).distinct()
    held = list(offered)
    context = {
        "commentary": commentary,
        "themes": quotations.themes(held),
        "ticked": ticked,
        "standing": standing,
        "is_stale": status == 409,
        "printed_in": quotations.printed_in(held),
        "is_open": commentary.state == Commentary.State.DRAFT,
        "waiting": Quotation.objects.filter(measure=commentary.measure, state=State.ENTERED).count(),
    }
    return render(request, "papers/quotations_choose.html", context, status=status)


def _keys(request: HttpRequest, name: str) -> set[int]:
    return {int(one) for one in request.POST.getlist(name) if one.isdecimal() and len(one) < 19}


def _chosen(
    request: HttpRequest, commentary: Commentary, ticked: set[int], read: set[int]
) -> tuple[HttpResponse | None, int]:
    """Where to go on, or the status of the page that is shown again with what was ticked."""
    chosen = list(Quotation.objects.filter(pk__in=ticked))
    try:
        actions.choose_quotations(commentary=commentary, standing=read, chosen=chosen, by=request.user)
    except Stale:
        return None, 409
    except MoveRefused as refused:
        messages.error(request, str(refused))
        return None, 422
    count = len(chosen)
    said = f"{count} quotation{'s go' if count != 1 else ' goes'}" if count else "No quotation goes"
    messages.success(request, f"{said} with the commentary on {commentary.measure.short_name}.")
    return redirect("commentary-detail", commentary.quarter.code, commentary.measure.slug), 302
